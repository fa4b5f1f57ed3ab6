package store

import (
	"context"
	"strings"
	"unicode"

	"github.com/uptrace/bun"
	"golang.org/x/text/unicode/norm"

	"splneno/engine"
)

type activityRow struct {
	bun.BaseModel  `bun:"table:activity"`
	Tenant         string                     `bun:",pk"`
	Plan           string                     `bun:",pk"`
	ID             string                     `bun:",pk"`
	Area           string                     `bun:",notnull"`
	Measure        string                     `bun:",notnull"`
	Label          string                     `bun:",notnull"`
	Title          string                     `bun:",notnull"`
	Details        asJSON[[]string]           `bun:",notnull"`
	Tags           asJSON[[]string]           `bun:",notnull"`
	TargetGroup    string                     `bun:",notnull"`
	ResponsibleRaw string                     `bun:",notnull"`
	Responsible    asJSON[[]engine.Party]     `bun:",notnull"`
	Deadline       asJSON[engine.Deadline]    `bun:",notnull"`
	Parts          asJSON[[]engine.Part]      `bun:",notnull"`
	Indicators     asJSON[[]engine.Indicator] `bun:",notnull"`
	CarriedFrom    string                     `bun:",notnull"`
	Carried        asJSON[[]engine.Carry]     `bun:",notnull"`
	Answers        engine.AnswerRule          `bun:",notnull"`
	Dropped        string                     `bun:",notnull"`
	StatusRaw      string                     `bun:",notnull"`
	Position       int                        `bun:",notnull"`
	Folded         string                     `bun:",notnull"`
	versioned
}

func newActivityRow(tenant string, a engine.Activity) activityRow {
	return activityRow{
		Tenant: tenant, Plan: a.Plan, ID: a.ID, Area: a.Area, Measure: a.Measure, Label: a.Label, Title: a.Title,
		Details: asJSON[[]string]{a.Details}, Tags: asJSON[[]string]{a.Tags}, TargetGroup: a.TargetGroup,
		ResponsibleRaw: a.ResponsibleRaw, Responsible: asJSON[[]engine.Party]{a.Responsible},
		Deadline: asJSON[engine.Deadline]{a.Deadline}, Parts: asJSON[[]engine.Part]{a.Parts},
		Indicators: asJSON[[]engine.Indicator]{a.Indicators}, CarriedFrom: a.CarriedFrom,
		Carried: asJSON[[]engine.Carry]{a.Carried}, Answers: a.Answers, Dropped: a.Dropped, StatusRaw: a.StatusRaw,
		Position: a.Position, Folded: folded(a), versioned: versioned{a.Version},
	}
}

func (r activityRow) name() string { return "activity " + r.Plan + "/" + r.ID }

func (r activityRow) value() engine.Activity {
	return engine.Activity{
		Plan: r.Plan, ID: r.ID, Area: r.Area, Measure: r.Measure, Label: r.Label, Title: r.Title,
		Details: r.Details.V, Tags: r.Tags.V, TargetGroup: r.TargetGroup, ResponsibleRaw: r.ResponsibleRaw,
		Responsible: r.Responsible.V, Deadline: r.Deadline.V, Parts: r.Parts.V, Indicators: r.Indicators.V,
		CarriedFrom: r.CarriedFrom, Carried: r.Carried.V, Answers: r.Answers, Dropped: r.Dropped, StatusRaw: r.StatusRaw, Position: r.Position, Version: r.Version,
	}
}

// folded is what an activity is found by.
func folded(a engine.Activity) string {
	return fold(strings.Join([]string{a.ID, a.Title, strings.Join(a.Details, " "), a.ResponsibleRaw, a.TargetGroup}, " "))
}

// fold gives a text without diacritics and in lower case.
func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// Activities gives the plan's activities in its order: those with the ids, or all.
func (t *Tenant) Activities(ctx context.Context, plan string, ids ...string) ([]engine.Activity, error) {
	return list[activityRow](ctx, t, by{"plan", plan}, orderIn("id", ids, "position", "id"))
}
