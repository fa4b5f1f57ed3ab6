package document

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// openTable reads a CSV of ours. It carries no more than the digest of its
// evaluation, and what the open one says of it in each row.
func (m *Maker) openTable(f *Found, data []byte) error {
	rows, err := cells(data)
	if err != nil {
		return err
	}
	column := func(name string) string {
		if i := slices.Index(rows[0], name); i >= 0 && len(rows) > 1 && i < len(rows[1]) {
			return rows[1][i]
		}
		return ""
	}
	digest, number := "evaluation_digest", "evaluation_number"
	if slices.Contains(rows[0], m.words["column.digest"]) {
		digest, number = m.words["column.digest"], m.words["column.number"]
	} else if !slices.Contains(rows[0], digest) {
		return engine.Errorf(engine.Invalid, "it has no column %s, as our tables have; it is none of ours, or of an older version", digest)
	}
	f.table, f.claim = data, column(digest)
	f.Evaluation = engine.Evaluation{Municipality: column("municipality"), PlanTitle: column("plan"), Period: engine.Period{ID: column("period")},
		State: engine.EvaluationState(column("evaluation_state")), Hash: column("evaluation_hash"), FrozenAt: moment(column("frozen_at")),
		Publicized: column("publicized") == "true"}
	f.Evaluation.Number, _ = strconv.Atoi(column(number)) // 0 for a text somebody put there
	f.fault(FaultAlone)
	return nil
}

// maxCells is how many cells, and marks in their texts that look like their
// ends, a CSV may have. One of 4,000 activities has 400,000.
const maxCells = 3_000_000

// cells reads a CSV with commas, or with semicolons after a byte order mark.
func cells(data []byte) ([][]string, error) {
	if bytes.Count(data, []byte(","))+bytes.Count(data, []byte(";"))+bytes.Count(data, []byte("\n")) > maxCells {
		return nil, engine.Errorf(engine.Invalid, "the CSV has more cells than any of ours; take the file as it was made")
	}
	text, czech := bytes.CutPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(text))
	if czech {
		r.Comma = ';'
	}
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, engine.Errorf(engine.Invalid, "the CSV cannot be read; take the file as it was made")
	}
	return rows, nil
}

// Beside holds a CSV against the evaluation of another file that was opened.
// Any other file, and a CSV of another evaluation, is given back as it is.
func (m *Maker) Beside(f, other Found) (Found, error) {
	if f.Kind != "csv" || other.Kind == "csv" || f.claim != other.Digest {
		return f, nil
	}
	makeTable := table
	if bytes.HasPrefix(f.table, []byte("\ufeff")) {
		makeTable = m.excelTable
	}
	want, err := makeTable(engine.Print{Evaluation: other.Evaluation})
	if err != nil {
		return f, err
	}
	made, err := cells(want)
	if err != nil {
		return f, err
	}
	now, err := cells(f.table)
	if err != nil {
		return f, err
	}
	f.Evaluation, f.Digest, f.Seal, f.Compared = other.Evaluation, other.Digest, other.Seal, true
	f.Faults = slices.DeleteFunc(slices.Clone(other.Faults), func(x Fault) bool { return x == FaultFile || x == FaultChanged }) // what is wrong with the evaluation is wrong with its table
	grid := func(rows [][]string) func(i, j int) (string, bool) {
		return func(i, j int) (string, bool) {
			if i >= len(rows) || j >= len(rows[i]) {
				return "", false
			}
			return rows[i][j], true
		}
	}
	f.compare("", max(len(made), len(now)), 0, grid(made), grid(now))
	if len(f.Changes) > 0 {
		f.fault(FaultChanged)
	}
	return f, nil
}

// mostChanges is how many changed cells are told.
const mostChanges = 1000

// compare tells which cells of a sheet are not as they were made.
func (f *Found) compare(sheet string, rows, columns int, made, now func(i, j int) (string, bool)) {
	for i := range rows {
		for j := 0; ; j++ {
			was, there := made(i, j)
			is, here := now(i, j)
			if !there && !here && j >= columns {
				break
			}
			if was == is || len(f.Changes) >= mostChanges {
				continue
			}
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				break
			}
			f.Changes = append(f.Changes, Change{Where: joined("!", sheet, name), Before: was, After: is})
		}
	}
}

