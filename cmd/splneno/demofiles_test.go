package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// lookIntoFolder looks for what the demo leaves behind, and verifies it as its
// last lines recommend.
func lookIntoFolder(t *testing.T, dir string) {
	t.Helper()
	ends := []string{".docx", ".pdf", ".html", ".xlsx", ".csv", ".json", "-short.docx", "-short.pdf", "-short.html", "-council.docx", "-council.pdf", "-excel.csv"}
	for _, of := range []string{"evaluation-2008-2013", "evaluation-2023", "evaluation-2024"} {
		var set []string
		for _, end := range ends {
			set = append(set, filepath.Join(dir, of+end))
		}
		verified(t, set...)
	}
	verified(t, filepath.Join(dir, "evaluation-2023.docx"))
	open, err := filepath.Glob(filepath.Join(dir, "public", "evaluation-2023*"))
	if err != nil || len(open) != 11 {
		t.Errorf("everybody may read %v (%v)", open, err)
	}
	for _, file := range open {
		data, err := os.ReadFile(file)
		if err != nil || strings.Contains(file, "council") || bytes.Contains(data, []byte("@klatovy.example")) {
			t.Errorf("%s is not for everybody (%v)", file, err)
		}
		if !strings.HasSuffix(file, ".jsonld") { // a record of the data, which carries none of it
			verified(t, file, filepath.Join(dir, "public", "evaluation-2023.json"))
		}
	}
	for _, name := range []string{"layout.docx", "bundle-mesto-klatovy-2023.json", "bundle-mesto-vzorov-2023.json", "region/rollup-2023.docx", "region/rollup-2023.xlsx", "journal.jsonl"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "evaluation-2024.json"))
	var second struct{ Years []struct{ Period string } }
	if err != nil || json.Unmarshal(data, &second) != nil || len(second.Years) != 2 || second.Years[0].Period != "2023" {
		t.Errorf("the second year is set beside %v (%v)", second.Years, err)
	}
}

func verified(t *testing.T, files ...string) {
	t.Helper()
	var said bytes.Buffer
	if code := run(context.Background(), world{args: append([]string{"verify"}, files...), out: &said, err: &said, now: time.Now}); code != exitDone {
		t.Errorf("verify says %d:\n%s", code, said.String())
	}
}

// lookAtTheYear looks for what the coordinator did with the first evaluation.
func lookAtTheYear(t *testing.T, in *installation) {
	t.Helper()
	ctx, o := context.Background(), in.office(demoTenant)
	const plan, period = "klatovsko-2023", "2023"
	e, err := o.Evaluation(ctx, plan, period)
	if err != nil || len(e.Edits) != 1 || e.State != engine.EvaluationApproved {
		t.Errorf("%d sentences were rewritten in Word (%v)", len(e.Edits), err)
	}
	if s, err := o.Records.Season(ctx, plan, period); err != nil || s.Published != e.Number {
		t.Errorf("everybody may read number %d (%v)", s.Published, err)
	}
	meetings, err := o.Records.Meetings(ctx, plan, period)
	if err != nil || len(meetings) != 1 || meetings[0].Sending != 1 {
		t.Fatalf("the meetings are %+v (%v)", meetings, err)
	}
	resolved, err := o.Records.Resolutions(ctx, plan, period)
	if err != nil || len(resolved) != 1 || resolved[0].Meeting != meetings[0].ID {
		t.Errorf("the resolutions are %+v (%v)", resolved, err)
	}
	up, err := in.office("kraj").RollUp(ctx, period)
	if err != nil || len(up.Towns) != 2 || len(up.Gaps.Areas) == 0 || len(up.Gaps.EmptyDistricts) != 1 || len(up.Gaps.EmptyAreas) != 1 {
		t.Errorf("the region reads %d towns with the gaps %+v (%v)", len(up.Towns), up.Gaps, err)
	}
}
