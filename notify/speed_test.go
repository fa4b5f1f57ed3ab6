package notify

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

// TestGoldenBytes holds the bytes of every golden letter, by their hash: what is
// made faster must leave as it left before.
func TestGoldenBytes(t *testing.T) {
	c, all := composer(t), letters()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		m, err := c.Compose(all[name], id)
		if err != nil {
			t.Fatal(name, err)
		}
		fmt.Fprintln(&b, name, m.Hash)
	}
	golden(t, "hashes.txt", b.String())
}

// TestByHandAsByExpression holds what is done to texts by hand against the regular
// expressions that say the same, on texts made of what matters to them.
func TestByHandAsByExpression(t *testing.T) {
	oneLetter := regexp.MustCompile(`(^|[ (\x{201e}\x{a0}])([ksvzouaiKSVZOUAI]) `)
	blank, blankLine := regexp.MustCompile(`\n{3,}`), regexp.MustCompile(`\n[ \t]*\n`)
	pieces := []string{" ", " ", "k", "V", "a", "plan", "(", "\u201e", "\u00a0", "\n", "\n", "\t", "\r", ".", "\u010d", "\x9e", "\xa0"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		s := b.String()
		if got, want := keepTogether(s), oneLetter.ReplaceAllString(s, "$1$2\u00a0"); got != want {
			t.Fatalf("%q is kept together as %q, want %q", s, got, want)
		}
		if got, want := oneBlank(s), blank.ReplaceAllString(s, "\n\n"); got != want {
			t.Fatalf("%q has its blank lines as %q, want %q", s, got, want)
		}
		if got, want := said(paragraphs(s)), said(blankLine.Split(s, -1)); !slices.Equal(got, want) {
			t.Fatalf("%q has the paragraphs %q, want %q", s, got, want)
		}
	}
}

// said gives the paragraphs that say something.
func said(paragraphs []string) (out []string) {
	for _, p := range paragraphs {
		if p = squeeze(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// BenchmarkCompose makes the letters of which a year has most, and the heaviest:
// an evaluation as the towns of the country have it.
func BenchmarkCompose(b *testing.B) {
	heavy := letters()["rollup"]
	heavy.Attachments = slices.Clone(heavy.Attachments)
	heavy.Attachments[0].Data = bytes.Repeat([]byte("Zpráva o plnění"), 4000)
	heavy.Attachments[1].Data = bytes.Repeat([]byte("Zpráva o plnění"), 12000)
	for _, l := range []struct {
		name string
		engine.Letter
	}{{"request", letters()["reply-request-5"]}, {"digest", letters()["digest"]}, {"rollup", heavy}} {
		b.Run(l.name, func(b *testing.B) {
			c := composer(b)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Compose(l.Letter, id); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
