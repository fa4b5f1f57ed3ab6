package planfile

import (
	"cmp"
	"encoding/xml"
	"strings"
)

// A runStyle is how a piece of a paragraph looks.
type runStyle struct {
	fill   string // behind the letters
	ink    string // of the letters
	bold   bool
	hidden bool
}

// run reads <w:r>: text, breaks, tabs, and the text boxes drawn in it.
func (r *wordReader) run(p *paragraph) error {
	style := runStyle{bold: p.style.bold}
	var visit func(name string, t xml.StartElement) error
	visit = func(name string, t xml.StartElement) error {
		switch name {
		case "rPr":
			return r.runProperties(&style)
		case "t":
			s, err := r.text()
			r.write(p, style, s)
			return err
		case "tab", "ptab":
			r.write(p, style, "\t")
		case "br", "cr":
			r.write(p, style, "\n")
		case "noBreakHyphen":
			r.write(p, style, "-")
		case "fldChar":
			r.field(attr(t, "fldCharType"))
		case "object":
			r.warn(p.at, "", "an embedded object, such as a sheet; not read")
			return r.skip()
		case "txbxContent":
			return r.box(p)
		case "delText", "instrText", "delInstrText", "Fallback":
			return r.skip()
		}
		return r.each(visit)
	}
	return r.each(visit)
}

// runProperties reads <w:rPr>; what it was before a tracked change is skipped.
func (r *wordReader) runProperties(style *runStyle) error {
	return r.each(func(name string, t xml.StartElement) error {
		switch name {
		case "b":
			style.bold = on(t)
		case "vanish":
			style.hidden = on(t)
		case "color":
			style.ink = hexColour(attr(t, "val"))
		case "highlight":
			style.fill = highlights[attr(t, "val")]
		case "shd":
			if style.fill == "" {
				style.fill = r.styles.shade(t)
			}
		}
		return r.skip()
	})
}

// write adds text to the paragraph, unless it is hidden or the instruction of a field.
func (r *wordReader) write(p *paragraph, style runStyle, s string) {
	for _, instruction := range r.fields {
		if instruction {
			return
		}
	}
	if style.hidden {
		if strings.TrimSpace(s) != "" {
			r.warn(p.at, s, "hidden text; not read")
		}
		return
	}
	if strings.TrimSpace(s) != "" {
		p.ink.add(cmp.Or(style.fill, strings.TrimPrefix(style.ink, "000000")))
		p.plain = p.plain || !style.bold
	}
	p.text.WriteString(strings.ReplaceAll(s, "\u00ad", ""))
}

// field follows the marks of a field: its instruction stands between begin and
// separate, its result between separate and end.
func (r *wordReader) field(mark string) {
	const deepest = 64
	last := len(r.fields) - 1
	switch {
	case mark == "begin" && last < deepest:
		r.fields = append(r.fields, true)
	case mark == "separate" && last >= 0:
		r.fields[last] = false
	case mark == "end" && last >= 0:
		r.fields = r.fields[:last]
	}
}

// box reads a text box; it is anchored in a paragraph and read after it.
func (r *wordReader) box(p *paragraph) error {
	fields := r.fields
	r.fields = nil
	blocks, err := r.blocks(nil)
	r.fields = fields
	p.boxes = append(p.boxes, blocks...)
	return err
}
