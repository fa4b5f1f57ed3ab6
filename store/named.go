package store

import (
	"context"
	"database/sql"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

var (
	anAddress = pattern.New(`[\p{L}\p{N}.!#$%&*+?^_{|}~-]+@[\p{L}\p{N}.-]+`)
	aJSONName = pattern.New(`"(?:Name|By)":"((?:[^"\\]|\\.)*)"`)
	escapes   = strings.NewReplacer(`\u003c`, " ", `\u003e`, " ", `\u0026`, "&", `\n`, " ", `\t`, " ", `\r`, " ", `\"`, " ")
)

// longestName is more than anybody's, in bytes.
const longestName = 100

// Named calls each for everything stored that may be somebody's address, in
// lower case, or name: one of the two is empty. It reads all there is, and may
// say the same more than once. A name within a sentence is not among them.
func (t *Tenant) Named(ctx context.Context, each func(email, name string)) error {
	tables, err := Everyone{t.db}.tables(ctx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if table == "inbound_raw" { // too large to be read at once
			continue
		}
		if err := t.namedIn(ctx, table, each); err != nil {
			return explain(err)
		}
	}
	s := search{t: t, db: t.db.read}
	return explain(s.eachRaw(ctx, func(_ string, raw []byte) { addressesIn(string(raw), each) }))
}

func (t *Tenant) namedIn(ctx context.Context, table string, each func(email, name string)) error {
	rows, err := t.db.read.QueryContext(ctx, `SELECT * FROM "`+table+`" WHERE tenant = ?`, t.id)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, cell := range cells {
			namedBy(string(cell), each)
		}
	}
	return rows.Err()
}

// namedBy finds the addresses and names in what a column holds: a text, a short
// one that may be a name itself, or JSON.
func namedBy(cell string, each func(email, name string)) {
	addressesIn(cell, each)
	for _, m := range aJSONName.FindAllStringSubmatch(cell, -1) {
		each("", m[1])
	}
	if len(cell) <= longestName && strings.Contains(cell, " ") {
		_, actor, _ := strings.Cut(cell, ":")
		each("", cell)
		each("", actor)
	}
}

func addressesIn(text string, each func(email, name string)) {
	if !strings.Contains(text, "@") {
		return
	}
	for _, a := range anAddress.FindAllString(escapes.Replace(text), -1) {
		each(strings.ToLower(strings.Trim(a, ".-")), "")
	}
}

// Erasures gives the erasures the journals in the backup tell of.
func (b *Backup) Erasures(ctx context.Context) (out []engine.Erased, err error) {
	for _, tenant := range b.Sum.Tenants() {
		err := b.db.Tenant(tenant).Journal(ctx, 1, func(l engine.JournalLine) error {
			if e, ok := engine.ErasedBy(tenant, l); ok {
				out = append(out, e)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
