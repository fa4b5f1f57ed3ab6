package document

import (
	"bytes"
	_ "embed"
	"strings"

	"splneno/notify/paper"
	"splneno/notify/paper/docx"
)

//go:embed templates/placeholders.txt
var placeholderList string

//go:embed templates/layout.txt
var layoutLines string

// A Placeholder is a name a town's own layout may hold, in braces.
type Placeholder struct {
	Name   string
	Part   bool // stands for blocks, in a paragraph of its own; else for words within one
	Needed bool // whoever leaves it out should know
	All    bool // stands for every part
	About  string
}

// Placeholders lists the placeholders in the order of a document.
func Placeholders() (out []Placeholder) {
	for line := range strings.Lines(placeholderList) {
		name, about, _ := strings.Cut(strings.TrimSpace(line), ": ")
		kind, name, _ := strings.Cut(name, " ")
		out = append(out, Placeholder{Name: name, Part: kind != "field", Needed: kind == "needed", All: kind == "all", About: about})
	}
	return out
}

// knownPlaceholders gives them as a filling without values.
func knownPlaceholders() docx.Filling {
	f := docx.Filling{Fields: map[string]string{}, Parts: map[string][]paper.Block{}}
	for _, p := range Placeholders() {
		if p.Part {
			f.Parts[p.Name] = nil
		} else {
			f.Fields[p.Name] = ""
		}
	}
	return f
}

// CheckLayout says what becomes of a layout, and whether it can be used: it holds
// a placeholder, none that is misspelt, and nothing that must not be in a
// document that is handed on. Of what is left out only what is needed is told.
// Its error is Invalid for a file that is no Word document.
func CheckLayout(data []byte) (findings []docx.Finding, usable bool, err error) {
	all, err := docx.Check(data, knownPlaceholders())
	if err != nil {
		return nil, false, err
	}
	needed, whole, found, bad := map[string]bool{}, false, false, false
	for _, p := range Placeholders() {
		needed[p.Name] = p.Needed
		for _, f := range all {
			whole = whole || p.All && f.Found && f.Name == p.Name
		}
	}
	for _, f := range all {
		found = found || f.Found
		bad = bad || f.Fatal() || f.Fault == docx.FaultUnknown && f.Nearest != ""
		if f.Fault != docx.FaultMissing || needed[f.Name] && !whole {
			findings = append(findings, f)
		}
	}
	return findings, found && !bad, nil
}

// ExampleLayout gives a layout with every placeholder, to begin from.
func ExampleLayout() ([]byte, error) {
	p := paper.Paper{Lang: "cs-CZ"}
	styles := map[string]paper.Style{"title": paper.Title, "subtitle": paper.Subtitle, "mark": paper.Mark, "note": paper.Note}
	for line := range strings.Lines(layoutLines) {
		kind, text, _ := strings.Cut(strings.TrimSpace(line), ":")
		text = strings.TrimSpace(text)
		switch kind {
		case "break":
			p.Blocks = append(p.Blocks, paper.Break{})
		case "running":
			p.Running = text
		case "foot":
			p.Foot = text
		case "page":
			p.Words.Page = text
		default:
			p.Blocks = append(p.Blocks, paper.Para{Style: styles[kind], Spans: paper.Plain(text).Spans})
			if kind == "title" {
				p.Title = text
			}
		}
	}
	var b bytes.Buffer
	err := docx.Write(&b, p)
	return b.Bytes(), err
}
