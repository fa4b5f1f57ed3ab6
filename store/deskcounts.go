package store

import (
	"context"

	"splneno/engine"
)

// deskCounts reads indexes, and the few rows of evaluations and organisations by
// how JSON writes what is looked for, without taking them apart.
const deskCounts = `SELECT
	(SELECT count(*) FROM proposal WHERE tenant = t.tenant AND state = 'pending') AS pending,
	(SELECT count(*) FROM inbound WHERE tenant = t.tenant AND state = 'held') AS inbox,
	(SELECT count(*) FROM message m WHERE tenant = t.tenant AND state = 'failed' AND NOT ` + leftSince + `) AS failed,
	(SELECT count(*) FROM message WHERE tenant = t.tenant AND state = 'unsure') AS unsure,
	(SELECT count(*) FROM message WHERE tenant = t.tenant AND state = 'held' AND last_error <> ?) AS held,
	(SELECT count(*) FROM meeting WHERE tenant = t.tenant AND send_on <> '' AND send_on < ?) AS meetings,
	EXISTS (SELECT 1 FROM evaluation WHERE tenant = t.tenant AND head LIKE '%"State":"draft"%') AS drafts,
	EXISTS (SELECT 1 FROM organisation WHERE tenant = t.tenant AND (contacts LIKE '%"Proposed":true%'
		OR replace(contacts, '"Bounces":0', '') LIKE '%"Bounces":%')) AS contacts
	FROM municipality t WHERE tenant = ?`

// DeskCounts counts what needs the coordinator on a day, in one statement.
func (t *Tenant) DeskCounts(ctx context.Context, today engine.Date) (engine.DeskCounts, error) {
	var rows []engine.DeskCounts
	err := t.db.read.NewRaw(deskCounts, engine.OnHold, today, t.id).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return engine.DeskCounts{}, explain(err)
	}
	return rows[0], nil
}
