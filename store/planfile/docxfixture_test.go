package planfile_test

import (
	"archive/zip"
	"bytes"
	"html"
	"slices"
	"strings"
	"testing"
)

// The smallest writer of Word documents: parts as strings, XML by hand.

const wordXML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

// wordFile makes a DOCX of the body and of further parts.
func wordFile(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{"[Content_Types].xml": contentTypes, "word/document.xml": wordXML + body + "<w:sectPr/></w:body></w:document>"}
	for name, text := range parts {
		all[name] = text
	}
	return zipOf(t, all)
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wp is a paragraph; the lines of its text are broken by <w:br/>.
func wp(text string) string { return wpWith("", "", text) }

// wpWith is a paragraph with properties of its own and of its run.
func wpWith(props, runProps, text string) string {
	lines := strings.Split(html.EscapeString(text), "\n")
	return `<w:p><w:pPr>` + props + `</w:pPr><w:r><w:rPr>` + runProps + `</w:rPr><w:t xml:space="preserve">` +
		strings.Join(lines, `</w:t><w:br/><w:t xml:space="preserve">`) + `</w:t></w:r></w:p>`
}

func shade(colour string) string {
	return `<w:shd w:val="clear" w:color="auto" w:fill="` + colour + `"/>`
}

// tc is a cell; every string is a paragraph of it.
func tc(props string, paras ...string) string {
	var b strings.Builder
	for _, p := range paras {
		b.WriteString(wp(p))
	}
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + b.String() + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

// trOf is a row of plain cells.
func trOf(texts ...string) string {
	var cells []string
	for _, text := range texts {
		cells = append(cells, tc("", strings.Split(text, "|")...))
	}
	return tr(cells...)
}

func tbl(rows ...string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid/>` + strings.Join(rows, "") + `</w:tbl>`
}

const (
	spanAll = `<w:gridSpan w:val="4"/>`
	begins  = `<w:vMerge w:val="restart"/>`
	goesOn  = `<w:vMerge/>`
)
