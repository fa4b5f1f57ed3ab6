package paper

import "iter"

// Paras gives the paragraphs of blocks in reading order, those of lists, boxes and
// tables too. Headings are none.
func Paras(blocks []Block) iter.Seq[Para] {
	return func(yield func(Para) bool) { eachPara(blocks, yield) }
}

func eachPara(blocks []Block, yield func(Para) bool) bool {
	for _, block := range blocks {
		switch b := block.(type) {
		case Para:
			if !yield(b) {
				return false
			}
		case List:
			for _, item := range b.Items {
				if !yield(item) {
					return false
				}
			}
		case Box:
			if !eachPara(b.Blocks, yield) {
				return false
			}
		case Table:
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					if !eachPara(cell, yield) {
						return false
					}
				}
			}
		}
	}
	return true
}
