package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
	"splneno/engine/pattern"
)

type entryRow struct {
	bun.BaseModel `bun:"table:entry"`
	Tenant        string                  `bun:",pk"`
	Plan          string                  `bun:",pk"`
	Period        string                  `bun:",pk"`
	Activity      string                  `bun:",pk"`
	State         engine.State            `bun:",notnull"`
	Qualifier     string                  `bun:",notnull"`
	Narrative     string                  `bun:",notnull"`
	Missing       string                  `bun:",notnull"`
	Numbers       asJSON[[]engine.Number] `bun:",notnull"`
	NextStep      engine.NextStep         `bun:",notnull"`
	PostponedTo   engine.Date             `bun:",notnull"`
	Onward        asJSON[engine.Onward]   `bun:",notnull"`
	Askees        asJSON[[]string]        `bun:",notnull"`
	AnsweredAt    time.Time               `bun:",nullzero"`
	Said          engine.State            `bun:",notnull"`
	ApprovedBy    string                  `bun:",notnull"`
	ApprovedAt    time.Time               `bun:",nullzero"`
	Source        string                  `bun:",notnull"`
	Ordinal       string                  `bun:",notnull"`
	versioned
}

func newEntryRow(tenant string, e engine.Entry) entryRow {
	return entryRow{
		Tenant: tenant, Plan: e.Plan, Period: e.Period, Activity: e.Activity, State: e.State, Qualifier: e.Qualifier,
		Narrative: e.Narrative, Missing: e.Missing, Numbers: asJSON[[]engine.Number]{e.Numbers}, NextStep: e.NextStep,
		PostponedTo: e.PostponedTo, Onward: asJSON[engine.Onward]{e.Onward}, Askees: asJSON[[]string]{e.Askees}, AnsweredAt: utc(e.AnsweredAt), Said: e.Said,
		ApprovedBy: e.ApprovedBy, ApprovedAt: utc(e.ApprovedAt), Source: e.Source,
		Ordinal: ordinal(e.Activity), versioned: versioned{e.Version},
	}
}

var digits = pattern.New(`\d+`)

// ordinal gives an id as it sorts by number: "1.2/3" before "1.10/1".
func ordinal(id string) string {
	return digits.ReplaceAllStringFunc(id, func(n string) string { return strings.Repeat("0", max(0, 5-len(n))) + n })
}

func (r entryRow) name() string { return "entry " + r.Plan + "/" + r.Period + "/" + r.Activity }

func (r entryRow) value() engine.Entry {
	return engine.Entry{
		EntryKey: engine.EntryKey{Plan: r.Plan, Period: r.Period, Activity: r.Activity}, State: r.State, Qualifier: r.Qualifier,
		Narrative: r.Narrative, Missing: r.Missing, Numbers: r.Numbers.V, NextStep: r.NextStep,
		PostponedTo: r.PostponedTo, Onward: r.Onward.V, Askees: r.Askees.V, AnsweredAt: utc(r.AnsweredAt), Said: r.Said,
		ApprovedBy: r.ApprovedBy, ApprovedAt: utc(r.ApprovedAt), Source: r.Source, Version: r.Version,
	}
}

// Entries gives the entries of a season, by activity: those of the activities, or all.
func (t *Tenant) Entries(ctx context.Context, plan, period string, activities ...string) ([]engine.Entry, error) {
	return list[entryRow](ctx, t, by{"plan", plan, "period", period}, orderIn("activity", activities, "activity"))
}
