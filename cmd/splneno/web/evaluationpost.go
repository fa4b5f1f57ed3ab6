package web

import (
	"net/http"
	"net/url"
	"strconv"
	"unicode/utf8"

	"splneno/engine"
)

// postEvaluation approves the draft as shown, makes it anew, puts words around
// it, sends it, or begins a restatement.
func (s *site) postEvaluation(v visit) error {
	get := v.r.PostForm.Get
	f := evaluationForm{Why: clean(get("duvod")), Foreword: clean(get("uvod")), Conclusion: clean(get("zaver")), Faults: map[string]string{}}
	done, err := v.doEvaluation(&f)
	if err != nil || len(f.Faults) > 0 {
		return s.evaluationAgain(v, f, err)
	}
	return v.back(seasonPath("vyhodnoceni", v.r.PathValue("plan"), v.r.PathValue("period")), done)
}

// doEvaluation does what the form says, and gives what to tell about it.
func (v visit) doEvaluation(f *evaluationForm) (url.Values, error) {
	ctx, plan, period, get := v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"), v.r.PostForm.Get
	switch get("action") {
	case "schvalit":
		shown, err := strconv.Atoi(get("verze"))
		if err != nil {
			return nil, engine.Errorf(engine.Invalid, "the form does not say which draft was shown")
		}
		if get("potvrzeni") == "" {
			f.Faults["potvrzeni"] = "fault.confirm"
			return nil, nil
		}
		standing, _, err := v.office.Standing(ctx, plan, period)
		if err != nil {
			return nil, err
		}
		if len(standing.Conflicts) > 0 {
			f.Faults["upravy"] = "fault.edits"
			return nil, nil
		}
		_, err = v.office.ApproveEvaluation(ctx, plan, period, shown, v.who)
		return flash("vyhodnoceni-schvaleno"), err
	case "obnovit":
		_, err := v.office.Draft(ctx, plan, period, "", v.who)
		return flash("koncept-obnoven"), err
	case "poslat":
		n, err := v.office.SendEvaluation(ctx, plan, period, v.who)
		return flashCount("vyhodnoceni-poslano", n), err
	case "opravit":
		return v.restate(f)
	case "slova":
		return v.frameEvaluation(f)
	}
	return nil, engine.Errorf(engine.Invalid, "the form does not say what to do with the evaluation")
}

func (v visit) restate(f *evaluationForm) (url.Values, error) {
	if f.Why == "" {
		f.Faults["duvod"] = "fault.restate"
		return nil, nil
	}
	e, err := v.office.Draft(v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"), f.Why, v.who)
	if e.State == engine.EvaluationApproved {
		return flash("beze-zmeny"), err
	}
	return flash("oprava"), err
}

// frameEvaluation keeps the coordinator's own words. Around an approved
// evaluation they are a restatement like any other.
func (v visit) frameEvaluation(f *evaluationForm) (url.Values, error) {
	get := v.r.PostForm.Get
	number, err := strconv.Atoi(get("cislo"))
	version, bad := strconv.Atoi(get("verze"))
	if err != nil || bad != nil {
		return nil, engine.Errorf(engine.Invalid, "the form does not say which evaluation was shown")
	}
	for name, text := range map[string]string{"uvod": f.Foreword, "zaver": f.Conclusion} {
		if utf8.RuneCountInString(text) > engine.MaxText {
			f.Faults[name] = "fault.long"
		}
	}
	if get("schvalene") != "" && f.Why == "" {
		f.Faults["duvod-slov"] = "fault.restate"
	}
	if len(f.Faults) > 0 {
		return nil, nil
	}
	err = v.office.Frame(v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"), number, version, f.Foreword, f.Conclusion, f.Why, v.who)
	return flash("slova-ulozena"), err
}

func (s *site) evaluationAgain(v visit, f evaluationForm, err error) error {
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
	if v.r.PostForm.Get("action") != "slova" {
		f.Foreword, f.Conclusion = p.Form.Foreword, p.Form.Conclusion
	}
	p.Form, p.Reason = f, reason
	return s.show(v.w, v.r, status, "evaluation", p)
}
