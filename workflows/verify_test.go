package workflows

import (
	"context"
	"strings"
	"testing"

	"splneno/engine"
)

// An archive is the part of Records verifying reads.
type archive struct {
	Records
	lines   []engine.JournalLine
	entries []engine.Entry
	frozen  []engine.Evaluation
}

func (a archive) Journal(_ context.Context, _ int64, each func(engine.JournalLine) error) error {
	for _, l := range a.lines {
		if err := each(l); err != nil {
			return err
		}
	}
	return nil
}

func (a archive) Seasons(context.Context) ([]engine.Season, error) {
	return []engine.Season{{Plan: "kpss", Period: engine.Year(2023)}}, nil
}

func (a archive) Entries(context.Context, string, string, ...string) ([]engine.Entry, error) {
	return a.entries, nil
}

func (a archive) Evaluations(context.Context, string, string) ([]engine.Evaluation, error) {
	return a.frozen, nil
}

func (a archive) Bundles(context.Context) ([]engine.Bundle, error) { return nil, nil }

// archived is a journal of two results and the evaluation that rests on them;
// bend changes the evaluation before its hash is made.
func archived(t *testing.T, bend func(rows []engine.ActivityResult)) archive {
	t.Helper()
	var a archive
	prev := ""
	for i, id := range []string{"1.1/1", "1.1/2"} {
		l := engine.JournalLine{Event: "approved", Subject: "kpss/2023/" + id, Detail: map[string]string{"from": "planned", "to": "fulfilled"}}.Seal(int64(i+1), prev)
		prev = l.Hash
		a.lines = append(a.lines, l)
		a.entries = append(a.entries, engine.Entry{EntryKey: engine.EntryKey{Plan: "kpss", Period: "2023", Activity: id}, State: engine.Fulfilled})
	}
	rows := []engine.ActivityResult{{ID: "1.1/1", Proof: engine.Proof{Line: 1, Hash: a.lines[0].Hash}},
		{ID: "1.1/2", Proof: engine.Proof{Line: 2, Hash: a.lines[1].Hash}}, {ID: "1.1/3"}}
	bend(rows)
	e := engine.Evaluation{Plan: "kpss", Period: engine.Year(2023), Number: 1, State: engine.EvaluationApproved,
		Areas: []engine.AreaResult{{Measures: []engine.MeasureResult{{Activities: rows}}}}}
	hash, err := e.Digest()
	if err != nil {
		t.Fatal(err)
	}
	e.Hash = hash
	a.frozen = []engine.Evaluation{e}
	return a
}

func TestVerifyHoldsRowsAgainstTheJournal(t *testing.T) {
	office := Office{Records: archived(t, func([]engine.ActivityResult) {})}
	if v, err := office.Verify(context.Background()); err != nil || v.Proofs != 2 || v.Evaluations != 1 || v.Entries != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	for name, bend := range map[string]func([]engine.ActivityResult){
		"another row's line": func(rows []engine.ActivityResult) { rows[0].Proof = rows[1].Proof },
		"another hash":       func(rows []engine.ActivityResult) { rows[0].Proof.Hash = rows[1].Proof.Hash },
		"no such line":       func(rows []engine.ActivityResult) { rows[0].Proof.Line = 9 },
	} {
		office.Records = archived(t, bend)
		if _, err := office.Verify(context.Background()); engine.CodeOf(err) != engine.Conflict || !strings.Contains(err.Error(), "1.1/1") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
