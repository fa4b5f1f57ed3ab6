package docx

import "strings"

// contents writes a field Word keeps up to date. It is filled already, so that
// whoever opens the document elsewhere has its headings and their links; the
// numbers of pages are known when somebody lays it out, and the dots that lead to
// them come from the style then.
func (s *story) contents() {
	write(s.out, `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	said := len(s.said)
	if s.words.Contents != "" {
		s.begin(look{style: "TOC Heading"})
		write(s.out, `<w:r>`)
		words(s.out, s.words.Contents)
		write(s.out, `</w:r>`)
		s.end("", "")
	}
	open := `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	for _, h := range s.survey.heads {
		if h.level > 2 {
			continue
		}
		s.begin(look{style: []string{"toc 1", "toc 1", "toc 2"}[max(h.level, 0)], bare: true})
		write(s.out, open, `<w:hyperlink w:anchor="`, h.place, `" w:history="1"><w:r>`)
		words(s.out, strings.TrimSpace(plain(h.text)))
		write(s.out, `</w:r><w:r><w:tab/></w:r>`)
		s.field(`PAGEREF `+h.place+` \h`, "")
		write(s.out, `</w:hyperlink></w:p>`)
		open = ""
	}
	s.said = s.said[:said]
	if open != "" {
		write(s.out, `<w:p>`, open, `</w:p>`)
	}
	write(s.out, `<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>`)
}

// field writes a field with the value it has now.
func (s *story) field(instruction, value string) { write(s.out, field(instruction, value)) }

func field(instruction, value string) string {
	if value != "" {
		value = `<w:r><w:t>` + escaped(value) + `</w:t></w:r>`
	}
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + escaped(instruction) + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + value + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}
