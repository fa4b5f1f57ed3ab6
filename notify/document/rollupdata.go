package document

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"

	"splneno/engine"
)

// rollColumns are the names of the columns of a roll-up's table before those of
// the counts. They are published: they are added to, never renamed.
var rollColumns = []string{"region", "period", "area_code", "area_title", "placed", "district", "town", "plan", "plan_title", "plan_period",
	"town_area_code", "town_area_title", "measure_code", "measure_title", "all"}

// writeRollTable writes one row for every measure of every town, by the area of
// the region it went to. An area without measures is a row without one, so that
// the sums are whole.
func writeRollTable(w io.Writer, r *rollUp) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	head := append([]string(nil), rollColumns...)
	for _, s := range r.Totals.Shares() {
		head = append(head, s.Name)
	}
	if err := c.Write(head); err != nil {
		return err
	}
	for _, line := range r.measures() {
		cells := []string{r.Region, r.Period.ID, line.area.Code, line.area.Title, string(line.How), line.District, line.TownName, line.Plan, line.PlanTitle,
			line.Period, line.Code, line.Title, line.measure.Code, line.measure.Title, strconv.Itoa(line.measure.Totals.All)}
		for _, s := range line.measure.Totals.Shares() {
			cells = append(cells, strconv.Itoa(s.Count))
		}
		for i := range cells {
			cells[i] = harmless(cells[i])
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// A measureLine is a measure of a town with all that stands above it.
type measureLine struct {
	engine.LocalArea
	area    engine.RegionalArea
	measure engine.MeasureTotals
}

// measures lists every measure in the order of the roll-up.
func (r *rollUp) measures() []measureLine {
	var out []measureLine
	for _, a := range r.Areas {
		for _, l := range a.From {
			list := l.Measures
			if len(list) == 0 {
				list = []engine.MeasureTotals{{Totals: l.Totals}}
			}
			for _, m := range list {
				out = append(out, measureLine{l, a, m})
			}
		}
	}
	return out
}

// writeRollData writes the roll-up as open data. Names are added to it, never
// changed.
func writeRollData(w io.Writer, r *rollUp) error {
	out := rollJSON{Region: r.Region, Plan: r.PlanTitle, Period: r.Period.ID, PeriodStart: string(r.Period.Start), PeriodEnd: string(r.Period.End),
		Totals: jsonTotals(r.Totals), Asked: r.Asked, Answered: r.Answered, Silent: r.Silent, Results: []rollResult{}, Areas: []rollArea{}, Districts: []rollDistrict{}, Towns: []rollTown{}}
	for i, s := range r.Words(r.Totals) {
		out.Results = append(out.Results, rollResult{s.Name, r.Results[i].Of, s.Count, s.PerMill})
	}
	for _, a := range r.Areas {
		area := rollArea{Code: a.Code, Title: a.Title, Unplaced: a.Unplaced, Totals: jsonTotals(a.Totals), From: []rollLocal{}}
		for _, l := range a.From {
			area.From = append(area.From, rollLocal{l.TownName, l.Plan, l.Period, l.Code, l.Title, string(l.How), jsonTotals(l.Totals)})
		}
		out.Areas = append(out.Areas, area)
	}
	for _, d := range r.Districts {
		out.Districts = append(out.Districts, rollDistrict{d.Name, list(d.Towns), jsonTotals(d.Totals), d.Asked, d.Answered, d.Silent})
	}
	for _, t := range r.Towns {
		out.Towns = append(out.Towns, rollTown{t.Name, t.District, t.Plan, t.PlanTitle, t.Period.ID, t.Number, instant(t.ApprovedAt), t.Hash, t.Fingerprint,
			jsonTotals(t.Totals), t.Asked, t.Answered, t.Silent, t.Demo})
	}
	for _, l := range r.gapLists() {
		out.Gaps = append(out.Gaps, rollGap{l.key[len("gaps."):], l.items})
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

type rollJSON struct {
	Region      string         `json:"region"`
	Plan        string         `json:"plan"`
	Period      string         `json:"period"`
	PeriodStart string         `json:"period_start"`
	PeriodEnd   string         `json:"period_end"`
	Totals      jsonTotals     `json:"totals"`
	Asked       int            `json:"asked"`
	Answered    int            `json:"answered"`
	Silent      int            `json:"silent"`
	Results     []rollResult   `json:"results"`
	Areas       []rollArea     `json:"areas"`
	Districts   []rollDistrict `json:"districts"`
	Towns       []rollTown     `json:"towns"`
	Gaps        []rollGap      `json:"gaps"`
}

type rollResult struct {
	Name    string   `json:"name"`
	Of      []string `json:"of"`
	Count   int      `json:"count"`
	PerMill int      `json:"per_mill"`
}

type rollArea struct {
	Code     string      `json:"code"`
	Title    string      `json:"title"`
	Unplaced bool        `json:"unplaced"`
	Totals   jsonTotals  `json:"totals"`
	From     []rollLocal `json:"from"`
}

type rollLocal struct {
	Town   string     `json:"town"`
	Plan   string     `json:"plan"`
	Period string     `json:"period"`
	Code   string     `json:"code"`
	Title  string     `json:"title"`
	Placed string     `json:"placed"`
	Totals jsonTotals `json:"totals"`
}

type rollDistrict struct {
	Name     string     `json:"name"`
	Towns    []string   `json:"towns"`
	Totals   jsonTotals `json:"totals"`
	Asked    int        `json:"asked"`
	Answered int        `json:"answered"`
	Silent   int        `json:"silent"`
}

type rollTown struct {
	Name       string     `json:"name"`
	District   string     `json:"district"`
	PlanID     string     `json:"plan_id"`
	Plan       string     `json:"plan"`
	Period     string     `json:"period"`
	Number     int        `json:"number"`
	ApprovedAt string     `json:"approved_at"`
	Hash       string     `json:"hash"`
	Key        string     `json:"key"`
	Totals     jsonTotals `json:"totals"`
	Asked      int        `json:"asked"`
	Answered   int        `json:"answered"`
	Silent     int        `json:"silent"`
	Demo       bool       `json:"demo"`
}

type rollGap struct {
	Kind  string   `json:"kind"`
	Items []string `json:"items"`
}
