package web

import (
	"net/http"
	"slices"

	"splneno/engine"
	"splneno/workflows"
)

// mailsAPage is how many mails a page lists.
const mailsAPage = 50

// An inboxPage lists the mail of one state that came in.
type inboxPage struct {
	State  engine.InboundState
	States []stateCount
	Rows   []inboxRow
	Pager  pager
}

// A stateCount says how many mails are in a state.
type stateCount struct {
	State engine.InboundState
	Count int
}

// An inboxRow is one mail of the list.
type inboxRow struct {
	engine.Inbound
	Name string // of the body it is about; of a mail that waits, the guess
}

// showInbox lists mail: what waits, or what became of the rest.
func (s *site) showInbox(v visit) error {
	ctx, p := v.r.Context(), inboxPage{State: engine.InboundHeld}
	if state := engine.InboundState(v.r.URL.Query().Get("stav")); slices.Contains(engine.InboundStates(), state) {
		p.State = state
	}
	counts, err := v.office.Records.InboxCounts(ctx)
	if err != nil {
		return err
	}
	for _, state := range engine.InboundStates() {
		p.States = append(p.States, stateCount{State: state, Count: counts[state]})
	}
	p.Pager = newPager(v.r, mailsAPage, counts[p.State])
	mails, err := v.office.Records.InboxPage(ctx, p.Pager.Size, p.Pager.Offset(), p.State)
	if err != nil {
		return err
	}
	names, err := bodiesOf(v, mails)
	if err != nil {
		return err
	}
	for _, in := range mails {
		p.Rows = append(p.Rows, inboxRow{Inbound: in, Name: names[in.Organisation].Name})
	}
	return s.show(v.w, v.r, http.StatusOK, "inbox", p)
}

// bodiesOf gives the organisations the mails are about, by id.
func bodiesOf(v visit, mails []engine.Inbound) (map[string]engine.Organisation, error) {
	var ids []string
	for _, in := range mails {
		if in.Organisation != "" && !slices.Contains(ids, in.Organisation) {
			ids = append(ids, in.Organisation)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := v.office.Records.Organisations(v.r.Context(), ids...)
	return engine.OrganisationsByID(list), err
}

// A mailFiles holds the attachments of mails that became answers, by mail.
type mailFiles map[string][]engine.File

// filesOf gives the attachments that came with answers, without their bytes.
func filesOf(v visit, items ...workflows.QueueItem) (mailFiles, error) {
	var ids []string
	for _, it := range items {
		if it.Proposal.Inbound != "" {
			ids = append(ids, it.Proposal.Inbound)
		}
	}
	mails, err := v.office.Records.InboundByID(v.r.Context(), ids)
	files := mailFiles{}
	for _, in := range mails {
		files[in.ID] = in.Mail.Files
	}
	return files, err
}
