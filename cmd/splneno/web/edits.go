package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"splneno/cmd/splneno/web/differ"
	"splneno/engine"
)

// An editsPage takes the evaluation's document back from Word: first it shows
// what would be taken over, then it takes it.
type editsPage struct {
	seasonPlace
	Evaluation engine.Evaluation // the newest, without rows
	Shown      bool              // a document was read
	Earlier    bool              // no document: what was taken over before no longer fits
	Sealed     string            // what was read of it: it is kept nowhere but in the form
	Taken      []editLine
	Conflicts  []conflictLine
	Refused    []editLine
	Why        string
	Word       string // the way to the document to work on, "" where there is none
	Faults     map[string]string
	Reason     string
}

// Approved reports whether taking anything over is a restatement.
func (p editsPage) Approved() bool { return p.Evaluation.State == engine.EvaluationApproved }

// An editLine is a paragraph before and after, with what differs marked.
type editLine struct {
	Old, New []differ.Run
	Marked   bool
}

// A conflictLine is a paragraph both sides have rewritten.
type conflictLine struct {
	N          int
	Before     string
	Ours, Mine editLine
	Choice     string // "nase", "moje", "" while nobody has chosen
	Gone       bool   // the evaluation has no such paragraph any more
	Fault      string
}

// readEdits is what the form carries from showing to taking over.
type readEdits struct {
	Number, Version int
	Takeover        engine.Takeover
}

func newEditLine(before, after string) editLine {
	var l editLine
	l.Old, l.New, l.Marked = differ.Words(before, after)
	return l
}

func (s *site) showEdits(v visit) error {
	p, err := editsBegin(v)
	if err != nil {
		return err
	}
	t, e, err := v.office.Standing(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return err
	}
	if p.Earlier = len(t.Conflicts) > 0; p.Earlier {
		if err := p.fill(s, v, readEdits{e.Number, e.Version, t}, e.Edits); err != nil {
			return err
		}
	}
	return s.show(v.w, v.r, http.StatusOK, "edits", p)
}

func editsBegin(v visit) (editsPage, error) {
	place, err := v.place()
	if err != nil {
		return editsPage{}, err
	}
	p := editsPage{seasonPlace: place, Faults: map[string]string{}}
	heads, err := v.heads(place)
	if err != nil {
		return p, err
	}
	if len(heads) == 0 {
		return p, engine.Errorf(engine.NotFound, "season %s has no evaluation whose document could be taken over", place.Season.Period.ID)
	}
	p.Evaluation = heads[len(heads)-1]
	for _, a := range v.office.Documents.Names(p.Evaluation) {
		if paperOf(a).Kind == "docx" {
			p.Word = place.Address() + "/soubor/" + a.Name
		}
	}
	return p, nil
}

// postEdits reads a document, or takes over what was read of one.
func (s *site) postEdits(v visit) error {
	file, err := uploaded(v.r, "dokument")
	if err != nil {
		return err
	}
	p, err := editsBegin(v)
	if err != nil {
		return err
	}
	if v.r.FormValue("action") == "prevzit" {
		return s.takeEdits(v, p)
	}
	if len(file) == 0 {
		return s.editsAgain(v, p, http.StatusUnprocessableEntity, "dokument", "edits.no_file")
	}
	e, err := v.office.Evaluation(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return err
	}
	print, err := v.office.Print(v.r.Context(), e)
	if err != nil {
		return err
	}
	t, err := v.office.Documents.Edits(file, print)
	switch engine.CodeOf(err) {
	case engine.Invalid, engine.Conflict, engine.NotFound:
		return s.editsAgain(v, p, http.StatusUnprocessableEntity, "dokument", "edits.not_ours")
	}
	if err != nil {
		return err
	}
	if err := p.fill(s, v, readEdits{e.Number, e.Version, t}, e.Edits); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "edits", p)
}

