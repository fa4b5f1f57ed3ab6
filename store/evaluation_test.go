package store

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"splneno/engine"
)

// The reads of this room, for the fence between towns.
func init() {
	maps.Copy(reads, map[string]func(*Tenant) (any, error){
		"Filed":           func(tn *Tenant) (any, error) { return tn.Filed(ctx, engine.LayoutFile) },
		"Proofs":          func(tn *Tenant) (any, error) { return tn.Proofs(ctx, "kpss", "2023") },
		"EvaluationHeads": func(tn *Tenant) (any, error) { return tn.EvaluationHeads(ctx) },
		"Results":         func(tn *Tenant) (any, error) { return tn.Results(ctx, "kpss", "2023", 1, "", 0, 100) },
		"ResultsOf":       func(tn *Tenant) (any, error) { return tn.ResultsOf(ctx, "kpss", "2023", 1, []string{"1.1/1"}) },
		"CountFigures":    func(tn *Tenant) (any, error) { return tn.CountFigures(ctx, "kpss", "2023", 1) },
		"RollUps":         func(tn *Tenant) (any, error) { return tn.RollUps(ctx, "kpss", "2023") },
		"EntryPage": func(tn *Tenant) (any, error) {
			return tn.EntryPage(ctx, engine.EntryFilter{Plan: "kpss", Period: "2023"}, 0, 100)
		},
		"EntryIDs": func(tn *Tenant) (any, error) {
			return tn.EntryIDs(ctx, engine.EntryFilter{Plan: "kpss", Period: "2023"}, 0, 100)
		},
		"EntryCounts": func(tn *Tenant) (any, error) {
			return tn.EntryCounts(ctx, engine.EntryFilter{Plan: "kpss", Period: "2023"})
		},
		"CountPending": func(tn *Tenant) (any, error) { return tn.CountPending(ctx, "kpss", "2023") },
		"CountSilent":  func(tn *Tenant) (any, error) { return tn.CountSilent(ctx, "kpss", "2023") },
	})
}

// evaluated is an evaluation with one row of every result, twice.
func evaluated(number int) engine.Evaluation {
	e := engine.Evaluation{Plan: "kpss", Period: engine.Year(2023), Number: number, State: engine.EvaluationDraft, MadeAt: noon}
	m := engine.MeasureResult{Code: "1.1"}
	for i := range 16 {
		r := engine.ActivityResult{ID: fmt.Sprintf("1.1/%d", i+1), Title: fmt.Sprintf("Řádek %d", i+1)}
		switch s := (engine.Totals{}).Shares()[i%8].Name; s {
		case "no_answer":
			r.NoAnswer = true
		case "another_form":
			r.Status, r.Qualifier = engine.Fulfilled, engine.AnotherForm
		case "unknown":
		default:
			r.Status = engine.State(s)
		}
		if i%5 == 0 {
			r.Numbers = []engine.Number{{Name: "klienti", Unit: "osob", Value: float64(i)}}
		}
		m.Activities = append(m.Activities, r)
		m.Totals.Add(r)
	}
	e.Areas = []engine.AreaResult{{Code: "1", Title: "Senioři", Totals: m.Totals, Measures: []engine.MeasureResult{m}}}
	e.Totals = m.Totals
	return e
}

func TestRowsOfAnEvaluation(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("drafted")
		c.Evaluations = []engine.Evaluation{evaluated(1)}
		mustCommit(t, tn, c)
		checkRows(t, tn, evaluated(1))
		renewed := get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023"))[0]
		renewed.Areas[0].Measures[0].Activities = renewed.Areas[0].Measures[0].Activities[:3]
		c.Evaluations = []engine.Evaluation{renewed, evaluated(2)}
		mustCommit(t, tn, c)
		if got := get[[]engine.ActivityResult](t)(tn.Results(ctx, "kpss", "2023", 1, "", 0, 100)); len(got) != 3 {
			t.Errorf("%d rows of the renewed draft", len(got))
		}
		heads := get[[]engine.Evaluation](t)(tn.EvaluationHeads(ctx, "kpss"))
		if len(heads) != 2 || heads[0].Version != 2 || heads[1].Number != 2 || len(heads[0].Rows()) != 0 {
			t.Errorf("heads %+v", heads)
		}
		if none := get[[]engine.Evaluation](t)(tn.EvaluationHeads(ctx, "jiny")); len(none) != 0 {
			t.Error("another plan has heads")
		}
	})
}

