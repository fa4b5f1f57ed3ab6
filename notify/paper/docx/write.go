package docx

import (
	"archive/zip"
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"

	"splneno/notify/paper"
)

// The page of our layout, in twentieths of a point: A4 with two centimetres free.
const (
	pageWide, pageTall = 11906, 16838
	margin             = 1134
)

// Write writes the paper in our layout. Its text leaves as it is written.
func Write(w io.Writer, p paper.Paper) error {
	k := &pack{zip: zip.NewWriter(w)}
	s := &story{words: p.Words, lang: p.Lang, styles: styleIDs(), links: &relations{}, width: pageWide - 2*margin, tall: pageTall - 2*margin, bullet: 1, number: 2, placed: map[string]bool{}, flat: !p.Covered()}
	s.survey.look(p.Blocks)
	for _, l := range []relation{{kind: "styles"}, {kind: "settings"}, {kind: "numbering"}, {kind: "header", target: "header1"}, {kind: "footer", target: "footer1"}} {
		target := l.kind
		if l.target != "" {
			target = l.target
		}
		s.links.add(relOffice+l.kind, target+".xml", false)
		k.types = append(k.types, contentType{"word/" + target + ".xml", typeWord + l.kind + "+xml"})
	}
	k.types = append(k.types, contentType{"word/document.xml", typeWord + "document.main+xml"}, contentType{"docProps/core.xml", typeCore})
	parts, err := s.gather(k, 1)
	if err != nil {
		return err
	}
	if err := k.frame(p, s); err != nil {
		return err
	}
	for _, part := range parts {
		if err := k.put(part.name, part.text); err != nil {
			return err
		}
	}
	if err := k.document(p, s); err != nil {
		return err
	}
	s.links.add(relOffice+"customXml", "../customXml/item1.xml", false)
	if err := k.put("word/_rels/document.xml.rels", relationsPart(s.links.elements())); err != nil {
		return err
	}
	around, _, err := paragraphsOf([]byte(`<w:hdr`+wordSpaces+`>`+runningHead(p)+foot(p)+`<w:p><w:r><w:t>`+escaped(p.Words.Contents)+`</w:t></w:r></w:p></w:hdr>`), nil)
	if err != nil {
		return err
	}
	for i := range around {
		around[i].Key = besideKey
	}
	if err := k.carry(p, append(s.said, around...), "1"); err != nil {
		return err
	}
	return k.zip.Close()
}

// A namedPart is a part that is written whole.
type namedPart struct{ name, text string }

// gather makes the parts the text refers to: charts and pictures, numbered from
// first.
func (s *story) gather(k *pack, first int) (out []namedPart, err error) {
	for i, f := range s.survey.figures {
		name := "charts/chart" + strconv.Itoa(first+i) + ".xml"
		out = append(out, namedPart{"word/" + name, drawn(f).part(s.lang)})
		k.types = append(k.types, contentType{"word/" + name, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"})
		s.charts = append(s.charts, s.links.add(relOffice+"chart", name, false))
	}
	for i, img := range s.survey.images {
		p, err := measured(img, s.width)
		if err != nil {
			return nil, err
		}
		name := "media/picture" + strconv.Itoa(first+i) + "." + strings.TrimPrefix(img.Type, "image/")
		out = append(out, namedPart{"word/" + name, string(img.Data)})
		k.types = append(k.types, contentType{"word/" + name, img.Type})
		p.link = s.links.add(relOffice+"image", name, false)
		s.images = append(s.images, p)
	}
	return out, nil
}

// frame writes the parts around the text.
func (k *pack) frame(p paper.Paper, s *story) error {
	types := append(k.types, contentType{"customXml/itemProps1.xml", typeProps})
	kinds, numbers := numbering(1, 1, s.survey.lists)
	for _, part := range []namedPart{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` + overrides(types) + `</Types>`},
		{"_rels/.rels", relationsPart((&relations{list: []relation{{id: "rId1", kind: relOffice + "officeDocument", target: "word/document.xml"}, {id: "rId2", kind: relCore, target: "docProps/core.xml"}}}).elements())},
		{"docProps/core.xml", core(p)},
		{"word/styles.xml", fitted(stylesPart, s.width, p.Lang)},
		{"word/settings.xml", settings(p.Lang)},
		{"word/numbering.xml", xmlHead + `<w:numbering xmlns:w="` + nsMain + `">` + kinds + numbers + `</w:numbering>`},
		{"word/header1.xml", xmlHead + `<w:hdr` + wordSpaces + `>` + runningHead(p) + `</w:hdr>`},
		{"word/footer1.xml", xmlHead + `<w:ftr` + wordSpaces + `>` + foot(p) + `</w:ftr>`},
	} {
		if err := k.put(part.name, part.text); err != nil {
			return err
		}
	}
	return nil
}

// document writes the text.
func (k *pack) document(p paper.Paper, s *story) error {
	part, err := k.part("word/document.xml")
	if err != nil {
		return err
	}
	s.out = bufio.NewWriterSize(part, 1<<16)
	write(s.out, xmlHead, `<w:document`, wordSpaces, `><w:body>`)
	if err := s.blocks(p.Blocks); err != nil {
		return err
	}
	write(s.out, `<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId5"/><w:pgSz w:w="`, strconv.Itoa(pageWide), `" w:h="`, strconv.Itoa(pageTall),
		`"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>`)
	return s.out.Flush()
}

func runningHead(p paper.Paper) string {
	if p.Running == "" {
		return `<w:p/>`
	}
	return `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">` + escaped(p.Running) + `</w:t></w:r></w:p>`
}

// foot gives the line at the foot: what it says, then the number of the page.
func foot(p paper.Paper) string {
	out := `<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">` + escaped(p.Foot) + `</w:t></w:r><w:r><w:tab/></w:r>`
	fields := []string{"PAGE", "NUMPAGES"}
	for i, piece := range strings.SplitN(p.Words.Page, "%d", 3) {
		if i > 0 {
			out += field(fields[i-1], "1")
		}
		if piece != "" {
			out += `<w:r><w:t xml:space="preserve">` + escaped(piece) + `</w:t></w:r>`
		}
	}
	return out + `</w:p>`
}

func settings(lang string) string {
	return xmlHead + `<w:settings xmlns:w="` + nsMain + `"><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="` + escaped(lang) + `"/></w:settings>`
}

// core gives what the document says of itself.
func core(p paper.Paper) string {
	out := xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(p.Title) + `</dc:title><dc:subject>` + escaped(p.Subject) + `</dc:subject><dc:creator>` + escaped(p.Author) + `</dc:creator><dc:language>` + escaped(p.Lang) + `</dc:language>`
	if !p.At.IsZero() {
		at := p.At.UTC().Format(time.RFC3339)
		out += `<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified>`
	}
	return out + `</cp:coreProperties>`
}
