package planfile

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Bounds of the text of a document. Word itself nests some 60 deep.
const (
	maxDepth  = 250
	maxTokens = 6_000_000
	maxToken  = 4 << 20 // bytes of one tag or one piece of text
)

var (
	errDeep    = errors.New("is nested deeper than any Word document")
	errTokens  = errors.New("has too many parts for one plan; divide the document")
	errToken   = errors.New("holds a single tag or text of more than 4 MB")
	errTooLong = errors.New("unpacks to more than 40 MB; divide the document")
)

// A meter passes bytes on and ends a reading that grows beyond its bounds.
type meter struct {
	from         io.Reader
	all, current int64 // bytes so far, and of the token being read
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	m.all += int64(n)
	m.current += int64(n)
	switch {
	case m.all > maxDocument:
		return n, errTooLong
	case m.current > maxToken:
		return n, errToken
	}
	return n, err
}

// A wordReader goes through the XML of a document once. A visitor is called
// with each child of an element and must use it up: by each, text or skip.
type wordReader struct {
	in            *meter
	dec           *xml.Decoder
	depth, tokens int
	styles        wordStyles
	numbers       numbering
	paragraphs    int
	cellAt        string // place of the cell being read, "" outside
	tables        int
	places        int               // of all grids together, and paragraphs
	fields        []bool            // open fields, innermost last: is its instruction being read
	fills         map[string]string // colours of cells by their place
	warnings      []wordWarning
}

func newWordReader(from io.Reader) *wordReader {
	m := &meter{from: from}
	dec := xml.NewDecoder(m)
	dec.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, errors.New("is written in " + charset)
	}
	return &wordReader{in: m, dec: dec, fills: map[string]string{}}
}

func (r *wordReader) next() (xml.Token, error) {
	r.in.current = 0
	tok, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	if r.tokens++; r.tokens > maxTokens {
		return nil, errTokens
	}
	switch tok.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			return nil, errDeep
		}
	case xml.EndElement:
		r.depth--
	}
	return tok, nil
}

// each visits the children of the element whose start was read last.
func (r *wordReader) each(visit func(name string, t xml.StartElement) error) error {
	for {
		tok, err := r.next()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := visit(wordName(t.Name), t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip passes over the element whose start was read last.
func (r *wordReader) skip() error {
	for open := 1; open > 0; {
		tok, err := r.next()
		if err != nil {
			return err
		}
		switch tok.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

// text gives the characters of the element whose start was read last.
func (r *wordReader) text() (string, error) {
	var b strings.Builder
	for {
		tok, err := r.next()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := r.skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

// wordName is the local name of an element of WordprocessingML, transitional or
// strict, and of one that chooses between versions; "" of any other.
func wordName(n xml.Name) string {
	if strings.HasSuffix(n.Space, "/main") && strings.Contains(n.Space, "wordprocessingml") || strings.HasSuffix(n.Space, "markup-compatibility/2006") {
		return n.Local
	}
	return ""
}

// attr gives an attribute by its local name.
func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on says whether a switch such as <w:vanish/> is on.
func on(t xml.StartElement) bool {
	switch attr(t, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// warn keeps what is to be said of a place; a thousand remarks are enough.
func (r *wordReader) warn(at, text, reason string) {
	const most = 1000
	if len(r.warnings) >= most {
		return
	}
	r.warnings = append(r.warnings, wordWarning{at, text, reason})
}
