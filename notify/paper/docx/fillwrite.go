package docx

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/notify/paper"
)

// write writes the package: every part of the layout as it was, but those that
// changed, and then those put in.
func (x *filling) write(p paper.Paper) error {
	n := strconv.Itoa(x.first)
	said, err := x.said()
	if err != nil {
		return err
	}
	dropped, err := x.oldCarried()
	if err != nil {
		return err
	}
	x.story.links.add(relOffice+"customXml", "../customXml/item"+n+".xml", false)
	x.change(relationsOf(x.main), []byte(relationsPart(rest(x.links, dropped, x.main)+x.story.links.elements())))
	if err := x.properties(p); err != nil {
		return err
	}
	x.pack.types = append(x.pack.types, contentType{"customXml/itemProps" + n + ".xml", typeProps})
	if err := x.pack.put("[Content_Types].xml", x.typesPart(dropped)); err != nil {
		return err
	}
	if err := x.copied(dropped); err != nil {
		return err
	}
	for _, part := range x.parts {
		if err := x.pack.put(part.name, part.text); err != nil {
			return err
		}
	}
	if err := x.pack.carry(p, said, n); err != nil {
		return err
	}
	return x.pack.zip.Close()
}

// copied copies the parts of the layout.
func (x *filling) copied(dropped []string) error {
	for _, f := range x.files {
		raw, changed := x.changed[strings.ToLower(f.Name)]
		switch {
		case strings.HasSuffix(f.Name, "/"), f.Name == "[Content_Types].xml", slices.Contains(dropped, f.Name):
			continue
		case f.Flags&1 != 0:
			return engine.Errorf(engine.Invalid, "the layout is protected by a password; save it without one")
		case changed:
			if err := x.pack.put(f.Name, string(raw)); err != nil {
				return err
			}
		default:
			if err := x.pack.zip.Copy(f); err != nil {
				return damaged(f.Name)
			}
		}
	}
	return nil
}

// oldCarried names the parts of a layout that was a document of ours once: what
// it carries is about another paper.
func (x *filling) oldCarried() (out []string, err error) {
	for _, f := range x.files {
		if !mayCarry(f.Name) {
			continue
		}
		raw, err := x.read(f.Name)
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(raw, []byte(nsOurs)) {
			continue
		}
		out = append(out, f.Name, relationsOf(f.Name))
	}
	return out, nil
}

// rest gives the relations of a part that stay.
func rest(links []link, dropped []string, part string) string {
	var out relations
	for _, k := range links {
		outside := strings.EqualFold(k.Outside, "External")
		if !outside && slices.Contains(dropped, resolved(part, k.Target)) || path.Base(k.Kind) == "attachedTemplate" {
			continue
		}
		out.list = append(out.list, relation{k.ID, k.Kind, k.Target, outside})
	}
	return out.elements()
}

// properties puts in what the document says of itself, and takes out the
// template the layout was begun from.
func (x *filling) properties(p paper.Paper) error {
	for _, k := range x.links {
		if path.Base(k.Kind) != "settings" {
			continue
		}
		name := resolved(x.main, k.Target)
		raw, err := x.read(name)
		if err != nil {
			return err
		}
		if links, err := x.linksOf(name); err != nil {
			return err
		} else if len(links) > 0 {
			x.change(relationsOf(name), []byte(relationsPart(rest(links, nil, name))))
		}
		x.change(name, templateForm.ReplaceAll(raw, nil))
	}
	links, err := x.linksOf("")
	if err != nil {
		return err
	}
	for _, k := range links {
		if k.Kind == relCore {
			x.change(resolved("", k.Target), []byte(core(p)))
			return nil
		}
	}
	root := relations{taken: map[string]bool{}}
	for _, k := range links {
		root.taken[k.ID] = true
	}
	root.add(relCore, "docProps/core.xml", false)
	x.change("_rels/.rels", []byte(relationsPart(rest(links, nil, "")+root.elements())))
	x.parts = append(x.parts, namedPart{"docProps/core.xml", core(p)})
	x.pack.types = append(x.pack.types, contentType{"docProps/core.xml", typeCore})
	return nil
}

// linksOf reads the relations of a part, "" for the package.
func (o opened) linksOf(part string) ([]link, error) {
	raw, err := o.read(relationsOf(part))
	if err != nil {
		return nil, err
	}
	return parseRelations(raw)
}

// typesPart gives the content types. A template becomes a document.
func (x *filling) typesPart(dropped []string) string {
	out := ""
	for _, d := range x.types.Defaults {
		out += `<Default Extension="` + escaped(d.Extension) + `" ContentType="` + escaped(d.Kind) + `"/>`
	}
	var types []contentType
	for _, o := range x.types.Overrides {
		name := strings.TrimPrefix(o.Part, "/")
		if slices.Contains(dropped, name) {
			continue
		}
		if name == x.main {
			o.Kind = typeWord + "document.main+xml"
		}
		types = append(types, contentType{escaped(name), escaped(o.Kind)})
	}
	return xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + out + overrides(append(types, x.pack.types...)) + `</Types>`
}

// said pairs the paragraphs of the filled text with the keys of those we wrote.
func (x *filling) said() ([]Paragraph, error) {
	listed, err := listStyles(x.changed[strings.ToLower(x.sheet.part)])
	if err != nil {
		return nil, err
	}
	now, aside, err := paragraphsOf(x.changed[strings.ToLower(x.main)], listed)
	if err != nil {
		return nil, err
	}
	beside, err := besides(x.main, aside, x.links, listed, func(name string) ([]byte, error) {
		if raw, changed := x.changed[strings.ToLower(name)]; changed {
			return raw, nil
		}
		return x.read(name)
	})
	if err != nil {
		return nil, err
	}
	at := 0
	for _, s := range x.story.said {
		if i := slices.IndexFunc(now[at:], func(p Paragraph) bool { return p.Text == s.Text }); i >= 0 {
			now[at+i].Key, at = s.Key, at+i+1
		}
	}
	return append(now, asParagraphs(beside)...), nil
}
