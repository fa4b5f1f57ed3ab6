package notify

import (
	"bytes"
	"fmt"
	"maps"
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
