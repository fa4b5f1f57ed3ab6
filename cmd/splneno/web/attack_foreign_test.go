package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/workflows"
)

// swaps gives the sample path of a route with each wildcard, and each value of
// its query, taken from somewhere else, one at a time, and the wildcard's name.
func swaps(pattern, sample string, values []string) (out [][2]string) {
	at, query, _ := strings.Cut(sample, "?")
	have := strings.Split(at, "/")
	for i, word := range strings.Split(pattern, "/") {
		name, wild := strings.CutPrefix(word, "{")
		if name = strings.TrimRight(name, ".}"); !wild || name == "$" || name == "token" || name == "tenant" || name == "kind" {
			continue
		}
		for _, v := range values {
			parts := append(slices.Clone(have[:i]), url.PathEscape(v))
			if !strings.HasSuffix(word, "...}") {
				parts = append(parts, have[i+1:]...)
			}
			out = append(out, [2]string{name, strings.Join(parts, "/") + "?" + query})
		}
	}
	fields, _ := url.ParseQuery(query)
	for key := range fields {
		for _, v := range values {
			with := maps.Clone(fields)
			with[key] = []string{v}
			out = append(out, [2]string{"?" + key, at + "?" + with.Encode()})
		}
	}
	return out
}

// foreignIDs are ids of things only the second town has.
func foreignIDs(t *testing.T, h *house, other *workflows.Office) []string {
	t.Helper()
	h.foreignPaths(other)
	inbox, err := other.Records.Inbox(context.Background(), 1)
	h.must(err)
	return []string{"jen-tam", inbox[0].ID, "jen/tam", "cizi", "susice"}
}

// shows reports whether something of the second town stands in an answer.
func shows(r reply) bool {
	return strings.Contains(r.body, foreign) || strings.Contains(r.body, "cizozemsko.example")
}

// Every route, as everybody of the first town, with the ids of things only the
// second one has in every place of its address: nothing of the second stands in
// any answer, what exists there is not found, and nothing changes there.
func TestEveryAddressWithForeignIDs(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	h.busy()
	people := h.settle()
	ids := foreignIDs(t, h, other)
	before, tried := h.dump("susice"), 0
	for _, r := range routes(h) {
		if !r.desk && !strings.HasPrefix(r.pattern, "/logo") || r.pattern == "/stul/odhlaseni" {
			continue
		}
		for _, s := range swaps(r.pattern, r.path, ids) {
			for _, p := range people {
				got := p.visit(h, r.method, s[1])
				tried++
				if got.status >= 500 || shows(got) {
					t.Errorf("%s %s by %s: %d shows the other town: %v", r.method, s[1], p.name, got.status, shows(got))
				}
				named := s[0] == "plan" || s[0] == "id" || s[0] == "period"
				if r.method == http.MethodGet && named && p.name == "koordinatorka" && got.status != 404 {
					t.Errorf("%s by the coordinator: %d, want 404", s[1], got.status)
				}
			}
		}
	}
	if tried < 2000 {
		t.Errorf("only %d were tried", tried)
	}
	if after := h.dump("susice"); after != before {
		t.Errorf("the other town was changed:\n%s", changed(before, after))
	}
}

// Every form of the desk that is in order, with each of its fields naming what
// only the second town has.
func TestEveryFieldWithForeignIDs(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	h.busy()
	ids := foreignIDs(t, h, other)
	cookie := h.session("klatovy", "hana", true)
	before, tried := h.dump("susice"), 0
	forms := h.validForms()
	for _, r := range routes(h) {
		form := forms["POST "+r.pattern]
		if r.method != http.MethodPost || !r.desk || form == nil || r.pattern == "/stul/odhlaseni" {
			continue
		}
		for field := range form {
			if slices.Contains([]string{"action", "verze", "jazyk"}, field) {
				continue
			}
			for _, id := range append(ids, "ap2023/2023/jen-tam/1/1.1/1", "jen-tam/2023/charita/1/1.1/1") {
				with := maps.Clone(form)
				with[field] = []string{id}
				got := h.postAs(cookie, r.path, with)
				tried++
				if got.status >= 500 || shows(got) {
					t.Errorf("POST %s with %s=%s: %d shows the other town: %v", r.path, field, id, got.status, shows(got))
				}
			}
		}
	}
	if tried < 300 {
		t.Errorf("only %d were tried", tried)
	}
	if after := h.dump("susice"); after != before {
		t.Errorf("the other town was changed:\n%s", changed(before, after))
	}
}

// What a town has published is everybody's, and the same for all: also for the
// coordinator of another one.
func TestPublishedPagesOfAnotherTown(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	own := h.office
	h.office = other
	e, err := other.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	_, err = other.ApproveEvaluation(context.Background(), "ap2023", "2023", e.Version, who)
	h.must(err)
	h.publishes(e.Number)
	h.office = own
	for _, path := range []string{"/obec/susice", "/obec/susice/zmeny.atom", "/obec/susice/katalog.jsonld", "/obec/susice/plan/ap2023", "/obec/susice/plan/ap2023/2023"} {
		stranger := person{}.visit(h, "GET", path)
		neighbour := person{cookie: h.session("klatovy", "hana", true)}.visit(h, "GET", path)
		if stranger.status != 200 || !shows(stranger) || strings.Contains(stranger.body, "Klatovy") {
			t.Errorf("%s: %d", path, stranger.status)
		}
		if neighbour.body != stranger.body {
			t.Errorf("%s is another page for a neighbour", path)
		}
	}
	h.must(other.Suspend(context.Background(), "x", engine.Actor{Kind: engine.ActorAdministrator}))
	person{}.visit(h, "GET", "/obec/susice").want(t, 403, h.say("title.suspended"))
}
