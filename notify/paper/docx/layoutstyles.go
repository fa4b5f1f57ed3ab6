package docx

import (
	"encoding/xml"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A sheet is the styles of a layout.
type sheet struct {
	part     string
	raw      []byte
	end      int
	byName   map[string]string // ids by name, in lower case
	ids      map[string]bool
	standard map[string]string // id of the style a paragraph or a table has without one
}

// styles reads the styles of a layout by the names Word knows them by, whatever
// their ids are in the language of whoever made it.
func (l layout) styles() (sheet, error) {
	s := sheet{byName: map[string]string{}, ids: map[string]bool{}, standard: map[string]string{}}
	for _, k := range l.links {
		if strings.HasSuffix(k.Kind, "/styles") {
			s.part = resolved(l.main, k.Target)
		}
	}
	raw, err := l.read(s.part)
	if err != nil {
		return s, err
	}
	if len(raw) == 0 {
		return s, engine.Errorf(engine.Invalid, "the layout has no styles; open it in Word and save it again")
	}
	s.raw = raw
	scanned, err := scanPart(s.part, raw)
	if err != nil {
		return s, err
	}
	s.end = scanned.end
	id, kind, inside := "", "", false
	err = walk(s.part, raw, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "style":
				id, kind, inside = attr(t, "styleId"), attr(t, "type"), true
				s.ids[id] = true
				if d := attr(t, "default"); d == "1" || d == "true" {
					s.standard[kind] = id
				}
			case t.Name.Local == "name" && inside:
				s.byName[strings.ToLower(attr(t, "val"))] = id
			}
		case xml.EndElement:
			inside = inside && t.Name.Local != "style"
		}
	})
	return s, err
}

var basedForm = pattern.New(`<w:(basedOn|next) w:val="([^"]*)"/>`)

// complete adds our styles the layout lacks, each under an id nobody has. What
// ours build on is the layout's own.
func (s *sheet) complete(width int, lang string) []byte {
	ours := map[string]string{} // ids here by ids of ours
	add := ""
	for _, o := range ourStyles() {
		if id := s.byName[strings.ToLower(o.name)]; id != "" {
			ours[o.id] = id
			continue
		}
		if standard := s.standard[map[string]string{"Normal": "paragraph", "TableNormal": "table", "DefaultParagraphFont": "character", "NoList": "numbering"}[o.id]]; standard != "" {
			ours[o.id] = standard
			continue
		}
		id := o.id
		for s.ids[id] {
			id += "S"
		}
		ours[o.id], s.byName[strings.ToLower(o.name)], s.ids[id] = id, id, true
		text := strings.Replace(o.text, `w:styleId="`+o.id+`"`, `w:styleId="`+id+`"`, 1)
		add += basedForm.ReplaceAllStringFunc(text, func(m string) string {
			p := basedForm.FindStringSubmatch(m)
			if ours[p[2]] == "" {
				return ""
			}
			return `<w:` + p[1] + ` w:val="` + ours[p[2]] + `"/>`
		})
	}
	return slices.Concat(s.raw[:s.end], []byte(fitted(add, width, lang)), s.raw[s.end:])
}
