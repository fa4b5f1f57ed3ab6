package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"splneno/engine"
)

var (
	canonicalLink = regexp.MustCompile(`<link rel="canonical" href="([^"]+)">`)
	headTitle     = regexp.MustCompile(`<title>([^<]+)</title>`)
)

// However a public page is asked for, it names one address, which opens it, the
// feed and the data; no two of them have the same title.
func TestPublicPagesNameTheirAddress(t *testing.T) {
	h := publicHouse(t)
	titles := map[string]string{}
	for path, more := range map[string][]string{
		publicHome:                  {"?strana=1", "?jazyk=en", "?utm=x"},
		publicHome + "/plan/ap2023": {"?strana=1", "?oblast=1", "?zprava=x"},
		publicHome + "/plan/ap2023?oblast=1&opatreni=1.1": {"&strana=1", "&x=y"},
		publicHome + "/plan/ap2023/aktivita/1.1/1":        {"?x=y"},
		publicHome + "/plan/ap2023/aktivita/1.2/1":        {"?strana=1"},
		publicHome + "/plan/ap2023?oblast=1&opatreni=1.2": {"&n=3"},
		publicSeason: {"?zprava=ulozeno"},
	} {
		for _, end := range append(more, "") {
			r := h.get(path + end)
			r.want(t, 200, `<link rel="alternate" type="application/atom+xml" href="`+publicHome+`/zmeny.atom">`)
			if m := canonicalLink.FindStringSubmatch(r.body); m == nil || strings.ReplaceAll(m[1], "&amp;", "&") != h.server.URL+path {
				t.Errorf("%s names %q", path+end, m)
			}
		}
		title := headTitle.FindStringSubmatch(h.get(path).body)[1]
		if titles[title] != "" {
			t.Errorf("%s and %s are both called %q", path, titles[title], title)
		}
		titles[title] = path
	}
	r := h.get(publicHome + "/plan/ap2023/aktivita/1.1%2F1")
	if m := canonicalLink.FindStringSubmatch(r.body); m == nil || m[1] != h.server.URL+publicHome+"/plan/ap2023/aktivita/1.1/1" {
		t.Errorf("another spelling names %q", m)
	}
	h.get(publicHome).want(t, 200, `type="application/ld+json" href="`+publicHome+`/katalog.jsonld"`)
	for _, path := range []string{"/", "/pristupnost", publicHome + "/plan/nikde"} {
		if r := h.get(path); canonicalLink.MatchString(r.body) || !strings.Contains(r.body, `content="noindex"`) {
			t.Errorf("%s is for machines, too", path)
		}
	}
}

// What was withdrawn is gone for those, too, who kept the page, and its feed no
// longer names it; published again it is there as before.
func TestWithdrawnIsNotKept(t *testing.T) {
	h := publicHouse(t)
	paths := []string{publicHome, publicHome + "/plan/ap2023", publicSeason, publicSeason + "/vyhodnoceni.pdf", publicHome + "/zmeny.atom", publicHome + "/katalog.jsonld"}
	tags := map[string]string{}
	for _, path := range paths {
		tags[path] = h.get(path).head.Get("ETag")
	}
	for number, want := range []int{404, 304} {
		h.publishes(number)
		for _, path := range paths {
			r := h.send("GET", path, http.Header{"If-None-Match": {tags[path]}, "If-Modified-Since": {"Tue, 23 Jan 2024 08:00:00 GMT"}})
			if r.status != want {
				t.Errorf("published %d, %s: %d, want %d", number, path, r.status, want)
			}
		}
	}
}

// The first page of an installation leads to what each of its towns has
// published, and to no other town.
func TestTheFirstPageLeadsToTheTowns(t *testing.T) {
	h := publicHouse(t)
	h.get("/").want(t, 200, `href="`+publicHome+`"`)
	h.twin()
	h.get("/").hides(t, "/obec/susice")
	o := h.officeOf("susice")
	s, err := o.Records.Season(t.Context(), "ap2023", "2023")
	h.must(err)
	s.Published, s.PublishedAt = 1, h.now().UTC()
	h.must(o.Records.Commit(t.Context(), engine.Change{At: h.now(), Actor: who, Event: "evaluation_published", Subject: "ap2023/2023", Seasons: []engine.Season{s}}))
	h.get("/").want(t, 200, `href="`+publicHome+`"`, `href="/obec/susice"`, foreign)
}

// The roll-up is offered where evaluations of other towns are rolled up; any
// other town finds it among its settings.
func TestTheRegionIsOfferedWhereItMakesSense(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul/vyhodnoceni").hides(t, `href="/stul/kraj"`)
	h.get("/stul/nastaveni").want(t, 200, `href="/stul/kraj"`)
	h.delivers(h.file(h.delivery("Mesto Tabor", "tabor", 1, 2)), "").want(t, 303)
	h.get("/stul/vyhodnoceni").want(t, 200, `href="/stul/kraj"`)
}
