package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type municipalityRow struct {
	bun.BaseModel `bun:"table:municipality"`
	Tenant        string                    `bun:",pk"`
	Name          string                    `bun:",notnull"`
	Coordinator   asJSON[engine.Contact]    `bun:",notnull"`
	SteeringGroup asJSON[[]engine.Contact]  `bun:",notnull"`
	Sender        string                    `bun:",notnull"`
	Preset        engine.Preset             `bun:",notnull"`
	DaysOff       asJSON[[]engine.Date]     `bun:",notnull"`
	Schedule      asJSON[map[string]string] `bun:",notnull"`
	Policy        asJSON[engine.Policy]     `bun:",notnull"`
	Columns       asJSON[map[string]string] `bun:",notnull"`
	StatusWords   asJSON[map[string]string] `bun:",notnull"`
	ReplyTo       string                    `bun:",notnull"`
	Blocked       asJSON[[]string]          `bun:",notnull"`
	Settings      asJSON[engine.Settings]   `bun:",notnull"`
	Keep          asJSON[engine.Retention]  `bun:",notnull"`
	Witness       asJSON[[]string]          `bun:",notnull"`
	versioned
}

func newMunicipalityRow(tenant string, m engine.Municipality) municipalityRow {
	return municipalityRow{
		Tenant: tenant, Name: m.Name, Coordinator: asJSON[engine.Contact]{m.Coordinator},
		SteeringGroup: asJSON[[]engine.Contact]{m.SteeringGroup}, Sender: m.Sender, Preset: m.Preset,
		DaysOff: asJSON[[]engine.Date]{m.DaysOff}, Schedule: asJSON[map[string]string]{m.Schedule},
		Policy:      asJSON[engine.Policy]{m.Policy},
		Columns:     asJSON[map[string]string]{m.Columns},
		StatusWords: asJSON[map[string]string]{m.StatusWords},
		ReplyTo:     m.ReplyTo, Blocked: asJSON[[]string]{m.Blocked}, Settings: asJSON[engine.Settings]{m.Settings},
		Keep: asJSON[engine.Retention]{m.Keep}, Witness: asJSON[[]string]{m.Witness}, versioned: versioned{m.Version},
	}
}

func (r municipalityRow) name() string { return "municipality " + r.Tenant }

func (r municipalityRow) value() engine.Municipality {
	return engine.Municipality{
		Name: r.Name, Coordinator: r.Coordinator.V, SteeringGroup: r.SteeringGroup.V, Sender: r.Sender, Preset: r.Preset,
		DaysOff: r.DaysOff.V, Schedule: r.Schedule.V, Policy: r.Policy.V, Columns: r.Columns.V, StatusWords: r.StatusWords.V,
		ReplyTo: r.ReplyTo, Blocked: r.Blocked.V, Settings: r.Settings.V, Keep: r.Keep.V, Witness: r.Witness.V, Version: r.Version,
	}
}

// Municipality gives what the town decided about its year.
func (t *Tenant) Municipality(ctx context.Context) (engine.Municipality, error) {
	return first[municipalityRow](ctx, t, by{"tenant", t.id}, noTown(t.id).Error(), func(q *bun.SelectQuery) *bun.SelectQuery { return q })
}

// noTown says that there is no such municipality, and where to look.
func noTown(id string) error {
	return engine.Errorf(engine.NotFound, "there is no municipality %s; splneno tenant list shows which there are, splneno tenant add makes one", id)
}
