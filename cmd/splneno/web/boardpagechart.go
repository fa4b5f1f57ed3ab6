package web

import (
	"cmp"
	"html/template"
	"strings"

	"splneno/engine"
	"splneno/notify/chart"
)

// looks says how each result is drawn: dark enough for white text on it, and
// apart from the others without colour.
var looks = map[string]chart.Kind{
	"fulfilled":    {Sign: "\u2713", Colour: "#1b6b36", Hatch: chart.Plain},
	"another_form": {Sign: "\u2248", Colour: "#1a5f6b", Hatch: chart.Rising},
	"partial":      {Sign: "\u25d0", Colour: "#8a5200", Hatch: chart.Falling},
	"unfulfilled":  {Sign: "\u2717", Colour: "#8c1d24", Hatch: chart.Crossed},
	"in_progress":  {Sign: "\u2192", Colour: "#1d5f8c", Hatch: chart.Level},
	"planned":      {Sign: "\u25cb", Colour: "#4a4a4a", Hatch: chart.Upright},
	"unknown":      {Sign: "?", Colour: "#5a3d85", Hatch: chart.Dotted},
	"no_answer":    {Sign: "\u2205", Colour: "#262626", Hatch: chart.Hollow},
}

// A figureRow is one figure of an activity, as planned and as it came out.
type figureRow struct {
	Activity, Title, Name string
	Planned, Actual       string
	planned, actual       float64
}

// draw makes the drawings of what was read.
func (p *steeringPage) draw(v visit) {
	if len(p.Areas) > 0 {
		p.AreaChart = stacked(v, "graf-oblasti", "steering.chart_areas", p.Areas, p.word(v))
	}
	if len(p.Years) > 1 {
		p.YearChart = stacked(v, "graf-roky", "steering.chart_years", p.Years, p.word(v))
	}
	if len(p.Figures) > 0 {
		c := chart.Pairs{ID: "graf-ukazatele", Title: v.say("steering.chart_figures"), Desc: v.say("steering.chart_figures_desc"),
			Planned: chart.Kind{Label: v.say("steering.planned"), Colour: "#4a4a4a", Hatch: chart.Rising},
			Actual:  chart.Kind{Label: v.say("steering.actual"), Colour: "#1d5f8c"}}
		for _, f := range p.Figures {
			c.Items = append(c.Items, chart.Pair{Label: f.Activity + " " + f.Name, Planned: f.planned, Actual: f.actual, PlannedAs: f.Planned, Given: f.Actual})
		}
		p.FigureChart = template.HTML(c.Draw()) //nolint:gosec // package chart escapes every label
	}
}

// word gives what a result is called: the municipality's own word, if the
// evaluation was made with one.
func (p *steeringPage) word(v visit) func(name string) string {
	return func(name string) string {
		if p.Evaluation == nil || v.tag != "cs" {
			return v.say("totals." + name)
		}
		return cmp.Or(p.Evaluation.StatusNames[name], v.say("totals."+name))
	}
}

// Word is the same for the template.
func (p steeringPage) Word(name, ours string) string {
	if p.Evaluation == nil {
		return ours
	}
	return cmp.Or(p.Evaluation.StatusNames[name], ours)
}

func stacked(v visit, id, key string, bars []tallied, word func(string) string) template.HTML {
	c := chart.Stack{ID: id, Title: v.say(key), Desc: v.say(key + "_desc")}
	for _, s := range (engine.Totals{}).Shares() {
		kind := looks[s.Name]
		kind.Label = word(s.Name)
		c.Kinds = append(c.Kinds, kind)
	}
	for _, b := range bars {
		bar := chart.Bar{Label: b.Label}
		for _, s := range b.Totals.Shares() {
			bar.Counts = append(bar.Counts, s.Count)
		}
		c.Bars = append(c.Bars, bar)
	}
	return template.HTML(c.Draw()) //nolint:gosec // package chart escapes every label
}

// readFigures sets the figures of rows beside what the plan promises of them.
func (p *steeringPage) readFigures(v visit, rows []engine.ActivityResult) error {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	activities, err := v.office.Records.Activities(v.r.Context(), p.Season.Plan, ids...)
	if err != nil {
		return err
	}
	planned := map[[2]string]engine.Indicator{}
	for _, a := range activities {
		for _, in := range a.Indicators {
			planned[[2]string{a.ID, in.Name}] = in
		}
	}
	for _, r := range rows {
		for _, n := range r.Numbers {
			f := figureRow{Activity: r.ID, Title: r.Title, Name: n.Name, actual: n.Value, Actual: strings.TrimSpace(v.number(n.Value) + " " + n.Unit)}
			if in := planned[[2]string{r.ID, n.Name}]; in.Planned != 0 {
				f.planned, f.Planned = in.Planned, strings.TrimSpace(v.number(in.Planned)+" "+in.Unit)
			}
			p.Figures = append(p.Figures, f)
		}
	}
	return nil
}
