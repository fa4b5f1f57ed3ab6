package planfile

import (
	"reflect"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// Our own file as tables: the same types as the YAML (file.go), so that a field
// added there is carried here too. Every list of the file is a table, every
// field a column; what nests deeper is written in a cell (sheetcell.go).

// ownMark begins the first heading of a table of ours; the format follows.
const ownMark = "splneno "

// An ownTable is a list of the file, or one of its single values, as rows.
type ownTable struct {
	key    string   // of the file: "activities"
	fields []string // keys
	rows   [][]reflect.Value
}

// ownTables takes a file apart. Columns nobody filled are left out, but for the
// first two, by which a row is known.
func ownTables(f fileDoc) []ownTable {
	var tables []ownTable
	doc := reflect.ValueOf(f)
	for i := range doc.NumField() {
		key := keyOf(doc.Type().Field(i))
		v := doc.Field(i)
		switch v.Kind() {
		case reflect.Struct:
			tables = append(tables, newOwnTable(key, v.Type(), []reflect.Value{v}))
		case reflect.Pointer:
			if !v.IsNil() {
				tables = append(tables, newOwnTable(key, v.Type().Elem(), []reflect.Value{v.Elem()}))
			}
		case reflect.Slice:
			var rows []reflect.Value
			for j := range v.Len() {
				rows = append(rows, v.Index(j))
			}
			if len(rows) > 0 {
				tables = append(tables, newOwnTable(key, v.Type().Elem(), rows))
			}
		}
	}
	return tables
}

func newOwnTable(key string, t reflect.Type, values []reflect.Value) ownTable {
	table := ownTable{key: key}
	var used []int
	for i := range t.NumField() {
		if i < 2 || slices.ContainsFunc(values, func(v reflect.Value) bool { return !v.Field(i).IsZero() }) {
			used = append(used, i)
			table.fields = append(table.fields, keyOf(t.Field(i)))
		}
	}
	for _, v := range values {
		row := make([]reflect.Value, len(used))
		for n, i := range used {
			row[n] = v.Field(i)
		}
		table.rows = append(table.rows, row)
	}
	return table
}

func keyOf(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return key
}

// ownGrids says whether the sheets are tables of ours.
func ownGrids(grids []grid) bool {
	return slices.ContainsFunc(grids, func(g grid) bool { return len(ownHeading(g)) > 0 })
}

// ownHeading gives the heading of a table that bears our mark, else nil.
func ownHeading(g grid) []gridCell {
	if len(g.rows) > 0 && len(g.rows[0].cells) > 0 && strings.HasPrefix(g.rows[0].cells[0].text, ownMark) {
		return g.rows[0].cells
	}
	return nil
}

// readOwnTables puts the file together again.
func readOwnTables(name string, grids []grid, known []engine.Organisation) (engine.PlanDraft, error) {
	r := fileReader{builder: builder{known: known}, name: name}
	var f fileDoc
	for _, g := range grids {
		if len(g.rows) == 0 {
			continue
		}
		if heading := ownHeading(g); heading != nil {
			if version := strings.TrimPrefix(heading[0].text, ownMark); version != itoa(fileVersion) {
				r.fail("it is of format %s; this program reads format %d", version, fileVersion)
			}
			r.ownRows(&f, g, "")
			continue
		}
		if key := czech.FileKey(g.name); ownField(&f, key).IsValid() {
			r.ownRows(&f, g, key)
		} else {
			r.once(0, g.name, "a sheet that is no part of the plan; not used")
		}
	}
	if r.err == nil {
		r.read(f)
	}
	if r.err != nil {
		return engine.PlanDraft{}, r.err
	}
	return r.finish(), nil
}

// ownField finds the field of a file by its key.
func ownField(f any, key string) reflect.Value {
	v := reflect.ValueOf(f).Elem()
	for i := range v.NumField() {
		if keyOf(v.Type().Field(i)) == key && v.Field(i).Kind() != reflect.Int {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// ownRows reads the rows of a table; key is "" when the first column says of
// every row which table it belongs to. A row without anything is no entry.
func (r *fileReader) ownRows(f *fileDoc, g grid, key string) {
	heading := convert(g.rows[0].cells, func(c gridCell) string { return czech.FileKey(strings.TrimSpace(c.text)) })
	unknown := map[int]bool{}
	for _, row := range g.rows[1:] {
		if _, filled := onlyCell(row); filled == 0 {
			continue
		}
		of := key
		if of == "" {
			of = czech.FileKey(strings.TrimSpace(row.cells[0].text))
		}
		list := ownField(f, of)
		if !list.IsValid() {
			r.fail("row %d belongs to %q, which is no part of a plan; restore the first column", row.line, row.cells[0].text)
			return
		}
		entry := newEntry(list)
		for i, c := range row.cells {
			if c.text == "" || key == "" && i == 0 {
				continue
			}
			if i >= len(heading) || !r.ownCell(entry, heading[i], c) {
				unknown[i] = true
			}
		}
	}
	for i := range unknown {
		r.once(0, g.name+" "+columnLetters(i), "a column that is no part of the plan; not used")
	}
}

// newEntry gives the place a row is read into: a new entry of a list, or the
// one value there is.
func newEntry(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Slice:
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		return v.Index(v.Len() - 1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return v.Elem()
	}
	return v
}

// ownCell reads a cell into the field its column is called by; it is false when
// there is no such field.
func (r *fileReader) ownCell(entry reflect.Value, key string, c gridCell) bool {
	for i := range entry.NumField() {
		if keyOf(entry.Type().Field(i)) != key || key == "" {
			continue
		}
		text := unescapeBook(c.text)
		field := entry.Field(i)
		if field.Kind() == reflect.String {
			field.SetString(czech.FileValue(key, text))
		} else if err := parseCell(field, text); err != nil {
			r.fail("%s: %q is not what column %q holds; correct it", c.at, text, czech.FileWord(key))
		}
		return true
	}
	return false
}
