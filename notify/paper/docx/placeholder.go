package docx

import (
	"bufio"
	"bytes"
	"maps"
	"strings"
	"unicode/utf8"

	"splneno/engine/czech"
	"splneno/engine/pattern"
	"splneno/engine/spell"
)

// A use is a placeholder where it stands in a paragraph.
type use struct {
	name     string // as written
	known    string // the name it is known by, "" for none
	part     bool
	alone    bool // nothing else stands in the paragraph
	from, to int  // in the joined text of the paragraph
}

var placeholderForm = pattern.New(`\{([\pL\pN][\pL\pN ._\x{a0}-]{0,40})\}`)

// names are the placeholders that are known, folded.
type names map[string]use

func namesOf(f Filling) names {
	out := names{}
	for name := range f.Fields {
		out[czech.Fold(name)] = use{known: name}
	}
	for name := range f.Parts {
		out[czech.Fold(name)] = use{known: name, part: true}
	}
	return out
}

// joined gives the text of a paragraph.
func (p scanned) joined() string {
	var b strings.Builder
	for _, t := range p.texts {
		b.WriteString(t.text)
	}
	return b.String()
}

// uses finds the placeholders of a paragraph, however its runs cut them.
func (n names) uses(p scanned) (out []use) {
	text := p.joined()
	for _, m := range placeholderForm.FindAllStringSubmatchIndex(text, -1) {
		u := n[czech.Fold(text[m[2]:m[3]])]
		u.name, u.from, u.to = text[m[2]:m[3]], m[0], m[1]
		u.alone = p.body && strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " ")) == text[m[0]:m[1]]
		out = append(out, u)
	}
	return out
}

// replace gives the splices that put values in the place of uses. The value
// takes the looks of the run its placeholder begins in.
func (p scanned) replace(uses []use, values map[string]string) (out []splice) {
	at := 0
	for _, t := range p.texts {
		text, changed := "", false
		for i, r := range t.text {
			u := covering(uses, at+i)
			if u == nil {
				text += string(r)
				continue
			}
			changed = true
			if at+i == u.from {
				text += values[u.known]
			}
		}
		at += len(t.text)
		if changed && !t.gap {
			out = append(out, splice{t.from, t.to, run(text)})
		}
	}
	return out
}

func covering(uses []use, at int) *use {
	for i := range uses {
		if uses[i].from <= at && at < uses[i].to {
			return &uses[i]
		}
	}
	return nil
}

// run gives the inside of a run that says a text.
func run(text string) string {
	var b bytes.Buffer
	out := bufio.NewWriter(&b)
	words(out, text)
	_ = out.Flush() // a buffer does not fail
	return b.String()
}

// nearest gives the known name an unknown one may mean, "" for none.
func (n names) nearest(name string) string {
	folded := czech.Fold(name)
	best, edits := spell.Nearest(folded, maps.Keys(n))
	if edits > max(1, utf8.RuneCountInString(folded)/3) {
		return ""
	}
	return n[best].known
}
