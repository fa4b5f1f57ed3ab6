package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"splneno/engine"
	"splneno/notify/document"
	"splneno/workflows"
)

// evaluateCommand makes the annual evaluation.
type evaluateCommand struct {
	Year     int    `xor:"season" help:"Year; without it the newest season."`
	Season   string `xor:"season" help:"Season by name, for one that is no year: 2008-2013."`
	Plan     string `help:"Plan, where there are several."`
	Out      string `default:"." type:"path" help:"Folder the documents are written to."`
	Approve  bool   `help:"Approve the draft: freeze it, close the season, send it to the steering group." xor:"act,restate"`
	Publish  bool   `help:"Let everybody read the evaluation, once it is approved." xor:"public"`
	Withdraw bool   `help:"Take back what everybody may read." xor:"public,act,restate"`
	Restate  string `placeholder:"REASON" help:"After an approval: make the draft of a corrected one." xor:"restate"`
	Take     string `type:"existingfile" placeholder:"FILE.docx" help:"Take over what somebody rewrote in a Word document of the evaluation." xor:"act"`
	Mine     bool   `help:"With --take: where a paragraph was changed here too, what stands in the file wins."`
	Settle   string `placeholder:"ours|mine" help:"Decide about paragraphs rewritten before that say something new since: the new wording, or the rewritten one." xor:"act"`
	Yes      bool   `help:"With --take: do not ask before writing."`
	Schema   bool   `help:"Print the JSON Schema of evaluation-….json and do nothing else."`
}

// Help gives the example of --help.
func (evaluateCommand) Help() string {
	return `What is a draft is made anew; what is approved stays as it was frozen.

Examples:

  splneno evaluate --year 2023 --out vyhodnoceni
  splneno evaluate --year 2023 --take vyhodnoceni/evaluation-2023.docx
  splneno evaluate --year 2023 --approve --publish --out vyhodnoceni`
}

// Run does it.
func (e evaluateCommand) Run(ctx context.Context, c *command, w *world) error {
	if e.Mine && e.Take == "" {
		return engine.Errorf(usage, "--mine says what wins in a document that is taken over; name it with --take")
	}
	if e.Settle != "" && e.Settle != "ours" && e.Settle != "mine" {
		return engine.Errorf(usage, "%q decides nothing; write --settle ours for the new wording, or --settle mine for the rewritten one", e.Settle)
	}
	if e.Schema {
		_, err := w.out.Write(document.Schema())
		return err
	}
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		period := e.Season
		if e.Year != 0 {
			period = engine.Year(e.Year).ID
		}
		season, err := pickSeason(ctx, o, e.Plan, period)
		if err != nil {
			return err
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		if e.Withdraw {
			if err := o.Withdraw(ctx, season.Plan, season.Period.ID, who); err != nil {
				return err
			}
			_, err := fmt.Fprintf(w.out, "Nobody but the town reads the evaluation of %s any more.\n", season.Period.ID)
			return err
		}
		if e.Take != "" {
			return e.take(ctx, o, season, who, w)
		}
		if e.Settle != "" {
			return e.settle(ctx, o, season, who, w)
		}
		return e.deliver(ctx, o, season, who, w)
	})
}

// deliver makes the evaluation asked for, publishes it where that is wanted, and
// writes its documents.
func (e evaluateCommand) deliver(ctx context.Context, o *workflows.Office, season engine.Season, who engine.Actor, w *world) error {
	ev, err := e.make(ctx, o, season, who)
	if err != nil {
		return err
	}
	if e.Restate != "" && ev.State == engine.EvaluationApproved {
		fmt.Fprintf(w.out, "Nothing changed since number %d was approved; there is nothing to restate.\n", ev.Number)
	}
	if e.Publish {
		if err := o.Publish(ctx, ev.Plan, ev.Period.ID, ev.Number, who); err != nil {
			return err
		}
		fmt.Fprintf(w.out, "Everybody may read number %d: %s\n", ev.Number, o.Links.PublicURL(o.Records.Tenant(), "plan", ev.Plan, ev.Period.ID))
	}
	files, err := writeDocuments(ctx, o, ev, e.Out)
	for _, f := range files {
		fmt.Fprintln(w.out, f)
	}
	if err != nil || ev.State == engine.EvaluationApproved {
		return err
	}
	return tellStanding(ctx, o, season, w)
}

// make gives the evaluation asked for: approved, restated, or as it is.
func (e evaluateCommand) make(ctx context.Context, o *workflows.Office, s engine.Season, who engine.Actor) (engine.Evaluation, error) {
	if e.Approve {
		ev, err := o.Evaluation(ctx, s.Plan, s.Period.ID)
		if err != nil {
			return ev, err
		}
		return o.ApproveEvaluation(ctx, s.Plan, s.Period.ID, ev.Version, who)
	}
	if e.Publish {
		return o.Approved(ctx, s.Plan, s.Period.ID)
	}
	ev, err := o.Evaluation(ctx, s.Plan, s.Period.ID)
	if err == nil && ev.State == engine.EvaluationApproved && e.Restate == "" {
		return ev, nil // what is frozen is what there is
	}
	if err != nil && engine.CodeOf(err) != engine.NotFound {
		return ev, err
	}
	return o.Draft(ctx, s.Plan, s.Period.ID, e.Restate, who)
}

// writeDocuments writes every document of an evaluation into a folder.
func writeDocuments(ctx context.Context, o *workflows.Office, ev engine.Evaluation, dir string) ([]string, error) {
	print, err := o.Print(ctx, ev)
	if err != nil {
		return nil, err
	}
	return writeFiles(o.Documents.Documents(print), dir)
}

// writeFiles writes documents into a folder as they are made, and names them.
func writeFiles(docs iter.Seq2[engine.Attachment, error], dir string) ([]string, error) {
	var files []string
	for d, err := range docs {
		if err != nil {
			return files, err
		}
		file := filepath.Join(dir, d.Name)
		if err := writeFile(file, d.Data); err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

// ready gives documents that are made already, one by one.
func ready(docs []engine.Attachment) iter.Seq2[engine.Attachment, error] {
	return func(yield func(engine.Attachment, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// writeFile writes a file, complete or not at all. A folder that is missing is
// made.
func writeFile(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return engine.Errorf(engine.Invalid, "folder %s cannot be made: %w; choose one you may write to", filepath.Dir(file), err)
	}
	part := file + ".part"
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be written: %w; choose a folder you may write to", file, err)
	}
	if err := os.Rename(part, file); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}
