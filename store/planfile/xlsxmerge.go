package planfile

// finishSheet spreads merged cells over the places they cover, and says which
// columns with something in them are hidden.
func (b *bookReader) finishSheet(s *bookSheet, merged []rectangle) {
	byLine := map[int]*gridRow{}
	width := 0
	for i := range s.grid.rows {
		row := &s.grid.rows[i]
		byLine[row.line], width = row, max(width, len(row.cells))
	}
	for _, m := range merged {
		spreadCell(s, byLine, m, width)
	}
	for _, hidden := range s.ends {
		for i := max(0, hidden.from); i <= min(hidden.to, width-1); i++ {
			if s.columnUsed(i) {
				s.hiddenColumns = append(s.hiddenColumns, columnLetters(i))
			}
		}
	}
}

// spreadCell copies the first cell of a rectangle over the rest of it. Rows that
// hold nothing else are not made for it, nor columns beyond the table.
func spreadCell(s *bookSheet, byLine map[int]*gridRow, m rectangle, width int) {
	first := byLine[m.top]
	if first == nil || m.left >= len(first.cells) {
		return
	}
	cell := first.cells[m.left]
	for line := m.top; line <= min(m.bottom, maxSheetRows); line++ {
		row := byLine[line]
		if row == nil {
			continue
		}
		for i := m.left; i <= min(m.right, width-1); i++ {
			for len(row.cells) <= i {
				if s.cells++; s.cells > maxSheetCells {
					return
				}
				row.cells = append(row.cells, gridCell{at: cellName(s.grid.name, line, len(row.cells))})
			}
			row.cells[i] = cell
		}
	}
}

func (s *bookSheet) columnUsed(i int) bool {
	for _, row := range s.grid.rows {
		if i < len(row.cells) && row.cells[i].text != "" {
			return true
		}
	}
	return false
}
