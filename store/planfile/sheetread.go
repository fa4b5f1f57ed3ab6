package planfile

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"

	"splneno/engine"
)

// isBook says whether a file means to be a workbook. A zip keeps the names of
// its parts readable, so a damaged one is still known and refused for that.
func isBook(name string, data []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx":
		return bytes.HasPrefix(data, []byte("PK")) || isOLE(data)
	}
	return bytes.HasPrefix(data, []byte("PK")) && bytes.Contains(data, []byte("xl/"))
}

// ReadSheets reads a workbook or a CSV file as [Read] does, with what is known of
// its columns, and says how they were understood. Other files are read as Read
// reads them, without columns to speak of.
func ReadSheets(name string, data []byte, known []engine.Organisation, mappings Mappings) (engine.PlanDraft, []SheetReading, error) {
	if d, used, ok, err := readSheetFile(filepath.Base(name), data, known, mappings); ok {
		return d, used, err
	}
	d, err := Read(name, data, known)
	return d, nil, err
}

// readSheetFile reads a workbook or a CSV file; ok is false for any other file.
func readSheetFile(name string, data []byte, known []engine.Organisation, mappings Mappings) (d engine.PlanDraft, used []SheetReading, ok bool, err error) {
	if isBook(name, data) {
		d, used, err = readBookDraft(name, data, known, mappings)
		return d, used, true, err
	}
	text, ok := tableText(name, data)
	if !ok {
		return d, nil, false, nil
	}
	g, err := readTable(name, text)
	if err == nil {
		d, used, err = readTables(name, []grid{g}, &builder{known: known}, mappings)
	}
	return d, used, true, err
}

// tableText gives the text of a CSV file; ok is false for any other file.
func tableText(name string, data []byte) (string, bool) {
	if len(data) > MaxSize || bytes.HasPrefix(data, []byte("PK\x03\x04")) || isOLE(data) || bytes.HasPrefix(data, []byte("%PDF")) {
		return "", false
	}
	data, _ = utf16Text(data)
	text, err := decode(name, data)
	return text, err == nil && isCSV(name, text)
}

func readBookDraft(name string, data []byte, known []engine.Organisation, mappings Mappings) (engine.PlanDraft, []SheetReading, error) {
	if isOLE(data) {
		return engine.PlanDraft{}, nil, engine.Errorf(engine.Invalid,
			"%s is protected by a password or is an old .xls file; open it in Excel and save it as XLSX without a password", name)
	}
	sheets, linked, err := readBook(name, data)
	if err != nil {
		return engine.PlanDraft{}, nil, err
	}
	b := &builder{known: known}
	var grids []grid
	for _, s := range sheets {
		grids = append(grids, s.grid)
	}
	if !ownGrids(grids) {
		if linked {
			b.warn(0, "", "formulas point into other files, which are never opened; their last values were read")
		}
		for _, s := range sheets {
			b.sheetNotes(s)
		}
	}
	return readTables(name, grids, b, mappings)
}

// readTables reads grids as our own tables, or else as a plan somebody keeps in
// sheets of his own.
func readTables(name string, grids []grid, b *builder, mappings Mappings) (engine.PlanDraft, []SheetReading, error) {
	for _, g := range grids {
		for _, row := range g.rows {
			for i := range row.cells {
				row.cells[i].text = asWritten(row.cells[i].text)
			}
		}
	}
	if ownGrids(grids) {
		d, err := readOwnTables(name, grids, b.known)
		return d, nil, err
	}
	used, err := b.readGrids(name, grids, mappings)
	if err != nil {
		return engine.PlanDraft{}, nil, err
	}
	return b.finish(), used, nil
}

// sheetNotes says what of a sheet a reader could miss.
func (b *builder) sheetNotes(s bookSheet) {
	const some = 10 // named; the rest is counted
	note := func(what []string, reason string) {
		if len(what) == 0 {
			return
		}
		text := s.grid.name + ": " + strings.Join(what[:min(len(what), some)], ", ")
		if len(what) > some {
			text += " and " + itoa(len(what)-some) + " more"
		}
		b.warn(0, text, reason)
	}
	if s.hidden {
		note([]string{"all of it"}, "the sheet is hidden; it was read like any other")
	}
	var rows []string
	for _, n := range s.hiddenRows {
		rows = append(rows, strconv.Itoa(n))
	}
	note(rows, "hidden rows; they were read like any other")
	note(s.hiddenColumns, "hidden columns; they were read like any other")
	note(s.stale, "formulas without a stored value; open the file in Excel and save it")
}
