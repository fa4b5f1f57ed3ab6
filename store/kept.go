package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A suspect is a record of persons that a purge might change: the engine says
// whether it does. Most municipalities have none, which is found out without
// reading anybody's name.
type suspect struct{ table, where string }

var suspects = map[engine.RecordKind]suspect{
	engine.KeepInvitations: {"account", "invite_hash <> ''"},
	engine.KeepSecrets:     {"account", "(disabled OR until_on <> '')"},
	engine.KeepContacts:    {"organisation", "ended <> ''"},
	engine.KeepProposed:    {"organisation", `contacts LIKE '%"Proposed":true%'`},
}

// stocksStatement reads of each kind one entry of an index, or whether there is a
// suspect, for each municipality, in the order of [engine.KeepRules].
var stocksStatement = func() string {
	var columns strings.Builder
	for _, rule := range engine.KeepRules() {
		if p, there := piles[rule.Kind]; there {
			columns.WriteString(",\n\t(SELECT " + p.at + " FROM " + p.from + " WHERE x.tenant = m.tenant AND " + p.where + " AND " + p.at + " IS NOT NULL ORDER BY " + p.at + " LIMIT 1)")
		} else {
			s := suspects[rule.Kind]
			columns.WriteString(",\n\tEXISTS (SELECT 1 FROM " + s.table + " x WHERE x.tenant = m.tenant AND " + s.where + ")")
		}
	}
	return "SELECT m.tenant" + columns.String() + "\n\tFROM municipality m WHERE m.tenant IN (?)"
}()

// stocks says of every kind how old what is there is, in one statement, and does
// not count how much is due.
func stocks(ctx context.Context, db bun.IDB, tenants ...string) (map[string]engine.Stocks, error) {
	rows, err := db.QueryContext(ctx, stocksStatement, bun.List(tenants))
	if err != nil {
		return nil, explain(err)
	}
	out := map[string]engine.Stocks{}
	err = eachRow(rows, func() error {
		tenant, dest := "", []any{}
		oldest := make([]bun.NullTime, len(engine.KeepRules()))
		undated := make([]bool, len(engine.KeepRules()))
		for i, rule := range engine.KeepRules() {
			if _, there := piles[rule.Kind]; there {
				dest = append(dest, &oldest[i])
			} else {
				dest = append(dest, &undated[i])
			}
		}
		if err := rows.Scan(append([]any{&tenant}, dest...)...); err != nil {
			return err
		}
		of := engine.Stocks{}
		for i, rule := range engine.KeepRules() {
			of[rule.Kind] = engine.Stock{Kind: rule.Kind, Oldest: utc(oldest[i].Time), Undated: undated[i]}
		}
		out[tenant] = of
		return nil
	})
	return out, err
}

// Stocks says of every kind how old what is there is, for some municipalities, in
// one statement. It does not count what is due.
func (e Everyone) Stocks(ctx context.Context, tenants []string) (map[string]engine.Stocks, error) {
	return stocks(ctx, e.db.read, tenants...)
}

// Stocks does it for one.
func (t *Tenant) Stocks(ctx context.Context) (engine.Stocks, error) {
	all, err := stocks(ctx, t.db.read, t.id)
	return all[t.id], err
}

// Kept says of each kind how much is due to go, and how old what is there is.
func (t *Tenant) Kept(ctx context.Context, purges []engine.Purge) (out []engine.Stock, err error) {
	there, err := t.Stocks(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range purges {
		k := there[p.Kind]
		k.Kind = p.Kind
		if k.Due, err = t.count(ctx, k, p); err != nil {
			return nil, explain(err)
		}
		out = append(out, k)
	}
	return out, nil
}

// count says how much of what is there is due.
func (t *Tenant) count(ctx context.Context, k engine.Stock, p engine.Purge) (n int, err error) {
	if k.Undated {
		accounts, bodies, err := t.purgeable(ctx, t.db.read, p)
		return len(accounts) + len(bodies), err
	}
	if k.Oldest.IsZero() || !k.Oldest.Before(p.Before) {
		return 0, nil
	}
	pile := piles[p.Kind]
	err = t.db.read.NewRaw("SELECT count(*) FROM "+pile.from+" WHERE x.tenant = ? AND "+pile.where+" AND "+pile.at+" < ?", t.id, utc(p.Before)).Scan(ctx, &n)
	return n, err
}
