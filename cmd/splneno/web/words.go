package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed words
var wordFiles embed.FS

// tags are the languages of the pages. Letters and documents are Czech whatever
// the pages are read in: they are the municipality's.
var tags = []string{"cs", "en"}

// A wording is one sentence in one language: plain, or in its plural forms.
type wording struct {
	Plain                 string
	One, Few, Many, Other string
}

// UnmarshalJSON reads a sentence ("cs": "…") or its forms ("cs": {"one": "…"}).
func (w *wording) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &w.Plain)
	}
	type forms wording
	return json.Unmarshal(b, (*forms)(w))
}

// A catalogue holds every sentence of the pages in every language: key, then
// language. It is kept as one folder of files, a page each, in which a
// translator sees the languages side by side.
type catalogue map[string]map[string]wording

func loadCatalogue() catalogue {
	all := catalogue{}
	names, err := fs.Glob(wordFiles, "words/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		body, err := wordFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		file := catalogue{}
		if err := json.Unmarshal(body, &file); err != nil {
			panic(fmt.Errorf("%s: %w", name, err))
		}
		for key, in := range file {
			if _, twice := all[key]; twice {
				panic(fmt.Errorf("%s: %q stands in another file, too", name, key))
			}
			all[key] = in
		}
	}
	return all
}

// bundle gives what has plurals or asks for something in a language to the
// library that knows these; what is said as it stands needs no template.
func (c catalogue) bundle(tag string) *i18n.Bundle {
	b := i18n.NewBundle(language.Czech)
	var messages []*i18n.Message
	for key, in := range c {
		if w := in[tag]; w.Plain == "" {
			messages = append(messages, &i18n.Message{ID: key, One: w.One, Few: w.Few, Many: w.Many, Other: w.Other})
		} else if !w.ready() {
			messages = append(messages, &i18n.Message{ID: key, Other: w.Plain})
		}
	}
	if err := b.AddMessages(language.MustParse(tag), messages...); err != nil {
		panic(fmt.Errorf("the catalogue in %s: %w", tag, err))
	}
	return b
}

// ready reports whether the words ask for nothing.
func (w wording) ready() bool { return w.Plain != "" && !strings.Contains(w.Plain, "{{") }

// plain gives the sentences of a language that ask for nothing, ready to say.
func (c catalogue) plain(tag string) map[string]string {
	out := map[string]string{}
	for key, in := range c {
		if w := in[tag]; w.ready() {
			out[key] = w.Plain
		}
	}
	return out
}
