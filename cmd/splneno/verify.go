package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/document"
	"splneno/store"
	"splneno/workflows"
)

// verifyCommand checks the record, or documents that were made of it.
type verifyCommand struct {
	Files    []string `arg:"" optional:"" type:"existingfile" placeholder:"FILE" help:"Documents of an evaluation: docx, pdf, html, xlsx, csv, json. Needs no database. Without files the database is checked."`
	Rows     bool     `help:"Show which approvals stand behind each row; for one file that is so anyway."`
	JSON     bool     `name:"json" help:"Tell it as JSON."`
	Witness  []string `type:"existingfile" placeholder:"FILE" help:"A state of the journal as a witness kept it: the mail, or its text; repeat for each. The journal must still hold it."`
	SealedBy string   `placeholder:"FINGERPRINT" help:"The seal must be of this key, as the municipality publishes its fingerprint."`
}

// Help gives examples of --help.
func (verifyCommand) Help() string {
	return `Of a file it says what it is of, whether its hash and seal fit, and what was changed
by hand. A CSV carries a digest alone: name it together with the JSON it came with.
A PDF and a page are compared to the byte. Of a document of Word or Excel that was
saved again the words and the figures are compared, not how they look: colours and
sizes, formats of numbers, rows that are hidden, drawings and charts.

The seal says that the file was made by whoever holds the key, and was not changed
since. Whose key it is it cannot say: compare the fingerprint with the one the
municipality tells you, or name that with --sealed-by.

Examples:

  splneno verify --db sqlite:out/demo.db
  splneno verify --witness stav-2024-03-01.eml --witness stav-2024-04-02.eml
  splneno verify out/evaluation-2023.docx --sealed-by 3f1c9a2b7d5e8046`
}

// Run does it.
func (v verifyCommand) Run(ctx context.Context, c *command, w *world) error {
	if len(v.Files) > 0 {
		return v.files(w)
	}
	db, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	if err := errors.Join(verifyAll(ctx, db, w), attest(ctx, db, v.Witness, w)); err != nil {
		return errors.Join(err, db.Close())
	}
	return db.Close()
}

// files opens every document named and says what fits.
func (v verifyCommand) files(w *world) error {
	m, err := document.New()
	if err != nil {
		return err
	}
	found, unread := openAll(m, v.Files)
	expected := strings.ToLower(strings.ReplaceAll(v.SealedBy, " ", ""))
	var checks []checked
	bad := 0
	for _, f := range found {
		check := checked{Found: f}
		if fp := fingerprint(f); expected != "" && fp != expected {
			check.Stranger = true
		}
		if len(f.Faults) > 0 || check.Stranger {
			bad++
		}
		checks = append(checks, check)
	}
	if v.JSON {
		err = tellJSON(w, checks)
	} else {
		for _, check := range checks {
			check.tell(w, v.Rows || len(checks) == 1)
		}
	}
	if bad > 0 {
		err = errors.Join(err, engine.Errorf(engine.Conflict, "of %s %s; see above", engine.CountOf(len(checks), "file", "files"), engine.CountOf(bad, "does not fit", "do not fit")))
	}
	return errors.Join(err, unread)
}

// openAll opens files, and holds each CSV against the others. A file that is none
// of ours hides nothing about the others: the error names it.
func openAll(m *document.Maker, names []string) (found []document.Found, failed error) {
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			failed = errors.Join(failed, engine.Errorf(engine.Invalid, "%s cannot be read: %w", name, err))
			continue
		}
		f, err := m.Open(name, data)
		if _, bundle := m.ReadBundle(data); err != nil && bundle == nil {
			err = engine.Errorf(engine.Invalid, "it is what a town delivers to its region; check it with splneno bundle check")
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", name, err))
			continue
		}
		found = append(found, f)
	}
	for i := range found {
		for _, other := range found {
			if found[i].Digest != "" {
				break
			}
			beside, err := m.Beside(found[i], other)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", found[i].Name, err))
				break
			}
			found[i] = beside
		}
	}
	return found, failed
}

