package main

import (
	"context"
	"fmt"
	"html"
	"os"

	"splneno/engine"
	"splneno/engine/pattern"
	"splneno/notify/eml"
	"splneno/store"
	"splneno/workflows"
)

// attest holds what witnesses kept against the journals.
func attest(ctx context.Context, db *store.DB, files []string, w *world) error {
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return engine.Errorf(engine.Invalid, "%s cannot be read: %w", name, err)
		}
		heads := headsIn(data)
		if len(heads) == 0 {
			return engine.Errorf(engine.Invalid, "%s names no state of a journal; give the mail as it was saved, or its text", name)
		}
		for _, h := range heads {
			if err := (&workflows.Office{Records: db.Tenant(h.Tenant)}).Attest(ctx, h); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			fmt.Fprintf(w.out, "%s: the journal of %s still holds line %d of %s\n", name, bare(h.Tenant), h.Seq, dayOf(h.At))
		}
	}
	return nil
}

var htmlTags = pattern.New(`<[^>]*>`)

// headsIn reads a saved mail, or a text.
func headsIn(data []byte) []engine.JournalHead {
	if m, err := eml.Read(data); err == nil {
		if heads := engine.ReadHeads(m.Text); len(heads) > 0 {
			return heads
		}
		if heads := engine.ReadHeads(html.UnescapeString(htmlTags.ReplaceAllString(m.HTML, " "))); len(heads) > 0 {
			return heads
		}
	}
	return engine.ReadHeads(string(data))
}
