package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/notify/link"
)

// belowPlan opens what lies below a plan: the evaluation of a period, a file of
// it, or an activity.
func (s *site) belowPlan(w http.ResponseWriter, r *http.Request) error {
	v, err := s.enterTown(w, r)
	if err != nil {
		return err
	}
	first, rest, further := strings.Cut(r.PathValue("place"), "/")
	if first == "aktivita" && further {
		return s.publicActivity(v, rest)
	}
	list := v.of(r.PathValue("plan"))
	i := slices.IndexFunc(list, func(p publication) bool { return p.Season.Period.ID == first })
	switch {
	case i < 0:
		return errUnpublished
	case further:
		return s.publicFile(v, list[i], rest)
	}
	return s.publicEvaluation(v, list[i])
}

// periodsOfActivity is how many periods the page of an activity looks back.
const periodsOfActivity = 12

// A publicActivityPage is one activity over the published periods.
type publicActivityPage struct {
	publicPlace
	Plan, PlanHref string // title and address
	Results        []publicResult
	From           []publicFrom
}

// A publicResult is what became of it in one period.
type publicResult struct {
	engine.ActivityResult
	Publication publication
	Href        string
}

// A publicFrom is what an activity continues; Href is "" where that is not
// published.
type publicFrom struct{ Ref, Href string }

// Newest gives the latest result.
func (p publicActivityPage) Newest() publicResult { return p.Results[0] }

func (s *site) publicActivity(v publicVisit, id string) error {
	list := v.of(v.r.PathValue("plan"))
	list = list[:min(len(list), periodsOfActivity)]
	var rows []engine.ActivityResult
	var of []publication
	for _, pub := range list {
		found, err := v.office.Records.ResultsOf(v.r.Context(), pub.Season.Plan, pub.Season.Period.ID, pub.Head.Number, []string{id})
		if err != nil {
			return err
		}
		if len(found) == 1 {
			rows, of = append(rows, found[0]), append(of, pub)
		}
	}
	if len(rows) == 0 {
		return errUnpublished
	}
	rows, err := v.maskedRows(of[0], rows)
	if err != nil {
		return err
	}
	p := publicActivityPage{publicPlace: v.placeOf(of[0].Head), Plan: of[0].Head.PlanTitle, PlanHref: link.PublicPath(v.office.Records.Tenant(), "plan", of[0].Season.Plan)}
	for i, row := range rows {
		p.Results = append(p.Results, publicResult{row, of[i], of[i].Address(p.Tenant)})
	}
	for _, ref := range rows[0].From {
		from := publicFrom{Ref: ref}
		if plan, id, ok := strings.Cut(ref, "/"); ok && len(v.of(plan)) > 0 {
			from.Href = activityHref(p.Tenant, plan, id)
		}
		p.From = append(p.From, from)
	}
	return s.showPublic(v, of[0].Season.PublishedAt, "public-activity", p)
}

// A publicEvaluationPage is what was published about one period.
type publicEvaluationPage struct {
	publicPlace
	publication
	PlanHref  string
	Groups    []paperGroup
	AreaChart template.HTML
	Areas     []tallied
	YearChart template.HTML
	Years     []tallied
	Key       string // fingerprint of what the files are sealed with
	Whole     string // the address with the server's name
}

// Sample names one of the files, to show how it is verified.
func (p publicEvaluationPage) Sample() string { return p.Groups[0].Papers[0].Name }

// Read gives the way to the whole text as a page, "" where there is none.
func (p publicEvaluationPage) Read() string { return p.file("html") }

// Data gives the way to the record of its data.
func (p publicEvaluationPage) Data() string {
	return cmp.Or(p.file("jsonld"), p.publicPlace.Data())
}

// file gives the way to the file of a kind.
func (p publicEvaluationPage) file(kind string) string {
	for _, g := range p.Groups {
		for _, f := range g.Papers {
			if f.Kind == kind {
				return p.Folder() + "/" + f.Name
			}
		}
	}
	return ""
}

// Folder gives the address the files lie below.
func (p publicEvaluationPage) Folder() string { return p.Address(p.Tenant) }

func (s *site) publicEvaluation(v publicVisit, pub publication) error {
	head, tenant := pub.Head, v.office.Records.Tenant()
	p := publicEvaluationPage{publicPlace: v.placeOf(head), publication: pub, PlanHref: link.PublicPath(tenant, "plan", pub.Season.Plan),
		Groups: groupPapers(v.office.Documents.Names(head), true), Key: s.Signer.Sign(tenant, nil).Fingerprint(),
		Whole: s.Signer.PublicURL(tenant, "plan", pub.Season.Plan, pub.Season.Period.ID)}
	for _, a := range head.Areas {
		p.Areas = append(p.Areas, tallied{areaName(v.visit, a), a.Totals})
	}
	for _, y := range head.Years {
		p.Years = append(p.Years, tallied{y.Period, y.Totals})
	}
	word := func(name string) string { return p.Word(name, v.say("totals."+name)) }
	if len(p.Areas) > 0 && len(p.Areas) <= areasDrawn {
		p.AreaChart = stacked(v.visit, "graf-oblasti", "steering.chart_areas", p.Areas, word)
	}
	if len(p.Years) > 1 {
		p.YearChart = stacked(v.visit, "graf-roky", "steering.chart_years", p.Years, word)
	}
	return s.showPublic(v, pub.Season.PublishedAt, "public-evaluation", p)
}

// areasDrawn is how many bars a drawing can have and be read; more stand in the
// table alone.
const areasDrawn = 24
