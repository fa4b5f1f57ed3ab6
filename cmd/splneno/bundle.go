package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/document"
	"splneno/workflows"
)

// bundleCommand carries evaluations from towns to their region.
type bundleCommand struct {
	Make   bundleMake   `cmd:"" help:"Write the newest approved evaluation as the file the region takes in."`
	Check  bundleCheck  `cmd:"" help:"Check such files without any database: hash, seal, what they are."`
	Import bundleImport `cmd:"" help:"Take such files into the region's records."`
	List   bundleList   `cmd:"" help:"List what was taken in."`
}

// bundleMake writes a bundle.
type bundleMake struct {
	Plan   string `help:"Plan, where there are several."`
	Season string `help:"Season by name; without it the newest."`
	Out    string `default:"." type:"path" help:"Folder, or file (….json), it is written to."`
}

// Help gives the example of --help.
func (bundleMake) Help() string {
	return `The file holds the evaluation as its documents say it, without the answers' own
words, and the seal of the municipality.

Example: splneno bundle make --season 2023 --out kraj/bundle-mesto-klatovy-2023.json`
}

// Run does it.
func (b bundleMake) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		season, err := pickSeason(ctx, o, b.Plan, b.Season)
		if err != nil {
			return err
		}
		bundle, err := o.MakeBundle(ctx, season.Plan, season.Period.ID, who)
		if err != nil {
			return err
		}
		doc, err := in.documents.WriteBundle(bundle)
		if err != nil {
			return err
		}
		file := b.Out
		if filepath.Ext(file) != ".json" {
			file = filepath.Join(file, doc.Name)
		}
		if err := writeFile(file, doc.Data); err != nil {
			return err
		}
		showBundle(w, file, bundle)
		return nil
	})
}

// showBundle prints what a bundle is.
func showBundle(w *world, file string, b engine.Bundle) {
	e := b.Evaluation
	fmt.Fprintf(w.out, "%s\n  town:      %s\n  district:  %s\n  region:    %s\n  plan:      %s\n  period:    %s, number %d, %s\n  approved:  %s by %s\n  hash:      %s\n  key:       %s\n",
		file, b.Name, cmp.Or(b.District, "not given"), cmp.Or(b.Region, "not given"), e.PlanTitle, e.Period.ID, e.Number, engine.CountOf(e.Totals.All, "activity", "activities"),
		dayOf(e.FrozenAt), e.FrozenBy, e.Hash, b.Seal.Fingerprint())
}

// bundleCheck checks files.
type bundleCheck struct {
	Files []string `arg:"" type:"existingfile" help:"The files."`
}

// Help gives the example of --help.
func (bundleCheck) Help() string {
	return "Example: splneno bundle check bundle-mesto-klatovy-2023.json"
}

// Run does it; every file is looked at, whatever is wrong with one.
func (b bundleCheck) Run(_ context.Context, w *world) error {
	documents, err := document.New()
	if err != nil {
		return err
	}
	for _, file := range b.Files {
		bundle, readErr := readBundle(documents, file)
		if readErr == nil {
			showBundle(w, file, bundle)
			readErr = bundle.Check()
		}
		if readErr != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", file, readErr))
			continue
		}
		fmt.Fprintln(w.out, "  It is as it was approved. Compare the key with the one the town gives you.")
	}
	return err
}

func readBundle(documents *document.Maker, file string) (engine.Bundle, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return engine.Bundle{}, engine.Errorf(engine.Invalid, "it cannot be read: %w", err)
	}
	return documents.ReadBundle(data)
}

// bundleImport takes bundles in.
type bundleImport struct {
	Files     []string `arg:"" optional:"" type:"existingfile" help:"Files towns delivered."`
	Town      []string `placeholder:"TENANT" help:"A town of this very installation, by its short name; repeat for each."`
	Season    string   `help:"With --town: the season; without it the newest."`
	Plan      string   `help:"With --town: the plan, where there are several."`
	AcceptKey bool     `help:"The town seals with a new key, and told us so: take it for the town of that name."`
	Another   bool     `help:"It is another town of the same name."`
	Yes       bool     `help:"Do not ask before taking them in."`
}

// Help gives the example of --help.
func (bundleImport) Help() string {
	return `A newer number of an evaluation replaces an older one; an older one is refused.
The first bundle of a town makes its key known; another key for the same name is
refused until you say whose it is (--accept-key, --another). Ask the town by
telephone: the key stands in what bundle check prints.

Example: splneno bundle import --yes bundle-mesto-klatovy-2023.json`
}

