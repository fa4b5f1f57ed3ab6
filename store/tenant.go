package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
	"splneno/store/postgres"
)

// A Tenant is what is remembered of one municipality. Nothing read or written
// through it touches another one.
type Tenant struct {
	db *DB
	id string
}

// Tenant gives the records of the municipality with this id, which need not
// exist yet: committing a Change with a new Municipality makes it. It panics
// without an id, as that would be everybody's.
func (db *DB) Tenant(id string) *Tenant {
	if id == "" || id == postgres.Everybody || !clean(id) {
		panic("store: a tenant needs an id")
	}
	return &Tenant{db: db.as(id), id: id}
}

// as gives the same database with every statement in the name of a tenant: on
// PostgreSQL the tables' policies are a second fence behind our conditions.
func (db *DB) as(tenant string) *DB {
	if !db.isPostgres() {
		return db
	}
	named := *db
	named.write = db.write.WithQueryHook(stamp(tenant))
	named.read = named.write
	return &named
}

// A stamp puts a tenant's name on each statement.
type stamp string

func (s stamp) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	return postgres.For(ctx, string(s))
}

func (stamp) AfterQuery(context.Context, *bun.QueryEvent) {}

// Tenant gives the id.
func (t *Tenant) Tenant() string { return t.id }

// by names columns and the values they must have, in turns.
type by []string

// key says it for people: the values.
func (b by) key() string {
	s := ""
	for i := 1; i < len(b); i += 2 {
		s += "/" + b[i]
	}
	return s[min(1, len(s)):]
}

// A row knows the engine's value it stands for.
type row[V any] interface{ value() V }

// A refinement adds order, limit and further conditions to a query.
type refinement func(q *bun.SelectQuery) *bun.SelectQuery

func order(columns ...string) refinement {
	return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order(columns...) }
}

// orderIn adds to an order that the column has one of the values; none is all.
func orderIn[S ~string](column string, values []S, columns ...string) refinement {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		if len(values) > 0 {
			q = q.Where("? IN (?)", bun.Ident(column), bun.List(storable(values)))
		}
		return q.Order(columns...)
	}
}

// list is the one way from a table to values: always the tenant's only.
func list[R row[V], V any](ctx context.Context, t *Tenant, b by, refine refinement) ([]V, error) {
	var rows []R
	q := t.db.read.NewSelect().Model(&rows).Where("tenant = ?", t.id)
	for i := 0; i < len(b); i += 2 {
		if !clean(b[i+1]) { // nothing with such a key was ever stored
			return nil, nil
		}
		q = q.Where("? = ?", bun.Ident(b[i]), b[i+1])
	}
	if err := refine(q).Scan(ctx); err != nil {
		return nil, explain(err)
	}
	return values(rows), nil
}

func values[R row[V], V any](rows []R) []V {
	out := make([]V, len(rows))
	for i, r := range rows {
		out[i] = r.value()
	}
	return out
}

// one gives the value with the key, or NotFound.
func one[R row[V], V any](ctx context.Context, t *Tenant, what string, b by) (V, error) {
	return first[R](ctx, t, b, "there is no "+what+" "+b.key(), func(q *bun.SelectQuery) *bun.SelectQuery { return q })
}

// first gives the first value that is found, or NotFound in the words of none.
func first[R row[V], V any](ctx context.Context, t *Tenant, b by, none string, refine refinement) (V, error) {
	found, err := list[R](ctx, t, b, func(q *bun.SelectQuery) *bun.SelectQuery { return refine(q).Limit(1) })
	if err == nil && len(found) == 0 {
		err = engine.Errorf(engine.NotFound, "%s", none)
	}
	if err != nil {
		var nothing V
		return nothing, err
	}
	return found[0], nil
}