// fill shows what was read; known are the edits the evaluation has already.
func (p *editsPage) fill(s *site, v visit, read readEdits, known []engine.Edit) error {
	body, err := json.Marshal(read)
	if err != nil {
		return err
	}
	p.Shown, p.Sealed = !p.Earlier, s.Signer.Seal(p.purpose(v), body)
	for _, e := range read.Takeover.Edits {
		if !slices.ContainsFunc(known, func(k engine.Edit) bool { return reflect.DeepEqual(k, e) }) {
			p.Taken = append(p.Taken, newEditLine(e.Before, paragraphs(e.After)))
		}
	}
	for i, c := range read.Takeover.Conflicts {
		p.Conflicts = append(p.Conflicts, conflictLine{N: i + 1, Before: c.Before, Ours: newEditLine(c.Before, c.Ours), Mine: newEditLine(c.Before, paragraphs(c.Mine)),
			Choice: v.r.FormValue("volba-" + strconv.Itoa(i+1)), Gone: c.Ours == ""})
	}
	for _, r := range read.Takeover.Refused {
		p.Refused = append(p.Refused, newEditLine(r.Before, r.After))
	}
	return nil
}

func paragraphs(list []string) string { return strings.Join(list, "\n\n") }

// purpose binds what was read to its season: in no other form does it open.
func (p *editsPage) purpose(v visit) string {
	return fmt.Sprintf("edits %q %q %q", v.office.Records.Tenant(), p.Season.Plan, p.Season.Period.ID)
}

// takeEdits stores what was shown, once every conflict is decided.
func (s *site) takeEdits(v visit, p editsPage) error {
	var read readEdits
	body, err := s.Signer.Open(p.purpose(v), v.r.PostFormValue("precteno"))
	if err == nil {
		err = json.Unmarshal(body, &read)
	}
	if err != nil {
		return engine.Errorf(engine.Invalid, "the form does not hold what was read of the document; upload it again")
	}
	e, err := v.office.Evaluation(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return err
	}
	p.Why, p.Earlier = clean(v.r.PostFormValue("duvod")), v.r.PostFormValue("drivejsi") != ""
	if err := p.fill(s, v, read, e.Edits); err != nil {
		return err
	}
	edits := p.chosen(read.Takeover)
	if p.Approved() && p.Why == "" {
		p.Faults["duvod"] = "fault.restate"
	}
	if len(p.Faults) > 0 {
		p.Reason = "decision.fields"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "edits", p)
	}
	err = v.office.TakeOver(v.r.Context(), p.Season.Plan, p.Season.Period.ID, read.Number, read.Version, edits, p.Why, v.who)
	if engine.CodeOf(err) == engine.Conflict {
		return s.editsAgain(v, editsPage{seasonPlace: p.seasonPlace, Evaluation: p.Evaluation, Faults: map[string]string{}}, http.StatusConflict, "dokument", "edits.moved")
	}
	if err != nil {
		return err
	}
	return v.back(p.Address(), flash("upravy-prevzaty"))
}

// chosen gives the edits with those conflicts decided for what was written in
// Word; a conflict nobody decided is a fault.
func (p *editsPage) chosen(t engine.Takeover) []engine.Edit {
	edits := slices.Clone(t.Edits)
	for i, c := range t.Conflicts {
		switch p.Conflicts[i].Choice {
		case "nase":
		case "moje":
			if x, stands := c.Choose(); stands {
				edits = slices.DeleteFunc(edits, func(e engine.Edit) bool { return e.Key == c.Key })
				edits = append(edits, x)
			}
		default:
			p.Conflicts[i].Fault = "edits.choose"
			p.Faults["volba"] = "edits.choose"
		}
	}
	return edits
}

func (s *site) editsAgain(v visit, p editsPage, status int, field, fault string) error {
	p.Faults[field], p.Reason = fault, "decision.fields"
	return s.show(v.w, v.r, status, "edits", p)
}

// Take gives the way to this page.
func (p editsPage) Take() string {
	return p.Address() + "/upravy"
}