// openBook reads a workbook of ours, whoever has saved it since.
func (m *Maker) openBook(f *Found, data []byte) error {
	if err := unpacks(data); err != nil {
		return err
	}
	b, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return engine.Errorf(engine.Invalid, "the workbook is damaged; take the file as it was made")
	}
	defer b.Close()
	rows, err := b.GetRows(carryName)
	if err != nil || len(rows) < 2 || len(rows[0]) == 0 || !strings.HasPrefix(rows[0][0], carryMark) {
		return engine.Errorf(engine.Invalid, "the workbook was not made here, or what it carried was taken out of it")
	}
	var pieces []string
	for _, row := range rows[1:] {
		pieces = append(pieces, strings.Join(row, ""))
	}
	inside, err := carriedBack(pieces)
	if err != nil {
		return err
	}
	if err := f.take(inside); err != nil {
		return err
	}
	if rows[0][0] != carryMark+strconv.Itoa(tables) {
		f.fault(FaultVersion) // nothing vouches for the mark, so that it may be no more than a way out
		return nil
	}
	return m.compareBook(f, b)
}

// compareBook holds the sheets against what they are made of.
func (m *Maker) compareBook(f *Found, b *excelize.File) error {
	f.Compared = true
	e := f.Evaluation
	names := []string{m.words["sheet.summary"]}
	grids := [][][]any{m.summary(e).rows}
	for _, s := range m.sheets(e) {
		head := make([]any, len(s.columns))
		for i, c := range s.columns {
			head[i] = m.words["column."+c]
		}
		names, grids = append(names, m.words["sheet."+s.key]), append(grids, append([][]any{head}, s.rows...))
	}
	f.strangers(b, names)
	fit := &book{words: m.words}
	for n, name := range names {
		rows, err := b.GetRows(name)
		if err != nil {
			f.Changes = append(f.Changes, Change{Where: name, Before: name})
			continue
		}
		made := func(i, j int) (string, bool) {
			if i >= len(grids[n]) || j >= len(grids[n][i]) {
				return "", false
			}
			return fit.raw(grids[n][i][j]), true
		}
		now := func(i, j int) (string, bool) {
			if i >= len(rows) || j >= len(rows[i]) {
				return "", false
			}
			if i < len(grids[n]) && j < len(grids[n][i]) {
				return sameNumber(rows[i][j], fit.raw(grids[n][i][j]), grids[n][i][j]), true
			}
			return rows[i][j], true
		}
		f.compare(name, max(len(grids[n]), len(rows)), 0, made, now)
	}
	if len(f.Changes) > 0 {
		f.fault(FaultChanged)
	}
	return nil
}

// strangers tells the sheets that are not ours, and what somebody hides of ours.
func (f *Found) strangers(b *excelize.File, ours []string) {
	for _, name := range b.GetSheetList() {
		shown, err := b.GetSheetVisible(name)
		if shown = shown || err != nil; !slices.Contains(ours, name) {
			if name != carryName || shown {
				f.Changes = append(f.Changes, Change{Where: name, After: name})
			}
			continue
		}
		if !shown {
			f.Changes = append(f.Changes, Change{Where: name, Before: name})
		}
		notes, err := b.GetComments(name)
		if err != nil {
			continue
		}
		for _, n := range notes {
			f.Changes = append(f.Changes, Change{Where: joined("!", name, n.Cell), After: n.Text})
		}
	}
}

// raw gives a cell as a workbook keeps it.
func (b *book) raw(c any) string {
	if cell, ok := b.cell(c).(excelize.Cell); ok {
		return fmt.Sprint(cell.Value)
	}
	return ""
}

// sameNumber gives is as was spells it where both are the same number: every
// program writes the digits its own way. Texts are never numbers.
func sameNumber(is, was string, made any) string {
	switch made.(type) {
	case string, code, nil:
		return strings.ReplaceAll(is, "\r\n", "\n")
	}
	x, err := strconv.ParseFloat(is, 64)
	y, err2 := strconv.ParseFloat(was, 64)
	if err == nil && err2 == nil && strconv.FormatFloat(x, 'g', 12, 64) == strconv.FormatFloat(y, 'g', 12, 64) {
		return was
	}
	return is
}

// maxUnpacked is what the parts of a workbook may have together.
const maxUnpacked = 100 << 20

// unpacks refuses a workbook that unpacks to more than it may, whatever it declares.
func unpacks(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return engine.Errorf(engine.Invalid, "the workbook is damaged; take the file as it was made")
	}
	left := int64(maxUnpacked)
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return engine.Errorf(engine.Invalid, "the workbook is damaged; take the file as it was made")
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		if err = errors.Join(err, r.Close()); err != nil {
			return engine.Errorf(engine.Invalid, "the workbook is damaged; take the file as it was made")
		}
		if left -= n; left < 0 {
			return engine.Errorf(engine.Invalid, "the workbook unpacks to more than %d MB; none of ours does", maxUnpacked>>20)
		}
	}
	return nil
}
