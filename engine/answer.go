package engine

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxText is how long one text of an answer may be, in characters.
const MaxText = 10_000

// Check says what an answer lacks. Status and text must be there; a partial
// one says both what was done and what is missing.
func (a Answer) Check() error {
	if err := a.checkStatus(); err != nil {
		return err
	}
	done, missing := strings.TrimSpace(a.Done) != "", strings.TrimSpace(a.Missing) != ""
	switch {
	case a.Status == Partial && !(done && missing):
		return Errorf(Invalid, "for a partly fulfilled activity say what was done and what is missing")
	case a.Status == Unfulfilled && !missing:
		return Errorf(Invalid, "for an unfulfilled activity say why")
	case (a.Status == Fulfilled || a.Status == InProgress) && !done:
		return Errorf(Invalid, "say what was done")
	}
	return nil
}

// checkStatus is what an answer by mail must pass to become official: its text
// may be missing, for the coordinator decides whether it is needed.
func (a Answer) checkStatus() error {
	switch {
	case !a.Status.Known():
		return Errorf(Invalid, "choose a status")
	case a.Qualifier != "" && (a.Qualifier != AnotherForm || a.Status != Fulfilled):
		return Errorf(Invalid, "only a fulfilled activity can be fulfilled in another form")
	}
	return a.checkLength()
}

func (a Answer) checkLength() error {
	if utf8.RuneCountInString(a.Done) > MaxText || utf8.RuneCountInString(a.Missing) > MaxText {
		return Errorf(Invalid, "a text is longer than %d characters; shorten it", MaxText)
	}
	return nil
}

// check says what is wrong with an answer that came in by the channel.
func (a Answer) check(by Channel) error {
	if by.ByMail() {
		return a.checkLength()
	}
	return a.Check()
}

// same reports whether two answers say the same.
func (a Answer) same(b Answer) bool {
	return a.Status == b.Status && a.Qualifier == b.Qualifier && a.Done == b.Done && a.Missing == b.Missing &&
		(len(a.Numbers) == 0 && len(b.Numbers) == 0 || reflect.DeepEqual(a.Numbers, b.Numbers))
}

// A Submission is an answer page or a reply sent: answers by activity id.
type Submission struct {
	By      string // the name the writer gave
	Channel Channel
	Inbound string // id of the mail, "" for a page
	Answers map[string]Answer
}

// Submit turns the answers of an organisation into proposals. An answer that
// repeats the newest revision changes nothing; when all do, the Change is empty
// (its Event is ""). Nothing official moves.
func Submit(c Case, s Submission, now time.Time) (Change, error) {
	if c.closed() {
		return Change{}, Errorf(Gone, "season %s is closed; answers are no longer taken here", c.Season.Period.ID)
	}
	if strings.TrimSpace(s.By) == "" {
		return Change{}, Errorf(Invalid, "say who is writing")
	}
	ch := Change{At: now, Actor: Actor{ActorOrganisation, c.Organisation.ID}, Subject: c.Plan.ID + "/" + c.Season.Period.ID + "/" + c.Organisation.ID}
	var said []string
	after := c
	after.Entries, after.Proposals = slices.Clone(c.Entries), slices.Clone(c.Proposals)
	for i, e := range c.Entries {
		a, ok := s.Answers[e.Activity]
		if !ok {
			continue
		}
		if err := a.check(s.Channel); err != nil {
			return Change{}, Errorf(Invalid, "%s: %w", e.Activity, err)
		}
		last, answered := c.proposal(e.Activity)
		if answered && !c.open(i) && last.Answer.same(a) {
			continue
		}
		p := Proposal{EntryKey: e.EntryKey, Organisation: c.Organisation.ID, Revision: last.Revision + 1, Answer: a,
			Channel: s.Channel, Inbound: s.Inbound, By: s.By, At: now, State: Pending}
		if answered && (last.State == Pending || last.State == Returned) {
			last.State = Superseded
			ch.Proposals = append(ch.Proposals, last)
		}
		ch.Proposals = append(ch.Proposals, p)
		after.setProposal(p)
		e.AnsweredAt, e.Said = now, a.Status // and with it the version: a decision about an older answer becomes stale
		ch.Entries = append(ch.Entries, e)
		after.Entries[i] = e
		said = append(said, fmt.Sprintf("%s %s r%d", e.Activity, a.Status, p.Revision))
	}
	if len(said) == 0 {
		return Change{}, nil
	}
	ch.Event, ch.Detail = "answered", map[string]string{"answers": strings.Join(said, "; "), "channel": string(s.Channel)}
	ch.Requests = []Request{after.Reschedule(c.Request, now)}
	return ch, nil
}

// setProposal puts p in the place of the organisation's older answer.
func (c *Case) setProposal(p Proposal) {
	for i := range c.Proposals {
		if c.Proposals[i].Activity == p.Activity {
			c.Proposals[i] = p
			return
		}
	}
	c.Proposals = append(c.Proposals, p)
}