// Run does it. What can be taken is taken; the others are named at the end.
func (b bundleImport) Run(ctx context.Context, c *command, w *world) error {
	if len(b.Files)+len(b.Town) == 0 || b.AcceptKey && b.Another {
		return engine.Errorf(usage, "name files, or towns with --town; of --accept-key and --another only one can be true")
	}
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		err = b.all(ctx, c, w, in, o, who)
		if b.Yes || err != nil || !consents(w) {
			return err
		}
		b.Yes = true
		return b.all(ctx, c, w, in, o, who)
	})
}

// all takes in what is named or, before anybody said yes, tells of it.
func (b bundleImport) all(ctx context.Context, c *command, w *world, in *installation, o *workflows.Office, who engine.Actor) (failed error) {
	for _, file := range b.Files {
		bundle, err := readBundle(in.documents, file)
		if err == nil {
			err = b.take(ctx, w, o, bundle, who)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", file, err))
		}
	}
	for _, town := range b.Town {
		if err := b.fetch(ctx, c, w, in, o, town, who); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", town, err))
		}
	}
	return failed
}

// fetch takes the evaluation of a town of this installation. Its own journal
// says that it was handed out.
func (b bundleImport) fetch(ctx context.Context, c *command, w *world, in *installation, o *workflows.Office, town string, who engine.Actor) error {
	if town == c.Tenant {
		return engine.Errorf(engine.NotFound, "this installation has no other town %q", town)
	}
	from, err := in.abroad(ctx, town)
	if err != nil {
		return err
	}
	hold, err := from.Records.Hold(ctx)
	if err != nil {
		return err
	}
	if hold.Stands() {
		return engine.Errorf(engine.Conflict, "it is %s and hands nothing over; the roll-up shows it as a gap", hold.Kind)
	}
	season, err := pickSeason(ctx, from, b.Plan, b.Season)
	if err != nil {
		return err
	}
	if !b.Yes {
		fmt.Fprintf(w.out, "%s: would hand over its evaluation of %s.\n", town, season.Period.ID)
		return nil
	}
	bundle, err := from.MakeBundle(ctx, season.Plan, season.Period.ID, who)
	if err != nil {
		return err
	}
	return b.take(ctx, w, o, bundle, who)
}

func (b bundleImport) take(ctx context.Context, w *world, o *workflows.Office, bundle engine.Bundle, who engine.Actor) error {
	as := engine.Nobody
	switch {
	case b.AcceptKey:
		as = engine.SameTown
	case b.Another:
		as = engine.AnotherTown
	}
	if !b.Yes {
		known, fate, err := o.LookAtBundle(ctx, bundle, as)
		if err == nil {
			fmt.Fprintf(w.out, "%s (%s), %s, number %d: %s, key %s\n", known.Name, known.Town, known.Evaluation.Period.ID, known.Evaluation.Number, fateSays[fate], known.Seal.Fingerprint())
		}
		return err
	}
	fate, err := o.TakeBundle(ctx, bundle, as, who)
	if err == nil {
		fmt.Fprintf(w.out, "%s, %s, number %d: %s\n", bundle.Name, bundle.Evaluation.Period.ID, bundle.Evaluation.Number, fateSays[fate])
	}
	return err
}

var fateSays = map[engine.BundleFate]string{
	engine.BundleNew: "new", engine.BundleNewer: "replaces an older number", engine.BundleChanged: "replaces the same number, which says something else now",
	engine.BundleSame: "is here already", engine.BundleOlder: "is refused: a newer number is here", engine.BundleOtherKey: "is refused: the town is known by another key",
}

// bundleList lists what was taken in.
type bundleList struct{}

// Help gives the example of --help.
func (bundleList) Help() string { return "Example: splneno bundle list --tenant kraj" }

// Run does it.
func (bundleList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		heads, err := o.Records.BundleHeads(ctx)
		if err != nil {
			return err
		}
		if len(heads) == 0 {
			fmt.Fprintln(w.out, "Nothing was taken in yet; see splneno bundle import --help.")
		}
		czech.Sort(heads, func(b engine.Bundle) string { return b.Name })
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		for _, b := range heads {
			e := b.Evaluation
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\tnumber %d\t%s\ttaken %s\tkey %s\n", b.Town, b.Name, cmp.Or(b.District, "no district"), e.Period.ID, e.Number, engine.CountOf(e.Totals.All, "activity", "activities"),
				dayOf(b.TakenAt), b.Seal.Fingerprint())
		}
		return t.Flush()
	})
}
