package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// left says which tables are never copied, and why.
var left = map[string]string{
	"schema_migration": "the other database has its own steps behind it",
	"session":          "who was signed in must sign in again: a copy is another place",
	"incident":         "it tells of the computers of the other place",
	"node":             "it tells of the processes of the other place",
	manifest:           "it tells of the file it is in",
}

// A column that is there in both databases. The kind is what PostgreSQL calls
// it, "" where no PostgreSQL is asked.
type transferColumn struct{ name, kind string }

// A transferTable is one table as it is copied: all its columns, in the order of its key.
type transferTable struct {
	name    string
	columns []transferColumn
	key     []string
}

// has reports whether the table has the column, and at which place.
func (t transferTable) has(column string) (int, bool) {
	i := slices.IndexFunc(t.columns, func(c transferColumn) bool { return c.name == column })
	return i, i >= 0
}

// transferTables reads from the schema itself what there is to copy, so that
// nothing a later step adds is forgotten.
func transferTables(ctx context.Context) ([]transferTable, error) {
	db, err := Open(ctx, "sqlite::memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return nil, err
	}
	return tablesOf(ctx, db.read)
}

// tablesOf reads the tables of a SQLite file.
func tablesOf(ctx context.Context, db *bun.DB) ([]transferTable, error) {
	var found []struct {
		Name, Column string
		Place        int
	}
	err := db.NewRaw(`SELECT m.name, i.name AS "column", i.pk AS place FROM sqlite_master m JOIN pragma_table_info(m.name) i
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, i.cid`).Scan(ctx, &found)
	if err != nil {
		return nil, err
	}
	var out []transferTable
	places := map[string]int{}
	for _, f := range found {
		if left[f.Name] != "" {
			continue
		}
		if len(out) == 0 || out[len(out)-1].name != f.Name {
			out = append(out, transferTable{name: f.Name})
			clear(places)
		}
		t := &out[len(out)-1]
		t.columns = append(t.columns, transferColumn{name: f.Column})
		if places[f.Column] = f.Place; f.Place > 0 {
			t.key = append(t.key, f.Column)
			slices.SortFunc(t.key, func(a, b string) int { return cmp.Compare(places[a], places[b]) })
		}
	}
	return out, nil
}

// withKinds adds what PostgreSQL calls each column.
func withKinds(ctx context.Context, tx bun.Tx, tables []transferTable) ([]transferTable, error) {
	var found []struct{ Name, Kind string }
	err := tx.NewRaw(`SELECT table_name || '.' || column_name AS name, data_type AS kind
		FROM information_schema.columns WHERE table_schema = current_schema()`).Scan(ctx, &found)
	if err != nil {
		return nil, err
	}
	kinds := map[string]string{}
	for _, f := range found {
		kinds[f.Name] = f.Kind
	}
	out := slices.Clone(tables)
	for i, t := range out {
		out[i].columns = slices.Clone(t.columns)
		for j, c := range t.columns {
			out[i].columns[j].kind = kinds[t.name+"."+c.name]
		}
	}
	return out, nil
}

// names lists the columns as SQL does.
func (t transferTable) names() string {
	var names []string
	for _, c := range t.columns {
		names = append(names, `"`+c.name+`"`)
	}
	return strings.Join(names, ", ")
}

// order lists the key so that both databases sort alike: byte by byte.
func (t transferTable) order() string {
	var names []string
	for _, k := range t.key {
		i, _ := t.has(k)
		k = `"` + k + `"`
		if t.columns[i].kind == "text" {
			k += ` COLLATE "C"`
		}
		names = append(names, k)
	}
	return strings.Join(names, ", ")
}
