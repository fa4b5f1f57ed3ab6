package pdf

import (
	"encoding/xml"
	"strings"
	"time"
)

const producer = "splneno"

// info gives what older programs read of the document. It says the same as the
// metadata.
func (w *writer) info() string {
	s := "<</Title " + said(w.paper.Title) + " /Producer " + literal(producer)
	if w.paper.Author != "" {
		s += " /Author " + said(w.paper.Author)
	}
	if w.paper.Subject != "" {
		s += " /Subject " + said(w.paper.Subject)
	}
	if !w.paper.At.IsZero() {
		s += " /CreationDate " + literal(w.date()) + " /ModDate " + literal(w.date())
	}
	return s + ">>"
}

// extension describes the property that says PDF/UA: PDF/A knows it not.
const extension = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
	`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>` +
	`<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>part of PDF/UA the document conforms to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>` +
	`</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`

// metadata writes what the document says of itself and gives the number of it.
func (w *writer) metadata() int {
	p := w.paper
	var b strings.Builder
	b.WriteString(`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
		`<dc:format>application/pdf</dc:format><dc:title>` + alternative(p.Title) + `</dc:title><dc:language><rdf:Bag><rdf:li>` + escaped(w.lang()) + `</rdf:li></rdf:Bag></dc:language>`)
	if p.Author != "" {
		b.WriteString(`<dc:creator><rdf:Seq><rdf:li>` + escaped(p.Author) + `</rdf:li></rdf:Seq></dc:creator>`)
	}
	if p.Subject != "" {
		b.WriteString(`<dc:description>` + alternative(p.Subject) + `</dc:description>`)
	}
	if !p.At.IsZero() {
		at := p.At.UTC().Format(time.RFC3339)
		b.WriteString(`<xmp:CreateDate>` + at + `</xmp:CreateDate><xmp:ModifyDate>` + at + `</xmp:ModifyDate>`)
	}
	b.WriteString(`<pdf:Producer>` + producer + `</pdf:Producer><pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>` +
		extension + `</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`)
	obj := w.next()
	w.raw(obj, "/Type /Metadata /Subtype /XML", []byte(b.String()))
	return obj
}

func alternative(s string) string {
	return `<rdf:Alt><rdf:li xml:lang="x-default">` + escaped(s) + `</rdf:li></rdf:Alt>`
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(clean(s))) // a builder takes everything
	return b.String()
}
