package engine

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Amending is what somebody wants a plan to read from a day on.
type Amending struct {
	Grounds
	Number        int        // the amendment's, the next of the plan
	Was, Is       Plan       // as it stands, and as it shall
	Before, After []Activity // as they stand, and as they shall; new ones stand in After alone
}

// Amend changes a plan, keeping what stood before. The Change is empty (its
// Event is "") when nothing is another than it was. Open seasons are left for
// the caller to extend.
func Amend(a Amending, who Actor, now time.Time) (Change, error) {
	if err := a.check(who, DateOf(now)); err != nil {
		return Change{}, err
	}
	c := Change{At: now, Actor: who, Event: "amended", Subject: a.Is.ID, Plans: []Plan{a.Is}, Activities: a.After}
	c.Plans = slices.DeleteFunc(c.Plans, func(p Plan) bool { return !planDiffers(a.Was, p) })
	was := amendable.index(a.Before)
	c.Activities = slices.DeleteFunc(slices.Clone(c.Activities), func(b Activity) bool {
		i, old := was[b.ID]
		return old && !amendable.differs(a.Before[i], b)
	})
	if len(c.Plans)+len(c.Activities) == 0 {
		return Change{}, nil
	}
	if len(c.Plans) == 0 && len(c.Activities) == 1 {
		c.Subject = c.Activities[0].Ref()
	}
	c.Detail = map[string]string{"amendment": itoa(a.Number), "day": string(a.Day), "reason": a.Reason}
	if a.Body != "" {
		c.Detail["body"] = a.Body
	}
	RecordAmendment(&c, a.Was, a.Before, a.Number, a.Grounds)
	return c, nil
}

// RecordAmendment adds to a Change of a plan that is here already what stood
// before it, where the plan's text changes at all.
func RecordAmendment(c *Change, was Plan, before []Activity, number int, g Grounds) {
	m := Amendment{Plan: was.ID, Number: number, Grounds: g, Event: c.Event, By: c.Actor.Name, At: c.At}
	for _, p := range c.Plans {
		if p.ID == was.ID && planDiffers(was, p) {
			m.PlanAs = &was
		}
	}
	at := amendable.index(before)
	for _, a := range c.Activities {
		i, old := at[a.ID]
		switch {
		case a.Plan != was.ID:
		case !old:
			m.Added = append(m.Added, a.ID)
		case amendable.differs(before[i], a):
			m.Before = append(m.Before, before[i])
		}
	}
	m.Touched = len(m.Before) + len(m.Added)
	if m.PlanAs != nil || m.Touched > 0 {
		c.Amendments = append(c.Amendments, m)
	}
}

func planDiffers(a, b Plan) bool {
	return amendedPlan.differs(a, b) || !areas.same(a.Areas, b.Areas) || !measures.same(a.Measures, b.Measures)
}

// check says why a plan cannot be amended so.
func (a Amending) check(who Actor, today Date) error {
	_, err := ParseDate(string(a.Day))
	switch {
	case who.Kind != ActorCoordinator:
		return Errorf(Forbidden, "only a coordinator changes a plan")
	case err != nil:
		return Errorf(Invalid, "say from which day the change holds")
	case a.Day > today:
		return Errorf(Invalid, "the change holds from %s only; write it in when that day has come", a.Day)
	case strings.TrimSpace(a.Reason) == "":
		return Errorf(Invalid, "say why the plan changes")
	case strings.TrimSpace(a.Is.Title) == "":
		return Errorf(Invalid, "a plan needs a title")
	}
	if err := checkExtensions(a.Was, a.Is); err != nil {
		return err
	}
	for _, b := range a.After {
		if err := b.checkText(a.Is); err != nil {
			return err
		}
	}
	return nil
}

// checkText says what an activity of the plan lacks.
func (a Activity) checkText(p Plan) error {
	_, known := p.MeasureByCode(a.Measure)
	switch {
	case a.Plan != p.ID || a.ID == "":
		return Errorf(Invalid, "activity %q does not belong to plan %s", a.ID, p.ID)
	case strings.TrimSpace(a.Title) == "":
		return Errorf(Invalid, "activity %s needs a title", a.ID)
	case a.Version == 0 && !known:
		return Errorf(NotFound, "plan %s has no measure %q to add an activity to", p.ID, a.Measure)
	case !slices.Contains([]AnswerRule{AnyAnswers, LeadAnswers, EachAnswers}, a.Answers):
		return Errorf(Invalid, "%q is no answer rule; use lead, each or none", a.Answers)
	}
	return nil
}

// ValidUntil gives the last day of a plan: the end it was made with, or the
// last it was extended to.
func (p Plan) ValidUntil() Date {
	end := p.End
	for _, a := range p.Approvals {
		if a.Verb == VerbExtended {
			end = max(end, a.Until)
		}
	}
	return end
}

// checkExtensions refuses an extension nobody decided, or one that extends
// nothing.
func checkExtensions(was, is Plan) error {
	for _, a := range is.Approvals {
		if a.Verb != VerbExtended || slices.Contains(was.Approvals, a) {
			continue
		}
		_, err := ParseDate(string(a.Until))
		switch {
		case err != nil || a.Until <= was.ValidUntil():
			return Errorf(Invalid, "a plan is extended to a day after %s, its last one", was.ValidUntil())
		case strings.TrimSpace(a.Body) == "":
			return Errorf(Invalid, "say who decided to extend the plan")
		}
	}
	return nil
}

// NextID gives the id and the label of an activity added to a measure: those of
// the kind its activities have, one higher than the highest. Numbers that were
// given up stay gaps.
func NextID(measure string, activities []Activity) (id, label string) {
	number, code, letter := 0, 0, byte(0)
	for _, a := range activities {
		rest := strings.TrimPrefix(a.ID, measure)
		switch n, err := strconv.Atoi(strings.TrimLeft(rest, "/.")); {
		case rest == a.ID:
		case err == nil && rest[0] == '/':
			number = max(number, n)
		case err == nil && rest[0] == '.':
			code = max(code, n)
		case len(rest) == 1 && rest[0] >= 'a' && rest[0] <= 'z':
			letter = max(letter, rest[0])
		}
	}
	switch {
	case number == 0 && code > 0:
		id = measure + "." + itoa(code+1)
		return id, id
	case number == 0 && letter > 0 && letter < 'z':
		return measure + string(letter+1), string(letter+1) + ")"
	}
	return measure + "/" + itoa(number+1), itoa(number+1) + "."
}
