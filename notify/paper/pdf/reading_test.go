package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"splneno/notify/paper"
)

// texts gives every text of blocks in reading order.
func texts(blocks []paper.Block) (all []string) {
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Heading:
			all = append(all, b.Text)
		case paper.Para:
			all = append(all, b.Text())
		case paper.List:
			for _, p := range b.Items {
				all = append(all, p.Text())
			}
		case paper.Box:
			all = append(all, texts(b.Blocks)...)
		case paper.Table:
			all = append(all, tableTexts(b)...)
		case paper.Signature:
			all = append(all, b.Label, b.Name)
		}
	}
	return all
}

func tableTexts(t paper.Table) (all []string) {
	if !t.Quiet {
		all = append(all, t.Caption)
	}
	for _, c := range t.Columns {
		all = append(all, c.Title)
	}
	for _, r := range t.Rows {
		for _, c := range r.Cells[:min(len(r.Cells), len(t.Columns))] {
			all = append(all, texts(c)...)
		}
	}
	return all
}

var (
	beginning = regexp.MustCompile(`/MCID (\d+)(?: /ActualText <([0-9A-F]*)>)?`)
	setting   = regexp.MustCompile(`/(F\d) [\d.]+ Tf`)
	showing   = regexp.MustCompile(`<([0-9A-F]*)> Tj`)
	reads     = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]{4})>`)
)

// reading gives what the structure of a document says, in its order: what a
// reader hears who cannot see the pages.
func (t *tree) reading() string {
	return t.says(t.dict(t.dict(t.trailer["Root"])["StructTreeRoot"])["K"].(point))
}

// says gives what an element and those in it say.
func (t *tree) says(at point) string {
	said := t.said
	if len(said) == 0 {
		for _, p := range t.pages {
			t.pieceTexts(p, said)
		}
	}
	var b strings.Builder
	var walk func(at point)
	walk = func(at point) {
		e := t.dict(at)
		for _, k := range t.array(e["K"]) {
			switch k := k.(type) {
			case point:
				walk(k)
			case float64:
				b.WriteString(said[fmt.Sprint(e["Pg"], "/", k)])
			case dict:
				b.WriteString(said[fmt.Sprint(k["Pg"], "/", k["MCID"])])
			}
		}
	}
	walk(at)
	return b.String()
}

// pieceTexts reads what each piece of a page says.
func (t *tree) pieceTexts(page point, said map[string]string) {
	p := t.dict(page)
	letters := map[string]map[string]string{}
	for key, f := range t.dict(t.dict(p["Resources"])["Font"]) {
		letters[key] = map[string]string{}
		for _, m := range reads.FindAllStringSubmatch(string(t.streams[int(t.dict(f)["ToUnicode"].(point))]), -1) {
			letters[key][m[1]] = unhex(t.t, "FEFF"+m[2])
		}
	}
	piece, font, actual := "", "", false
	for line := range bytes.Lines(t.streams[int(p["Contents"].(point))]) {
		s := string(line)
		if m := setting.FindStringSubmatch(s); m != nil {
			font = m[1]
		}
		if m := beginning.FindStringSubmatch(s); m != nil {
			piece, actual = fmt.Sprint(page, "/", m[1]), m[2] != ""
			if actual {
				said[piece] = unhex(t.t, m[2])
			}
		} else if m := showing.FindStringSubmatch(s); m != nil && piece != "" && !actual {
			for g := m[1]; g != ""; g = g[4:] {
				if letters[font][g[:4]] == "" {
					t.t.Errorf("glyph %s of %s says nothing", g[:4], font)
				}
				said[piece] += letters[font][g[:4]]
			}
		} else if s == "EMC\n" {
			piece = ""
		}
	}
}

// squeezed leaves the white space and what has no look out of a text.
func squeezed(s string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u00ad", "", "\t", "", "\n", "").Replace(s)
}

// Everything the paper says is read in its order, whichever page it is on.
func TestEveryWordIsReadInOrder(t *testing.T) {
	for name, p := range variants(t) {
		t.Run(name, func(t *testing.T) {
			got := squeezed(checkRules(t, written(t, p)).reading())
			for _, want := range texts(p.Blocks) {
				_, rest, ok := strings.Cut(got, squeezed(want))
				if !ok {
					t.Fatalf("%q is not read after what stands before it: %.200s", want, got)
				}
				got = rest
			}
		})
	}
}

// Words of lines and of pages stay apart.
func TestWordsAreReadApart(t *testing.T) {
	s := words(t)
	got := checkRules(t, written(t, variants(t)["long cell"])).reading()
	if n := strings.Count(got, s.one("body")); n < 55 {
		t.Errorf("%d paragraphs are read as they were written: %.400s", n, got)
	}
}