func checkRows(t *testing.T, tn *Tenant, e engine.Evaluation) {
	t.Helper()
	for _, s := range e.Totals.Shares() {
		rows := get[[]engine.ActivityResult](t)(tn.Results(ctx, "kpss", "2023", e.Number, s.Name, 0, 100))
		if len(rows) != s.Count {
			t.Errorf("%s: %d rows, want %d", s.Name, len(rows), s.Count)
		}
	}
	rows := get[[]engine.ActivityResult](t)(tn.Results(ctx, "kpss", "2023", e.Number, "", 2, 3))
	if d := cmp.Diff(e.Rows()[2:5], rows, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("a page (-want +got):\n%s", d)
	}
	if n := get[int](t)(tn.CountFigures(ctx, "kpss", "2023", e.Number)); n != 4 {
		t.Errorf("%d rows with figures, want 4", n)
	}
	if got := get[[]engine.ActivityResult](t)(tn.Results(ctx, "kpss", "2023", e.Number, "figures", 0, 100)); len(got) != 4 || got[1].ID != "1.1/6" {
		t.Errorf("figures %+v", got)
	}
	if got := get[[]engine.ActivityResult](t)(tn.ResultsOf(ctx, "kpss", "2023", e.Number, []string{"1.1/9", "1.1/2", "nic"})); len(got) != 2 || got[0].ID != "1.1/2" {
		t.Errorf("by activity %+v", got)
	}
	heads := get[[]engine.Evaluation](t)(tn.EvaluationHeads(ctx))
	if len(heads) != 1 || heads[0].Areas[0].Totals != e.Totals || len(heads[0].Rows()) != 0 {
		t.Errorf("heads %+v", heads)
	}
}

// An evaluation stored before rows were kept apart is found by them, too.
func TestOldEvaluationsGetTheirRows(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := mustOpen(t, dsn)
		before := fstest.MapFS{}
		for _, name := range get[[]string](t)(fs.Glob(embedded, "migrations/*.sql")) {
			if !strings.Contains(name, "0003") {
				before[name] = &fstest.MapFile{Data: get[[]byte](t)(fs.ReadFile(embedded, name))}
			}
		}
		if err := db.migrate(ctx, before); err != nil {
			t.Fatal(err)
		}
		body := get[any](t)(asJSON[engine.Evaluation]{evaluated(1)}.Value())
		for tenant, text := range map[string]any{"klatovy": body, "prazdna": `{"Plan":"kpss","Areas":null}`} {
			if _, err := admin(db).NewRaw("INSERT INTO evaluation (tenant, plan, period, number, body, version) VALUES (?, 'kpss', '2023', 1, ?, 1)", tenant, text).Exec(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		checkRows(t, db.Tenant("klatovy"), evaluated(1))
	})
}

