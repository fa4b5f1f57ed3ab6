package notify

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"maps"
	"regexp"
	"slices"
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
	engine.LetterEscalation, engine.LetterDigest, engine.LetterRollUp}

// readPhrases reads the templates of a language: shared.txt, a file for every
// kind, and letter.txt and letter.html for the layout.
func readPhrases(dir string) (p phrases, err error) {
	shared, err := template.New("").Funcs(words).Option("missingkey=error").ParseFS(templates, dir+"/shared.txt")
	if err != nil {
		return p, err
	}
	p.kinds = map[engine.LetterKind]*template.Template{}
	for _, k := range kinds {
		if p.kinds[k], err = template.Must(shared.Clone()).ParseFS(templates, dir+"/"+string(k)+".txt"); err != nil {
			return p, err
		}
	}
	if p.text, err = template.New("letter.txt").Funcs(words).ParseFS(templates, dir+"/letter.txt"); err != nil {
		return p, err
	}
	p.html, err = htmltemplate.New("letter.html").ParseFS(templates, dir+"/letter.html")
	return p, err
}

// A page is a letter in words: what the two layouts are filled with.
type page struct {
	Subject, Link, Button, Funding string
	Before, After, Signature       []string
	Sections                       []section
}

// A section is a list under a heading.
type section struct {
	Heading string
	Entries []entry
}

// An entry is a line of a section with the lines under it. Number 0 is a bullet.
type entry struct {
	Number int
	Title  string
	Lines  []string
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
	m.linkWord = s.say("link", l)
	if s.err != nil {
		return m, s.err
	}
	m.subject = plainSpaces(pg.Subject)
	var text, html bytes.Buffer
	if err := p.text.Execute(&text, pg); err != nil {
		return m, err
	}
	if err := p.html.Execute(&html, pg); err != nil {
		return m, err
	}
	m.text, m.html = plainSpaces(blank.ReplaceAllString(text.String(), "\n\n")), html.String()
	return m, nil
}

var blank = regexp.MustCompile(`\n{3,}`)

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

// paragraphs gives the paragraphs of a phrase; an empty line divides them.
func (s *speaker) paragraphs(name string, data any) []string {
	var out []string
	for _, p := range blankLine.Split(s.say(name, data), -1) {
		if p = keepTogether(squeeze(p)); p != "" {
			out = append(out, p)
		}
	}
	return out
}

var blankLine = regexp.MustCompile(`\n[ \t]*\n`)

// squeeze joins the lines of a paragraph; no-break spaces stay.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

func (s *speaker) entry(name string, number int, data any) entry {
	lines := s.lines(name, data)
	if len(lines) == 0 {
		return entry{Number: number}
	}
	return entry{Number: number, Title: lines[0], Lines: lines[1:]}
}

// sections gives the lists of a letter, whichever it has.
func (s *speaker) sections(l engine.Letter) []section {
	var out []section
	add := func(name string, entries []entry) {
		if len(entries) > 0 {
			out = append(out, section{Heading: s.say("heading "+name, l), Entries: entries})
		}
	}
	for _, reason := range []engine.LetterKind{engine.LetterReturned, engine.LetterReminder, engine.LetterRequest, engine.LetterDeadline} {
		var entries []entry
		for _, it := range l.Items {
			if it.Reason == reason {
				entries = append(entries, s.entry("item", it.Number, dated{it, l.Date}))
			}
		}
		add(string(reason), entries)
	}
	for _, onBehalf := range []bool{false, true} {
		var entries []entry
		for _, b := range l.Silent {
			if b.OnBehalf == onBehalf {
				entries = append(entries, s.entry("silent", 0, b))
			}
		}
		add(map[bool]string{false: "silent", true: "on behalf"}[onBehalf], entries)
	}
	add("counts", s.counts(l.Counts))
	if l.Kind == engine.LetterRollUp {
		add("totals", s.totals(l.Totals))
	}
	return out
}

// A dated item is an item on the day it is written about.
type dated struct {
	engine.LetterItem
	Date engine.Date
}

// counts gives a line for everything that waits: known names in the order of
// the day's work, others after them.
func (s *speaker) counts(counts map[string]int) []entry {
	names := []string{"pending", "drafts", "failed", "unsure", "held"}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var out []entry
	for _, name := range names {
		if counts[name] > 0 {
			out = append(out, s.entry("count", 0, map[string]any{"Name": oneLine(name, maxName), "Count": counts[name]}))
		}
	}
	return out
}

func (s *speaker) totals(t engine.Totals) []entry {
	var out []entry
	for _, share := range t.Shares() {
		if share.Count > 0 {
			out = append(out, s.entry("share", 0, share))
		}
	}
	return out
}
