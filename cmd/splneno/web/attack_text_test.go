package web

import (
	"maps"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

// nasty are texts that try to break out of wherever they stand: of markup, of a
// template, of a line, of a header, of a calendar's event, of a reader's sight.
var nasty = map[string]string{
	"markup":   hostile + " %s%n%x ${x} `x` </style><style>*{display:none}</style> <svg/onload=alert(3)> javascript:alert(4)",
	"lines":    "x\r\nSet-Cookie: zly=1\r\n\r\n<script>alert(1)</script>\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:zly",
	"sight":    "\u202egpj.exe\u2066\u200b\u200f\ufeff a\u0301\u0301\u0301\u0301 \U000e0041 \u2028konec",
	"long":     strings.Repeat("\u017eluv\u00e1 ", 2000),
	"one word": strings.Repeat("x", 10_000),
	"nothing":  "\x00\x01\x1b[31m\x7f \xff\xfe \xc3(",
	"formula":  "=HYPERLINK(\"http://zly.example\")",
	"path":     "../../../etc/passwd\x00/..%2f..%2f",
	"number":   "-99999999999999999999e999",
	"sql":      "'; DROP TABLE account; -- ?",
}

// kept are the names of fields that are no texts: keys, and words the program
// knows.
var kept = []string{"ID", "Plan", "Period", "Organisation", "Code", "Area", "Measure", "Activity", "Activities", "Areas", "Askees", "Members", "Successor", "Email", "Sender", "ReplyTo", "To", "From",
	"Until", "Tags", "Parent", "Inbound", "LinkHash", "ReplyHash", "InviteHash", "Password", "TOTP", "Recovery", "Language", "Subject", "LogoType", "Key", "MessageID", "Hash", "Source", "Qualifier", "Schedule",
	"StatusWords", "Columns", "Blocked", "Event", "CarriedFrom", "Added", "Carried", "Logo", "DataHash"}

// poison puts a text into every text of a value that people write.
func poison(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), text)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[engine.EntryKey]() {
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !slices.Contains(kept, f.Name) {
				poison(v.Field(i), text)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), text)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			one := reflect.New(v.Type().Elem()).Elem()
			one.Set(v.MapIndex(key))
			poison(one, text)
			v.SetMapIndex(key, one)
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(text)
		}
	default: // numbers, days and times are no texts
	}
}

// poisoned stores a text in every field of everything the house holds.
func (h *house) poisoned(text string) {
	h.t.Helper()
	ctx, r := h.t.Context(), h.office.Records
	m := h.municipality()
	m.Settings.StatusNames = map[string]string{"fulfilled": "x", "unfulfilled": "x"}
	m.Settings.DaysOffWhy = map[engine.Date]string{"2024-02-05": "x"}
	m.DaysOff = []engine.Date{"2024-02-05"}
	c := engine.Change{At: h.now(), Actor: who, Event: "poisoned", Subject: "klatovy", Municipality: &m}
	read := func(into any, err error) {
		h.t.Helper()
		h.must(err)
		poison(reflect.ValueOf(into), text)
	}
	var err error
	read(&m, nil)
	c.Plans, err = r.Plans(ctx)
	read(&c.Plans, err)
	c.Organisations, err = r.Organisations(ctx)
	read(&c.Organisations, err)
	c.Activities, err = r.Activities(ctx, "ap2023")
	read(&c.Activities, err)
	c.Entries, err = r.Entries(ctx, "ap2023", "2023")
	read(&c.Entries, err)
	c.Proposals, err = r.Proposals(ctx, "ap2023", "2023")
	read(&c.Proposals, err)
	c.Resolutions, err = r.Resolutions(ctx, "ap2023", "2023")
	read(&c.Resolutions, err)
	c.Accounts, err = r.Accounts(ctx)
	read(&c.Accounts, err)
	c.Meetings, err = r.Meetings(ctx, "ap2023", "2023")
	read(&c.Meetings, err)
	b := h.delivery("Mesto", "mesto", 1, 2)
	read(&b, nil)
	b.Town, b.TakenAt = "mesto", h.now()
	c.Bundles = []engine.Bundle{h.seals(b, "mesto")}
	c.Region = &engine.Region{Name: "x", Districts: []string{"x"}, Results: []engine.RegionalResult{{Name: "x", Of: []string{"fulfilled"}}}}
	read(c.Region, nil)
	c.Region.Results[0].Of = []string{"fulfilled"}
	e, err := h.office.Evaluation(ctx, "ap2023", "2023")
	read(&e, err)
	c.Evaluations = []engine.Evaluation{e}
	h.must(r.Commit(ctx, c))
}

