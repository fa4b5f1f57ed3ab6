package docx

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// besideKey marks among the paragraphs a document was written with those that
// stand beside its text: heads and feet of pages, notes, text boxes.
const besideKey = "docx:beside"

// besides gives what people read that is not the text: what reading the text has
// put aside, and the parts that stand around it. get gives a part by its name.
func besides(main string, aside []string, links []link, listed map[string]bool, get func(string) ([]byte, error)) ([]string, error) {
	out := slices.Clone(aside)
	for _, l := range links {
		kind := path.Base(l.Kind)
		if kind == "aFChunk" || kind == "subDocument" {
			out = append(out, "["+kind+"]")
		}
		if !slices.Contains([]string{"header", "footer", "footnotes", "endnotes"}, kind) {
			continue
		}
		raw, err := get(resolved(main, l.Target))
		if err != nil {
			return nil, err
		}
		r := reading{listed: listed}
		if err := walk(l.Target, raw, r.token); err != nil {
			return nil, err
		}
		for _, p := range r.out {
			out = append(out, p.Text)
		}
		out = append(out, r.aside...)
	}
	return out, nil
}

// asParagraphs gives texts as they are kept with the paragraphs.
func asParagraphs(beside []string) (out []Paragraph) {
	for _, text := range beside {
		out = append(out, Paragraph{Key: besideKey, Text: text})
	}
	return out
}

// apart takes the texts beside away from the paragraphs a document was written
// with.
func apart(written []Paragraph) (text []Paragraph, beside []string) {
	for _, p := range written {
		if p.Key == besideKey {
			beside = append(beside, p.Text)
		} else {
			text = append(text, p)
		}
	}
	return text, beside
}

// strangers gives the texts beside that nobody wrote: neither do they stand in
// the text, as a line of the contents does, nor were they beside it.
func strangers(now, before []string, written []Paragraph) (out []string) {
	known := map[string]bool{}
	for _, p := range written {
		known[bare(p.Text)] = true
	}
	for _, text := range before {
		known[bare(text)] = true
	}
	for _, text := range now {
		if b := bare(text); b != "" && !known[b] {
			out = append(out, text)
		}
	}
	return out
}

// bare gives a text without the numbers around it, which a word processor works
// out: of chapters, of pages.
func bare(text string) string {
	words := strings.Fields(text)
	number := func(w string) bool {
		return !strings.ContainsFunc(w, unicode.IsLetter)
	}
	for len(words) > 0 && number(words[0]) {
		words = words[1:]
	}
	for len(words) > 0 && number(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
