package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/store/planfile"
	"splneno/workflows"
)

// importCommand reads a plan or an evaluation.
type importCommand struct {
	File   string `arg:"" help:"Word, Excel, CSV, text, YAML or JSON of a plan, an action plan or an evaluation."`
	DryRun bool   `help:"Only show what was understood; write nothing."`
	JSON   bool   `help:"Show it as JSON."`
	Yes    bool   `help:"Do not ask before writing."`

	Columns string `placeholder:"A=code,B=title" help:"What the columns of a sheet or CSV hold, where their headings do not say it."`

	Theirs []string `placeholder:"ID.VALUE" help:"Changed here and in the file: take the file's value, as in 1.1a.title; repeat for each."`
	Ours   []string `placeholder:"ID.VALUE" help:"Changed here and in the file: keep the value here; repeat for each."`
	Drop   []string `placeholder:"ID" help:"No longer in the file: promised no more; repeat for each. Needs --reason."`
	Reason string   `help:"Why it is dropped."`
	Apart  []string `placeholder:"NAME" help:"Not the organisation it would be taken for: one of its own; repeat for each."`
}

// Help gives the example of --help.
func (importCommand) Help() string {
	return `A plan that is here already is merged: what changed only in the file is taken,
what changed only here is kept, and what changed in both is shown and must be
decided.

Example: splneno import akcni-plan-2023.txt --dry-run --json
         splneno import akcni-plan-2023.yaml --theirs 1.1a.title`
}

// Run reads, shows, asks, writes.
func (i importCommand) Run(ctx context.Context, c *command, w *world) error {
	data, err := os.ReadFile(i.File)
	if err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be read: %w", i.File, err)
	}
	if i.DryRun && !databaseThere(c.DB) { // reading needs no database, and makes none
		d, _, err := i.read(w, data, nil, nil)
		if err != nil {
			return err
		}
		if err := i.show(w, d); err != nil || i.JSON {
			return err
		}
		return i.preview(w, d)
	}
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		known, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		m, err := o.Records.Municipality(ctx)
		if err != nil && engine.CodeOf(err) != engine.NotFound {
			return err
		}
		d, used, err := i.read(w, data, known, m.Columns)
		if err != nil {
			return err
		}
		if err := i.show(w, d); err != nil || i.JSON && i.DryRun {
			return err
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		agreed, err := i.merge(ctx, o, w, d, who)
		if err != nil || !agreed {
			return err
		}
		return remember(ctx, o, used, who)
	})
}

// preview shows what the draft makes where nothing is yet.
func (i importCommand) preview(w *world, d engine.PlanDraft) error {
	if len(d.Activities) == 0 {
		fmt.Fprintln(w.out, "It holds no activities; there is nothing to import.")
		return nil
	}
	in := engine.Incoming{Draft: d, Slug: czech.Slug, Expand: czech.ExpandedSlug, Decisions: i.decisions()}
	m, err := engine.Import(in, engine.Actor{Kind: engine.ActorCoordinator}, w.now())
	if err != nil {
		return err
	}
	showMerge(w.out, m)
	return nil
}

func (i importCommand) decisions() engine.Decisions {
	return engine.Decisions{Theirs: i.Theirs, Ours: i.Ours, Drop: i.Drop, Reason: i.Reason, Apart: i.Apart}
}

// merge shows what the draft does to what is here, asks, and writes just that.
// agreed says that it was meant so: no dry run, and no no.
func (i importCommand) merge(ctx context.Context, o *workflows.Office, w *world, d engine.PlanDraft, who engine.Actor) (agreed bool, err error) {
	if i.DryRun && len(d.Activities) == 0 {
		return false, i.preview(w, d)
	}
	done := w.busy("comparing")
	m, err := o.PreviewImport(ctx, d, i.decisions(), who)
	done()
	if err != nil {
		return false, err
	}
	if !i.JSON {
		showMerge(w.out, m)
	}
	if i.DryRun || m.Change.Event != "" && !i.Yes && !consents(w) {
		return false, nil
	}
	done = w.busy("writing")
	err = o.ConfirmImport(ctx, m)
	done()
	if err == nil && m.Change.Event != "" {
		fmt.Fprintf(w.out, "Imported as plan %s.\n", d.Plan.ID)
	}
	return err == nil, err
}

// databaseThere reports whether there is a database to ask for known names.
func databaseThere(dsn string) bool {
	file, isFile := strings.CutPrefix(dsn, "sqlite:")
	if !isFile {
		return strings.HasPrefix(dsn, "postgres")
	}
	_, err := os.Stat(file)
	return err == nil
}

// show prints what was understood.
func (i importCommand) show(w *world, d engine.PlanDraft) error {
	if i.JSON {
		return planfile.WriteJSON(w.out, d)
	}
	parties := 0
	for _, a := range d.Activities {
		parties += len(a.Responsible)
	}
	fmt.Fprintf(w.out, "%s (%s)\n  %s, %s, %s, %s, %s, %s\n",
		d.Plan.Title, d.Plan.Kind, engine.CountOf(len(d.Plan.Areas), "area", "areas"), engine.CountOf(len(d.Plan.Measures), "measure", "measures"), engine.CountOf(len(d.Activities), "activity", "activities"),
		engine.CountOf(parties, "responsible body", "responsible bodies"), engine.CountOf(len(d.Services), "service", "services"), engine.CountOf(len(d.Projects), "project", "projects"))
	if d.Plans != nil || d.Groups != nil || d.Documents != nil || d.Events != nil {
		fmt.Fprintf(w.out, "  also named: %s, %s, %s, %s\n",
			engine.CountOf(len(d.Plans), "plan", "plans"), engine.CountOf(len(d.Groups), "group", "groups"), engine.CountOf(len(d.Documents), "document", "documents"), engine.CountOf(len(d.Events), "event", "events"))
	}
	if n := planfile.CountIndicators(d); n > 0 {
		fmt.Fprintf(w.out, "  %s in the prose proposed as indicators (--json lists them); none is stored\n", engine.CountOf(n, "figure", "figures"))
	}
	for _, x := range d.Warnings {
		fmt.Fprintf(w.out, "  %s%s: %q\n", i.place(x), x.Reason, x.Text)
	}
	return nil
}

// place begins a warning: by its line in a text; in a document or a sheet the
// reason names the place itself.
func (i importCommand) place(x engine.Warning) string {
	switch strings.ToLower(filepath.Ext(i.File)) {
	case ".docx", ".xlsx":
		return ""
	}
	if x.Line == 0 { // about the whole of it
		return ""
	}
	return fmt.Sprintf("line %d: ", x.Line)
}

// consents asks whether to write.
func consents(w *world) bool {
	fmt.Fprint(w.out, "Write it? [y/N] ")
	line, err := bufio.NewReader(w.in).ReadString('\n')
	if answer := strings.ToLower(strings.TrimSpace(line)); err == nil && slices.Contains([]string{"y", "yes", "a", "ano"}, answer) {
		return true
	}
	fmt.Fprintln(w.out, "Nothing was written. Answer y, or call with --yes.")
	return false
}
