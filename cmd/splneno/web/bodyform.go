package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// A bodyForm is the names of an organisation as they are typed.
type bodyForm struct {
	Name, Aliases, Kind string
	Fault               string // of the name, key of the catalogue
}

// bodyKinds are the kinds an organisation may be of, in the order offered.
var bodyKinds = []engine.PartyKind{engine.KindOrganisation, engine.KindMunicipality, engine.KindMunicipalities, engine.KindAuthority,
	engine.KindDepartment, engine.KindWorkingGroup, engine.KindOpenGroup, engine.KindRole, engine.KindPerson, engine.KindToBeSelected}

// Kinds gives the kinds to choose from.
func (bodyForm) Kinds() []engine.PartyKind { return bodyKinds }

func newBodyForm(o engine.Organisation) bodyForm {
	return bodyForm{Name: o.Name, Aliases: strings.Join(o.Aliases, "\n"), Kind: string(o.Kind)}
}

func readBodyForm(r *http.Request) bodyForm {
	f := bodyForm{Name: strings.TrimSpace(r.PostForm.Get("jmeno")), Aliases: strings.TrimSpace(r.PostForm.Get("aliasy")), Kind: r.PostForm.Get("druh")}
	if f.Name == "" {
		f.Fault = "bodies.name_missing"
	}
	return f
}

// into puts what was typed into an organisation.
func (f bodyForm) into(o *engine.Organisation) {
	o.Name, o.Aliases = f.Name, nil
	for _, line := range strings.Split(f.Aliases, "\n") {
		if line = strings.TrimSpace(line); line != "" && line != o.Name && !slices.Contains(o.Aliases, line) {
			o.Aliases = append(o.Aliases, line)
		}
	}
	if slices.Contains(bodyKinds, engine.PartyKind(f.Kind)) {
		o.Kind = engine.PartyKind(f.Kind)
	}
}

// A windowForm is when an organisation reads its mail, as it is typed.
type windowForm struct {
	Days  []int // chosen
	Spans []spanForm
	Fault string // of all of it, key of the catalogue
}

// A spanForm is one quiet span as it is typed.
type spanForm struct {
	N             int
	From, To, Why string
	Fault         string
}

// Weekdays gives the days to choose from.
func (windowForm) Weekdays() []int { return []int{1, 2, 3, 4, 5} }

// Chosen reports whether a weekday is chosen.
func (f windowForm) Chosen(day int) bool { return slices.Contains(f.Days, day) }

const (
	spareSpans = 2 // empty rows to type another span into
	mostSpans  = 12
)

func newWindowForm(w engine.Window) windowForm {
	f := windowForm{Days: w.Weekdays}
	for _, s := range w.Quiet {
		f.Spans = append(f.Spans, spanForm{From: dayOfYear(s.From), To: dayOfYear(s.To), Why: s.Why})
	}
	return f.padded()
}

// padded adds the empty rows.
func (f windowForm) padded() windowForm {
	for range min(spareSpans, mostSpans-len(f.Spans)) {
		f.Spans = append(f.Spans, spanForm{})
	}
	for i := range f.Spans {
		f.Spans[i].N = i + 1
	}
	return f
}

// dayOfYear writes "07-01" as people do: "1. 7.".
func dayOfYear(s string) string {
	var month, day int
	if _, err := fmt.Sscanf(s, "%d-%d", &month, &day); err != nil {
		return s
	}
	return fmt.Sprintf("%d. %d.", day, month)
}

// parseYearDay reads "1. 7.", "1.7" or "07-01"; "" is no day of any year.
func parseYearDay(s string) string {
	s = strings.Join(strings.Fields(s), "")
	var day, month int
	if _, err := fmt.Sscanf(s, "%d.%d", &day, &month); err != nil {
		if _, err := fmt.Sscanf(s, "%d-%d", &month, &day); err != nil {
			return ""
		}
	}
	out := fmt.Sprintf("%02d-%02d", month, day)
	if _, err := engine.ParseDate("2024-" + out); err != nil {
		return ""
	}
	return out
}

// readWindowForm reads the form, and the window where nothing is wrong with it.
func readWindowForm(r *http.Request) (windowForm, engine.Window) {
	var f windowForm
	var w engine.Window
	for _, text := range r.PostForm["den"] {
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 5 && !f.Chosen(n) {
			f.Days = append(f.Days, n)
		}
	}
	slices.Sort(f.Days)
	if w.Weekdays = f.Days; len(f.Days) == 5 {
		w.Weekdays = nil
	}
	if len(f.Days) == 0 {
		f.Fault = "bodies.no_weekday"
	}
	for n := 1; n <= mostSpans; n++ {
		get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(fmt.Sprintf("klid-%d-%s", n, name))) }
		s := spanForm{From: get("od"), To: get("do"), Why: get("proc")}
		if s.From+s.To+s.Why == "" {
			continue
		}
		span := engine.Span{From: parseYearDay(s.From), To: parseYearDay(s.To), Why: s.Why}
		if span.From == "" || span.To == "" {
			s.Fault, f.Fault = "bodies.no_day", "bodies.window_faults"
		}
		f.Spans, w.Quiet = append(f.Spans, s), append(w.Quiet, span)
	}
	if f.Fault == "" && w.Check() != nil {
		f.Fault = "bodies.never_open"
	}
	return f.padded(), w
}

// postBody takes the names, or the window, of an organisation.
func (s *site) postBody(v visit) error {
	p, err := s.readBody(v)
	if err != nil {
		return err
	}
	var change func(*engine.Organisation) error
	word, place := "", ""
	switch v.r.PostForm.Get("action") {
	case "jmena":
		p.Names = readBodyForm(v.r)
		p.Problem = p.Names.Fault
		change, place = func(o *engine.Organisation) error { p.Names.into(o); return nil }, "#jmena"
		word = "organizace-ulozena"
	case "okno":
		var w engine.Window
		p.Window, w = readWindowForm(v.r)
		p.Problem = p.Window.Fault
		change, place = func(o *engine.Organisation) error { o.Window = w; return nil }, "#okno"
		word = "okno-ulozeno"
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what is to be changed")
	}
	if p.Problem != "" {
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "body", p)
	}
	version, _ := strconv.Atoi(v.r.PostForm.Get("verze"))
	err = v.office.ChangeBody(v.r.Context(), p.Body.ID, max(1, version), strings.TrimPrefix(place, "#"), v.who, change)
	if engine.CodeOf(err) == engine.Conflict {
		p.Problem = "bodies.changed_meanwhile"
		return s.show(v.w, v.r, http.StatusConflict, "body", p)
	}
	if err != nil {
		return err
	}
	return v.back(bodyPath(p.Body.ID)+place, flash(word))
}
