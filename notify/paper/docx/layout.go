package docx

import (
	"encoding/xml"
	"path"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A layout is a document a clerk made, taken apart.
type layout struct {
	opened
	text   scan
	others map[string]scan // headers, footers and notes, by part
	links  []link          // of the text
	types  contentTypes
	faults []Finding // about the file
}

// contentTypes are the parts of a package by what they are.
type contentTypes struct {
	Defaults  []contentRule `xml:"Default"`
	Overrides []contentRule `xml:"Override"`
}

type contentRule struct {
	Extension string `xml:"Extension,attr"`
	Part      string `xml:"PartName,attr"`
	Kind      string `xml:"ContentType,attr"`
}

// openLayout takes a layout apart. Its error is Invalid.
func openLayout(data []byte) (layout, error) {
	l := layout{others: map[string]scan{}}
	var err error
	if l.opened, err = open(data); err != nil {
		return l, err
	}
	if path.Dir(l.main) != "word" {
		return l, engine.Errorf(engine.Invalid, "the file was saved by a program that builds Word documents in its own way; open it in Word and save it again")
	}
	raw, err := l.read("[Content_Types].xml")
	if err != nil {
		return l, err
	}
	if xml.Unmarshal(raw, &l.types) != nil {
		return l, damaged("[Content_Types].xml")
	}
	if err := l.judge(); err != nil {
		return l, err
	}
	if raw, err = l.read(l.main); err != nil {
		return l, err
	}
	if l.text, err = scanPart(l.main, raw); err != nil {
		return l, err
	}
	return l, l.scanOthers()
}

// scanOthers takes the parts apart that have text of their own.
func (l *layout) scanOthers() error {
	var err error
	if l.links, err = l.linksOf(l.main); err != nil {
		return err
	}
	for _, k := range l.links {
		if !slices.Contains([]string{"header", "footer", "footnotes", "endnotes"}, path.Base(k.Kind)) {
			continue
		}
		name := resolved(l.main, k.Target)
		raw, err := l.read(name)
		if err != nil {
			return err
		}
		if len(raw) == 0 {
			continue
		}
		if l.others[name], err = scanPart(name, raw); err != nil {
			return err
		}
		o := l.others[name]
		l.text.drawing, l.text.mark, l.text.place = max(l.text.drawing, o.drawing), max(l.text.mark, o.mark), max(l.text.place, o.place)
	}
	return nil
}

// judge looks for what must not be in a document that is handed on: programs,
// and anything taken from elsewhere when it is opened.
func (l *layout) judge() error {
	macro := slices.ContainsFunc(l.types.Overrides, func(r contentRule) bool {
		return strings.Contains(r.Kind, "macroEnabled") || strings.Contains(r.Kind, "vbaProject") || strings.Contains(r.Kind, "activeX")
	})
	outside := false
	for _, f := range l.files {
		name := strings.ToLower(f.Name)
		macro = macro || strings.HasSuffix(name, "vbaproject.bin")
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		raw, err := l.read(f.Name)
		if err != nil {
			return err
		}
		links, err := parseRelations(raw)
		if err != nil {
			return err
		}
		for _, k := range links {
			kind := path.Base(k.Kind)
			macro = macro || slices.Contains([]string{"oleObject", "control", "vbaProject", "aFChunk"}, kind)
			outside = outside || strings.EqualFold(k.Outside, "External") && kind != "hyperlink" && kind != "attachedTemplate"
		}
	}
	if macro {
		l.faults = append(l.faults, Finding{Fault: "macro"})
	}
	if outside {
		l.faults = append(l.faults, Finding{Fault: "outside"})
	}
	return nil
}

// templateForm is the template a layout was begun from, as its settings name it: a
// path on somebody's computer.
var templateForm = pattern.New(`<w:attachedTemplate\b[^>]*/>|<w:attachedTemplate\b[^>]*>\s*</w:attachedTemplate>`)
