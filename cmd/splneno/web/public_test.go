package web

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"splneno/engine"
)

const publicHome, publicSeason = "/obec/klatovy", "/obec/klatovy/plan/ap2023/2023"

// emptyPublic are the routes with nothing at them where nothing is published,
// and where the town has neither an evaluation nor a layout of its own.
var emptyPublic = []string{"/obec/{tenant}", "/obec/{tenant}/zmeny.atom", "/obec/{tenant}/katalog.jsonld", "/obec/{tenant}/plan/{plan}", "/obec/{tenant}/plan/{plan}/{place...}",
	"/stul/nastaveni/sablona/{name}", "/stul/vyhodnoceni/{plan}/{period}/upravy"}

// publishes makes the approved evaluation of 2023 one for everybody.
func (h *house) publishes(number int) {
	h.t.Helper()
	ctx := context.Background()
	s, err := h.office.Records.Season(ctx, "ap2023", "2023")
	h.must(err)
	s.Published, s.PublishedAt = number, h.now().UTC()
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "evaluation_published", Subject: "ap2023/2023", Seasons: []engine.Season{s}}))
}

// publicHouse has an evaluation everybody may read, and a browser nobody has
// signed in with.
func publicHouse(t testing.TB) *house {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	h.publishes(1)
	h.client = h.browser()
	return h
}

func TestWhatEverybodyMayRead(t *testing.T) {
	h := publicHouse(t)
	h.get(publicHome).want(t, 200, "Město Klatovy: plány sociálních služeb", "Akční plán sociálních služeb na rok 2023", publicSeason, "zmeny.atom", "katalog.jsonld")
	h.get(publicHome+"/plan/ap2023").want(t, 200, "1 Senioři", "1.1 Podpora terénních", "/obec/klatovy/plan/ap2023?oblast=1&amp;opatreni=1.1")
	h.get(publicHome+"/plan/ap2023?oblast=1&opatreni=1.1").want(t, 200, "Služba jezdí v šesti obcích.", "/obec/klatovy/plan/ap2023/aktivita/1.1/1")
	h.get(publicHome+"/plan/ap2023/aktivita/1.1/1").want(t, 200, "Rozšířit pečovatelskou službu", "Služba jezdí v šesti obcích.", "Chybí víkendy.")
	h.get(publicHome+"/plan/ap2023/aktivita/1.1%2F1").want(t, 200, "Rozšířit pečovatelskou službu")
	h.get(publicSeason).want(t, 200, "splneno verify", publicSeason+"/vyhodnoceni.pdf", "Webová stránka")
	r := h.get(publicSeason + "/vyhodnoceni.html")
	r.want(t, 200, "Vyhodnocení 2023")
	if r.head.Get("Content-Security-Policy") != paperPolicy {
		t.Errorf("a document is shown under %s", r.head.Get("Content-Security-Policy"))
	}
	h.get("/schema/evaluation.json").want(t, 200, "$schema")
	h.get("/").want(t, 200, `href="/obec/klatovy"`)
	h.get("/prehled/"+h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0)).want(t, 200, publicSeason)
	h.get("/robots.txt").want(t, 200, "Allow: /obec/")
}

// switching is the way to the same page in the other language.
var switching = regexp.MustCompile(` action="[^"]*"`)

// What is not there and what is not for everybody look the same.
func TestUnpublishedLooksLikeNothing(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	signed := h.client
	h.client = h.browser()
	same := func(paths ...string) {
		t.Helper()
		first := h.get(paths[0])
		first.want(t, 404)
		for _, path := range paths[1:] {
			r := h.get(path)
			if r.status != 404 || switching.ReplaceAllString(r.body, "") != switching.ReplaceAllString(first.body, "") {
				t.Errorf("%s: %d, unlike %s", path, r.status, paths[0])
			}
		}
	}
	same("/obec/nikde", publicHome, publicHome+"/plan/ap2023", publicHome+"/plan/jiny", publicSeason, publicSeason+"/vyhodnoceni.pdf", publicHome+"/zmeny.atom", publicHome+"/katalog.jsonld", publicHome+"/plan/ap2023/aktivita/1.1/1")
	h.publishes(1)
	same("/obec/nikde", publicHome+"/plan/jiny", publicHome+"/plan/ap2023/1999", publicSeason+"/nic.pdf", publicSeason+"/vyhodnoceni.pdf?cislo=2", publicHome+"/plan/ap2023/aktivita/9.9/9", publicHome+"/plan/ap2023?oblast=9&opatreni=9", publicHome+"/plan/ap2023/")
	h.get(publicSeason).want(t, 200)
	h.publishes(0)
	same("/obec/nikde", publicHome, publicSeason, publicSeason+"/vyhodnoceni.pdf")

	// A draft of a restatement is nobody's business, whoever is signed in.
	h.client = signed
	h.publishes(1)
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/1"}, "Vyšel.", who))
	h.post(season, map[string][]string{"action": {"opravit"}, "duvod": {"Tajný důvod."}}).want(t, 303)
	h.publishes(2)
	h.get(publicSeason).want(t, 404)
	h.publishes(1)
	h.get(publicSeason).hides(t, "Tajný důvod.", who.Name+" ", `class="ways"`)
}

