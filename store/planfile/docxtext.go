package planfile

import (
	"cmp"
	"encoding/xml"
	"errors"
	"path"
	"strconv"
	"strings"
)

// document reads the body of the main part.
func (p wordPackage) document() (wordDoc, error) {
	main, err := p.mainPart()
	if err != nil {
		return wordDoc{}, err
	}
	part, err := p.open(main, maxDocument)
	if err != nil {
		return wordDoc{}, err
	}
	defer part.Close()
	r := newWordReader(part)
	if r.styles, err = p.readStyles(path.Dir(main)); err != nil {
		return wordDoc{}, err
	}
	if r.numbers, err = p.readNumbering(path.Dir(main)); err != nil {
		return wordDoc{}, err
	}
	links, err := p.external(main)
	if err != nil {
		return wordDoc{}, err
	}
	if links > 0 {
		r.warn("", "", "the document points to "+itoa(links)+" things outside it (links, pictures, a template); none of them is followed")
	}
	blocks, err := r.body()
	if err != nil {
		return wordDoc{}, p.unreadable(main, err)
	}
	return wordDoc{blocks, r.fills, r.warnings}, nil
}

// unreadable turns what stopped the reading into a sentence.
func (p wordPackage) unreadable(part string, err error) error {
	for _, bound := range []error{errDeep, errTokens, errToken, errTooLong, errPlaces} {
		if errors.Is(err, bound) {
			return p.refuse("%w", bound)
		}
	}
	return p.damaged(part)
}

// body reads the whole document.
func (r *wordReader) body() ([]wordBlock, error) {
	tok, err := r.next()
	for ; err == nil; tok, err = r.next() {
		if _, ok := tok.(xml.StartElement); ok {
			return r.blocks(nil)
		}
	}
	return nil, err
}

// blocks reads the paragraphs and tables inside the element begun last, through
// content controls and whatever else wraps them. Of a cell it reads the
// properties too; cell is nil elsewhere.
func (r *wordReader) blocks(cell *wordCell) ([]wordBlock, error) {
	var out []wordBlock
	var torn *paragraph // ends in a mark whose deletion is tracked
	var visit func(name string, t xml.StartElement) error
	visit = func(name string, t xml.StartElement) error {
		switch name {
		case "p":
			p, err := r.paragraph(torn)
			if err != nil {
				return err
			}
			if torn = nil; p.joins {
				torn = p
				return nil
			}
			out = append(out, p.blocks()...)
			return nil
		case "tbl":
			t, err := r.table()
			out = append(out, t...)
			return err
		case "tcPr":
			if cell != nil {
				return r.cellProperties(cell)
			}
			return r.skip()
		case "altChunk":
			r.warn(cmp.Or(r.cellAt, "after paragraph "+strconv.Itoa(r.paragraphs)), "", "a piece put in from another file; not read")
			return r.skip()
		case "del", "moveFrom", "Fallback", "sdtPr", "sectPr":
			return r.skip()
		}
		return r.each(visit)
	}
	err := r.each(visit)
	if torn != nil {
		out = append(out, torn.blocks()...)
	}
	return out, err
}

// A paragraph is one while it is read.
type paragraph struct {
	at       string
	label    string
	text     strings.Builder
	style    paragraphStyle
	outlined bool
	list     listPlace
	fill     string // of the whole
	ink      mix    // of its pieces
	plain    bool   // some piece is not bold
	joins    bool   // its mark is deleted: the next paragraph goes on with it
	boxes    []wordBlock
}

// blocks gives the paragraph, unless it is empty, and the text boxes anchored in it.
func (p *paragraph) blocks() []wordBlock {
	text := trimLines(p.text.String())
	if text == "" || p.style.isContents() {
		return p.boxes
	}
	fill := p.fill
	if fill == "" {
		fill = p.ink.get()
	}
	b := wordBlock{at: p.at, text: strings.TrimSpace(p.label + " " + text), head: p.outlined || !p.plain, fill: fill}
	return append([]wordBlock{b}, p.boxes...)
}

// trimLines takes superfluous white space off every line, and empty ends.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.Fields(l), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// paragraph reads one; before is the one it goes on with, or nil.
func (r *wordReader) paragraph(before *paragraph) (*paragraph, error) {
	r.paragraphs++
	if r.places++; r.places > maxPlaces {
		return nil, errPlaces
	}
	p := before
	if p == nil {
		p = &paragraph{at: cmp.Or(r.cellAt, "paragraph "+strconv.Itoa(r.paragraphs))}
	}
	p.joins = false
	counted := before != nil // a joined paragraph keeps the label of the first
	var visit func(name string, t xml.StartElement) error
	visit = func(name string, t xml.StartElement) error {
		switch name {
		case "pPr":
			return r.properties(p)
		case "r":
			return r.run(p)
		case "del", "moveFrom", "Fallback", "sdtPr":
			return r.skip()
		}
		return r.each(visit)
	}
	if err := r.each(visit); err != nil {
		return nil, err
	}
	if !counted && p.list.id != "" && strings.TrimSpace(p.text.String()) != "" {
		p.label = r.numbers.label(p.list)
	}
	return p, nil
}

// properties reads <w:pPr>.
func (r *wordReader) properties(p *paragraph) error {
	return r.each(func(name string, t xml.StartElement) error {
		switch name {
		case "pStyle":
			p.style = r.styles.byID[attr(t, "val")]
			p.list, p.outlined, p.fill = p.style.list, p.style.outlined, p.style.fill
		case "outlineLvl":
			p.outlined = isOutline(attr(t, "val"))
		case "numPr":
			return r.each(func(name string, t xml.StartElement) error {
				switch name {
				case "numId":
					p.list.id = attr(t, "val")
				case "ilvl":
					p.list.level = levelOf(attr(t, "val"))
				}
				return r.skip()
			})
		case "shd":
			p.fill = r.styles.shade(t)
		case "rPr":
			return r.each(func(name string, t xml.StartElement) error {
				p.joins = p.joins || name == "del" || name == "moveFrom"
				return r.skip()
			})
		}
		return r.skip()
	})
}
