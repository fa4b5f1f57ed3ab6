package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// An againPage says before a letter leaves who gets one and who does not, and
// afterwards who got it.
type againPage struct {
	Plan, Period string
	Done         bool // the letters are written
	Nobody       bool // nobody was ticked
	Asked        []workflows.Again
	Refused      []refusedGroup
}

// A refusedGroup is the organisations that are not asked for one reason.
type refusedGroup struct {
	Why    engine.Refusal
	Bodies []workflows.Again
}

// showAgain shows who would be asked again. It changes nothing.
func (s *site) showAgain(v visit) error {
	q := v.r.URL.Query()
	p := againPage{Plan: q.Get("plan"), Period: q.Get("obdobi")}
	bodies := q["organizace"]
	if p.Nobody = len(bodies) == 0 && q.Get("koho") != "mlci"; p.Nobody {
		return s.show(v.w, v.r, http.StatusOK, "again", p)
	}
	if q.Get("koho") == "mlci" {
		bodies = nil
	}
	list, err := v.office.AskAgainOf(v.r.Context(), p.Plan, p.Period, bodies)
	if err != nil {
		return err
	}
	p.sort(v, list)
	return s.show(v.w, v.r, http.StatusOK, "again", p)
}

// postAgain writes to those the page before named, and says of each what came
// of it. Sent again it does nothing: they were written to today.
func (s *site) postAgain(v visit) error {
	form := v.r.PostForm
	p := againPage{Plan: form.Get("plan"), Period: form.Get("obdobi"), Done: true}
	bodies := strings.Fields(form.Get("komu"))
	if len(bodies) == 0 {
		return engine.Errorf(engine.Invalid, "the form does not say whom to ask again")
	}
	list, err := v.office.AskAgain(v.r.Context(), p.Plan, p.Period, bodies, v.who)
	if err != nil {
		return err
	}
	p.sort(v, list)
	return s.show(v.w, v.r, http.StatusOK, "again", p)
}

// sort puts the organisations into groups, by name.
func (p *againPage) sort(v visit, list []workflows.Again) {
	sorted(v.tongue, list, func(a workflows.Again) string { return a.Body.Name })
	groups := map[engine.Refusal][]workflows.Again{}
	for _, a := range list {
		groups[a.Refused] = append(groups[a.Refused], a)
	}
	p.Asked = groups[""]
	for _, why := range engine.Refusals() {
		if len(groups[why]) > 0 {
			p.Refused = append(p.Refused, refusedGroup{why, groups[why]})
		}
	}
	slices.SortStableFunc(p.Refused, func(a, b refusedGroup) int { return cmp.Compare(len(b.Bodies), len(a.Bodies)) })
}

// To names those who are asked, as the form hands them on.
func (p againPage) To() string {
	ids := make([]string, len(p.Asked))
	for i, a := range p.Asked {
		ids[i] = a.Body.ID
	}
	return strings.Join(ids, " ")
}

// Back gives the way to the board.
func (p againPage) Back() string {
	return "/stul?" + url.Values{"plan": {p.Plan}, "obdobi": {p.Period}}.Encode() + "#odpovedi"
}
