package web

import (
	"fmt"
	"html"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"splneno/engine"
	"splneno/engine/czech"
)

// A tongue is the language a page is read in: sentences, words of the field,
// dates, numbers and the order of names. It is safe for concurrent use.
type tongue struct {
	tag   string
	words func() lexicon
}

// A lexicon is what is said in a language, as it is read from the catalogue.
type lexicon struct {
	local *i18n.Localizer
	plain map[string]string
}

// loadTongues gives the languages, once for all who ask. Each is read when
// something is first said in it: many a town is never asked for English.
var loadTongues = sync.OnceValue(func() map[string]*tongue {
	all := map[string]*tongue{}
	for _, tag := range tags {
		all[tag] = &tongue{tag: tag, words: sync.OnceValue(func() lexicon {
			c := loadCatalogue()
			return lexicon{local: i18n.NewLocalizer(c.bundle(tag), tag), plain: c.plain(tag)}
		})}
	}
	return all
})

// say gives a sentence, "" for a key that is not in the catalogue. args are the
// names and values the sentence asks for, in turns: {{.Name}}.
func (t *tongue) say(key string, args ...any) string {
	if text, ok := t.words().plain[key]; ok {
		return text
	}
	return t.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: named(args)})
}

// count gives the form of a sentence that goes with n; {{.Count}} in it is n.
func (t *tongue) count(key string, n int, args ...any) string {
	data := named(args)
	data["Count"] = n
	return t.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
}

// rich gives a sentence that holds markup of ours; what is put into it is text.
func (t *tongue) rich(key string, args ...any) template.HTML {
	for i := 1; i < len(args); i += 2 {
		if _, ours := args[i].(template.HTML); !ours {
			args[i] = html.EscapeString(fmt.Sprint(args[i]))
		}
	}
	return template.HTML(t.say(key, args...)) //nolint:gosec // the sentence is the catalogue's, its values are escaped above
}

func (t *tongue) localize(c *i18n.LocalizeConfig) string {
	text, err := t.words().local.Localize(c)
	if err != nil {
		return ""
	}
	return text
}

func named(args []any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}

// date writes a day: "1. 3. 2027" in Czech, "1 Mar 2027" in English.
func (t *tongue) date(d engine.Date) string {
	if t.tag == "cs" || d == "" {
		return czech.FormatDate(d)
	}
	return t.english(d, "2 Jan 2006")
}

// long writes a day with its month in words and its day of the week, as a letter
// does inside a sentence; in Czech with the preposition before it.
func (t *tongue) long(d engine.Date) string {
	if t.tag == "cs" || d == "" {
		return czech.LongDate(d)
	}
	return t.english(d, "Monday 2 January 2006")
}

func (t *tongue) english(d engine.Date, layout string) string {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return day.Format(layout)
}

// weekday names the day of the week of d.
func (t *tongue) weekday(d engine.Date) string {
	if t.tag == "cs" {
		return czech.Weekday(d.Weekday())
	}
	return d.Weekday().String()
}

// when writes an instant on the clock of zone.
func (t *tongue) when(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(zone)
	return t.date(engine.DateOf(at)) + " " + at.Format("15:04")
}

// until writes the end of a time that began at from: its hour alone where that
// was on the same day.
func (t *tongue) until(from, to time.Time, zone *time.Location) string {
	if engine.DateOf(from.In(zone)) == engine.DateOf(to.In(zone)) {
		return to.In(zone).Format("15:04")
	}
	return t.when(to, zone)
}

// status names a state as an answer or a result says it.
func (t *tongue) status(s engine.State, qualifier string) string {
	if qualifier == engine.AnotherForm {
		return t.say("status.another_form")
	}
	return t.say("status." + string(s))
}

// step names a decision about what follows.
func (t *tongue) step(s engine.NextStep) string {
	return t.say("step." + string(s))
}

// channel names the way an answer came.
func (t *tongue) channel(c engine.Channel) string {
	return t.say("channel." + string(c))
}

// number writes 1234.5 as "1234,5" in Czech.
func (t *tongue) number(v float64) string {
	if t.tag == "cs" {
		return formatNumber(v)
	}
	return strings.ReplaceAll(formatNumber(v), ",", ".")
}

// share writes tenths of a percent.
func (t *tongue) share(permill int) string {
	if t.tag == "cs" {
		return czech.FormatShare(permill)
	}
	return strings.ReplaceAll(fmt.Sprintf("%.1f%%", float64(permill)/10), ".0%", "%")
}

// size writes a number of bytes.
func (t *tongue) size(n int) string {
	if t.tag == "cs" {
		return formatSize(n)
	}
	return strings.ReplaceAll(formatSize(n), ",", ".")
}

// sorted puts things in the order of the language.
func sorted[T any](t *tongue, items []T, key func(T) string) {
	if t.tag == "cs" {
		czech.Sort(items, key)
		return
	}
	czech.SortEnglish(items, key)
}

// tongueCookie keeps the language chosen at the top of a page.
const tongueCookie = "jazyk"

// tongueOf gives the language to answer in: the one chosen, else Czech.
func (s *site) tongueOf(r *http.Request) *tongue {
	if c, err := r.Cookie(tongueCookie); err == nil && s.tongues[c.Value] != nil {
		return s.tongues[c.Value]
	}
	return s.tongues["cs"]
}

// switchOf gives the way to the same page in the other language. A page shown in
// answer to a form has none: what was typed would be lost on it.
func switchOf(r *http.Request) string {
	if r.Method == http.MethodPost {
		return ""
	}
	q := r.URL.Query()
	q.Set(tongueCookie, otherTag(sceneOf(r).tag))
	return "?" + q.Encode()
}

func otherTag(tag string) string {
	if tag == "cs" {
		return "en"
	}
	return "cs"
}

// choose sets the language of the pages and shows the same page again. Every
// page takes it at its own address, so that no address, and no token in one,
// has to be handed to another.
func (s *site) choose(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	tag := q.Get(tongueCookie)
	if s.tongues[tag] == nil {
		return engine.Errorf(engine.Invalid, "there is no language %q", tag)
	}
	for _, once := range []string{tongueCookie, "zprava", "n"} {
		q.Del(once)
	}
	http.SetCookie(w, &http.Cookie{Name: tongueCookie, Value: tag, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, (&url.URL{Path: path.Clean("/" + r.URL.Path), RawQuery: q.Encode()}).String(), http.StatusSeeOther)
	return nil
}

// chooses makes choosing a language possible on every page.
func (s *site) chooses(next http.Handler) http.Handler {
	choose := s.handle(s.choose)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Query().Has(tongueCookie) {
			choose.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
