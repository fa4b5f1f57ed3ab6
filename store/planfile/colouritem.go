package planfile

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// assemble makes areas, measures and items of the blocks.
func (s *listScanner) assemble() {
	area, measure, unnumbered := "", "", 0
	index := map[string]int{} // of the first printing, by code, or by the title of an item without one
	times := map[string]int{}
	for _, b := range s.blocks {
		switch b.kind {
		case listArea:
			area = b.code
			s.addArea(engine.Area{Code: b.code, Title: b.title})
		case listMeasure:
			measure, unnumbered = b.code, 0
			s.addMeasure(engine.Measure{Code: b.code, Title: b.title, Area: area, Description: strings.Join(b.below, " ")})
		default:
			key := b.code
			if key == "" {
				key = measure + " " + czech.Fold(b.title)
			}
			if times[key]++; times[key] > 1 {
				s.again(&s.draft.Activities[index[key]], *b, times[key])
				continue
			}
			if b.code == "" {
				unnumbered++
			}
			index[key] = len(s.draft.Activities)
			s.item(*b, area, measure, unnumbered)
		}
	}
	s.explain()
}

// item makes an activity of the first printing of an item.
func (s *listScanner) item(b listBlock, area, measure string, unnumbered int) {
	a := engine.ActivityDraft{Status: engine.StateUnknown, Unsure: []string{"status"}, Line: b.line}
	a.ID, a.Area, a.Measure, a.Label, a.Title = b.code, area, measure, b.label, b.title
	a.Deadline = czech.ReadDeadline("", 0)
	sourced(&a, "title", b.line)
	if b.code == "" {
		a.ID = rowID(measure, 0, unnumbered)
		a.Unsure = append(a.Unsure, "id")
		s.warn(b.line, b.label+" "+b.title, "an item without a number, probably new in the next plan; called "+a.ID+" until it is numbered")
	} else if !strings.HasPrefix(b.code, measure+".") {
		s.warn(b.line, b.label+" "+b.title, "stands under measure "+measure+", though its code says otherwise")
	}
	s.draft.Activities = append(s.draft.Activities, a)
}

// again takes a further printing: the item is in the next plan too.
func (s *listScanner) again(a *engine.ActivityDraft, b listBlock, times int) {
	if times > 2 {
		s.warn(b.line, b.title, a.ID+" is printed more than twice")
		return
	}
	a.CarriedOver = true
	a.Sources["title"] += ", line " + itoa(b.line)
	sourced(a, "carried_over", b.line)
	if czech.Fold(a.Title) != czech.Fold(b.title) {
		a.Unsure = append(a.Unsure, "title")
		s.warn(b.line, b.title, a.ID+" is printed with another title than on line "+itoa(a.Line)+": "+a.Title)
	}
}

// explain says what the lost colours leave open.
func (s *listScanner) explain() {
	s.warn(s.legend, "", "the colours of the legend are lost in the text, and with them every status: all "+
		itoa(len(s.draft.Activities))+" are unknown; import the DOCX, or set them by hand")
	for _, a := range s.draft.Activities {
		if !a.CarriedOver && !slices.Contains(a.Unsure, "id") {
			s.warn(a.Line, a.Title, a.ID+" is printed once, so it is not carried to the next plan; its colour alone said what became of it")
		}
	}
}
