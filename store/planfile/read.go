package planfile

import (
	"path/filepath"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// Read understands a file whatever its format: our own YAML or JSON by its
// "splneno: 1" header, the JSON of [WriteJSON], or the text of an action plan,
// an evaluation, minutes or a page about plans, a Word document, or the sheets
// of a workbook or a CSV file. known are the organisations of the municipality; they help
// to tell parties apart. A file that is none of these, or too large, or no
// text, is engine.Invalid with a sentence that says what was found.
func Read(name string, data []byte, known []engine.Organisation) (engine.PlanDraft, error) {
	name = filepath.Base(name)
	if d, _, ok, err := readSheetFile(name, data, known, nil); ok {
		return d, err
	}
	switch {
	case isWord(name, data):
		return readWord(name, data, known)
	case isPDF(data):
		return engine.PlanDraft{}, refusePDF(name)
	}
	text, err := decode(name, data)
	if err != nil {
		return engine.PlanDraft{}, err
	}
	switch formatOf(text) {
	case formatOwn:
		return readOwn(name, text, known)
	case formatDraft:
		return readDraftJSON(name, text)
	case formatActionPlan:
		return readActionPlan(splitLines(text), known), nil
	case formatEvaluation:
		return readEvaluation(splitLines(text), known), nil
	case formatColourList:
		return readColourList(splitLines(text), known), nil
	case formatRegion:
		return readRegion(splitLines(text), known), nil
	case formatMinutes:
		return readMinutes(splitLines(text), known), nil
	}
	return engine.PlanDraft{}, refuse(name, text)
}

type format int

const (
	formatNone format = iota
	formatOwn
	formatDraft
	formatActionPlan
	formatEvaluation
	formatColourList
	formatRegion
	formatMinutes
)

// formatOf looks for what only one format has.
func formatOf(text string) format {
	start := strings.TrimSpace(text)
	switch {
	case ownHeader.MatchString(start):
		return formatOwn
	case strings.HasPrefix(start, "{"):
		return formatDraft
	}
	measures, fields, tables := 0, 0, 0
	lines := splitLines(text)
	for _, l := range lines {
		if h, ok := czech.ReadHeading(l.text); ok && h.Kind != czech.AreaHeading {
			measures++
		}
		if _, ok := czech.ReadField(l.label); ok && l.label != "" {
			fields++
		}
		if czech.TableBegins(l.text) {
			tables++
		}
	}
	switch {
	case measures > 0 && tables > 0:
		return formatEvaluation
	case measures > 0 && fields > 0:
		return formatActionPlan
	}
	return proseFormat(lines)
}

// refuse says what was found instead of a plan.
func refuse(name, text string) error {
	if strings.TrimSpace(text) == "" {
		return engine.Errorf(engine.Invalid, "%s is empty; export the plan as text again", name)
	}
	return engine.Errorf(engine.Invalid,
		"%s holds %d lines but no measure with its table; give the text of an action plan or of an evaluation, or a YAML file that begins with \"splneno: 1\"",
		name, strings.Count(strings.TrimSpace(text), "\n")+1)
}
