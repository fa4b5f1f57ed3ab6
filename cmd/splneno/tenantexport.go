package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"

	"splneno/engine"
	"splneno/store"
	"splneno/store/planfile"
	"splneno/workflows"
)

// tenantExportCommand gives a municipality what is its own.
type tenantExportCommand struct {
	ID  string `arg:"" name:"name" help:"Its short name."`
	Out string `required:"" type:"path" placeholder:"DIR" help:"Folder to write, empty or not there yet."`
}

// Help gives the example of --help.
func (tenantExportCommand) Help() string {
	return `The folder holds a copy that splneno restore brings back, and the same for people:
plans, evaluations, the journal, letters and mail. A README in it says what is what.

Example: splneno tenant export klatovy --out klatovy-2026`
}

//go:embed tenantexport.txt
var exportReadme string

// A townExport is one that is under way.
type townExport struct {
	office *workflows.Office
	dir    string
	told   func(string)
}

// Run does it.
func (e tenantExportCommand) Run(ctx context.Context, c *command, w *world) error {
	if there, err := os.ReadDir(e.Out); err == nil && len(there) > 0 {
		return engine.Errorf(usage, "there is something in %s already; name an empty folder", e.Out)
	}
	if !canBeTenant(e.ID) {
		return engine.Errorf(usage, "name the municipality by its short name")
	}
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		told, done := w.following("export")
		defer done()
		x := townExport{in.office(e.ID), e.Out, told}
		m, err := x.office.Records.Municipality(ctx)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(e.Out, 0o700); err != nil {
			return engine.Errorf(engine.Invalid, "folder %s cannot be made: %w; choose one you may write to", e.Out, err)
		}
		made, err := in.db.Backup(ctx, filepath.Join(e.Out, e.ID+".db"), store.Manifest{Version: version, MadeAt: w.now(), Tenant: e.ID}, told)
		if err != nil {
			return err
		}
		for _, step := range []func(context.Context) error{x.plans, x.evaluations, x.journal, x.letters, x.mail, x.accounts} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		var b bytes.Buffer
		err = template.Must(template.New("").Parse(exportReadme)).Execute(&b, map[string]string{
			"Name": m.Name, "Line": strings.Repeat("=", utf8.RuneCountInString(m.Name)+40), "ID": e.ID,
			"Day": w.now().In(in.zone).Format("2. 1. 2006"), "Version": version})
		if err != nil {
			return err
		}
		if err := x.write("README.txt", b.Bytes()); err != nil {
			return err
		}
		done()
		fmt.Fprintf(w.out, "%s: %s, as of %s.\n", e.Out, engine.CountOf(made.Sum.Rows(), "row", "rows"), minuteOf(made.MadeAt))
		return tellJournals(w, made.Sum)
	})
}

// write writes one file of the folder, for its owner alone.
func (x townExport) write(name string, data []byte) error {
	file := filepath.Join(x.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return engine.Errorf(engine.Invalid, "folder %s cannot be made: %w", filepath.Dir(file), err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be written: %w", file, err)
	}
	return nil
}

// stamp gives a time as programs read it, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// fileName gives a name that every system takes.
func fileName(parts ...string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_", r) || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '-'
	}, strings.Join(parts, "-"))
}

func (x townExport) plans(ctx context.Context) error {
	plans, err := x.office.Records.Plans(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		x.told("plan " + p.ID)
		d, err := x.office.Export(ctx, p.ID)
		if err != nil {
			return err
		}
		var yaml, xlsx bytes.Buffer
		if err := errors.Join(planfile.WriteYAML(&yaml, d), planfile.WriteXLSX(&xlsx, d)); err != nil {
			return fmt.Errorf("plan %s: %w", p.ID, err)
		}
		name := filepath.Join("plans", fileName(p.ID))
		if err := errors.Join(x.write(name+".yaml", yaml.Bytes()), x.write(name+".xlsx", xlsx.Bytes())); err != nil {
			return err
		}
	}
	return nil
}

