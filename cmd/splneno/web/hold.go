package web

import (
	"net/http"
	"slices"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// holdPath is the page of a town on hold, holdEnd where the hold is ended.
const (
	holdPath = "/stul/pozastaveni"
	holdEnd  = holdPath + "/konec"
)

// departedShown is how many mails of the original are shown.
const departedShown = 50

// maxSent is how large a file with sent mail may be.
const maxSent = 20 << 20

// heldAPage is how many held mails a page lists. Each has three forms.
const heldAPage = 40

// A holdPage is what a restored or copied town would send, and what is known
// about it.
type holdPage struct {
	workflows.HoldReport
	Rows    []engine.HeldMessage // of Messages, on this page; of the others only the keys are known
	Pager   pager
	AsOf    time.Time
	From    time.Time // from when on sent mail is looked through
	Ahead   int       // letters of the next days
	First   engine.Date
	Unknown []departed
	More    int  // of Unknown that are not shown
	Folder  bool // the folder of sent mail can be asked
	Faults  map[string]string
	Reason  string
	Note    string // typed for the journal
}

// A departed is a mail of the original with the name of whom it went to.
type departed struct {
	engine.Departed
	Name string
}

// Certain counts messages that left for certain.
func (p holdPage) Certain() int { return p.Count(engine.TraceLeft) }

// Written counts letters to bodies the original wrote to on another day.
func (p holdPage) Written() int { return p.Count(engine.TraceWritten) }

func (s *site) showHold(v visit) error {
	p, err := s.readHold(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "hold", p)
}

func (s *site) readHold(v visit) (holdPage, error) {
	ctx, p := v.r.Context(), holdPage{Faults: map[string]string{}, Folder: s.SentMail != nil}
	var err error
	if p.HoldReport, err = v.office.HoldOutline(ctx); err != nil || !p.Hold.Holds() {
		return p, err
	}
	p.AsOf, p.From = workflows.CopiedAt(p.Hold), workflows.CheckSince(p.Hold)
	p.Pager = newPager(v.r, heldAPage, len(p.Messages))
	if err = p.page(v); err != nil {
		return p, err
	}
	days, err := v.office.LettersAhead(ctx)
	for _, d := range days {
		if p.First == "" {
			p.First = d.Day
		}
		p.Ahead += d.N
	}
	if err != nil || p.Check == nil {
		return p, err
	}
	return p, p.name(v)
}

// page reads the messages of this page.
func (p *holdPage) page(v visit) error {
	if p.Rows = slices.Clone(paged(p.Pager, p.Messages)); len(p.Rows) == 0 {
		return nil
	}
	read, err := v.office.Records.OnHold(v.r.Context(), len(p.Rows), p.Pager.Offset())
	whole := map[string]engine.Message{}
	for _, m := range read {
		whole[m.Key] = m
	}
	for i := range p.Rows {
		p.Rows[i].Message = whole[p.Rows[i].Key]
	}
	p.Rows = slices.DeleteFunc(p.Rows, func(m engine.HeldMessage) bool { return m.Key == "" }) // settled just now
	return err
}

// name gives the mails of the original the names of whom they went to.
func (p *holdPage) name(v visit) error {
	shown := p.Check.Unknown[:min(len(p.Check.Unknown), departedShown)]
	p.More = len(p.Check.Unknown) - len(shown)
	if len(shown) == 0 {
		return nil
	}
	bodies, err := organisations(v.r.Context(), v.office)
	for _, d := range shown {
		p.Unknown = append(p.Unknown, departed{d, bodies[d.Organisation].Name})
	}
	return err
}

// showHoldEnd asks whether the hold is to end.
func (s *site) showHoldEnd(v visit) error {
	p, err := s.readHold(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "hold-end", p)
}

// holdRoutes are the pages of a town on hold.
func (s *site) holdRoutes() []route {
	return []route{
		{pattern: "GET " + holdPath, right: engine.RightDecide, desk: s.showHold},
		{pattern: "POST " + holdPath, right: engine.RightDecide, desk: s.postHold},
		{pattern: "GET " + holdEnd, right: engine.RightDecide, desk: s.showHoldEnd},
		{pattern: "POST " + holdEnd, right: engine.RightDecide, desk: s.postHoldEnd},
	}
}
