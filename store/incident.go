package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type incidentRow struct {
	bun.BaseModel `bun:"table:incident"`
	Node          string              `bun:",pk"`
	Kind          engine.IncidentKind `bun:",pk"`
	BeganAt       time.Time           `bun:",pk"`
	EndedAt       time.Time           `bun:",nullzero"`
	Note          string              `bun:",notnull"`
}

func (r incidentRow) value() engine.Incident {
	return engine.Incident{Node: r.Node, Kind: r.Kind, Began: utc(r.BeganAt), Ended: utc(r.EndedAt), Note: r.Note}
}

// RecordIncident keeps what kept a node from working; the same one again, when
// it has ended, takes the place of the first.
func (e Everyone) RecordIncident(ctx context.Context, i engine.Incident) error {
	if err := checkText(i); err != nil {
		return err
	}
	row := incidentRow{Node: i.Node, Kind: i.Kind, BeganAt: utc(i.Began), EndedAt: utc(i.Ended), Note: i.Note}
	_, err := e.db.write.NewInsert().Model(&row).Returning("NULL").
		On("CONFLICT (node, kind, began_at) DO UPDATE").Set("ended_at = EXCLUDED.ended_at").Set("note = EXCLUDED.note").Exec(ctx)
	return explain(err)
}

// Incidents lists what goes on, and what ended after since, newest first.
func (e Everyone) Incidents(ctx context.Context, since time.Time) ([]engine.Incident, error) {
	var rows []incidentRow
	err := e.db.read.NewSelect().Model(&rows).Where("ended_at IS NULL OR ended_at >= ?", utc(since)).
		Order("began_at DESC", "node", "kind").Limit(100).Scan(ctx)
	return values(rows), explain(err)
}
