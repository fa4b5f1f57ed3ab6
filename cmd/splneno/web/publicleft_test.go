package web

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

var (
	packedLetters = regexp.MustCompile(`[A-Za-z0-9+/]{60,}={0,2}`)
	pieces        = regexp.MustCompile(`</(?:data|text|seal|t)>(?:<[^>]*>)*<(?:data|text|seal|t)[^>]*>`)
)

// deepInside gives everything that lies packed in a text, in letters and compressed.
func deepInside(text string) string {
	var out strings.Builder
	for _, run := range packedLetters.FindAllString(pieces.ReplaceAllString(text, ""), -1) {
		raw, err := base64.StdEncoding.DecodeString(run[:len(run)/4*4])
		if err != nil {
			continue
		}
		out.Write(raw)
		if z, err := gzip.NewReader(bytes.NewReader(raw)); err == nil {
			_, _ = io.Copy(&out, z) //nolint:gosec // made by us a moment ago
		}
		_, _ = io.Copy(&out, flate.NewReader(bytes.NewReader(raw))) //nolint:gosec // the same
	}
	return out.String()
}

// tellsNone looks for canaries in everything public, however deep it is packed.
func (h *house) tellsNone(when string) {
	h.t.Helper()
	deep := 0
	for path, body := range h.everythingPublic() {
		packed := deepInside(body)
		if strings.Contains(packed, "Jezdi v peti obcich") {
			deep++
		}
		for _, canary := range canaries {
			if strings.Contains(body, canary) || strings.Contains(packed, canary) || strings.Contains(packed, strings.Trim(string(sure(json.Marshal(canary))), `"`)) {
				h.t.Errorf("%s: %s tells %q", when, path, canary)
			}
		}
	}
	if deep < 4 {
		h.t.Errorf("%s: only %d files were opened to the bottom", when, deep)
	}
}

func sure[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Who was a contact when the evaluation was approved is not told after leaving,
// nor after an erasure; nor does a restatement forget the name.
func TestWhoHasLeftIsStillNotTold(t *testing.T) {
	h := canaryHouse(t)
	ctx := context.Background()
	h.tellsNone("at first")
	erased, err := h.office.Evaluation(ctx, "ap2023", "2023")
	h.must(err)
	if len(erased.People) == 0 {
		t.Fatal("the evaluation keeps no names")
	}
	bodies, err := h.office.Records.Organisations(ctx, "charita")
	h.must(err)
	body := bodies[0]
	body.Contacts = body.Contacts[:1]
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "contact", Subject: "charita", Organisations: []engine.Organisation{body}}))
	h.wait(2 * time.Hour)
	h.tellsNone("after she left")

	h.must(h.office.Reopen(ctx, engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.1/2"}, "Opraveno.", who))
	h.must(h.office.Report(ctx, engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.1/2"}, engine.Answer{Status: engine.Fulfilled, Done: "Hotovo."}, "", "telefon", who))
	e, err := h.office.Draft(ctx, "ap2023", "2023", "Opraveno.", who)
	h.must(err)
	_, err = h.office.ApproveEvaluation(ctx, "ap2023", "2023", e.Version, who)
	h.must(err)
	h.publishes(2)
	h.tellsNone("restated")
}

// What was taken back is not to be had any more, however it is asked for.
func TestWithdrawnIsGone(t *testing.T) {
	h := publicHouse(t)
	paths := []string{publicHome, publicHome + "/plan/ap2023", publicHome + "/plan/ap2023/aktivita/1.1/1", publicSeason, publicSeason + "/vyhodnoceni.pdf", publicSeason + "/vyhodnoceni.json", publicHome + "/zmeny.atom", publicHome + "/katalog.jsonld"}
	known := map[string]http.Header{}
	for _, path := range paths {
		known[path] = h.get(path).head
	}
	h.publishes(0)
	for _, path := range paths {
		tag, since := known[path].Get("ETag"), known[path].Get("Last-Modified")
		for _, ask := range []http.Header{{"If-None-Match": {tag}}, {"If-None-Match": {"*"}}, {"If-Modified-Since": {since}}, {"Range": {"bytes=0-9"}}, {"If-Range": {tag}, "Range": {"bytes=0-9"}}, {"If-Match": {"other"}}} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				if r := h.send(method, path, ask); r.status != 404 || r.head.Get("ETag") != "" || r.head.Get("Last-Modified") != "" {
					t.Errorf("%s %s %v: %d %v", method, path, ask, r.status, r.head)
				}
			}
		}
	}
}