// harmless checks an answer that may hold somebody's text.
func harmless(t *testing.T, what string, r reply) {
	t.Helper()
	if r.status >= 500 {
		t.Errorf("%s: %d\n%.1500s", what, r.status, main(r.body))
	}
	kind, _, _ := mime.ParseMediaType(r.head.Get("Content-Type"))
	if kind == "text/html" {
		for _, bad := range []string{"<script>alert", "<img src=x", "</textarea></title>", `"><script`, "<svg/onload", "</style><style>", `href="javascript:`, `src="javascript:`, "<no value>", "ZgotmplZ"} {
			if strings.Contains(r.body, bad) {
				t.Errorf("%s: a text broke out: %s", what, bad)
			}
		}
		if csp := r.head.Get("Content-Security-Policy"); csp != policy && csp != paperPolicy {
			t.Errorf("%s: policy %q", what, csp)
		}
	}
	for name, values := range r.head {
		for _, v := range values {
			if strings.ContainsAny(v, "\r\n\x00\x1b") || strings.HasPrefix(v, "zly=") || strings.Contains(name, "Zly") {
				t.Errorf("%s: header %s: %q", what, name, v)
			}
		}
	}
}

// Every page, with a nasty text in every field of everything it may show.
func TestNastyTextsOnEveryPage(t *testing.T) {
	for name, text := range nasty {
		if strings.ContainsAny(text, "\x00\xff") { // nothing the records take
			continue
		}
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.busy()
			h.poisoned(text)
			for _, tongue := range []string{"cs", "en"} {
				h.post("/?jazyk="+tongue, nil)
				for _, r := range routes(h) {
					if r.method == http.MethodGet {
						harmless(t, tongue+" "+r.path, h.get(r.path))
					}
				}
				for _, path := range []string{season + "/prehled?koncept", carryDesk + "?ukazat=vse", "/stul/nastaveni/ucty/eva", "/stul/posta?stav=held", "/stul/vyhodnoceni/ap2023/2023?cislo=1",
					"/stul/plan/ap2023/upravit/1.1/2", "/stul/organizace/zla", "/stul/organizace/koordinator", h.path("zla")} {
					harmless(t, tongue+" "+path, h.get(path))
				}
			}
			for _, feed := range []string{"", "charita"} {
				body := h.get("/kalendar/" + h.signer.FeedToken("klatovy", feed, 0) + ".ics").body
				begun, ended := strings.Count(body, "\r\nBEGIN:VEVENT\r\n"), strings.Count(body, "\r\nEND:VEVENT\r\n")
				if begun == 0 || begun != ended || strings.Contains(body, "\r\nSUMMARY:zly") || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") {
					t.Errorf("the calendar %q: %d events begin, %d end", feed, begun, ended)
				}
			}
		})
	}
}

