package workflows

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"splneno/engine"
)

// page is how many due requests are read at once: more than a town has bodies,
// so that one mail tells the coordinator about all that are silent that day.
const page = 5000

// atOnce is how many requests are read and committed together: what one Conflict
// has decided about anew.
const atOnce = 25

// A sweep is one run over everything that is due to be said on a day. It
// remembers what many requests share, so that its cost follows what is due.
type sweep struct {
	shelf
	today     engine.Date
	silent    []engine.SilentBody
	hold      bool             // what is written may have been written already
	requests  []engine.Request // of the silent
	proposals []engine.Proposal
	written   int
}

// letters is the daily rule that writes to organisations: whatever is due to
// one body goes into one letter. Its Changes are idempotent, so a run that was
// interrupted is simply run again.
func (o *Office) letters(ctx context.Context, _ engine.Occurrence) (string, error) {
	s, err := o.sweep(ctx)
	if err != nil {
		return "", err
	}
	if s == nil {
		return dayOff, nil
	}
	for {
		due, err := o.Records.RequestsDue(ctx, s.today, page)
		if err != nil {
			return "", err
		}
		for some := range slices.Chunk(due, atOnce) {
			if err := s.lookAt(ctx, some); err != nil {
				return "", err
			}
		}
		if err := s.escalate(ctx); err != nil {
			return "", err
		}
		if len(due) == 0 {
			return lettersNote(s.written), nil
		}
	}
}

// sweep prepares a run for today, nil when nothing is written today.
func (o *Office) sweep(ctx context.Context) (*sweep, error) {
	at, err := o.shelf(ctx)
	if err != nil || !engine.NewWorkdays(at.municipality.DaysOff).Works(o.today()) {
		return nil, err
	}
	h, err := o.Records.Hold(ctx)
	return &sweep{shelf: at, today: o.today(), hold: h.Holds()}, err
}

// lookAt decides about some requests and commits what follows together. On a
// Conflict another node was faster, or an answer came in between: then each that
// was to be committed is looked at again and committed alone.
func (s *sweep) lookAt(ctx context.Context, requests []engine.Request) error {
	cases := make([]engine.Case, len(requests))
	for i, r := range requests {
		cases[i].Request = r
	}
	if err := s.fill(ctx, cases); err != nil {
		return err
	}
	var changes []engine.Change
	var alone []engine.Request
	for i, c := range cases {
		ch, err := s.look(c)
		if err != nil {
			return fmt.Errorf("%s: %w", requests[i].Organisation, err)
		}
		if ch != nil {
			changes, alone = append(changes, *ch), append(alone, requests[i])
		}
	}
	if err := s.putOff(ctx, changes); err != nil {
		return err
	}
	err := s.commit(ctx, changes)
	if engine.CodeOf(err) != engine.Conflict {
		return err
	}
	for _, r := range alone {
		if err := s.lookAlone(ctx, r); err != nil && engine.CodeOf(err) != engine.Conflict {
			return fmt.Errorf("%s: %w", r.Organisation, err)
		}
	}
	return nil
}

// lookAlone decides about one request and commits what follows. A Conflict loses
// nothing: the request is due until it was looked at.
func (s *sweep) lookAlone(ctx context.Context, r engine.Request) error {
	c, err := s.known(ctx, r)
	if err != nil {
		return err
	}
	ch, err := s.look(c)
	if err != nil || ch == nil {
		return err
	}
	changes := []engine.Change{*ch}
	if err := s.putOff(ctx, changes); err != nil {
		return err
	}
	return s.commit(ctx, changes)
}

// commit commits what follows from looks.
func (s *sweep) commit(ctx context.Context, changes []engine.Change) error {
	if err := s.Records.Commit(ctx, changes...); err != nil {
		return err
	}
	for _, ch := range changes {
		s.written += len(ch.Messages)
	}
	return nil
}

