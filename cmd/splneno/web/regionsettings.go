package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// A regionSettingsPage is how a region reads its towns, as typed.
type regionSettingsPage struct {
	regionPlace
	Form    regionForm
	Plans   []engine.Plan
	Problem string
}

// A regionForm is what can be typed there.
type regionForm struct {
	Version               int
	Name, Plan, Districts string
	Words                 []regionFormWord
}

// A regionFormWord is the region's word for one result of ours, "" for ours.
type regionFormWord struct{ Name, Word string }

func newRegionForm(r engine.Region) regionForm {
	f := regionForm{Version: r.Version, Name: r.Name, Plan: r.Plan, Districts: strings.Join(r.Districts, "\n")}
	for _, s := range (engine.Totals{}).Shares() {
		w := regionFormWord{Name: s.Name}
		for _, result := range r.Results {
			if slices.Contains(result.Of, s.Name) {
				w.Word = result.Name
			}
		}
		f.Words = append(f.Words, w)
	}
	return f
}

// typedRegion reads the form.
func (v visit) typedRegion() regionForm {
	get := v.r.PostForm.Get
	f := newRegionForm(engine.Region{Name: clean(get("nazev")), Plan: get("plan"), Districts: lines(get("obvody"))})
	f.Version, _ = strconv.Atoi(get("verze"))
	for i := range f.Words {
		f.Words[i].Word = clean(get("slovo-" + f.Words[i].Name))
	}
	return f
}

// lines gives the lines of a text that say something.
func lines(s string) []string {
	var out []string
	for line := range strings.SplitSeq(clean(s), "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// apply puts the form into the region. Results with the same word are added up,
// in the order of their first.
func (f regionForm) apply(r *engine.Region) error {
	r.Name, r.Plan, r.Districts, r.Results = f.Name, f.Plan, lines(f.Districts), nil
	for _, w := range f.Words {
		i := slices.IndexFunc(r.Results, func(o engine.RegionalResult) bool { return o.Name == w.Word })
		switch {
		case w.Word == "":
		case i >= 0:
			r.Results[i].Of = append(r.Results[i].Of, w.Name)
		default:
			r.Results = append(r.Results, engine.RegionalResult{Name: w.Word, Of: []string{w.Name}})
		}
	}
	return nil
}

func readRegionSettings(v visit) (regionSettingsPage, error) {
	place, err := v.regionPlace()
	p := regionSettingsPage{regionPlace: place, Form: newRegionForm(place.Region)}
	if err == nil {
		p.Plans, err = v.office.Records.Plans(v.r.Context())
	}
	return p, err
}

func (s *site) showRegionSettings(v visit) error {
	p, err := readRegionSettings(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "region-settings", p)
}

func (s *site) postRegionSettings(v visit) error {
	p, err := readRegionSettings(v)
	if err != nil {
		return err
	}
	p.Form = v.typedRegion()
	err = v.office.ChangeRegion(v.r.Context(), p.Form.Version, v.who, p.Form.apply)
	switch engine.CodeOf(err) {
	case engine.Conflict:
		p.Problem = "region.moved"
	case engine.Invalid, engine.NotFound:
		p.Problem = "region.fault_words"
	default:
		if err != nil {
			return err
		}
		return v.back("/stul/kraj/nastaveni", flash("kraj-nastaveni"))
	}
	return s.show(v.w, v.r, statuses[engine.CodeOf(err)], "region-settings", p)
}
