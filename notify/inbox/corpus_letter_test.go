package inbox_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"text/template"
	"unicode/utf8"
)

// The letters are rendered from simple copies of our templates: what comes back
// in replies must be told from an answer whatever the real ones look like next
// year.

// cutMark stands where an answer under item n may be typed.
func cutMark(n int) string { return fmt.Sprintf("\x00%d\x00", n) }

// Of our HTML part a program makes a text in its own way: flat.
type letterTemplates struct{ text, html, flat *template.Template }

// itemMark is a heading of the list in the HTML part, which every program
// writes differently.
func itemMark(n int, title string) string { return fmt.Sprintf("\x01%d\x01%s", n, title) }

var itemMarks = regexp.MustCompile("\x01([0-9]+)\x01(.*)")

func readLetterTemplates(t *testing.T) letterTemplates {
	t.Helper()
	parse := func(name string) *template.Template {
		source, err := os.ReadFile(corpusPath(name))
		if err != nil {
			t.Fatal(err)
		}
		return template.Must(template.New(name).Funcs(template.FuncMap{"wrap": wrapLine, "cut": cutMark, "item": itemMark}).Parse(string(source)))
	}
	return letterTemplates{parse("letter.txt.tmpl"), parse("letter.html.tmpl"), parse("letter.flat.tmpl")}
}

func render(t *testing.T, tmpl *template.Template, l corpusLetter) string {
	t.Helper()
	var b strings.Builder
	if err := tmpl.Execute(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wrapLine breaks a line at 72 columns, as our letters are.
func wrapLine(first, rest, text string) string {
	var b strings.Builder
	column, indent := 0, first
	for i, word := range strings.Fields(text) {
		width := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			b.WriteString(indent)
			column = utf8.RuneCountInString(indent)
			indent = rest
		case column+1+width > 72:
			b.WriteString("\n" + indent)
			column = utf8.RuneCountInString(indent)
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += width
	}
	return b.String()
}