// look decides about one request and gives what follows, nil when that is for
// the coordinator to hear.
func (s *sweep) look(c engine.Case) (*engine.Change, error) {
	r := c.Request
	n := engine.Look(c, s.today)
	if n.Escalate != nil {
		s.silent = append(s.silent, *n.Escalate)
		s.requests, s.proposals = append(s.requests, n.Request), append(s.proposals, n.Proposals...)
		return nil, nil
	}
	ch := engine.Change{At: s.local(), Actor: engine.Actor{Kind: engine.ActorCalendar, Name: "letters"}, Event: "looked",
		Subject: r.Plan + "/" + r.Period + "/" + r.Organisation, Requests: []engine.Request{n.Request}, Proposals: n.Proposals}
	if n.Letter != nil {
		if err := s.sign(&n.Request); err != nil {
			return nil, err
		}
		m, err := s.phrase(c, *n.Letter)
		if engine.CodeOf(err) == engine.Invalid {
			s.unreachable(c, n)
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		ch.Event, ch.Messages = "written_to", []engine.Message{m}
		ch.Detail = map[string]string{"kind": string(n.Letter.Kind), "items": fmt.Sprint(len(n.Letter.Items)), "message": m.MessageID}
		if s.hold {
			ch.Detail[wasKey] = r.Was()
		}
	}
	return &ch, nil
}

// putOff puts the bodies that were already written to today about another plan
// off until tomorrow: of several Changes the first writes.
func (s *sweep) putOff(ctx context.Context, changes []engine.Change) error {
	var keys []string
	for _, ch := range changes {
		if len(ch.Messages) > 0 {
			keys = append(keys, ch.Messages[0].Key)
		}
	}
	there, err := s.Records.MessageStates(ctx, keys)
	if err != nil {
		return err
	}
	said := map[string]bool{}
	for key := range there {
		said[key] = true
	}
	for i := range changes {
		ch := &changes[i]
		if len(ch.Messages) == 0 {
			continue
		}
		key := ch.Messages[0].Key
		if said[key] {
			if err := s.deferred(ctx, ch); err != nil {
				return err
			}
		}
		said[key] = true
	}
	return nil
}

// deferred makes of a Change that writes one that looks again tomorrow.
func (s *sweep) deferred(ctx context.Context, ch *engine.Change) error {
	r, err := s.Records.Request(ctx, ch.Requests[0].Plan, ch.Requests[0].Period, ch.Requests[0].Organisation)
	if err != nil {
		return err
	}
	r.NextOn = s.today.AddDays(1)
	ch.Event, ch.Detail, ch.Messages, ch.Proposals = "deferred", nil, nil, nil
	ch.Requests = []engine.Request{r}
	return nil
}

// wasKey is the key under which the journal keeps how a request stood before a
// letter of a municipality on hold.
const wasKey = "was"

// phrase gives the mail of a letter to an organisation. Its key is the body and
// the day: nobody gets two mails a day.
func (s *sweep) phrase(c engine.Case, l engine.Letter) (engine.Message, error) {
	s.address(&l, c)
	return s.message(letterKey(c.Organisation.ID, s.today), c.Organisation.ID, l)
}

func letterKey(organisation string, day engine.Date) string {
	return "organisation/" + organisation + "/" + string(day)
}

func escalationKey(day engine.Date) string { return "escalation/" + string(day) }

func digestKey(day engine.Date) string { return "digest/" + string(day) }

// unreachable hands a body whose address cannot be written to over to the
// coordinator, as if it were silent.
func (s *sweep) unreachable(c engine.Case, n engine.Notice) {
	r := n.Request
	r.Written = c.Request.Written
	s.silent = append(s.silent, engine.SilentBody{Organisation: c.Organisation.Name, Asked: r.Written, Open: len(n.Letter.Items), OnBehalf: true})
	s.requests = append(s.requests, r)
}

// escalate tells the coordinator about the bodies that stayed silent: one mail
// a day at most, on a day she is in; those found after it was written wait until
// tomorrow.
func (s *sweep) escalate(ctx context.Context) error {
	if len(s.silent) == 0 {
		return nil
	}
	key := escalationKey(s.today)
	said, err := s.Records.HasMessage(ctx, key)
	if err != nil {
		return err
	}
	ch := engine.Change{At: s.local(), Actor: engine.Actor{Kind: engine.ActorCalendar, Name: "letters"}, Event: "escalated",
		Subject: string(s.today), Requests: s.requests, Proposals: s.proposals}
	opens, err := s.herNextDay(ctx, s.municipality)
	if err != nil {
		return err
	}
	if said || opens > s.today {
		ch.Event, ch.Proposals = "deferred", nil
		if ch.Requests, err = s.later(ctx, s.requests, max(opens, s.today.AddDays(1))); err != nil {
			return err
		}
	} else {
		l := s.toCoordinator(s.municipality, engine.LetterEscalation)
		l.Silent = s.silent
		m, err := s.message(key, "", l)
		if err != nil {
			return err
		}
		ch.Messages = []engine.Message{m}
		ch.Detail = map[string]string{"organisations": fmt.Sprint(len(s.silent))}
	}
	s.silent, s.requests, s.proposals = nil, nil, nil
	if err := s.Records.Commit(ctx, ch); err != nil && engine.CodeOf(err) != engine.Conflict {
		return err
	}
	return nil
}

// later gives the requests as they stand, to be looked at on a later day.
func (s *sweep) later(ctx context.Context, requests []engine.Request, day engine.Date) ([]engine.Request, error) {
	var out []engine.Request
	for _, q := range requests {
		r, err := s.Records.Request(ctx, q.Plan, q.Period, q.Organisation)
		if err != nil {
			return nil, err
		}
		r.NextOn = day
		out = append(out, r)
	}
	return out, nil
}

// herNextDay gives the first day from today on on which the coordinator is in, by
// the window of the organisation she is asked as.
func (o *Office) herNextDay(ctx context.Context, m engine.Municipality) (engine.Date, error) {
	bodies, err := o.Records.Organisations(ctx, engine.CoordinatorID)
	if err != nil || len(bodies) == 0 {
		return o.today(), err
	}
	return bodies[0].Window.OnOrAfter(o.today(), engine.NewWorkdays(m.DaysOff)), nil
}

// toCoordinator begins a letter to the coordinator.
func (o *Office) toCoordinator(m engine.Municipality, kind engine.LetterKind) engine.Letter {
	return engine.Letter{Kind: kind, To: m.Coordinator, Organisation: m.Name, Municipality: m.Name, Coordinator: m.Coordinator,
		Sender: m.Sender, Date: o.today(), Link: o.Links.DeskURL()}
}

// digest is the coordinator's morning mail: what waits for her, approvals
// first. It is never empty: with nothing to tell there is no mail.
func (o *Office) digest(ctx context.Context, _ engine.Occurrence) (string, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return "", err
	}
	if !engine.NewWorkdays(m.DaysOff).Works(o.today()) {
		return notWorking, nil
	}
	if opens, err := o.herNextDay(ctx, m); err != nil || opens != o.today() {
		return "outside the coordinator's window", err
	}
	counts, err := o.Waiting(ctx)
	if err != nil {
		return "", err
	}
	if len(counts) == 0 {
		return nothingWaits, nil
	}
	l := o.toCoordinator(m, engine.LetterDigest)
	l.Counts = counts
	if len(m.Witness) == 0 {
		head, _, err := o.JournalHead(ctx)
		if err != nil {
			return "", err
		}
		if head.Seq > 0 {
			l.Head = &head
		}
	}
	msg, err := o.message(digestKey(o.today()), "", l)
	if err != nil {
		return "", err
	}
	older, err := o.heldDigests(ctx)
	if err != nil {
		return "", err
	}
	err = o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: engine.Actor{Kind: engine.ActorCalendar, Name: "digest"}, Event: "digest",
		Subject: string(o.today()), Messages: []engine.Message{msg}, Stops: older})
	if engine.CodeOf(err) == engine.Conflict {
		return "another node wrote it", nil
	}
	return "written", err
}

// heldDigests gives the earlier morning mails a hold keeps: today's stands for
// them, and nobody reads a week of them.
func (o *Office) heldDigests(ctx context.Context) (keys []string, err error) {
	h, err := o.Records.Hold(ctx)
	if err != nil || !h.Holds() {
		return nil, err
	}
	held, err := o.Records.OnHoldKeys(ctx)
	for _, key := range held {
		if strings.HasPrefix(key, digestKey("")) {
			keys = append(keys, key)
		}
	}
	return keys, err
}
