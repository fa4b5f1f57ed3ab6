package notify

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"strings"
	"text/template"

	"splneno/engine"
)

//go:embed templates
var templates embed.FS

// phrases holds the words of one language: what each kind of letter says, and
// the two layouts.
type phrases struct {
	kinds map[engine.LetterKind]*template.Template
	text  *template.Template
	html  *htmltemplate.Template
}

var kinds = []engine.LetterKind{engine.LetterRequest, engine.LetterReminder, engine.LetterDeadline, engine.LetterReturned,
	engine.LetterEscalation, engine.LetterDigest, engine.LetterRollUp, engine.LetterPack, engine.LetterReceipt, engine.LetterWitness}

// readPhrases reads the templates of a language: shared.txt, a file for every
// kind, and letter.txt and letter.html for the layout. They are part of the
// program; one that is wrong panics.
func readPhrases(dir string) phrases {
	shared := template.Must(template.New("").Funcs(words).Option("missingkey=error").ParseFS(templates, dir+"/shared.txt"))
	p := phrases{kinds: map[engine.LetterKind]*template.Template{},
		text: template.Must(template.New("letter.txt").Funcs(words).ParseFS(templates, dir+"/letter.txt")),
		html: htmltemplate.Must(htmltemplate.New("letter.html").ParseFS(templates, dir+"/letter.html"))}
	for _, k := range kinds {
		p.kinds[k] = template.Must(template.Must(shared.Clone()).ParseFS(templates, dir+"/"+string(k)+".txt"))
	}
	return p
}

// A page is a letter in words: what the two layouts are filled with. Marker,
// Mark and Answers are empty where no reply is read.
type page struct {
	Subject, Link, Button, Funding string
	Before, After, Signature       []string
	Sections                       []section
	Marker, Mark                   string // the line to write above; the line that holds the token
	Offer                          string // what stands above Answers
	Answers                        []answer
}

// mail phrases a letter and lays it out.
func (p phrases) mail(l engine.Letter) (m mail, err error) {
	t, ok := p.kinds[l.Kind]
	if !ok {
		return m, fmt.Errorf("there is no template for letters of kind %q", l.Kind)
	}
	s := &speaker{template: t}
	pg := page{Subject: squeeze(s.say("subject", l)), Link: l.Link, Button: s.say("button", l), Funding: l.Funding,
		Before: s.paragraphs("before", l), After: s.paragraphs("after", l), Signature: s.lines("signature", l), Sections: s.sections(l)}
	if err := pg.around(l); err != nil {
		return m, err
	}
	m.subject, m.linkWord, m.tokenWord = plainSpaces(pg.Subject), s.say("link", l), s.say("token", l)
	if byReply(l) {
		pg.Marker, pg.Mark, pg.Offer = s.say("marker", l), s.say("mark", l), squeeze(s.say("offer", l))
		pg.Answers = answers(l, m.subject, pg.Mark)
	}
	if s.err != nil {
		return m, s.err
	}
	var text, html strings.Builder
	text.Grow(4 << 10)
	html.Grow(12 << 10)
	if err := p.text.Execute(&text, pg); err != nil {
		return m, err
	}
	if err := p.html.Execute(&html, pg); err != nil {
		return m, err
	}
	m.text, m.html = plainSpaces(oneBlank(text.String())), html.String()
	return m, nil
}

// oneBlank leaves one empty line where there are several.
func oneBlank(s string) string {
	for strings.Contains(s, "\n\n\n") {
		s = strings.ReplaceAll(s, "\n\n\n", "\n\n")
	}
	return s
}

// plainSpaces undoes the no-break spaces that kept dates together while lines
// were broken: not every mail program shows them as spaces.
func plainSpaces(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// A speaker fills the phrases of one kind, and keeps the first error.
type speaker struct {
	template *template.Template
	err      error
}

func (s *speaker) say(name string, data any) string {
	var b strings.Builder
	if err := s.template.ExecuteTemplate(&b, name, data); err != nil && s.err == nil {
		s.err = err
	}
	return strings.Trim(b.String(), " \n\t")
}

// lines gives the lines of a phrase that hold something.
func (s *speaker) lines(name string, data any) []string {
	var out []string
	for line := range strings.SplitSeq(s.say(name, data), "\n") {
		if line = keepTogether(squeeze(line)); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// paragraphs gives the paragraphs of a phrase.
func (s *speaker) paragraphs(name string, data any) []string {
	var out []string
	for _, p := range paragraphs(s.say(name, data)) {
		if p = keepTogether(squeeze(p)); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// paragraphs takes a text apart where a line is empty or blank.
func paragraphs(text string) (out []string) {
	begin, at := 0, 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if strings.Trim(line, " \t\n") == "" {
			out, begin = append(out, text[begin:at]), at+len(line)
		}
		at += len(line)
	}
	return append(out, text[begin:])
}

// squeeze joins the lines of a paragraph; no-break spaces stay.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}
