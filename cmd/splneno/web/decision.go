package web

import (
	"context"
	"net/http"

	"splneno/engine"
	"splneno/workflows"
)

// A decisionPage is one answer that could not be decided about as asked.
type decisionPage struct {
	Reason string // key of the catalogue
	ID     string // of the log line
	Item   queueItem
	Shown  *engine.Proposal // the revision on her screen, when a newer one came
	Typed  *decisionForm    // what she had typed over it
	Open   bool             // the newest can still be decided about
}

// showDecision shows why a decision was not taken, with the newest answer and
// forms for it. err is nil when only a field is to be mended.
func (s *site) showDecision(v visit, f decisionForm, item workflows.QueueItem, err error) error {
	ctx := v.r.Context()
	status, p := http.StatusUnprocessableEntity, decisionPage{Reason: "decision.fields"}
	if err != nil {
		t := s.trouble(v.r, err)
		if t.Code != string(engine.Conflict) && t.Code != string(engine.Unavailable) {
			return err
		}
		status, p.ID = t.Status, t.ID
		if item, err = v.office.Answered(ctx, f.Key, f.Organisation); err != nil {
			return err
		}
		p.Reason = conflictReason(t.Code, f, item)
	}
	names, err := organisations(ctx, v.office)
	if err != nil {
		return err
	}
	files, err := filesOf(v, item)
	if err != nil {
		return err
	}
	p.Item = newQueueItem(item, names, files)
	p.Open = item.Proposal.State == engine.Pending
	p.Item.ID, p.Item.Form.Faults = 1, f.Faults
	if f.Shown == item.Proposal.Revision {
		p.Item.Form = f
		if f.Action != "upravit" {
			p.Item.Form.Typed = typedOf(item.Proposal.Answer, item.Activity.Indicators)
		}
	} else {
		p.Typed = &f
		if p.Shown, err = revision(ctx, v.office, f); err != nil {
			return err
		}
	}
	return s.show(v.w, v.r, status, "decision", p)
}

func conflictReason(code string, f decisionForm, item workflows.QueueItem) string {
	switch {
	case code == string(engine.Unavailable):
		return "error.unavailable"
	case f.Shown != item.Proposal.Revision:
		return "decision.newer"
	case item.Proposal.State != engine.Pending:
		return "decision.decided"
	}
	return "decision.moved"
}

// revision finds the revision of an answer she was shown.
func revision(ctx context.Context, o *workflows.Office, f decisionForm) (*engine.Proposal, error) {
	all, err := o.Records.Proposals(ctx, f.Key.Plan, f.Key.Period, f.Key.Activity)
	if err != nil {
		return nil, err
	}
	for i, p := range all {
		if p.Organisation == f.Organisation && p.Revision == f.Shown {
			return &all[i], nil
		}
	}
	return nil, nil
}
