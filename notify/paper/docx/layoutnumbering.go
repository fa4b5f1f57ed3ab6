package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// A numberSheet is the lists of a layout.
type numberSheet struct {
	part   string
	raw    []byte
	kind   int // the next free id of a kind
	number int // the next free id of a numbering
	kinds  int // where kinds may be put in: before the first numbering
	end    int // where numberings may be put in
}

// numbering reads the lists of a layout; one without any has an empty sheet.
func (l layout) numbering() (numberSheet, error) {
	n := numberSheet{part: "word/numbering.xml", kind: 1, number: 1}
	for _, k := range l.links {
		if strings.HasSuffix(k.Kind, "/numbering") {
			n.part = resolved(l.main, k.Target)
		}
	}
	raw, err := l.read(n.part)
	if err != nil || len(raw) == 0 {
		return n, err
	}
	n.raw = raw
	scanned, err := scanPart(n.part, raw)
	if err != nil {
		return n, err
	}
	n.end = scanned.end
	return n, n.places()
}

func (n *numberSheet) places() error {
	d := xml.NewDecoder(bytes.NewReader(n.raw))
	for depth := 0; ; {
		from := int(d.InputOffset())
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return damaged(n.part)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				n.element(t, from)
			}
		case xml.EndElement:
			depth--
		}
	}
	if n.kinds == 0 {
		n.kinds = n.end
	}
	return nil
}

func (n *numberSheet) element(e xml.StartElement, from int) {
	switch e.Name.Local {
	case "abstractNum":
		n.kind = max(n.kind, number(attr(e, "abstractNumId"))+1)
	case "num":
		n.number = max(n.number, number(attr(e, "numId"))+1)
		if n.kinds == 0 {
			n.kinds = from
		}
	case "numIdMacAtCleanup":
		n.end = from
		if n.kinds == 0 {
			n.kinds = from
		}
	}
}

// complete adds our lists.
func (n numberSheet) complete(lists int) []byte {
	kinds, numbers := numbering(n.kind, n.number, lists)
	if n.raw == nil {
		return []byte(xmlHead + `<w:numbering xmlns:w="` + nsMain + `">` + kinds + numbers + `</w:numbering>`)
	}
	return slices.Concat(n.raw[:n.kinds], []byte(kinds), n.raw[n.kinds:n.end], []byte(numbers), n.raw[n.end:])
}
