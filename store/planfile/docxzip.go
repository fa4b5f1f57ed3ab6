package planfile

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

// Bounds of a package. Nothing is unpacked but the few parts that are read, each
// to its own bound, so a size the file lies about costs nothing.
const (
	maxParts    = 4096
	maxUnpacked = 256 << 20 // all parts together, as declared
	maxDocument = 40 << 20  // the text of the document
	maxSide     = 4 << 20   // styles, numbering, theme, relationships
	maxRatio    = 300       // unpacked to packed, of a part over a megabyte
)

// A wordPackage is the zip a DOCX file is.
type wordPackage struct {
	name  string
	parts map[string]*zip.File // by lower-case name
}

// openWord looks at the list of parts and refuses what no word processor writes.
func openWord(name string, data []byte) (wordPackage, error) {
	p := wordPackage{name: name, parts: map[string]*zip.File{}}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return p, engine.Errorf(engine.Invalid, "%s is a damaged Word, Excel or ZIP file; open it in Word and save it again as DOCX", name)
	}
	if len(z.File) > maxParts {
		return p, p.refuse("holds %d parts, more than any Word document; open it in Word and save it again", len(z.File))
	}
	var total uint64
	for _, f := range z.File {
		if err := p.take(f); err != nil {
			return p, err
		}
		if total += f.UncompressedSize64; total > maxUnpacked || f.UncompressedSize64 > maxUnpacked {
			return p, p.refuse("would unpack to more than %d MB; it is no honest document", maxUnpacked>>20)
		}
	}
	return p, nil
}

func (p wordPackage) refuse(format string, args ...any) error {
	return engine.Errorf(engine.Invalid, "%s "+format, append([]any{p.name}, args...)...)
}

// take keeps one part, or says why the whole file is refused.
func (p wordPackage) take(f *zip.File) error {
	name := strings.ToLower(f.Name)
	switch {
	case strings.HasPrefix(name, "/"), strings.ContainsAny(name, "\\:\x00"), path.Clean(name) != strings.TrimSuffix(name, "/"), strings.HasPrefix(name, ".."):
		return p.refuse("holds a part with the unsafe name %q; open it in Word and save it again", f.Name)
	case p.parts[name] != nil:
		return p.refuse("holds the part %q twice; open it in Word and save it again", f.Name)
	case f.Flags&1 != 0:
		return p.refuse("is protected by a password; save it as DOCX without one")
	case strings.HasSuffix(name, "vbaproject.bin"):
		return p.refuse("carries macros, which are never read; save it as DOCX without macros")
	case f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/maxRatio > f.CompressedSize64:
		return p.refuse("holds the part %q that unpacks to more than %d times its size; it is no honest document", f.Name, maxRatio)
	}
	p.parts[name] = f
	return nil
}

// open gives the bytes of a part, which end in an error beyond max.
func (p wordPackage) open(name string, max int64) (io.ReadCloser, error) {
	f := p.parts[strings.ToLower(name)]
	if f == nil {
		return nil, p.refuse("is a ZIP file without the part %q of a Word document; save it in Word as DOCX", name)
	}
	if f.UncompressedSize64 > uint64(max) {
		return nil, p.tooLarge(name, max)
	}
	r, err := f.Open()
	if err != nil {
		return nil, p.damaged(name)
	}
	return r, nil
}

func (p wordPackage) tooLarge(part string, max int64) error {
	return p.refuse("holds the part %q of more than %d MB; divide the document", part, max>>20)
}

func (p wordPackage) damaged(part string) error {
	return p.refuse("is damaged: its part %q cannot be read; open it in Word and save it again as DOCX", part)
}

// side reads a part beside the text into v; a document may lack it.
func (p wordPackage) side(name string, v any) error {
	if p.parts[strings.ToLower(name)] == nil {
		return nil
	}
	r, err := p.open(name, maxSide)
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxSide+1))
	if err != nil {
		return p.damaged(name)
	}
	if len(data) > maxSide {
		return p.tooLarge(name, maxSide)
	}
	if err := xml.Unmarshal(data, v); err != nil && !errors.Is(err, io.EOF) {
		return p.damaged(name)
	}
	return nil
}

type relationships struct {
	List []struct {
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr"`
	} `xml:"Relationship"`
}

// mainPart finds the document in the package; it need not be called so.
func (p wordPackage) mainPart() (string, error) {
	var types struct {
		List []struct {
			Type string `xml:"ContentType,attr"`
		} `xml:"Override"`
	}
	if err := p.side("[Content_Types].xml", &types); err != nil {
		return "", err
	}
	for _, t := range types.List {
		if strings.Contains(strings.ToLower(t.Type), "macroenabled") {
			return "", p.refuse("is a document with macros, which are never read; save it as DOCX without macros")
		}
	}
	var rels relationships
	if err := p.side("_rels/.rels", &rels); err != nil {
		return "", err
	}
	for _, r := range rels.List {
		target := strings.TrimPrefix(r.Target, "/")
		if strings.HasSuffix(r.Type, "/officeDocument") && r.Mode != "External" && p.parts[strings.ToLower(target)] != nil {
			return target, nil
		}
	}
	return "word/document.xml", nil
}

// external counts what the document wants from elsewhere: links, pictures, a
// template. None of it is fetched.
func (p wordPackage) external(main string) (int, error) {
	n := 0
	for _, part := range []string{main, "word/settings.xml"} {
		var rels relationships
		if err := p.side(path.Dir(part)+"/_rels/"+path.Base(part)+".rels", &rels); err != nil {
			return 0, err
		}
		for _, r := range rels.List {
			if strings.EqualFold(r.Mode, "External") {
				n++
			}
		}
	}
	return n, nil
}
