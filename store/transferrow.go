package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
	"strconv"
	"time"

	"github.com/uptrace/bun/dialect/sqlitedialect"

	"splneno/engine"
)

// Between the two databases a row is what SQLite would hold: nil, text, int64
// or bytes. Nothing is decoded that need not be: what this program does not
// know of a JSON column is copied, too.

// sqliteTime is how times stand in SQLite.
const sqliteTime = "2006-01-02 15:04:05.999999-07:00"

// neutral gives a value as SQLite would hold it.
func neutral(kind string, value any) (any, error) {
	switch v := value.(type) {
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case time.Time:
		return utc(v).Format(sqliteTime), nil
	case []byte:
		if v == nil { // there, and empty
			return []byte{}, nil
		}
	case string:
		if kind == "timestamp with time zone" { // as PostgreSQL will give it back
			at, err := time.Parse(sqliteTime, v)
			return utc(at).Format(sqliteTime), err
		}
	}
	return value, nil
}

// forPostgres gives a neutral value as PostgreSQL takes it.
func forPostgres(kind string, value any) (any, error) {
	switch v := value.(type) {
	case int64:
		if kind == "boolean" {
			return v != 0, nil
		}
	case string:
		if kind == "timestamp with time zone" {
			return time.Parse(sqliteTime, v)
		}
		if !clean(v) {
			return nil, engine.Errorf(engine.Invalid, "a text contains a NUL or is no valid UTF-8, which PostgreSQL does not keep")
		}
	}
	return value, nil
}

// A TableSum is what is compared of a table: how many rows, and a digest of
// them all in the order of their keys.
type TableSum struct {
	Rows   int64
	Digest string
}

// A JournalEnd is what is compared of a municipality's journal, walked line by
// line. Fault says what is wrong with its chain, "" for nothing.
type JournalEnd struct {
	Lines int64
	Head  string
	Fault string `json:",omitempty"`
}

// A Sum says what a database holds of what is copied, so that two of them can
// be compared.
type Sum struct {
	Tables   map[string]TableSum
	Journals map[string]JournalEnd
}

// Difference says where two sums differ, "" when they do not.
func (s Sum) Difference(other Sum) string {
	for name, a := range s.Tables {
		if b := other.Tables[name]; a != b {
			if a.Rows != b.Rows {
				return fmt.Sprintf("table %s has %s here and %d there", name, engine.CountOf(a.Rows, "row", "rows"), b.Rows)
			}
			return "table " + name + " holds something else here than there"
		}
	}
	for name, a := range s.Journals {
		if b := other.Journals[name]; a != b {
			return fmt.Sprintf("the journal of %s has %s here and %d there, or another end", name, engine.CountOf(a.Lines, "line", "lines"), b.Lines)
		}
	}
	if len(s.Tables) != len(other.Tables) || len(s.Journals) != len(other.Journals) {
		return "one holds tables or municipalities the other does not"
	}
	return ""
}

// Rows counts all rows.
func (s Sum) Rows() (n int64) {
	for _, t := range s.Tables {
		n += t.Rows
	}
	return n
}

// A counter makes the Sum of one table while its rows go by.
type counter struct {
	table  transferTable
	rows   int64
	digest hash.Hash
	buf    []byte
	checks map[string]*engine.JournalCheck // of the journal, by municipality
	faults map[string]string
}

// newCounter begins with the names of the columns: a value belongs to its name.
func newCounter(t transferTable) *counter {
	c := &counter{table: t, digest: sha256.New(), checks: map[string]*engine.JournalCheck{}, faults: map[string]string{}}
	for _, column := range t.columns {
		c.put('c', []byte(column.name))
	}
	return c
}

// add takes the next row. Each value goes into the digest with its kind and
// length, so that no two rows read alike.
func (c *counter) add(row []any) {
	c.rows++
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			c.put('n', nil)
		case string:
			c.put('t', []byte(v))
		case int64:
			c.put('i', strconv.AppendInt(nil, v, 10))
		case []byte:
			c.put('b', v)
		default:
			c.put('?', fmt.Append(nil, v))
		}
	}
	if c.table.name == "journal" {
		c.walk(row)
	}
}

func (c *counter) put(kind byte, value []byte) {
	c.buf = binary.AppendUvarint(append(c.buf[:0], kind), uint64(len(value)))
	c.digest.Write(c.buf)
	c.digest.Write(value)
}

// journalTable knows how a row of the journal is read.
var journalTable = sqlitedialect.New().Tables().Get(reflect.TypeFor[*journalRow]())

// walk recomputes the chain of a journal from what was read. An older backup
// has fewer columns.
func (c *counter) walk(row []any) {
	var line journalRow
	var err error
	for i, column := range c.table.columns {
		if field, known := journalTable.FieldMap[column.name]; known && err == nil {
			err = field.ScanValue(reflect.ValueOf(&line).Elem(), row[i])
		}
	}
	check := c.checks[line.Tenant]
	if check == nil {
		check = &engine.JournalCheck{}
		c.checks[line.Tenant] = check
	}
	if c.faults[line.Tenant] != "" {
		return
	}
	if err == nil {
		err = check.Next(line.value())
	}
	if err != nil {
		c.faults[line.Tenant] = err.Error()
	}
}

// into adds what was counted to a sum.
func (c *counter) into(s *Sum) {
	s.Tables[c.table.name] = TableSum{c.rows, hex.EncodeToString(c.digest.Sum(nil))}
	for tenant, check := range c.checks {
		s.Journals[tenant] = JournalEnd{check.Lines, check.Head, c.faults[tenant]}
	}
}
