package web

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/link"
)

// publicationsOnPage is how many evaluations a town's page, its feed and its
// catalogue of data list.
const publicationsOnPage = 60

// A publicTownPage lists what a town has published.
type publicTownPage struct {
	publicPlace
	Plans []publicPlanLine
}

// A publicPlanLine is one plan with its published periods, the newest first.
type publicPlanLine struct {
	Title, Href string
	List        []publicLine
}

// A publicLine is one of them.
type publicLine struct {
	publication
	Href string
}

func (s *site) publicTown(w http.ResponseWriter, r *http.Request) error {
	v, err := s.enterTown(w, r)
	if err != nil {
		return err
	}
	p := publicTownPage{publicPlace: v.placeOf(engine.Evaluation{})}
	at := map[string]int{}
	for _, pub := range v.list[:min(len(v.list), publicationsOnPage)] {
		i, ok := at[pub.Season.Plan]
		if !ok {
			i = len(p.Plans)
			at[pub.Season.Plan] = i
			p.Plans = append(p.Plans, publicPlanLine{Title: pub.Head.PlanTitle, Href: link.PublicPath(p.Tenant, "plan", pub.Season.Plan)})
		}
		p.Plans[i].List = append(p.Plans[i].List, publicLine{pub, pub.Address(p.Tenant)})
	}
	return s.showPublic(v, time.Time{}, "public-town", p)
}

// The Atom feed (RFC 4287) of what was published. An entry is one number of an
// evaluation: a restatement is another one.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Summary string   `xml:"summary"`
	Link    atomLink `xml:"link"`
}

func (s *site) publicFeed(w http.ResponseWriter, r *http.Request) error {
	v, err := s.enterTown(w, r)
	if err != nil {
		return err
	}
	cs, tenant := s.tongues["cs"], v.office.Records.Tenant()
	home := s.Signer.PublicURL(tenant)
	f := atomFeed{Lang: "cs", ID: home, Title: cs.say("public.feed_title", "Town", v.town.Name), Author: v.town.Name,
		Links: []atomLink{{"self", "application/atom+xml", home + "/zmeny.atom"}, {"alternate", "text/html", home}}}
	var last time.Time
	for _, pub := range v.list[:min(len(v.list), publicationsOnPage)] {
		if pub.Season.PublishedAt.After(last) {
			last = pub.Season.PublishedAt
		}
		f.Entries = append(f.Entries, s.atomEntry(cs, tenant, pub))
	}
	f.Updated = last.UTC().Format(time.RFC3339)
	body, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return hand(v, "application/atom+xml; charset=utf-8", time.Time{}, append([]byte(xml.Header), body...))
}

func (s *site) atomEntry(cs *tongue, tenant string, p publication) atomEntry {
	at := s.Signer.PublicURL(tenant, "plan", p.Season.Plan, p.Season.Period.ID)
	e := atomEntry{ID: at + "#" + strconv.Itoa(p.Head.Number), Updated: p.Season.PublishedAt.UTC().Format(time.RFC3339), Link: atomLink{"alternate", "text/html", at}}
	e.Title = cs.say("public.feed_entry", "Period", p.Head.Period.ID, "Plan", p.Head.PlanTitle)
	if p.Head.Number > 1 {
		e.Title += " (" + cs.say("evaluation.number", "Number", p.Head.Number) + ")"
	}
	said := []string{cs.count("evaluation.units", p.Head.Totals.All) + ":"}
	var counts []string
	for _, share := range p.Head.Totals.Shares() {
		if share.Count > 0 {
			counts = append(counts, cs.say("totals."+share.Name)+" "+strconv.Itoa(share.Count))
		}
	}
	said = append(said, strings.Join(counts, ", ")+".")
	if p.Head.Reason != "" {
		said = append(said, cs.say("public.feed_reason", "Reason", p.Head.Reason))
	}
	e.Summary = strings.Join(said, " ")
	return e
}

// publicCatalogue lists the sets of data a town publishes, as a catalogue others
// harvest (DCAT); each of them has a record of its own among its files.
func (s *site) publicCatalogue(w http.ResponseWriter, r *http.Request) error {
	v, err := s.enterTown(w, r)
	if err != nil {
		return err
	}
	tenant := v.office.Records.Tenant()
	home := s.Signer.PublicURL(tenant)
	sets := []map[string]string{}
	for _, pub := range v.list[:min(len(v.list), publicationsOnPage)] {
		for _, a := range v.office.Documents.Names(pub.Head) {
			if strings.HasSuffix(a.Name, ".jsonld") {
				sets = append(sets, map[string]string{"@id": s.Signer.PublicURL(tenant, "plan", pub.Season.Plan, pub.Season.Period.ID, a.Name)})
			}
		}
	}
	in := func(text string) map[string]string { return map[string]string{"@language": "cs", "@value": text} }
	body, err := json.MarshalIndent(map[string]any{
		"@context":        map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/"},
		"@id":             home + "/katalog.jsonld",
		"@type":           "dcat:Catalog",
		"dct:title":       in(s.tongues["cs"].say("public.feed_title", "Town", v.town.Name)),
		"dct:description": in(s.tongues["cs"].say("public.catalogue_about", "Town", v.town.Name)),
		"dct:publisher":   map[string]any{"@type": "foaf:Agent", "foaf:name": in(v.town.Name)},
		"foaf:homepage":   map[string]string{"@id": home},
		"dcat:dataset":    sets,
	}, "", "  ")
	if err != nil {
		return err
	}
	return hand(v, "application/ld+json", time.Time{}, append(body, '\n'))
}