func fingerprint(f document.Found) string {
	if f.Seal == nil {
		return ""
	}
	return f.Seal.Fingerprint()
}

// A checked file is one that was opened and compared with what was expected.
type checked struct {
	document.Found
	Stranger bool // not sealed by the key that was named
}

// faultWords say what does not fit.
var faultWords = map[document.Fault]string{
	document.FaultDigest:  "what the file carries was changed after it was made",
	document.FaultHash:    "what the file carries is not what was approved",
	document.FaultSeal:    "the seal does not fit: it was put on something else, or was changed",
	document.FaultNoSeal:  "it says it is approved, and bears no seal: nobody vouches for it",
	document.FaultFile:    "the file was changed after it was made",
	document.FaultChanged: "what people read in it was changed by hand",
	document.FaultAlone:   "a CSV carries no more than the digest of its evaluation; name it together with the JSON or the workbook it came with",
	document.FaultVersion: "the workbook says that another version of this program made it; what people read in it was not compared",
}

func tellJSON(w *world, checks []checked) error {
	type told struct {
		File         string            `json:"file"`
		Kind         string            `json:"kind"`
		Municipality string            `json:"municipality"`
		Plan         string            `json:"plan"`
		Period       string            `json:"period"`
		State        string            `json:"state"`
		Number       int               `json:"number"`
		FrozenAt     string            `json:"frozen_at"`
		FrozenBy     string            `json:"frozen_by"`
		Hash         string            `json:"hash"`
		Digest       string            `json:"digest"`
		Key          string            `json:"key"`
		Faults       []string          `json:"faults"`
		Changes      []document.Change `json:"changes"`
		Fits         bool              `json:"fits"`
	}
	out := []told{}
	for _, c := range checks {
		e := c.Evaluation
		t := told{File: c.Name, Kind: c.Kind, Municipality: e.Municipality, Plan: e.PlanTitle, Period: e.Period.ID, State: c.State(), Number: e.Number,
			FrozenBy: e.FrozenBy, Hash: e.Hash, Digest: c.Digest, Key: fingerprint(c.Found), Faults: []string{}, Changes: append([]document.Change{}, c.Changes...),
			Fits: len(c.Faults) == 0 && !c.Stranger}
		if !e.FrozenAt.IsZero() {
			t.FrozenAt = e.FrozenAt.Format(time.RFC3339)
		}
		for _, f := range c.Faults {
			t.Faults = append(t.Faults, string(f))
		}
		if c.Stranger {
			t.Faults = append(t.Faults, "key")
		}
		out = append(out, t)
	}
	enc := json.NewEncoder(w.out)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// verifyAll checks the record of every municipality of a database.
func verifyAll(ctx context.Context, db *store.DB, w *world) error {
	if err := db.CheckSchema(ctx); err != nil {
		return err
	}
	tenants, err := db.AcrossTenants().Tenants(ctx)
	if err != nil {
		return err
	}
	if len(tenants) == 0 {
		return engine.Errorf(engine.NotFound, "the database holds no municipality yet; there is nothing to verify")
	}
	for _, tenant := range tenants {
		v, err := (&workflows.Office{Records: db.Tenant(tenant)}).Verify(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", tenant, err)
		}
		fmt.Fprintf(w.out, "%s: journal whole (%s, head %.16s…), %s lead, %s unchanged, %s\n",
			tenant, engine.CountOf(v.Lines, "line", "lines"), v.Head, engine.CountOf(v.Entries, "entry where its steps", "entries where their steps"),
			engine.CountOf(v.Evaluations, "frozen evaluation", "frozen evaluations"), engine.CountOf(v.Proofs, "result in them on the line it names", "results in them on the lines they name"))
		if v.Erased > 0 {
			fmt.Fprintf(w.out, "%s: %d names and texts of erased persons gone from the journal, as it tells\n", tenant, v.Erased)
		}
		if v.Bundles > 0 {
			fmt.Fprintf(w.out, "%s: %s\n", tenant, engine.CountOf(v.Bundles, "evaluation of a town as it sealed it", "evaluations of towns as they sealed them"))
		}
	}
	return nil
}
