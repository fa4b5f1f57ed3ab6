package document

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
	"unicode"

	"splneno/engine"
	"splneno/engine/pattern"
)

// columns are the names of the table's columns. They are published: they are
// added to, never renamed.
var columns = []string{"municipality", "plan", "period", "area_code", "area_title", "measure_code", "measure_title", "cross_cutting",
	"activity_id", "activity_label", "activity_title", "details", "tags", "responsible", "deadline", "due",
	"status", "qualifier", "no_answer", "narrative", "missing", "numbers", "next_step", "approved_by", "approved_at", "asked_on", "silent",
	"lineage_since", "lineage_carried",
	"evaluation_state", "evaluation_number", "evaluation_hash", "frozen_at", "publicized", "planned", "postponed_to", "onward_how", "onward_titles", "onward_reason",
	"from", "journal_line", "journal_hash", "answers", "evaluation_digest"}

// table writes one row for every unit: UTF-8 without BOM, commas, CRLF, as
// RFC 4180 and open data have it.
func table(p engine.Print) ([]byte, error) {
	e := p.Evaluation
	digest, err := e.Digest()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(columns); err != nil {
		return nil, err
	}
	for _, a := range e.Areas {
		for _, m := range a.Measures {
			for _, r := range m.Activities {
				if err := w.Write(append(row(e, a, m, r), digest)); err != nil {
					return nil, err
				}
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func row(e engine.Evaluation, a engine.AreaResult, m engine.MeasureResult, r engine.ActivityResult) []string {
	cells := []string{e.Municipality, e.PlanTitle, e.Period.ID, a.Code, a.Title, m.Code, m.Title, strconv.FormatBool(m.CrossCutting),
		r.ID, r.Label, r.Title, strings.Join(r.Details, "; "), strings.Join(r.Tags, "; "), r.Responsible, r.Deadline, string(r.Due),
		string(r.Status), r.Qualifier, strconv.FormatBool(r.NoAnswer), r.Narrative, r.Missing, numbers(r.Numbers), string(r.NextStep),
		r.ApprovedBy, instant(r.ApprovedAt), days(r.AskedOn),
		strings.Join(r.Silent, "; "), count(r.Lineage.Since), count(r.Lineage.Carried),
		string(e.State), strconv.Itoa(e.Number), e.Hash, instant(e.FrozenAt), strconv.FormatBool(e.Publicized), planned(r.Planned), string(r.PostponedTo), string(r.Onward.How),
		strings.Join(r.Onward.Titles, "; "), r.Onward.Reason, strings.Join(r.From, "; "), count(int(r.Proof.Line)), r.Proof.Hash, strconv.Itoa(len(r.Answers))}
	for i := range cells {
		cells[i] = harmless(cells[i])
	}
	return cells
}

func numbers(list []engine.Number) string {
	var out []string
	for _, n := range list {
		value := strconv.FormatFloat(n.Value, 'f', -1, 64)
		if n.Below > 0 {
			value = below(n)
		}
		out = append(out, strings.TrimSpace(n.Name+": "+value+" "+n.Unit))
	}
	return strings.Join(out, "; ")
}

// below writes a figure that is not told: it counts few persons.
func below(n engine.Number) string { return "<" + strconv.Itoa(n.Below) }

func planned(list []engine.Indicator) string {
	var out []engine.Number
	for _, i := range list {
		out = append(out, engine.Number{Name: i.Name, Unit: i.Unit, Value: i.Planned})
	}
	return numbers(out)
}

func days(list []engine.Date) string {
	var out []string
	for _, d := range list {
		out = append(out, string(d))
	}
	return strings.Join(out, "; ")
}

// count writes a number, "" for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// instant writes a time as ISO 8601, "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

// within finds what would begin a cell of its own where a program takes
// semicolons for the ends of cells, as Czech Excel does: it does not see quotes
// that do not begin a cell, and takes a break for the end of a row.
var within = pattern.New(`([;\r\n][ \t\x{a0}]*)([=@\x{ff1d}\x{ff20}]|[+-][^;\r\n]*[|(!])`)

// harmless takes control characters out of a cell, and puts an apostrophe
// before what a spreadsheet would take for a formula: an answer must not run in
// the program of whoever opens the table.
func harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	s = within.ReplaceAllString(s, "$1'$2")
	first := strings.TrimLeft(s, " \u00a0")
	if first != "" && strings.ContainsRune("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", []rune(first)[0]) {
		return "'" + s
	}
	return s
}
