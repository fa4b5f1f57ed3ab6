package planfile

import (
	"strconv"
	"strings"

	"splneno/engine/czech"
)

func itoa(n int) string { return strconv.Itoa(n) }

// cover reads what stands before the first measure: titles, funding, approval.
func (s *planScanner) cover() {
	var titles, funding []string
	p := &s.draft.Plan
	for _, l := range s.lines {
		if _, ok := czech.ReadHeading(l.text); ok {
			break
		}
		if c, ok := czech.ReadActionPlanTitle(l.text); ok && p.Start == "" {
			p.Start, p.End = c.Start, c.End
			titles = append(titles, c.Title)
		} else if czech.IsPlanTitle(l.text) && len(titles) == 0 {
			titles = append(titles, l.text)
		}
		if czech.IsFunding(l.text) {
			funding = append(funding, l.text)
		}
		if body, on, place, ok := czech.ReadApproval(l.text); ok {
			p.ApprovedBy, p.ApprovedOn, p.ApprovedAt = body, on, place
		}
	}
	p.Title = strings.Join(titles, " – ")
	p.Funding = strings.Join(funding, ", ")
	p.Territory = czech.RegionOf(p.Title)
	s.missing()
}

// missing warns of what the plan does not say about itself.
func (b *builder) missing() {
	p := b.draft.Plan
	for _, m := range []struct {
		empty bool
		what  string
	}{
		{p.Title == "", "title"},
		{p.Territory == "", "territory"},
		{p.Start == "", "period"},
		{p.ApprovedBy == "", "approving body"},
		{p.ApprovedOn == "", "day of approval"},
	} {
		if m.empty {
			b.warn(0, "", "the document does not say its "+m.what)
		}
	}
}
