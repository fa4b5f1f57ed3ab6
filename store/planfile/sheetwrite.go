package planfile

import (
	"encoding/csv"
	"io"
	"reflect"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// WriteCSV writes all of a draft as one table: the first column says what a row
// is; [Read] gives the draft back unchanged. For Excel it begins with a byte
// order mark and parts cells by semicolons, else it is UTF-8 with commas. No
// cell begins as a formula.
func WriteCSV(w io.Writer, d engine.PlanDraft, excel bool) error {
	c := csv.NewWriter(w)
	if excel {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		c.Comma = ';'
	}
	tables := ownTables(toFile(d))
	fields := unionFields(tables)
	heading := []string{ownMark + itoa(fileVersion)}
	for _, f := range fields {
		heading = append(heading, czech.FileWord(f))
	}
	if err := c.Write(heading); err != nil {
		return err
	}
	for _, t := range tables {
		for _, row := range t.rows {
			record := make([]string, len(heading))
			record[0] = czech.FileWord(t.key)
			for i, v := range row {
				record[1+slices.Index(fields, t.fields[i])] = cellText(t.fields[i], v)
			}
			if err := c.Write(record); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

// unionFields lists the columns of all tables, each once, in their order.
func unionFields(tables []ownTable) []string {
	var fields []string
	for _, t := range tables {
		for _, f := range t.fields {
			if !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// cellText writes a value as the text of a cell that is no formula.
func cellText(key string, v reflect.Value) string {
	text := ""
	switch {
	case v.Kind() == reflect.String:
		text = czechValue(key, v.String())
	case !v.IsZero():
		text = formatCell(v)
	}
	return harmless(escapeBook(strings.ToValidUTF8(text, "\ufffd")))
}

// czechValue writes a word of our own in Czech, unless reading it back would
// not give the same.
func czechValue(key, value string) string {
	if word := czech.FileValueWord(key, value); czech.FileValue(key, word) == value {
		return word
	}
	return value
}
