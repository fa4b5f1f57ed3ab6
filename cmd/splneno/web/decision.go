package web

import (
	"context"
	"net/http"

	"splneno/engine"
	"splneno/workflows"
)

// A decisionPage is one answer on its own: to be looked at whole, or because it
// could not be decided about as asked.
type decisionPage struct {
	May     bool   // decide
	Reason  string // why it was not decided, key of the catalogue
	ID      string // of the log line
	Item    queueItem
	Shown   *engine.Proposal // the revision on her screen, when a newer one came
	Typed   *decisionForm    // what she had typed over it
	Open    bool             // the newest can still be decided about
	History []happening
}

// Back gives the way to the queue.
func (p decisionPage) Back() string {
	query, place := readBack(p.Item.Back)
	return queuePath + "?" + query.Encode() + "#" + place
}

// showAnswer shows the newest answer of an organisation about an activity.
func (s *site) showAnswer(v visit) error {
	q := v.r.URL.Query()
	f := decisionForm{Ref: readRef(q.Get("odpoved")), Back: q.Get("kam")}
	item, err := v.office.Answered(v.r.Context(), f.Ref.Key, f.Ref.Organisation)
	if err != nil {
		return err
	}
	if f.Ref.Revision == 0 { // the address asks for whatever is newest
		f.Ref.Revision = item.Proposal.Revision
	}
	p, err := newDecisionPage(v, f, item)
	if err != nil {
		return err
	}
	if p.Shown != nil && p.Open {
		p.Reason, p.Typed = "decision.newer", nil
	}
	return s.show(v.w, v.r, http.StatusOK, "decision", p)
}

// newDecisionPage puts together what both ways to the page show.
func newDecisionPage(v visit, f decisionForm, item workflows.QueueItem) (decisionPage, error) {
	ctx := v.r.Context()
	p := decisionPage{May: v.may(engine.RightDecide, v.today()), Open: item.Proposal.State == engine.Pending}
	names, err := organisations(ctx, v.office)
	if err != nil {
		return p, err
	}
	p.Item = newQueueItem(item, names)
	p.Item.May, p.Item.Full, p.Item.Place, p.Item.Back = p.May, true, 1, f.Back
	p.Item.Form.Faults = f.Faults
	if f.Ref.Revision == item.Proposal.Revision {
		typed := p.Item.Form.Typed
		if p.Item.Form = f; f.Action != "upravit" {
			p.Item.Form.Typed = typed
		}
	} else {
		p.Typed = &f
		if p.Shown, err = revision(ctx, v.office, f.Ref); err != nil {
			return p, err
		}
	}
	p.History, err = historyOf(v, item.Season, item.Entry, names)
	return p, err
}

// showDecision shows why a decision was not taken, with the newest answer and
// forms for it. err is nil when only a field is to be mended.
func (s *site) showDecision(v visit, f decisionForm, item workflows.QueueItem, err error) error {
	status, reason, id := http.StatusUnprocessableEntity, "decision.fields", ""
	if err != nil {
		t := s.trouble(v.r, err)
		if t.Code != string(engine.Conflict) && t.Code != string(engine.Unavailable) {
			return err
		}
		status, id = t.Status, t.ID
		if item, err = v.office.Answered(v.r.Context(), f.Ref.Key, f.Ref.Organisation); err != nil {
			return err
		}
		reason = conflictReason(t.Code, f, item)
	}
	p, err := newDecisionPage(v, f, item)
	if err != nil {
		return err
	}
	p.Reason, p.ID = reason, id
	return s.show(v.w, v.r, status, "decision", p)
}

func conflictReason(code string, f decisionForm, item workflows.QueueItem) string {
	switch {
	case code == string(engine.Unavailable):
		return "error.unavailable"
	case f.Ref.Revision != item.Proposal.Revision:
		return "decision.newer"
	case item.Proposal.State != engine.Pending:
		return "decision.decided"
	}
	return "decision.moved"
}

// revision finds the revision of an answer she was shown.
func revision(ctx context.Context, o *workflows.Office, ref answerRef) (*engine.Proposal, error) {
	all, err := o.Records.Proposals(ctx, ref.Key.Plan, ref.Key.Period, ref.Key.Activity)
	if err != nil {
		return nil, err
	}
	for i, p := range all {
		if p.Organisation == ref.Organisation && p.Revision == ref.Revision {
			return &all[i], nil
		}
	}
	return nil, nil
}
