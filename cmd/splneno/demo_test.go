package main

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/engine"
)

// A tourist reads what the demo prints, looks around when the tour is laid out,
// and goes.
type tourist struct {
	mu   sync.Mutex
	said bytes.Buffer
	look func(said string)
}

func (v *tourist) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said.Write(p)
	if bytes.Contains(p, []byte("Files: ")) {
		go v.look(v.said.String())
	}
	return len(p), nil
}

// TestDemo lives through both years of the demo: every stop of its tour opens,
// and the desk has something of everything.
func TestDemo(t *testing.T) {
	ctx, leave := context.WithTimeout(t.Context(), 3*time.Minute)
	defer leave()
	dir := t.TempDir()
	v := &tourist{look: func(said string) {
		defer leave()
		visitEveryStop(t, said)
	}}
	if code := run(ctx, world{args: []string{"demo", "--listen", "127.0.0.1:0", "--out", dir}, out: v, err: v, now: time.Now}); code != exitDone {
		t.Fatalf("exit %d:\n%s", code, v.said.String())
	}
	if !strings.Contains(v.said.String(), "password: "+demoPassword) {
		t.Fatalf("the tour was never laid out:\n%s", v.said.String())
	}
	c := command{DB: "sqlite:" + filepath.Join(dir, "demo.db"), Tenant: demoTenant, URL: "http://127.0.0.1:8080"}
	in, err := c.open(context.WithoutCancel(ctx), func() time.Time { return demoToday.In(time.UTC, 15, 0) })
	if err != nil {
		t.Fatal(err)
	}
	defer in.db.Close()
	lookAround(t, in)
	lookIntoFolder(t, dir)
	lookAtTheYear(t, in)
}

// visitEveryStop opens every address the demo printed.
func visitEveryStop(t *testing.T, said string) {
	links := regexp.MustCompile(`http://127\.0\.0\.1:\d+/\S*`).FindAllString(said, -1)
	if len(links) < 22 {
		t.Errorf("the tour has %d stops", len(links))
	}
	for _, link := range links {
		res, err := http.Get(link)
		if err != nil {
			t.Error(err)
			continue
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK { // the desk asks to sign in, which is a page too
			t.Errorf("%s says %s", link, res.Status)
		}
	}
}

// lookAround looks for what the tour promises.
func lookAround(t *testing.T, in *installation) {
	t.Helper()
	ctx, o := context.Background(), in.office(demoTenant)
	queue, err := o.Queue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	clear, risks := 0, map[engine.Risk]bool{}
	for _, item := range queue {
		found := item.Risks
		if len(found) == 0 {
			clear++
		}
		for _, r := range found {
			risks[r] = true
		}
	}
	for _, want := range []engine.Risk{engine.RiskStatus, engine.RiskChannel, engine.RiskWriter, engine.RiskReturned, engine.RiskWorse} {
		if !risks[want] {
			t.Errorf("no answer waits with the risk %q: %v", want, risks)
		}
	}
	if clear < 2 {
		t.Errorf("%d answers carry no risk; the tour approves several together", clear)
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		t.Fatal(err)
	}
	states := map[engine.SeasonState]int{}
	for _, s := range seasons {
		states[s.State]++
		if s.State == engine.SeasonPrepared {
			requests, err := o.Records.Requests(ctx, s.Plan, s.Period.ID)
			moved := slices.ContainsFunc(requests, func(r engine.Request) bool { return slices.Contains(values(r.Moves), "") })
			if err != nil || !moved {
				t.Errorf("no letter of season %s is stopped (%v)", s.Period.ID, err)
			}
		}
	}
	if states[engine.SeasonClosed] != 2 || states[engine.SeasonOpen] != 1 || states[engine.SeasonPrepared] != 1 {
		t.Errorf("the seasons are %v", states)
	}
	h, err := o.Handover(ctx)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]int{}
	for _, b := range h.Bodies {
		if listed[b.Organisation.ID]++; listed[b.Organisation.ID] > 1 || b.Organisation.Ended != "" {
			t.Errorf("the handover lists %s again, or after its end", b.Organisation.ID)
		}
	}
	if v, err := o.Verify(ctx); err != nil || v.Lines == 0 {
		t.Errorf("the journal: %+v, %v", v, err)
	}
}

func values(m map[string]engine.Date) (out []engine.Date) {
	for _, v := range m {
		out = append(out, v)
	}
	return out
}
