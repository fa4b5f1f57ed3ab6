package web

import (
	"mime"
	"net/http"
	"path"
	"strconv"

	"splneno/engine"
)

// An evaluationPage is the newest evaluation of a season.
type evaluationPage struct {
	Plan       engine.Plan
	Season     engine.Season
	Evaluation *engine.Evaluation // nil while there is none
	Older      []engine.Evaluation
	Files      []file
	View       string // name of the document shown inside
	Steering   int    // members it will be sent to
	Reason     string // why the last form was not taken
	Why        string // the reason of a restatement, as typed
	Faults     map[string]string
}

// A file is one document to take away.
type file struct {
	Name, Kind string
	Size       int
}

// Address gives the page's own path.
func (p evaluationPage) Address() string {
	return seasonPath("vyhodnoceni", p.Plan.ID, p.Season.Period.ID)
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
	ctx, plan, period := v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period")
	p := evaluationPage{}
	var err error
	if p.Season, err = v.office.Records.Season(ctx, plan, period); err != nil {
		return p, err
	}
	if p.Plan, err = v.office.Records.Plan(ctx, plan); err != nil {
		return p, err
	}
	m, err := v.office.Records.Municipality(ctx)
	if err != nil {
		return p, err
	}
	p.Steering = len(m.SteeringGroup)
	made, err := v.office.Records.Evaluations(ctx, plan, period)
	if err != nil || len(made) == 0 {
		return p, err
	}
	p.Older, p.Evaluation = made[:len(made)-1], &made[len(made)-1]
	documents, err := v.office.Documents.Documents(*p.Evaluation)
	if err != nil {
		return p, err
	}
	for _, d := range documents {
		p.Files = append(p.Files, file{Name: d.Name, Kind: path.Ext(d.Name), Size: len(d.Data)})
		if isHTML(d) {
			p.View = d.Name
		}
	}
	return p, nil
}

func isHTML(d engine.Attachment) bool {
	kind, _, err := mime.ParseMediaType(d.Type)
	return err == nil && kind == "text/html"
}

// evaluationFile hands out one document of the newest evaluation. Only the HTML
// one is shown in the browser, without script and apart from our pages.
func (s *site) evaluationFile(v visit) error {
	p, err := v.office.Evaluation(v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"))
	if err != nil {
		return err
	}
	documents, err := v.office.Documents.Documents(p)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if d.Name != v.r.PathValue("name") {
			continue
		}
		h := v.w.Header()
		h.Set("Content-Security-Policy", paperPolicy)
		h.Set("Content-Type", d.Type)
		if !isHTML(d) {
			h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
		}
		_, err := v.w.Write(d.Data)
		return err
	}
	return engine.Errorf(engine.NotFound, "the evaluation has no document %q", v.r.PathValue("name"))
}

// postEvaluation approves the draft as shown, makes it anew, or begins a
// restatement.
func (s *site) postEvaluation(v visit) error {
	ctx, plan, period, get := v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"), v.r.PostForm.Get
	faults, word := map[string]string{}, ""
	why := clean(get("duvod"))
	var err error
	switch get("action") {
	case "schvalit":
		word = "vyhodnoceni-schvaleno"
		shown, bad := strconv.Atoi(get("verze"))
		if bad != nil {
			return engine.Errorf(engine.Invalid, "the form does not say which draft was shown")
		}
		if get("potvrzeni") == "" {
			faults["potvrzeni"] = "fault.confirm"
			break
		}
		_, err = v.office.ApproveEvaluation(ctx, plan, period, shown, v.who)
	case "obnovit":
		word = "koncept-obnoven"
		_, err = v.office.Draft(ctx, plan, period, "", v.who)
	case "opravit":
		if why == "" {
			faults["duvod"] = "fault.restate"
			break
		}
		var e engine.Evaluation
		if e, err = v.office.Draft(ctx, plan, period, why, v.who); e.State == engine.EvaluationApproved {
			word = "beze-zmeny"
		} else {
			word = "oprava"
		}
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the evaluation")
	}
	if err != nil || len(faults) > 0 {
		return s.evaluationAgain(v, faults, why, err)
	}
	return v.back(seasonPath("vyhodnoceni", plan, period), flash(word))
}

func (s *site) evaluationAgain(v visit, faults map[string]string, why string, err error) error {
	status, reason := http.StatusUnprocessableEntity, "decision.fields"
	if err != nil {
		if engine.CodeOf(err) != engine.Conflict {
			return err
		}
		status, reason = http.StatusConflict, "evaluation.moved"
	}
	p, err := readEvaluation(v)
	if err != nil {
		return err
	}
	p.Faults, p.Reason, p.Why = faults, reason, why
	return s.show(v.w, v.r, status, "evaluation", p)
}

// Activities gives the way to the list of entries.
func (p evaluationPage) Activities() string {
	return seasonPath("aktivity", p.Plan.ID, p.Season.Period.ID)
}
