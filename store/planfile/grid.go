package planfile

// A grid is a table as it was read from a sheet or a document: rows of cells,
// each with where it stood, so that every value can name its source.
type grid struct {
	name string // of the sheet, or "table 3"
	rows []gridRow
}

// A gridRow is one row. Fill is the colour of the row as RRGGBB, "" for none or
// for cells that differ: some towns print a status by colour alone.
type gridRow struct {
	cells []gridCell
	fill  string
	line  int // number of the row in its sheet or document, from 1, for warnings
}

// A gridCell is one cell. A merged cell stands in every place it covers.
type gridCell struct {
	text string // lines by \n
	at   string // "List1!C7", "table 3, row 2, column 4"; of a merged cell everywhere its first
}