func (x townExport) evaluations(ctx context.Context) error {
	seasons, err := x.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		all, err := x.office.Records.Evaluations(ctx, s.Plan, s.Period.ID)
		if err != nil {
			return err
		}
		for _, ev := range all {
			name := fileName(ev.Plan, ev.Period.ID, fmt.Sprint(ev.Number))
			x.told("evaluation " + name)
			if _, err := writeDocuments(ctx, x.office, ev, filepath.Join(x.dir, "evaluations", name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// lines writes a file of JSON, one thing a line, as they come.
func (x townExport) lines(name string, each func(put func(any) error) error) (err error) {
	f, err := os.OpenFile(filepath.Join(x.dir, name), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be written: %w", name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	return each(enc.Encode)
}

func (x townExport) journal(ctx context.Context) error {
	x.told("journal")
	type line struct {
		Seq     int64             `json:"seq"`
		At      string            `json:"at"`
		Actor   string            `json:"actor"`
		Event   string            `json:"event"`
		Subject string            `json:"subject"`
		Detail  map[string]string `json:"detail"`
		Prev    string            `json:"prev"`
		Hash    string            `json:"hash"`
	}
	return x.lines("journal.jsonl", func(put func(any) error) error {
		return x.office.Records.Journal(ctx, 1, func(l engine.JournalLine) error {
			return put(line{l.Seq, stamp(l.At), l.Actor, l.Event, l.Subject, l.Detail, l.Prev, l.Hash})
		})
	})
}

func (x townExport) letters(ctx context.Context) error {
	x.told("letters")
	type letter struct {
		Key       string `json:"key"`
		Kind      string `json:"kind"`
		To        string `json:"to"`
		From      string `json:"from"`
		Subject   string `json:"subject"`
		Text      string `json:"text"`
		State     string `json:"state"`
		Created   string `json:"created"`
		Sent      string `json:"sent"`
		MessageID string `json:"message_id"`
	}
	return x.lines("letters.jsonl", func(put func(any) error) error {
		const page = 200
		for offset := 0; ; offset += page {
			some, err := x.office.Records.MessagePage(ctx, page, offset)
			if err != nil {
				return err
			}
			for _, m := range some {
				if m, err = x.office.Records.Message(ctx, m.Key); err != nil { // with its text
					return err
				}
				if err := put(letter{m.Key, string(m.Kind), m.To, m.From, m.Subject, m.Text, string(m.State), stamp(m.CreatedAt), stamp(m.SentAt), m.MessageID}); err != nil {
					return err
				}
			}
			if len(some) < page {
				return nil
			}
		}
	})
}

func (x townExport) mail(ctx context.Context) error {
	x.told("mail")
	all, err := x.office.Records.Inbox(ctx, 0)
	if err != nil {
		return err
	}
	for _, in := range all {
		in, err := x.office.Records.Inbound(ctx, in.ID)
		if err != nil {
			return err
		}
		if len(in.Raw) == 0 { // erased since
			continue
		}
		name := in.ReceivedAt.UTC().Format("2006-01-02-") + fileName(in.ID) + ".eml"
		if err := x.write(filepath.Join("mail", name), in.Raw); err != nil {
			return err
		}
	}
	return nil
}

func (x townExport) accounts(ctx context.Context) error {
	all, err := x.office.Records.Accounts(ctx)
	if err != nil {
		return err
	}
	type account struct {
		Name     string   `json:"name"`
		Email    string   `json:"email"`
		Role     string   `json:"role"`
		Areas    []string `json:"areas"`
		From     string   `json:"from"`
		Until    string   `json:"until"`
		Disabled bool     `json:"disabled"`
		Created  string   `json:"created"`
	}
	out := []account{}
	for _, a := range all {
		out = append(out, account{a.Name, a.Email, string(a.Role), append([]string{}, a.Areas...), string(a.From), string(a.Until), a.Disabled, stamp(a.CreatedAt)})
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return x.write("accounts.json", append(text, '\n'))
}
