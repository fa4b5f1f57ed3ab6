package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type organisationRow struct {
	bun.BaseModel `bun:"table:organisation"`
	Tenant        string                   `bun:",pk"`
	ID            string                   `bun:",pk"`
	Name          string                   `bun:",notnull"`
	Kind          engine.PartyKind         `bun:",notnull"`
	Aliases       asJSON[[]string]         `bun:",notnull"`
	Contacts      asJSON[[]engine.Contact] `bun:",notnull"`
	Members       asJSON[[]string]         `bun:",notnull"`
	Ended         engine.Date              `bun:",notnull"`
	Successor     string                   `bun:",notnull"`
	Writing       asJSON[engine.Window]    `bun:",notnull"`
	versioned
}

func newOrganisationRow(tenant string, o engine.Organisation) organisationRow {
	return organisationRow{
		Tenant: tenant, ID: o.ID, Name: o.Name, Kind: o.Kind, Aliases: asJSON[[]string]{o.Aliases},
		Contacts: asJSON[[]engine.Contact]{o.Contacts}, Members: asJSON[[]string]{o.Members},
		Ended: o.Ended, Successor: o.Successor, Writing: asJSON[engine.Window]{o.Window}, versioned: versioned{o.Version},
	}
}

func (r organisationRow) name() string { return "organisation " + r.ID }

func (r organisationRow) value() engine.Organisation {
	return engine.Organisation{
		ID: r.ID, Name: r.Name, Kind: r.Kind, Aliases: r.Aliases.V, Contacts: r.Contacts.V, Members: r.Members.V,
		Ended: r.Ended, Successor: r.Successor, Window: r.Writing.V, Version: r.Version,
	}
}

// Organisations gives the bodies with the ids, or all, by id. Pages ask for all
// of them, so the rows are read one by one, as [Tenant.each] does.
func (t *Tenant) Organisations(ctx context.Context, ids ...string) ([]engine.Organisation, error) {
	rows, err := orderIn("id", ids, "id")(t.db.read.NewSelect().TableExpr("organisation").
		ColumnExpr("id, name, kind, aliases, contacts, members, ended, successor, writing, version").Where("tenant = ?", t.id)).Rows(ctx)
	if err != nil {
		return nil, explain(err)
	}
	var out []engine.Organisation
	err = eachRow(rows, func() error {
		var r organisationRow
		err := rows.Scan(&r.ID, &r.Name, (*string)(&r.Kind), &r.Aliases, &r.Contacts, &r.Members, (*string)(&r.Ended), &r.Successor, &r.Writing, &r.Version)
		out = append(out, r.value())
		return err
	})
	return out, err
}
