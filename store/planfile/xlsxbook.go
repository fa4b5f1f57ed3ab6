package planfile

import (
	"encoding/xml"
	"io"
	"path"
	"strings"

	"splneno/engine"
)

// bookParts is what a workbook names: its sheets and the parts they share.
type bookParts struct {
	sheets                 []bookSheet
	strings, styles, theme string
}

// workbook reads the list of sheets.
func (b *bookReader) workbook() (bookParts, error) {
	main, err := b.mainPart()
	if err != nil {
		return bookParts{}, err
	}
	book, targets, err := b.related(main)
	if err != nil {
		return book, err
	}
	err = b.each(main, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.d1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			s := bookSheet{part: targets[attr(e, "id")]}
			s.grid.name, s.hidden = attr(e, "name"), attr(e, "state") != "" && attr(e, "state") != "visible"
			if len(book.sheets) == maxSheets {
				return b.refuse("has more than %d sheets; copy those of the plan into a new workbook", maxSheets)
			}
			book.sheets = append(book.sheets, s)
		}
		return nil
	})
	if err == nil && len(book.sheets) == 0 {
		err = b.refuse("is a ZIP file without sheets; save the plan as XLSX in Excel")
	}
	return book, err
}

// mainPart finds the workbook, and refuses one that may carry macros.
func (b *bookReader) mainPart() (string, error) {
	main := ""
	err := b.each("[Content_Types].xml", func(_ *xml.Decoder, e xml.StartElement) error {
		kind := strings.ToLower(attr(e, "ContentType"))
		switch {
		case strings.Contains(kind, "macroenabled"):
			return b.refuse("is a workbook with macros, which are never read; save it as XLSX")
		case strings.Contains(kind, "sheet.binary"):
			return b.refuse("is a binary workbook (XLSB); save it as XLSX")
		case strings.HasSuffix(kind, "sheet.main+xml"), strings.HasSuffix(kind, "template.main+xml"):
			main = attr(e, "PartName")
		}
		return nil
	})
	if err == nil && b.parts[partName(main)] == nil {
		main = "xl/workbook.xml"
	}
	return partName(main), err
}

// related reads where the sheets and what they share are kept. What lies
// outside the file is never fetched; that it is wanted is said.
func (b *bookReader) related(main string) (book bookParts, targets map[string]string, err error) {
	targets = map[string]string{}
	dir, file := path.Split(main)
	err = b.each(dir+"_rels/"+file+".rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		to, kind := target(main, attr(e, "Target")), attr(e, "Type")
		switch kind[strings.LastIndex(kind, "/")+1:] {
		case "sharedStrings":
			book.strings = to
		case "styles":
			book.styles = to
		case "theme":
			book.theme = to
		case "worksheet":
			targets[attr(e, "Id")] = to
		}
		return nil
	})
	return book, targets, err
}

// external says whether formulas of the workbook point into other files.
func (b *bookReader) external() bool {
	for name := range b.parts {
		if strings.Contains(name, "externallinks/") {
			return true
		}
	}
	return false
}

// sharedStrings reads the texts that cells point to.
func (b *bookReader) sharedStrings(part string) ([]string, error) {
	var all []string
	err := b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := b.richText(d, "si")
		if err != nil {
			return err
		}
		if all = append(all, text); len(all) > maxShared {
			return b.refuse("holds more than %d texts; divide it", maxShared)
		}
		return nil
	})
	return all, err
}

// richText reads the text of an element up to its end: runs joined, without
// their format and without the readings above Asian letters.
func (b *bookReader) richText(d *xml.Decoder, end string) (string, error) {
	var text strings.Builder
	within, above := false, 0
	for {
		token, err := inside(d)
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			within = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				above++
			}
		case xml.EndElement:
			if t.Name.Local == end {
				return unescapeBook(text.String()), nil
			}
			if within = false; t.Name.Local == "rPh" {
				above--
			}
		case xml.CharData:
			if within && above == 0 {
				text.Write(t)
			}
			if text.Len() > maxCellText {
				return "", engine.Errorf(engine.Invalid, "%s has a cell of more than %d characters; shorten it", b.name, maxCellText)
			}
		}
	}
}

// inside reads the next token of an element: the end of the part there is
// an error, never an end.
func inside(d *xml.Decoder) (xml.Token, error) {
	token, err := d.RawToken()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return token, err
}
