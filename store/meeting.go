package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A meetingRow has as columns what meetings are found by. SendOn is "" once
// nothing leaves by itself.
type meetingRow struct {
	bun.BaseModel `bun:"table:meeting"`
	Tenant        string                 `bun:",pk"`
	Plan          string                 `bun:",pk"`
	Period        string                 `bun:",pk"`
	ID            int                    `bun:",pk"`
	Day           engine.Date            `bun:",notnull"`
	SendOn        engine.Date            `bun:",notnull"`
	Body          asJSON[engine.Meeting] `bun:",notnull"`
	versioned
}

func newMeetingRow(tenant string, m engine.Meeting) meetingRow {
	row := meetingRow{Tenant: tenant, Plan: m.Plan, Period: m.Period, ID: m.ID, Day: m.Day, versioned: versioned{m.Version}}
	if m.Waits() {
		row.SendOn = m.SendOn
	}
	m.Version = 0
	row.Body.V = m
	return row
}

func (r meetingRow) name() string { return "meeting of " + r.Plan + "/" + r.Period }

func (r meetingRow) value() engine.Meeting {
	v := r.Body.V
	v.SentAt, v.CancelledAt, v.Version = utc(v.SentAt), utc(v.CancelledAt), r.Version
	return v
}

// Meetings gives those of a season, by id.
func (t *Tenant) Meetings(ctx context.Context, plan, period string) ([]engine.Meeting, error) {
	return list[meetingRow](ctx, t, by{"plan", plan, "period", period}, order("id"))
}

// MeetingsDue gives the meetings whose papers were to leave by themselves up to
// a day and have not, the oldest first.
func (t *Tenant) MeetingsDue(ctx context.Context, day engine.Date) ([]engine.Meeting, error) {
	return list[meetingRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("send_on <> ''").Where("send_on <= ?", day).Order("send_on", "plan", "period", "id")
	})
}

// MeetingsFrom gives the meetings on a day or later, the next one first.
func (t *Tenant) MeetingsFrom(ctx context.Context, day engine.Date) ([]engine.Meeting, error) {
	return list[meetingRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("day >= ?", day).Order("day", "plan", "period", "id")
	})
}
