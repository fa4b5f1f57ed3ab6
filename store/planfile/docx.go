package planfile

import (
	"bytes"
	"strings"

	"splneno/engine"
)

// A wordDoc is what a Word document says, in the order of its body: tracked
// changes accepted, comments, notes, headers and footers left out.
type wordDoc struct {
	blocks   []wordBlock
	fills    map[string]string // colours of cells by their place, as RRGGBB
	warnings []wordWarning
}

// A wordBlock is a paragraph or a table, with where it stands.
type wordBlock struct {
	at    string // "paragraph 12", "table 3"
	text  string // of a paragraph, its list label first; lines by \n
	head  bool   // printed as a heading: by its outline level, or bold throughout
	fill  string // colour of the paragraph as RRGGBB, "" for none or several
	table *grid  // nil for a paragraph
}

// A wordWarning is a place of a document that was not read as it stands.
type wordWarning struct{ at, text, reason string }

// isWord says whether a file means to be a Word document. A zip keeps the names
// of its parts readable, so a damaged one is still known and refused for that; a
// workbook may hold a document.
func isWord(name string, data []byte) bool {
	ext := strings.ToLower(name)
	if strings.HasSuffix(ext, ".docx") || strings.HasSuffix(ext, ".docm") || strings.HasSuffix(ext, ".doc") {
		return bytes.HasPrefix(data, []byte("PK")) || isOLE(data)
	}
	holds := func(part string) bool { return bytes.Contains(data, []byte(part)) }
	return bytes.HasPrefix(data, []byte("PK")) && holds("word/document") && !holds("xl/workbook")
}

// isOLE says whether data is the container of old Office files, which newer
// ones are wrapped into when they have a password.
func isOLE(data []byte) bool { return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) }

// readWord understands a DOCX file.
func readWord(name string, data []byte, known []engine.Organisation) (engine.PlanDraft, error) {
	if len(data) > MaxSize {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid, "%s has %d MB; files up to %d MB are read", name, len(data)>>20, MaxSize>>20)
	}
	if isOLE(data) {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid,
			"%s is protected by a password or is an old .doc file; open it in Word and save it as DOCX without a password", name)
	}
	p, err := openWord(name, data)
	if err != nil {
		return engine.PlanDraft{}, err
	}
	doc, err := p.document()
	if err != nil {
		return engine.PlanDraft{}, err
	}
	return doc.draft(name, known)
}
