package web

import (
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/notify/link"
)

// A publishPage says what everybody may read of a season's evaluation, what
// they would read if it were published now, and what they would not.
type publishPage struct {
	seasonPlace
	Newest   *engine.Evaluation // approved, without rows; nil while none is
	Draft    bool               // a newer one waits for approval
	Address  string             // where everybody reads it, with the server's name
	Href     string
	Withheld withheld
	View     string // the page shown inside
	Faults   map[string]string
	Reason   string
}

// Behind reports whether an older number than the newest is published.
func (p publishPage) Behind() bool {
	return p.Season.Published > 0 && p.Newest != nil && p.Newest.Number > p.Season.Published
}

// Offers reports whether there is something to publish.
func (p publishPage) Offers() bool { return p.Newest != nil && p.Newest.Number != p.Season.Published }

func (s *site) showPublish(v visit) error {
	return s.publishAgain(v, http.StatusOK, "", nil)
}

func (s *site) publishAgain(v visit, status int, reason string, faults map[string]string) error {
	p, err := s.readPublish(v)
	if err != nil {
		return err
	}
	p.Reason, p.Faults = reason, faults
	return s.show(v.w, v.r, status, "publish", p)
}

func (s *site) readPublish(v visit) (publishPage, error) {
	place, err := v.place()
	if err != nil {
		return publishPage{}, err
	}
	at := place.Season
	p := publishPage{seasonPlace: place, Address: s.Signer.PublicURL(v.office.Records.Tenant(), "plan", at.Plan, at.Period.ID), Href: link.PublicPath(v.office.Records.Tenant(), "plan", at.Plan, at.Period.ID)}
	heads, err := v.heads(place)
	if err != nil {
		return p, err
	}
	for _, e := range heads {
		p.Draft = e.State == engine.EvaluationDraft
		if !p.Draft {
			p.Newest = &e
		}
	}
	if p.Newest == nil {
		return p, nil
	}
	all := v.office.Documents.Names(*p.Newest)
	if i := slices.IndexFunc(all, isHTML); i >= 0 {
		p.View = all[i].Name
	}
	p.Withheld, err = s.withheld(v, *p.Newest)
	return p, err
}

// postPublish publishes the number that was shown, or takes back what is
// published. Both only after a word of confirmation.
func (s *site) postPublish(v visit) error {
	get, plan, period := v.r.PostForm.Get, v.r.PathValue("plan"), v.r.PathValue("period")
	action := get("action")
	if action != "zverejnit" && action != "stahnout" {
		return engine.Errorf(engine.Invalid, "the form does not say whether to publish the evaluation or to take it back")
	}
	if get("potvrzeni") != action {
		return s.publishAgain(v, http.StatusUnprocessableEntity, "decision.fields", map[string]string{action: "fault.confirm"})
	}
	var err error
	done := "vyhodnoceni-stazeno"
	if action == "stahnout" {
		err = v.office.Withdraw(v.r.Context(), plan, period, v.who)
	} else {
		number, bad := strconv.Atoi(get("cislo"))
		if bad != nil {
			return engine.Errorf(engine.Invalid, "the form does not say which evaluation was shown")
		}
		done, err = "vyhodnoceni-zverejneno", v.office.Publish(v.r.Context(), plan, period, number, v.who)
	}
	if engine.CodeOf(err) == engine.Conflict {
		return s.publishAgain(v, http.StatusConflict, "publish.moved", nil)
	}
	if err != nil {
		return err
	}
	return v.back(seasonPath("vyhodnoceni", plan, period)+"/zverejneni", flash(done))
}
