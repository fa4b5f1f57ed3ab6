package web

import (
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
)

// sentencesOnPage is how many results can be reworded on one page.
const sentencesOnPage = 10

// A sentencesPage holds the words of official results, a measure at a time.
type sentencesPage struct {
	seasonPlace
	Measures []engine.Measure
	Chosen   string // code of the measure
	Rows     []sentence
	Pager    pager
	Own      string // the page's own address
	Reason   string // why the last form was not taken, key of the catalogue
}

// A sentence is one official result with its words as typed.
type sentence struct {
	engine.Placed
	N                  int // on the page
	Narrative, Missing string
	Faults             map[string]string
}

func (s *site) showSentences(v visit) error {
	p, err := readSentences(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "sentences", p)
}

func readSentences(v visit) (sentencesPage, error) {
	place, err := v.place()
	if err != nil {
		return sentencesPage{}, err
	}
	p := sentencesPage{seasonPlace: place, Own: own(v.r, "opatreni", "strana"), Measures: place.Plan.Measures}
	if len(p.Measures) > 0 {
		p.Chosen = p.Measures[0].Code
	}
	if code := v.r.URL.Query().Get("opatreni"); slices.ContainsFunc(p.Measures, func(m engine.Measure) bool { return m.Code == code }) {
		p.Chosen = code
	}
	f := engine.EntryFilter{Plan: p.Season.Plan, Period: p.Season.Period.ID, Measure: p.Chosen, Official: true}
	counts, err := v.office.Records.EntryCounts(v.r.Context(), f)
	if err != nil {
		return p, err
	}
	p.Pager = newPager(v.r, sentencesOnPage, engine.Counted(counts))
	rows, err := v.office.Records.EntryPage(v.r.Context(), f, p.Pager.Offset(), sentencesOnPage)
	if err != nil {
		return p, err
	}
	for i, r := range rows {
		p.Rows = append(p.Rows, sentence{Placed: r, N: i, Narrative: r.Entry.Narrative, Missing: r.Entry.Missing})
	}
	return p, nil
}

// postSentences keeps the new words of one result.
func (s *site) postSentences(v visit) error {
	get := v.r.PostForm.Get
	place, err := v.place()
	if err != nil {
		return err
	}
	typed := sentence{Narrative: clean(get("hotovo")), Missing: clean(get("chybi")), Faults: map[string]string{}}
	shown, err := strconv.Atoi(get("verze"))
	if err != nil {
		return engine.Errorf(engine.Invalid, "the form does not say which words were shown")
	}
	key := engine.EntryKey{Plan: place.Season.Plan, Period: place.Season.Period.ID, Activity: get("aktivita")}
	err = v.office.Reword(v.r.Context(), key, shown, typed.Narrative, typed.Missing, v.who)
	code := engine.CodeOf(err)
	switch {
	case err == nil:
		done := flash("vety-ulozeny")
		for _, name := range []string{"opatreni", "strana"} {
			if at := v.r.URL.Query().Get(name); at != "" {
				done.Set(name, at)
			}
		}
		return v.back(place.Address()+"/vety", done)
	case code == engine.Invalid:
		typed.Faults["hotovo"] = "fault.words"
		return s.sentencesAgain(v, key.Activity, typed, http.StatusUnprocessableEntity, "decision.fields")
	case code == engine.Conflict:
		return s.sentencesAgain(v, key.Activity, typed, http.StatusConflict, "sentences.moved")
	}
	return err
}

// sentencesAgain shows the page with what was typed. The row it belongs to is
// shown even when it is no longer on this page.
func (s *site) sentencesAgain(v visit, activity string, typed sentence, status int, reason string) error {
	p, err := readSentences(v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Rows, func(r sentence) bool { return r.Activity.ID == activity })
	if i < 0 {
		rows, err := v.office.Records.Activities(v.r.Context(), p.Season.Plan, activity)
		if err != nil {
			return err
		}
		entries, err := v.office.Records.Entries(v.r.Context(), p.Season.Plan, p.Season.Period.ID, activity)
		if err != nil {
			return err
		}
		if len(rows)*len(entries) == 0 {
			return engine.Errorf(engine.NotFound, "season %s has no activity %s", p.Season.Period.ID, activity)
		}
		p.Rows = append([]sentence{{Placed: engine.Placed{Activity: rows[0], Entry: entries[0]}, N: len(p.Rows)}}, p.Rows...)
		i = 0
	}
	r := &p.Rows[i]
	r.Narrative, r.Missing, r.Faults = typed.Narrative, typed.Missing, typed.Faults
	p.Reason = reason
	return s.show(v.w, v.r, status, "sentences", p)
}
