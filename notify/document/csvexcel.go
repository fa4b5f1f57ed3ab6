package document

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// excelTable writes the rows as Czech Excel opens them with a double click:
// UTF-8 with a byte order mark, semicolons, decimal commas, Czech days.
func (m *Maker) excelTable(p engine.Print) ([]byte, error) {
	s := m.activities(p.Evaluation)
	digest, err := p.Evaluation.Digest()
	if err != nil {
		return nil, err
	}
	s.columns = append(s.columns, "number", "digest")
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	head := make([]string, len(s.columns))
	for i, c := range s.columns {
		head[i] = m.words["column."+c]
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, row := range s.rows {
		row = append(row, p.Evaluation.Number, digest)
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = czechCell(c)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// likeValue is a code that Excel would take for a number or a day: 1.1 is the
// first of January to it.
var likeValue = pattern.New(`^[\d.,/ -]+$`)

func czechCell(c any) string {
	switch v := c.(type) {
	case code:
		if likeValue.MatchString(string(v)) {
			return "'" + string(v)
		}
		return harmless(string(v))
	case string:
		return harmless(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return decimal(v)
	case engine.Date:
		return strings.ReplaceAll(czech.FormatDate(v), "\u00a0", " ")
	}
	return ""
}

// decimal writes a number with a decimal comma.
func decimal(v float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(v, 'f', -1, 64), ".", ",")
}
