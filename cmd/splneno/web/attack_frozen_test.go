package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// A frozen evaluation's documents stay as they are, to the byte, whatever the
// plan and the bodies become.
func TestFrozenDocumentsStay(t *testing.T) {
	h := canaryHouse(t)
	ctx := context.Background()
	made := func() (out []engine.Attachment) {
		e, err := h.office.Evaluation(ctx, "ap2023", "2023")
		h.must(err)
		for _, print := range []func(context.Context, engine.Evaluation) (engine.Print, error){h.office.Print, h.office.PublicPrint} {
			p, err := print(ctx, e)
			h.must(err)
			for _, a := range h.office.Documents.Names(p.Evaluation) {
				if strings.HasSuffix(a.Name, ".jsonld") && !p.Evaluation.Publicized {
					continue
				}
				d, err := h.office.Documents.Document(p, a.Name)
				h.must(err)
				out = append(out, d)
			}
		}
		return out
	}
	before := made()
	p, err := h.office.Records.Plan(ctx, "ap2023")
	h.must(err)
	p.Title, p.Areas[0].Title = "Jinak nazvany plan", "Jina oblast"
	activities, err := h.office.Records.Activities(ctx, "ap2023")
	h.must(err)
	for i := range activities {
		activities[i].Title, activities[i].Deadline = "Jinak", engine.Deadline{}
	}
	bodies, err := h.office.Records.Organisations(ctx)
	h.must(err)
	for i := range bodies {
		bodies[i].Contacts = bodies[i].Contacts[:min(1, len(bodies[i].Contacts))]
	}
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "changed", Subject: "ap2023", Plans: []engine.Plan{p}, Activities: activities, Organisations: bodies}))
	h.wait(30 * 24 * time.Hour)
	after := made()
	if len(before) < 20 || len(after) != len(before) {
		t.Fatalf("%d documents, then %d", len(before), len(after))
	}
	for i := range before {
		if !bytes.Equal(before[i].Data, after[i].Data) {
			t.Errorf("%s became another one", before[i].Name)
		}
	}
}

// Odd ids have addresses that lead back to them, and nobody gets above a town
// with an odd address.
func TestOddPublicAddresses(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	ctx := context.Background()
	odd := []string{"a b", "\u017elu\u0165/1", "x?y#z", "50%", "a%2Fb", "q&\"<'", "1.1//2", "1.1/../2", "1.1/", "a;b,c", "a\\b", "+1"}
	drafted := h.draft()
	for _, id := range odd {
		row := drafted.Areas[0].Measures[0].Activities[0]
		row.ID, row.Title = id, "Udelat "+id
		drafted.Areas[0].Measures[0].Activities = append(drafted.Areas[0].Measures[0].Activities, row)
	}
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "drafted", Subject: "ap2023/2023", Evaluations: []engine.Evaluation{drafted}}))
	e, err := h.office.Evaluation(ctx, "ap2023", "2023")
	h.must(err)
	_, err = h.office.ApproveEvaluation(ctx, "ap2023", "2023", e.Version, who)
	h.must(err)
	h.publishes(1)
	h.client = h.browser()
	for _, id := range odd {
		path := activityHref("klatovy", "ap2023", id)
		if r := h.get(path); r.status != 200 || !strings.Contains(r.body, "Udelat") {
			t.Errorf("%q at %s: %d %s", id, path, r.status, r.head.Get("Location"))
		}
	}
	for _, path := range []string{"/obec/klatovy/../../stul", "/obec/klatovy/plan/ap2023/2023/..%2f..%2fstul", "/obec/klatovy/plan/ap2023/2023/%2e%2e/%2e%2e", "/obec/..%2fdomazlice", "/obec/klatovy%00", "/obec/klatovy/plan/ap2023%0d%0aX-Bad:1/2023",
		"/obec/klatovy/plan/ap2023/2023/evaluation-2023.pdf%0d%0aX-Bad:1", "/obec/KLATOVY", "/obec/klatovy/plan/AP2023"} {
		req := &http.Request{Method: http.MethodGet, URL: &url.URL{Scheme: "http", Host: h.server.Listener.Addr().String(), Opaque: "//" + h.server.Listener.Addr().String() + path}, Header: http.Header{}}
		r := h.do(req)
		if r.status == 200 || r.status >= 500 || r.head.Get("X-Bad") != "" {
			t.Errorf("%s: %d", path, r.status)
		}
	}
}
