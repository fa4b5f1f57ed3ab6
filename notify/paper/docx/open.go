package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"splneno/engine"
)

// Bounds of a package. Nothing is unpacked but the few parts that are read.
const (
	maxFile  = 64 << 20
	maxPart  = 64 << 20  // of a part, unpacked
	maxAll   = 160 << 20 // of all parts that are read, unpacked
	maxParts = 4096
	maxDepth = 256 // of elements in one another
)

// An opened is a package that is read.
type opened struct {
	files []*zip.File
	main  string // name of the part that holds the text
	left  *int   // of what may still be unpacked
}

// open looks at the list of parts and finds the text.
func open(data []byte) (opened, error) {
	var o opened
	switch {
	case len(data) > maxFile:
		return o, engine.Errorf(engine.Invalid, "the file is larger than %d MB; no document of this kind is", maxFile>>20)
	case bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return o, engine.Errorf(engine.Invalid, "the file is an old Word document (.doc), or one with a password; save it in Word as .docx without a password")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return o, engine.Errorf(engine.Invalid, "the file is no Word document, or a damaged one; save it in Word as .docx")
	}
	if len(z.File) > maxParts {
		return o, engine.Errorf(engine.Invalid, "the file holds more parts than any Word document; open it in Word and save it again")
	}
	seen := map[string]bool{}
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if seen[name] || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "..") || strings.ContainsAny(name, "\\:\x00") || path.Clean(name) != strings.TrimSuffix(name, "/") {
			return o, engine.Errorf(engine.Invalid, "the file holds a part with a name no Word document has; open it in Word and save it again")
		}
		seen[name] = true
	}
	left := maxAll
	o.files, o.left = z.File, &left
	return o, o.findMain()
}

// findMain finds the part that holds the text.
func (o *opened) findMain() error {
	raw, err := o.read("_rels/.rels")
	if err != nil {
		return err
	}
	links, err := parseRelations(raw)
	if err != nil {
		return err
	}
	for _, l := range links {
		if strings.HasSuffix(l.Kind, "/officeDocument") {
			o.main = resolved("", l.Target)
		}
	}
	if strings.HasSuffix(o.main, ".xml") && o.file(o.main) != nil {
		return nil
	}
	return engine.Errorf(engine.Invalid, "the file is no Word document; save it in Word as .docx")
}

// file gives a part by its name, nil for none.
func (o opened) file(name string) *zip.File {
	for _, f := range o.files {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// read gives a part unpacked, empty where there is none.
func (o opened) read(name string) ([]byte, error) {
	f := o.file(name)
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(name)
	}
	defer func() { _ = r.Close() }()
	out, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err != nil {
		return nil, damaged(name)
	}
	if *o.left -= len(out); len(out) > maxPart || *o.left < 0 {
		return nil, engine.Errorf(engine.Invalid, "the part %q of the file would unpack to more than %d MB, or with the others to more than %d; it is no honest document", name, maxPart>>20, maxAll>>20)
	}
	return out, nil
}

func damaged(part string) error {
	return engine.Errorf(engine.Invalid, "the part %q of the Word document is damaged; open it in Word and save it again", part)
}

// A link is one relation as it is read.
type link struct {
	ID      string `xml:"Id,attr"`
	Kind    string `xml:"Type,attr"`
	Target  string `xml:"Target,attr"`
	Outside string `xml:"TargetMode,attr"`
}

func parseRelations(raw []byte) ([]link, error) {
	var out struct {
		List []link `xml:"Relationship"`
	}
	if len(raw) == 0 {
		return nil, nil
	}
	if err := xml.Unmarshal(raw, &out); err != nil {
		return nil, damaged(".rels")
	}
	return out.List, nil
}

// resolved gives the name of the part a relation of another part leads to.
func resolved(from, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(path.Dir(from), target)
}

// relationsOf names the part that holds the relations of another, "" for those of
// the package.
func relationsOf(part string) string {
	if part == "" {
		return "_rels/.rels"
	}
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// walk calls f for every token of a part.
func walk(part string, raw []byte, f func(xml.Token)) error {
	d := xml.NewDecoder(bytes.NewReader(raw))
	for depth := 0; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(part)
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return damaged(part)
		}
		f(t)
	}
}
