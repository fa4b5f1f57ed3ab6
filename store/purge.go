package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A pile is where the records of a kind lie. {due} in what is done stands for
// the oldest of them that are due, a portion.
type pile struct {
	from, where string // the rows that are still there and do not wait
	at, key     string
	do          []string // the last one counts
}

const (
	noRaw  = "UPDATE inbound_raw SET raw = NULL WHERE tenant = ? AND raw IS NOT NULL AND id IN {due}"
	noMail = `UPDATE inbound SET envelope_from = '', envelope_to = '[]',
		mail = CASE state WHEN 'automatic' THEN '{"Kind":"automatic"}' WHEN 'bounce' THEN '{"Kind":"bounce"}'
			WHEN 'list' THEN '{"Kind":"list"}' ELSE '{"Kind":"answer"}' END,
		purged = 1, version = version + 1 WHERE tenant = ? AND id IN {due}`
)

// piles are the kinds that lie in tables of their own. A letter keeps its key,
// by which the same occasion is never said twice, but for the address in it.
var piles = map[engine.RecordKind]pile{
	engine.KeepBytes: {"inbound x JOIN inbound_raw r ON r.tenant = x.tenant AND r.id = x.id",
		"r.raw IS NOT NULL AND x.state NOT IN ('received', 'held')", "x.received_at", "x.id", []string{noRaw}},
	engine.KeepReplies: {"inbound x", "x.purged = 0 AND x.state = 'answer'", "x.received_at", "x.id", []string{noRaw, noMail}},
	engine.KeepOtherMail: {"inbound x", "x.purged = 0 AND x.state NOT IN ('received', 'held', 'answer')", "x.received_at", "x.id",
		[]string{noRaw, noMail}},
	engine.KeepLetters: {"message x", "x.purged = 0 AND x.state IN ('sent', 'failed', 'bounced')", "x.created_at", "x.key",
		[]string{`UPDATE message SET recipient = '', subject = '', text = '', raw = NULL, return_path = '', last_error = '', purged = 1,
			key = CASE WHEN recipient = '' THEN key ELSE replace(key, recipient, message_id) END WHERE tenant = ? AND key IN {due}`}},
	engine.KeepFailures: {"message x", "x.state IN ('failed', 'bounced') AND (x.last_error <> '' OR x.raw IS NOT NULL)", "x.created_at", "x.key",
		[]string{"UPDATE message SET last_error = '', raw = NULL, return_path = '' WHERE tenant = ? AND key IN {due}"}},
	engine.KeepDrafts: {"draft x", "1 = 1", "x.saved_at", "x.plan, x.period, x.organisation",
		[]string{"DELETE FROM draft WHERE tenant = ? AND (plan, period, organisation) IN {due}"}},
	engine.KeepSessions: {"session x", "1 = 1", "x.expires_at", "x.hash", []string{"DELETE FROM session WHERE tenant = ? AND hash IN {due}"}},
	engine.KeepCalendar: {"occurrence x", "x.state <> 'due'", "x.plan_at", "x.rule, x.day",
		[]string{"DELETE FROM occurrence WHERE tenant = ? AND (rule, day) IN {due}"}},
}

// statement puts the query of what is due into one of the things to do; its
// arguments are the tenant twice, the instant, and how many.
func (p pile) statement(do string) string {
	return strings.Replace(do, "{due}", "(SELECT "+p.key+" FROM "+p.from+" WHERE x.tenant = ? AND "+p.where+" AND "+p.at+" < ? ORDER BY "+p.at+" LIMIT ?)", 1)
}

// purge lets a portion of what is due go, and counts it.
func (t *Tenant) purge(ctx context.Context, tx bun.Tx, purges []engine.Purge, gone map[string]int) error {
	if len(purges) == 0 {
		return nil
	}
	if err := t.overwrite(ctx, tx); err != nil {
		return err
	}
	for _, p := range purges {
		n, err := t.purgeOne(ctx, tx, p)
		if err != nil {
			return err
		}
		if n > 0 {
			gone[string(p.Kind)] = n
		}
	}
	return nil
}

func (t *Tenant) purgeOne(ctx context.Context, tx bun.Tx, p engine.Purge) (n int, err error) {
	pile, there := piles[p.Kind]
	if !there {
		accounts, bodies, err := t.purgeable(ctx, tx, p)
		if err != nil {
			return 0, err
		}
		return len(accounts) + len(bodies), firstOf(save(ctx, tx, rowsOf(t.id, accounts, newAccountRow)), save(ctx, tx, rowsOf(t.id, bodies, newOrganisationRow)))
	}
	for _, do := range pile.do {
		res, err := tx.NewRaw(pile.statement(do), t.id, t.id, utc(p.Before), engine.PurgePortion).Exec(ctx)
		if err != nil {
			return 0, err
		}
		rows, err := res.RowsAffected()
		if err != nil {
			return 0, err
		}
		n = int(rows)
	}
	return n, nil
}

// purgeable gives the accounts and organisations that are due, as they are to
// be: the engine says which.
func (t *Tenant) purgeable(ctx context.Context, db bun.IDB, p engine.Purge) (accounts []engine.Account, bodies []engine.Organisation, err error) {
	s, of := search{t: t, db: db}, suspects[p.Kind]
	some := func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where(of.where).Order("id") }
	if of.table == "account" {
		_, accounts, err = touched[accountRow](ctx, s, some, p.Account)
	} else {
		_, bodies, err = touched[organisationRow](ctx, s, some, p.Organisation)
	}
	return accounts, bodies, err
}
