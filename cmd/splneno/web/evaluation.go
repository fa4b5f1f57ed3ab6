package web

import (
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/workflows"
)

// changesOnPage is how many differences of a restatement are shown at a time.
const changesOnPage = 15

// An evaluationPage is the newest evaluation of a season.
type evaluationPage struct {
	seasonPlace
	Evaluation *engine.Evaluation // without rows; nil while there is none
	Older      []engine.Evaluation
	Missing    workflows.Readiness
	Papers     []paperGroup
	View       string // name of the document shown inside
	Steering   []receiver
	Members    int // of the steering group
	Unsent     int // of them, those who have not got the approved one
	Changed    []difference
	Pager      pager // of Changed
	Form       evaluationForm
	Reason     string // why the last form was not taken, key of the catalogue
}

// An evaluationForm is what was typed.
type evaluationForm struct {
	Why                  string // the reason of a restatement
	Foreword, Conclusion string
	Faults               map[string]string
}

// A receiver is somebody an evaluation was sent to.
type receiver struct {
	engine.Message
	Number string // of the evaluation
}

// A difference is one unit before a restatement and after it; either may be
// missing.
type difference struct {
	ID            string
	Before, After *engine.ActivityResult
}

// Draft reports whether the evaluation still waits for approval.
func (p evaluationPage) Draft() bool {
	return p.Evaluation != nil && p.Evaluation.State == engine.EvaluationDraft
}

func (s *site) showEvaluation(v visit) error {
	p, err := readEvaluation(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "evaluation", p)
}

func readEvaluation(v visit) (evaluationPage, error) {
	place, err := v.place()
	if err != nil {
		return evaluationPage{}, err
	}
	p := evaluationPage{seasonPlace: place}
	made, err := v.heads(place)
	if err != nil {
		return p, err
	}
	if !p.Follows && len(made) == 0 {
		return p, engine.Errorf(engine.NotFound, "the evaluation of %s is not approved yet", p.Season.Period.ID)
	}
	if p.Follows {
		if p.Missing, err = v.office.Readiness(v.r.Context(), p.Season, p.Plan); err != nil {
			return p, err
		}
	}
	if len(made) == 0 {
		return p, nil
	}
	p.Older, p.Evaluation = made[:len(made)-1], &made[len(made)-1]
	p.Form.Foreword, p.Form.Conclusion = p.Evaluation.Foreword, p.Evaluation.Conclusion
	p.readPapers(v)
	if err := p.readSent(v); err != nil {
		return p, err
	}
	return p, p.readChanged(v)
}

// readPapers lists the documents; the first page among them is shown inside.
func (p *evaluationPage) readPapers(v visit) {
	all := v.office.Documents.Names(*p.Evaluation)
	p.Papers = groupPapers(all, false)
	if i := slices.IndexFunc(all, isHTML); i >= 0 {
		p.View = all[i].Name
	}
}

// Folder gives the address the documents lie below.
func (p evaluationPage) Folder() string { return p.Address() + "/soubor" }

// readSent finds who got which evaluation and when.
func (p *evaluationPage) readSent(v visit) error {
	if !p.Follows {
		return nil
	}
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	sent, err := v.office.Records.RollUps(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return err
	}
	p.Members = len(m.SteeringGroup)
	newest, got := 0, map[string]bool{}
	for _, e := range append(slices.Clone(p.Older), *p.Evaluation) {
		if e.State == engine.EvaluationApproved {
			newest = e.Number
		}
	}
	for _, msg := range sent {
		number := path.Base(path.Dir(msg.Key))
		p.Steering = append(p.Steering, receiver{msg, number})
		got[msg.To] = got[msg.To] || number == strconv.Itoa(newest)
	}
	for _, member := range m.SteeringGroup {
		if !got[member.Email] {
			p.Unsent++
		}
	}
	return nil
}

// readChanged sets the units of a restatement beside what stood before.
func (p *evaluationPage) readChanged(v visit) error {
	e := *p.Evaluation
	p.Pager = newPager(v.r, changesOnPage, len(e.Changes))
	ids := paged(p.Pager, e.Changes)
	if len(ids) == 0 || len(p.Older) == 0 {
		return nil
	}
	for _, id := range ids {
		p.Changed = append(p.Changed, difference{ID: id})
	}
	for n, number := range []int{p.Older[len(p.Older)-1].Number, e.Number} {
		rows, err := v.office.Records.ResultsOf(v.r.Context(), e.Plan, e.Period.ID, number, ids)
		if err != nil {
			return err
		}
		for _, row := range rows {
			d := &p.Changed[slices.Index(ids, row.ID)]
			if n == 0 {
				d.Before = &row
			} else {
				d.After = &row
			}
		}
	}
	return nil
}

func isHTML(d engine.Attachment) bool {
	kind, _, err := mime.ParseMediaType(d.Type)
	return err == nil && kind == "text/html"
}

// evaluationFile hands out one document of an evaluation: the newest, or the one
// whose number is asked for. Only the HTML one is shown in the browser, without
// script and apart from our pages.
func (s *site) evaluationFile(v visit) error {
	place, err := v.place()
	if err != nil {
		return err
	}
	all, err := v.office.Records.Evaluations(v.r.Context(), place.Season.Plan, place.Season.Period.ID)
	if err != nil {
		return err
	}
	all = visible(all, place.Follows, place.Season.Period.ID)
	i := len(all) - 1
	if number, err := strconv.Atoi(v.r.URL.Query().Get("cislo")); err == nil {
		i = slices.IndexFunc(all, func(e engine.Evaluation) bool { return e.Number == number })
	}
	if i < 0 {
		return engine.Errorf(engine.NotFound, "there is no such evaluation of %s", place.Season.Period.ID)
	}
	return s.evaluationPaper(v, all[i])
}

func (s *site) evaluationPaper(v visit, e engine.Evaluation) error {
	make := v.office.Print
	if v.r.URL.Query().Has("verejne") { // as everybody would read it
		make = v.office.PublicPrint
	}
	print, err := make(v.r.Context(), e)
	if err != nil {
		return err
	}
	d, err := v.office.Documents.Document(print, v.r.PathValue("name"))
	if err != nil {
		return err
	}
	return handPaper(v, d)
}