// A reader who has a page already is told that it is the same.
func TestPublicPagesAreKept(t *testing.T) {
	h := publicHouse(t)
	for _, path := range []string{publicHome, publicHome + "/plan/ap2023", publicSeason, publicSeason + "/vyhodnoceni.pdf", publicHome + "/zmeny.atom", publicHome + "/katalog.jsonld"} {
		r := h.get(path)
		r.want(t, 200)
		tag := r.head.Get("ETag")
		if tag == "" || !strings.HasPrefix(r.head.Get("Cache-Control"), "public") {
			t.Errorf("%s: %v", path, r.head)
		}
		again := h.send(http.MethodGet, path, http.Header{"If-None-Match": {tag}})
		if again.status != 304 || again.body != "" {
			t.Errorf("%s again: %d", path, again.status)
		}
		if en := h.send(http.MethodGet, path, http.Header{"If-None-Match": {tag}, "Cookie": {tongueCookie + "=en"}}); strings.Contains(r.head.Get("Content-Type"), "html") && en.status != 200 {
			t.Errorf("%s in English: %d", path, en.status)
		}
		if strings.Contains(r.body, `content="noindex"`) {
			t.Errorf("%s: machines are sent away", path)
		}
	}
	h.get("/").want(t, 200, `content="noindex"`)
	if at := h.get(publicSeason).head.Get("Last-Modified"); at == "" {
		t.Error("nobody says since when it is published")
	}
}

// The feed is one of RFC 4287: ids that stay, instants, links.
func TestFeedOfPublications(t *testing.T) {
	h := publicHouse(t)
	r := h.get(publicHome + "/zmeny.atom")
	var f atomFeed
	if err := xml.Unmarshal([]byte(r.body), &f); err != nil {
		t.Fatal(err)
	}
	if f.ID != h.signer.PublicURL("klatovy") || f.Updated == "" || f.Author == "" || len(f.Entries) != 1 || len(f.Links) != 2 {
		t.Fatalf("feed %+v", f)
	}
	e := f.Entries[0]
	if !strings.HasSuffix(e.ID, publicSeason+"#1") || !strings.HasSuffix(e.Updated, "Z") || e.Updated != f.Updated || !strings.Contains(e.Summary, "4 aktivit") {
		t.Errorf("entry %+v", e)
	}
	var c map[string]any
	if err := json.Unmarshal([]byte(h.get(publicHome+"/katalog.jsonld").body), &c); err != nil || c["@type"] != "dcat:Catalog" {
		t.Errorf("catalogue %v %v", c, err)
	}
}

// Every town of a server has its own pages, whoever reads them.
func TestPublicPagesAreOfTheirTown(t *testing.T) {
	h := publicHouse(t)
	h.signIn()
	h.abroad()
	for town, name := range towns {
		for _, path := range []string{"", "/plan/ap2023", "/plan/ap2023/2023", "/plan/ap2023/aktivita/1.1/1"} {
			r := h.get("/obec/" + town + path)
			r.tells(t, 200, name, `href="/obec/`+town)
			r.hides(t, `class="ways"`, towns[map[string]string{"klatovy": "domazlice", "domazlice": "klatovy"}[town]])
		}
		h.get("/obec/"+town+"/zmeny.atom").tells(t, 200, name, h.signer.PublicURL(town, "plan", "ap2023", "2023"))
	}
	h.get("/obec/susice").tells(t, 404)
}

// A file can be fetched in parts and asked about without its body.
func TestPublicFilesAnswerAsFilesDo(t *testing.T) {
	h := publicHouse(t)
	path := publicSeason + "/vyhodnoceni.pdf"
	whole := h.get(path)
	if part := h.send(http.MethodGet, path, http.Header{"Range": {"bytes=1-3"}}); part.status != 206 || part.body != whole.body[1:4] {
		t.Errorf("a part: %d %q", part.status, part.body)
	}
	if head := h.send(http.MethodHead, path, http.Header{}); head.status != 200 || head.body != "" || head.head.Get("ETag") != whole.head.Get("ETag") {
		t.Errorf("the head: %d", head.status)
	}
	if got := whole.head.Get("Content-Disposition"); !strings.Contains(got, "vyhodnoceni.pdf") {
		t.Errorf("it is called %q", got)
	}
	if r := h.send(http.MethodPost, path, http.Header{"Sec-Fetch-Site": {"same-origin"}}); r.status == 200 {
		t.Error("it can be posted to")
	}
}
