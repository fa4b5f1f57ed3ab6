package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Resolution is what a body decided about a season's evaluation. It is typed
// in from the minutes by the coordinator; its items come back as decisions.
type Resolution struct {
	Plan, Period string
	ID           int    // from 1, per season
	Number       string // as printed, "12/2027"
	Body         string
	Day          Date
	Verb         ApprovalVerb
	Text         string
	Items        []ResolutionItem
	Meeting      int `json:",omitempty"` // where it was made, 0 for none that was called here
	By           string
	At           time.Time
	Version      int
}

// A ResolutionItem is what a resolution says of one activity.
type ResolutionItem struct {
	Activity string // id
	Next     NextStep
	Until    Date // of a postponed one
	Note     string
}

// What else a body says in a resolution (domain.md 5).
const (
	VerbInformed    ApprovalVerb = "informed"
	VerbRecommended ApprovalVerb = "recommended"
	VerbCharged     ApprovalVerb = "charged"
	VerbRefused     ApprovalVerb = "refused"
)

// ResolutionVerbs lists the verbs in the order people are offered them.
func ResolutionVerbs() []ApprovalVerb {
	return []ApprovalVerb{VerbApproved, VerbTookNote, VerbInformed, VerbRecommended, VerbCharged, VerbRefused}
}

// Resolve records a resolution, new (ID 0) or corrected, and makes what it says
// of activities the decisions about them. entries are those of its items, all
// those of the season. before are the season's resolutions. A correction that no
// longer names an activity leaves the decision about it as it stands: nobody
// said what it should be instead.
func Resolve(r Resolution, before []Resolution, entries []Entry, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator writes a resolution down")
	}
	r = r.tidied()
	if err := r.check(DateOf(now)); err != nil {
		return Change{}, err
	}
	c := Change{At: now, Actor: who, Event: "resolved", Detail: r.detail()}
	if r.ID == 0 {
		for _, other := range before {
			r.ID = max(r.ID, other.ID)
		}
		r.ID++
	} else {
		i := slices.IndexFunc(before, func(o Resolution) bool { return o.ID == r.ID })
		if i < 0 {
			return Change{}, Errorf(NotFound, "season %s has no resolution %d", r.Period, r.ID)
		}
		if r.saysTheSame(before[i]) {
			return Change{}, nil
		}
		c.Event = "resolution_corrected"
	}
	r.By, r.At = who.Name, now
	for _, item := range r.Items {
		i := slices.IndexFunc(entries, func(e Entry) bool {
			return e.EntryKey == EntryKey{r.Plan, r.Period, item.Activity}
		})
		if i < 0 {
			return Change{}, Errorf(NotFound, "season %s has no activity %s", r.Period, item.Activity)
		}
		if e, decided := item.decides(entries[i], r); decided {
			c.Entries = append(c.Entries, e)
		}
	}
	c.Subject, c.Resolutions = r.Plan+"/"+r.Period+"/"+itoa(r.ID), []Resolution{r}
	return c, nil
}

// decides gives the entry with what the item says of it; decided is false when
// it says nothing new.
func (item ResolutionItem) decides(e Entry, r Resolution) (after Entry, decided bool) {
	if item.Next == "" || e.NextStep == item.Next && e.PostponedTo == item.Until {
		return e, false
	}
	e.NextStep, e.PostponedTo, e.Onward = item.Next, item.Until, Onward{}
	if item.Next == Drop {
		e.Onward.Reason = strings.TrimSpace(item.Note)
		if e.Onward.Reason == "" {
			e.Onward.Reason = strings.TrimSpace(r.Body + " " + r.Number)
		}
	}
	return e, true
}

func (r Resolution) tidied() Resolution {
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	r.Number, r.Body, r.Text = line(r.Number), line(r.Body), strings.TrimSpace(r.Text)
	r.Items = slices.Clone(r.Items)
	for i := range r.Items {
		r.Items[i].Note = line(r.Items[i].Note)
	}
	return r
}

// check says what is wrong with a resolution.
func (r Resolution) check(today Date) error {
	if _, err := ParseDate(string(r.Day)); err != nil {
		return err
	}
	switch {
	case r.Body == "":
		return Errorf(Invalid, "say which body resolved")
	case r.Day > today:
		return Errorf(Invalid, "%s has not come yet; a resolution is written down after it was made", r.Day)
	case !slices.Contains(ResolutionVerbs(), r.Verb):
		return Errorf(Invalid, "%q is nothing a body does in a resolution", r.Verb)
	case len(r.Number) > MaxTitle || len(r.Body) > MaxTitle || len(r.Text) > MaxText:
		return Errorf(Invalid, "a text of the resolution is too long; shorten it")
	}
	seen := map[string]bool{}
	for _, item := range r.Items {
		if seen[item.Activity] {
			return Errorf(Invalid, "the resolution names %s twice", item.Activity)
		}
		seen[item.Activity] = true
		if err := checkNext(item.Next, item.Until); err != nil {
			return err
		}
		if len(item.Note) > MaxTitle {
			return Errorf(Invalid, "the note on %s is too long; shorten it", item.Activity)
		}
	}
	return nil
}

// saysTheSame compares what the minutes say.
func (r Resolution) saysTheSame(o Resolution) bool {
	return r.Number == o.Number && r.Body == o.Body && r.Day == o.Day && r.Verb == o.Verb && r.Text == o.Text && r.Meeting == o.Meeting && slices.Equal(r.Items, o.Items)
}

// detailItems is how many items the journal spells out; the resolution has all.
const detailItems = 50

func (r Resolution) detail() map[string]string {
	d := map[string]string{"number": r.Number, "body": r.Body, "day": string(r.Day), "verb": string(r.Verb), "items": itoa(len(r.Items))}
	var said []string
	for _, item := range r.Items[:min(len(r.Items), detailItems)] {
		if item.Next != "" {
			said = append(said, strings.TrimSpace(fmt.Sprintf("%s %s %s", item.Activity, item.Next, item.Until)))
		}
	}
	if len(said) > 0 {
		d["decides"] = strings.Join(said, "; ")
	}
	return d
}
