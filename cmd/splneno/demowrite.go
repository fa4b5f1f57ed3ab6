package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"splneno/cmd/splneno/web"
	"splneno/engine"
)

// write puts everything into the demo's folder: both evaluations, every mail as
// it was received, and the journal.
func (d *demo) write(ctx context.Context) error {
	seasons, err := d.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		e, err := d.office.Evaluation(ctx, s.Plan, s.Period.ID)
		if engine.CodeOf(err) == engine.NotFound { // imported: rolled up from its rows
			e, err = d.office.Evaluate(ctx, s.Plan, s.Period.ID)
			e.Demo = false
		}
		if err != nil {
			return err
		}
		files, err := writeDocuments(d.office, e, d.dir)
		if err != nil {
			return err
		}
		t := e.Totals
		d.say("%s: %d units, %d fulfilled, %d in another form, %d partial, %d unfulfilled, %d in progress, %d planned, %d without an answer → %s",
			s.Period.ID, t.All, t.Fulfilled, t.AnotherForm, t.Partial, t.Unfulfilled, t.InProgress, t.Planned, t.NoAnswer, filepath.Base(files[0]))
	}
	if err := d.writeMails(); err != nil {
		return err
	}
	return d.writeJournal(ctx)
}

// writeMails writes the mailbox as .eml files.
func (d *demo) writeMails() error {
	dir := filepath.Join(d.dir, "mails")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	messages := d.box.Messages()
	for i, m := range messages {
		if err := writeFile(filepath.Join(dir, fmt.Sprintf("%03d.eml", i+1)), m.Raw); err != nil {
			return err
		}
	}
	d.say("%d mails → mails/", len(messages))
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
	d.say("%d journal lines → journal.jsonl", n)
	d.say("Check it: splneno verify --db sqlite:%s", filepath.Join(d.dir, "demo.db"))
	return writeFile(filepath.Join(d.dir, "journal.jsonl"), b.Bytes())
}

// tour prints what there is to see, and where.
func (d *demo) tour(out io.Writer) {
	fmt.Fprintf(out, "\nThe year is over; have a look (Ctrl+C ends the demo):\n  %s/\n", d.url)
	for _, s := range d.pages.Tour {
		fmt.Fprintf(out, "  %s%s\n      %s\n", d.url, s.Href, s.Title)
	}
	fmt.Fprintf(out, "Desk: %s, sign in as %s with the password: %s\nFiles: %s\n", d.signer.DeskURL(), d.script.Municipality.Coordinator.Email, demoPassword, d.dir)
}

// visitor is whose answer page the tour opens.
const visitor = "oblastni-charita-klatovy"

// openNext opens the season of the year after, so that there is an answer page
// to try, and lays out the tour.
func (d *demo) openNext(ctx context.Context) error {
	if err := d.openDesk(ctx); err != nil {
		return err
	}
	if err := d.office.OpenSeason(ctx, d.season.Plan, engine.Year(2024), d.coordinator); err != nil {
		return err
	}
	r, err := d.office.Records.Request(ctx, d.season.Plan, engine.Year(2024).ID, visitor)
	if err != nil {
		return err
	}
	d.pages.Tour = d.stops("/o/" + d.signer.Token(demoTenant, r))
	return nil
}

// stops are the places of the tour.
func (d *demo) stops(answerPage string) []web.TourStop {
	fill := strings.NewReplacer("{answer}", answerPage, "{season}", d.season.Plan+"/"+d.season.Period.ID, "{email}", d.script.Municipality.Coordinator.Email, "{password}", demoPassword)
	var out []web.TourStop
	for _, s := range d.script.Tour {
		out = append(out, web.TourStop{Title: s.Title, Href: fill.Replace(s.Href), Sentence: fill.Replace(s.Sentence)})
	}
	return out
}
