package docx

import (
	"strings"
	"unicode/utf8"

	"splneno/notify/paper"
)

// letter is how wide a letter may be, and padding what is beside the text of a
// cell, in twentieths of a point. Nobody knows the font a document is read in. A
// table of many columns is set closer.
const (
	letter      = 104
	letterClose = 87
	padding     = 190
	sizeClose   = "15" // in halves of a point
)

// widthsOf deals the width out to the columns of a table, so that no word is
// parted where that can be helped, and says whether its text is set closer.
func widthsOf(t paper.Table, width int) (out []int, closer bool) {
	least, sum := leastOf(t, float64(width), letter)
	if closer = sum > float64(width); closer {
		least, sum = leastOf(t, float64(width), letterClose)
	}
	for i := range least {
		least[i] *= min(float64(width)/sum, 1)
	}
	at, before := 0.0, 0
	for _, wide := range paper.Widths(t.Columns, least, float64(width)) {
		at += wide
		out = append(out, min(int(at+.5), width)-before)
		before += out[len(out)-1]
	}
	return out, closer
}

// leastOf gives how wide each column must be, and all of them, for the words of
// its heading and for words as people write them, not for an address. A long
// table is judged by its beginning.
func leastOf(t paper.Table, width float64, letter int) (least []float64, sum float64) {
	least = make([]float64, len(t.Columns))
	fit := func(column int, text string, most float64) {
		for word := range strings.SplitSeq(text, " ") {
			if wide := float64(utf8.RuneCountInString(word)*letter + padding); wide <= most {
				least[column] = max(least[column], wide)
			}
		}
	}
	for i, c := range t.Columns {
		fit(i, c.Title, width/3)
	}
	for _, r := range t.Rows[:min(len(t.Rows), 50)] {
		for i, cell := range r.Cells[:min(len(r.Cells), len(t.Columns))] {
			for p := range paper.Paras(cell) {
				fit(i, p.Text(), width/6)
			}
		}
	}
	for _, l := range least {
		sum += l
	}
	return least, sum
}