// Every field of every form, one after the other, with every nasty text: the
// form is taken or refused, never an accident, and what is shown again is text.
func TestNastyTextsInEveryField(t *testing.T) {
	var server site
	server.Server = &Server{}
	for _, r := range server.table() {
		if !strings.HasPrefix(r.pattern, "POST ") || r.pattern == "POST /stul/odhlaseni" {
			continue
		}
		t.Run(strings.ReplaceAll(r.pattern, "/", "|"), func(t *testing.T) {
			h := newHouse(t)
			h.busy()
			h.readies(r.pattern)
			form, path := h.formOf(r.pattern), h.paths()[r.pattern]
			for _, field := range slices.Sorted(maps.Keys(form)) {
				for name, text := range nasty {
					f := maps.Clone(form)
					f[field] = []string{text}
					harmless(t, field+" is "+name, h.post(path, f))
				}
				f := maps.Clone(form)
				f[field] = slices.Repeat(form[field], 2000)
				harmless(t, field+" many times", h.post(path, f))
				delete(f, field)
				harmless(t, "no "+field, h.post(path, f))
			}
			for _, name := range []string{"text", "markup"} {
				harmless(t, "a field nobody asked for", h.post(path, url.Values{nasty["markup"]: {nasty[name]}}))
			}
			harmless(t, path, h.get(strings.TrimSuffix(path, "/kontakt")))
			h.get("/stul").want(t, 200)
		})
	}
}

// formOf gives the form of a route, those of the door included.
func (h *house) formOf(pattern string) url.Values {
	switch pattern {
	case "POST /o/{token}":
		return three()
	case "POST /stul/prihlaseni":
		return url.Values{"email": {"nikdo@example.cz"}, "heslo": {"x"}, "dal": {"/stul"}, "mesto": {""}}
	case "POST /stul/prihlaseni/overeni", "POST /stul/prihlaseni/klic":
		return url.Values{"listek": {"x"}, "kod": {"123456"}, "odpoved": {"{}"}}
	case "POST /stul/prihlaseni/sso":
		return url.Values{"dal": {"/stul"}}
	case "POST /stul/pozvani/{token}":
		return url.Values{"nove": {"kratke"}, "znovu": {"kratke"}}
	case "POST /stul/ucet/overeni":
		return url.Values{"listek": {"x"}, "kod": {"1"}, "action": {"totp"}, "jmeno": {"x"}, "odpoved": {"{}"}}
	}
	return h.validForms()[pattern]
}

// Every value an address may carry, nasty: pages stay pages.
func TestNastyTextsInAddresses(t *testing.T) {
	h := newHouse(t)
	h.busy()
	for name, text := range nasty {
		if len(text) > 3000 {
			text = text[:3000]
		}
		for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
			method, pattern, _ := strings.Cut(r.pattern, " ")
			if method != http.MethodGet {
				continue
			}
			for _, wild := range []string{"{plan}", "{period}", "{id}", "{id...}", "{code...}", "{n}", "{day}", "{token}", "{name}", "{kind}", "{tenant}"} {
				if !strings.Contains(pattern, wild) {
					continue
				}
				path := strings.NewReplacer(wild, url.PathEscape(text), "{plan}", "ap2023", "{period}", "2023", "{id}", "charita", "{id...}", "1.1/1", "{code...}", "1.1", "{n}", "1", "{day}", "2024-01-26",
					"{token}", "x", "{name}", "x", "{kind}", "request", "{tenant}", "klatovy").Replace(pattern)
				harmless(t, name+" as "+wild+" of "+pattern, h.get(path))
			}
		}
		q := url.Values{}
		for _, key := range []string{"dal", "mesto", "zprava", "n", "strana", "stav", "hledat", "oblast", "jen", "organizace", "sezona", "odpoved", "kam", "plan", "obdobi", "koho", "komu", "q", "ke-dni", "mesic", "cislo", "cast",
			"ukazat", "opatreni", "klic", "co", "termin", "jazyk"} {
			q.Set(key, text)
		}
		for pattern, path := range h.paths() {
			if strings.HasPrefix(pattern, "GET ") {
				path, _, _ = strings.Cut(path, "?")
				harmless(t, name+" in the query of "+path, h.get(path+"?"+q.Encode()))
			}
		}
	}
}
