// Package html writes a paper as one page that needs nothing beside itself: it is
// accessible, works on a phone, and prints well.
//
// It must not know what a document is about. Start reading at [Write], then at
// page.css; [Read] finds again what a page carries.
package html

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"html"
	"io"
	"strings"
	"time"
	"unicode"

	"splneno/notify/paper"
)

//go:embed page.css
var sheet string

// Write writes the paper. What stands before the contents is the head of the
// page, what stands behind them its text.
func Write(w io.Writer, p paper.Paper) error {
	sum := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), 1<<16)
	g := &page{Writer: out, paper: p}
	g.head()
	g.body()
	g.put("</body>\n</html>\n")
	if err := g.Flush(); err != nil {
		return err
	}
	if p.Sign == nil {
		return nil
	}
	_, err := io.WriteString(w, sealOpens+base64.StdEncoding.EncodeToString(p.Sign(message(sum)))+sealCloses)
	return err
}

// message is what the seal of a page is put on: a hash of all that stands before it.
func message(sum hash.Hash) []byte {
	return []byte("page sha256 " + hex.EncodeToString(sum.Sum(nil)))
}

// A page is one as it is written.
type page struct {
	*bufio.Writer // keeps its first error
	paper         paper.Paper
	figures       int
}

func (g *page) put(parts ...string) {
	for _, s := range parts {
		_, _ = g.WriteString(s) // Flush tells
	}
}

// clean escapes a text for any place of a page.
func clean(s string) string { return html.EscapeString(visible(s)) }

// visible drops control characters, which no page may have, and direction marks,
// which could make a sentence read as another.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func (g *page) head() {
	p := g.paper
	g.put("<!DOCTYPE html>\n<html lang=\"", clean(p.Lang), "\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>", clean(p.Title), "</title>\n")
	g.meta("author", p.Author)
	g.meta("description", p.Subject)
	if !p.At.IsZero() {
		g.meta("dcterms.modified", p.At.UTC().Format(time.RFC3339))
	}
	g.put("<style>\n", sheet, "</style>\n")
	if len(p.Data) > 0 {
		g.put(dataOpens, base64.StdEncoding.EncodeToString(p.Deflated()), dataCloses)
	}
	g.put("</head>\n<body>\n")
}

func (g *page) meta(name, content string) {
	if content != "" {
		g.put(`<meta name="`, name, `" content="`, clean(content), "\">\n")
	}
}
