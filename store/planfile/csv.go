package planfile

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf16"

	"splneno/engine"
	"splneno/engine/czech"
)

// isCSV says whether a text is a table: by the ending of its name, or because
// it is one of ours.
func isCSV(name, text string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".csv") || strings.HasSuffix(lower, ".tsv") || strings.HasPrefix(text, ownMark)
}

// utf16Text gives UTF-16 as UTF-8: with its mark, or recognised by the zero
// bytes of Latin letters. Excel's "Unicode text" is such a file.
func utf16Text(data []byte) ([]byte, bool) {
	little := bytes.HasPrefix(data, []byte("\xff\xfe"))
	big := bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !little && !big {
		sample := data[:min(len(data), 512)]
		zero := [2]int{}
		for i, c := range sample {
			if c == 0 {
				zero[i%2]++
			}
		}
		little = zero[1] > len(sample)/4 && zero[0] == 0
		big = zero[0] > len(sample)/4 && zero[1] == 0
	}
	if !little && !big || len(data)%2 != 0 {
		return data, false
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i]) | uint16(data[2*i+1])<<8
		if big {
			units[i] = units[i]>>8 | units[i]<<8
		}
	}
	return []byte(strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")), true
}

// readTable reads a CSV text as a grid.
func readTable(name, text string) (grid, error) {
	var g grid
	if strings.Count(text, `"`)%2 == 1 { // lenient reading would swallow all that follows
		return g, engine.Errorf(engine.Invalid, "%s has a quotation mark that is not closed; save the table as CSV again", name)
	}
	text, comma := separator(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, true, true
	cells := 0
	for {
		record, err := r.Read()
		if err == io.EOF {
			return g, nil
		}
		if err != nil {
			return g, engine.Errorf(engine.Invalid, "%s is no table: %s; save it as CSV again", name, czech.Squeeze(err.Error()))
		}
		line, _ := r.FieldPos(0)
		if cells += len(record); len(g.rows) == maxSheetRows || cells > maxSheetCells {
			return g, engine.Errorf(engine.Invalid, "%s has more than %d rows or %d cells; divide it", name, maxSheetRows, maxSheetCells)
		}
		if len(record) > maxUsedColumns {
			return g, engine.Errorf(engine.Invalid, "%s line %d has %d columns; tables of up to %d columns are read", name, line, len(record), maxUsedColumns)
		}
		row := gridRow{line: line}
		for i, text := range record {
			row.cells = append(row.cells, gridCell{text: strings.Clone(text), at: "line " + itoa(line) + ", column " + columnLetters(i)})
		}
		g.rows = append(g.rows, row)
	}
}

// separator tells which mark parts the cells: what Excel's first line says, else
// the one that occurs most outside quotes, the semicolon of Czech Excel first.
func separator(text string) (rest string, comma rune) {
	const sample = 16 << 10
	if line, after, _ := strings.Cut(text, "\n"); strings.HasPrefix(line, "sep=") && len(line) == len("sep=;") {
		return after, rune(line[4])
	}
	count, quoted := map[rune]int{}, false
	for i, r := range text {
		if r == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if count[r]++; i > sample {
			break
		}
	}
	best := ';'
	for _, r := range []rune{',', '\t'} {
		if count[r] > count[best] {
			best = r
		}
	}
	return text, best
}
