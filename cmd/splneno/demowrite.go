package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"splneno/engine"
)

// write puts everything into the demo's folder: the evaluations with all their
// documents, what the region made of them, every mail as it was received, and
// the journal.
func (d *demo) write(ctx context.Context) error {
	seasons, err := d.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		if s.State == engine.SeasonClosed || s.State == engine.SeasonOpen {
			if err := d.writeEvaluation(ctx, s); err != nil {
				return fmt.Errorf("evaluation of %s: %w", s.Period.ID, err)
			}
		}
	}
	for _, write := range []func(context.Context) error{d.writeRollUp, d.writeLayout, d.writeMails, d.writeJournal} {
		if err := write(ctx); err != nil {
			return err
		}
	}
	d.say("Check the record:    splneno verify --db sqlite:%s", filepath.Join(d.dir, "demo.db"))
	d.say("Check a document:    splneno verify %s", filepath.Join(d.dir, "evaluation-2023.docx"))
	return nil
}

// writeEvaluation writes the set of one season, as it stands where nothing is
// approved yet.
func (d *demo) writeEvaluation(ctx context.Context, s engine.Season) error {
	e, err := d.office.Evaluation(ctx, s.Plan, s.Period.ID)
	if engine.CodeOf(err) == engine.NotFound {
		e, err = d.office.Evaluate(ctx, s.Plan, s.Period.ID)
		e.Demo = s.State == engine.SeasonOpen // what was imported is public, and nothing of it invented
	}
	if err != nil {
		return err
	}
	files, err := writeDocuments(ctx, d.office, e, d.dir)
	if err != nil {
		return err
	}
	t := e.Totals
	d.say("%s: %s, %d fulfilled, %d in another form, %d partial, %d unfulfilled, %d in progress, %d planned, %d without an answer → %s and %d more",
		s.Period.ID, engine.CountOf(t.All, "unit", "units"), t.Fulfilled, t.AnotherForm, t.Partial, t.Unfulfilled, t.InProgress, t.Planned, t.NoAnswer, filepath.Base(files[0]), len(files)-1)
	return d.writePublic(ctx, s, e)
}

// writeMails writes the mailbox as .eml files.
func (d *demo) writeMails(context.Context) error {
	dir := filepath.Join(d.dir, "mails")
	messages := d.box.Messages()
	for i, m := range messages {
		if err := writeFile(filepath.Join(dir, fmt.Sprintf("%03d.eml", i+1)), m.Raw); err != nil {
			return err
		}
	}
	d.say("%s → mails/", engine.CountOf(len(messages), "mail", "mails"))
	return nil
}

// writeJournal writes a JSON object per line of the journal.
func (d *demo) writeJournal(ctx context.Context) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	n := 0
	err := d.office.Records.Journal(ctx, 1, func(l engine.JournalLine) error {
		n++
		return enc.Encode(map[string]any{"seq": l.Seq, "at": l.At, "actor": l.Actor, "event": l.Event,
			"subject": l.Subject, "detail": l.Detail, "prev": l.Prev, "hash": l.Hash})
	})
	if err != nil {
		return err
	}
	d.say("%s → journal.jsonl", engine.CountOf(n, "journal line", "journal lines"))
	return writeFile(filepath.Join(d.dir, "journal.jsonl"), b.Bytes())
}
