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

// A workbook is read part by part with bounds of its own, not by the library
// that writes it: that one unpacks the whole file and holds every cell before
// anybody can ask how much there is.
const (
	maxBookParts    = 2_000
	maxBookUnpacked = 200 << 20 // all parts together, as declared
	maxBookRead     = 100 << 20 // what is really unpacked of the parts that are read
	maxBookRatio    = 200       // unpacked to packed, of a part over 4 MB
	maxSheets       = 50
	maxSheetRows    = 20_000
	maxUsedColumns  = 256 // of a sheet; further ones are refused, a plan has none
	maxSheetCells   = 500_000
	maxShared       = 500_000 // shared strings
	maxCellText     = 100_000 // bytes
	maxStyles       = 65_536  // as many as Excel keeps
)

// A bookReader holds an open workbook and what its sheets share.
type bookReader struct {
	name   string
	parts  map[string]*zip.File
	read   int64 // bytes unpacked so far
	shared []string
	styles bookStyles
	d1904  bool
}

// readBook gives the sheets of a workbook; linked says that its formulas point
// into other files.
func readBook(name string, data []byte) (sheets []bookSheet, linked bool, err error) {
	b := &bookReader{name: name, parts: map[string]*zip.File{}}
	if err := b.open(data); err != nil {
		return nil, false, err
	}
	book, err := b.workbook()
	if err != nil {
		return nil, false, err
	}
	if b.shared, err = b.sharedStrings(book.strings); err != nil {
		return nil, false, err
	}
	if b.styles, err = b.readStyles(book.styles, book.theme); err != nil {
		return nil, false, err
	}
	for i := range book.sheets {
		if err := b.sheet(&book.sheets[i]); err != nil {
			return nil, false, err
		}
	}
	return book.sheets, b.external(), nil
}

func (b *bookReader) refuse(format string, args ...any) error {
	return engine.Errorf(engine.Invalid, "%s "+format, append([]any{b.name}, args...)...)
}

// open looks at the list of parts only.
func (b *bookReader) open(data []byte) error {
	if len(data) > MaxSize {
		return b.refuse("has %d MB; files up to %d MB are read", len(data)>>20, MaxSize>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return b.refuse("is damaged; open it in Excel and save it again as XLSX")
	}
	if len(z.File) > maxBookParts {
		return b.refuse("holds %d parts, more than any plan; copy the sheet into a new workbook", len(z.File))
	}
	var total uint64
	for _, f := range z.File {
		name := partName(f.Name)
		total += min(f.UncompressedSize64, maxBookUnpacked+1)
		switch {
		case b.parts[name] != nil:
			return b.refuse("holds the part %q twice; open it in Excel and save it again", f.Name)
		case f.Flags&1 != 0:
			return b.refuse("is protected by a password; save it as XLSX without one")
		case strings.HasSuffix(name, "vbaproject.bin"):
			return b.refuse("carries macros, which are never read; save it as XLSX")
		case f.UncompressedSize64 > 4<<20 && f.UncompressedSize64/maxBookRatio > f.CompressedSize64, total > maxBookUnpacked:
			return b.refuse("would unpack to more than an honest workbook does (part %q); copy the sheet into a new workbook", f.Name)
		}
		b.parts[name] = f
	}
	return nil
}

func partName(name string) string { return strings.ToLower(strings.TrimPrefix(name, "/")) }

// errTooMuch ends a part that unpacks to more than it may.
var errTooMuch = errors.New("too much")

// A metered reader counts what is really unpacked, whatever the file declares.
type metered struct {
	from io.Reader
	book *bookReader
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	if m.book.read += int64(n); m.book.read > maxBookRead {
		return n, errTooMuch
	}
	return n, err
}

// each walks over the elements of a part and tells visit of each that begins.
// visit may read on with the decoder. A missing part has no elements.
func (b *bookReader) each(part string, visit func(d *xml.Decoder, e xml.StartElement) error) error {
	f := b.parts[partName(part)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return b.damaged(part)
	}
	defer r.Close()
	d := xml.NewDecoder(metered{r, b})
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if e, begins := token.(xml.StartElement); err == nil && begins {
			err = visit(d, e)
		}
		if _, doctype := token.(xml.Directive); doctype {
			return b.refuse("declares entities in %q, which no workbook needs; open it in Excel and save it again", part)
		}
		if err != nil {
			return b.explain(part, err)
		}
	}
}

// explain makes a sentence of what went wrong in a part.
func (b *bookReader) explain(part string, err error) error {
	var told *engine.Error
	switch {
	case errors.As(err, &told):
		return err
	case errors.Is(err, errTooMuch):
		return b.refuse("unpacks to more than %d MB; divide it", maxBookRead>>20)
	}
	return b.damaged(part)
}

func (b *bookReader) damaged(part string) error {
	return b.refuse("is damaged: its part %q cannot be read; open it in Excel and save it again as XLSX", part)
}

// target resolves the target of a relationship of a part.
func target(part, to string) string {
	if strings.HasPrefix(to, "/") {
		return partName(to)
	}
	return partName(path.Join(path.Dir(part), to))
}

func isTrue(s string) bool { return s == "1" || s == "true" }