func TestEntryPage(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("furnished")
		for i, title := range []string{"Pečovatelská služba", "Odlehčovací služba", "Katalog 100% služeb_A", "Dílna", "Půjčovna"} {
			id := fmt.Sprintf("1.%d/1", 9+i) // "1.10/1" comes before "1.9/1" as a text, not in the plan
			c.Activities = append(c.Activities, engine.Activity{Plan: "kpss", ID: id, Measure: fmt.Sprintf("1.%d", 9+i), Title: title, Position: i + 1})
			e := oneEntry(id)
			e.State = []engine.State{engine.Partial, engine.Unfulfilled, engine.Fulfilled, engine.Partial, engine.Planned}[i]
			e.NextStep = []engine.NextStep{engine.Close, "", "", "", ""}[i]
			if i < 3 {
				e.ApprovedAt = noon
			}
			e.Onward = engine.Onward{How: engine.CarrySplit, Titles: []string{"jedna", "dvě"}}
			c.Entries = append(c.Entries, e)
		}
		c.Requests = []engine.Request{{Plan: "kpss", Period: "2023", Organisation: "a", Round: 1}, {Plan: "kpss", Period: "2023", Organisation: "b", Round: 1, AnsweredAt: noon},
			{Plan: "kpss", Period: "2023", Organisation: "c"}, {Plan: "kpss", Period: "2024", Organisation: "a", Round: 1}}
		c.Proposals = []engine.Proposal{{EntryKey: c.Entries[0].EntryKey, Organisation: "a", Revision: 1, State: engine.Pending, At: noon},
			{EntryKey: c.Entries[1].EntryKey, Organisation: "a", Revision: 1, State: engine.Approved, At: noon}}
		mustCommit(t, tn, c)
		base := engine.EntryFilter{Plan: "kpss", Period: "2023"}
		with := func(change func(*engine.EntryFilter)) engine.EntryFilter {
			f := base
			change(&f)
			return f
		}
		for want, f := range map[string]engine.EntryFilter{
			"1.9/1 1.10/1 1.11/1 1.12/1 1.13/1": base,
			"1.10/1 1.11/1 1.12/1 1.13/1 1.9/1": with(func(f *engine.EntryFilter) { f.UndecidedFirst = true }),
			"1.10/1 1.12/1": with(func(f *engine.EntryFilter) {
				f.Undecided, f.States = true, []engine.State{engine.Partial, engine.Unfulfilled}
			}),
			"1.10/1":                             with(func(f *engine.EntryFilter) { f.Find = "SLUŽBA odleh" }),
			"1.11/1":                             with(func(f *engine.EntryFilter) { f.Find = "100% sluzeb_a" }),
			"":                                   with(func(f *engine.EntryFilter) { f.Find = "1%0" }),
			"1.12/1":                             with(func(f *engine.EntryFilter) { f.Measure = "1.12" }),
			"1.9/1 1.10/1 1.11/1":                with(func(f *engine.EntryFilter) { f.Official = true }),
			"1.9/1 1.10/1 1.11/1 1.12/1 1.13/1 ": with(func(f *engine.EntryFilter) { f.States = append(engine.States(), engine.StateUnknown) }),
		} {
			rows := get[[]engine.Placed](t)(tn.EntryPage(ctx, f, 0, 100))
			var got []string
			for _, r := range rows {
				if r.Activity.ID != r.Entry.Activity || len(r.Entry.Onward.Titles) != 2 {
					t.Errorf("%s stands beside %s: %+v", r.Activity.ID, r.Entry.Activity, r.Entry.Onward)
				}
				got = append(got, r.Activity.ID)
			}
			if strings.Join(got, " ") != strings.TrimSpace(want) {
				t.Errorf("%+v: %v, want %s", f, got, want)
			}
			if n := engine.Counted(get[[]engine.EntryCount](t)(tn.EntryCounts(ctx, f))); n != len(rows) {
				t.Errorf("%+v: counted %d, listed %d", f, n, len(rows))
			}
		}
		if page := get[[]engine.Placed](t)(tn.EntryPage(ctx, base, 3, 2)); len(page) != 2 || page[0].Activity.ID != "1.12/1" {
			t.Errorf("a page: %+v", page)
		}
		totals := engine.TotalsOf(get[[]engine.EntryCount](t)(tn.EntryCounts(ctx, base)))
		if want := (engine.Totals{All: 5, Fulfilled: 1, Partial: 1, Unfulfilled: 1, NoAnswer: 2}); totals != want {
			t.Errorf("totals %+v, want %+v", totals, want)
		}
		if p, s := get[int](t)(tn.CountPending(ctx, "kpss", "2023")), get[int](t)(tn.CountSilent(ctx, "kpss", "2023")); p != 1 || s != 1 {
			t.Errorf("%d pending, %d silent", p, s)
		}
	})
}

func TestRollUps(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("sent")
		for i, key := range []string{"rollup/k_ss/2023/1/a@example.cz", "rollup/kpss/2023/1/a@example.cz", "rollup/k_ss/2023/2/b@example.cz", "rollup/k_ss/20231/1/a@example.cz"} {
			c.Messages = append(c.Messages, engine.Message{Key: key, Kind: engine.LetterRollUp, State: engine.Queued, MessageID: fmt.Sprint(i, "@x"), CreatedAt: noon, Raw: []byte("x")})
		}
		mustCommit(t, tn, c)
		got := get[[]engine.Message](t)(tn.RollUps(ctx, "k_ss", "2023"))
		if len(got) != 2 || got[0].Key != c.Messages[0].Key || got[0].Raw != nil {
			t.Errorf("roll-ups %+v", got)
		}
	})
}
