package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// A calendarForm is the calendar as typed: the schedules of cron stand behind
// plain fields, and show themselves only where a plain field cannot say them.
type calendarForm struct {
	Version    int
	Preset     string
	Rules      []ruleField
	AnswerDays string
	Cap        string
	Ahead      string // "60, 14"
	Rungs      []rungField
	Off        []offSpan // days off as they stand
	From, To   string    // days off to add
	Why        string
	Faults     map[string]string
}

// A ruleField is when one rule of the calendar runs. Yearly rules have a day.
type ruleField struct {
	Name       string
	Yearly     bool
	Day, Month string
	Time       string // "08:00"
	Spec       string // what stands instead, "" for the plain fields
	Usual      string // spec of the preset
}

// A rungField is a rung of the ladder; Kind "" is none.
type rungField struct {
	N          int
	Kind, Days string
}

// An offSpan is a run of days off with one reason.
type offSpan struct {
	From, To engine.Date
	Why      string
	Removed  bool
}

// Value names the span in the form.
func (o offSpan) Value() string { return string(o.From) + "/" + string(o.To) }

// rungsOffered is how many rungs the form has; a longer ladder has more.
const rungsOffered = 5

// newCalendarForm puts a calendar into fields.
func newCalendarForm(m engine.Municipality) calendarForm {
	f := calendarForm{Version: m.Version, Preset: string(m.Preset), AnswerDays: strconv.Itoa(m.Policy.AnswerDays), Cap: strconv.Itoa(m.Policy.SeasonCap), Faults: map[string]string{}}
	for _, rule := range workflows.Calendar() {
		usual := rule.Spec[cmp.Or(m.Preset, engine.AfterYear)]
		f.Rules = append(f.Rules, newRuleField(rule.Name, rule.Own != nil, cmp.Or(m.Schedule[rule.Name], usual), usual))
	}
	var ahead []string
	for _, n := range m.Policy.DeadlineAhead {
		ahead = append(ahead, strconv.Itoa(n))
	}
	f.Ahead = strings.Join(ahead, ", ")
	for _, r := range m.Policy.Ladder {
		f.Rungs = append(f.Rungs, rungField{len(f.Rungs) + 1, string(r.Kind), strconv.Itoa(r.Days)})
	}
	for len(f.Rungs) < rungsOffered {
		f.Rungs = append(f.Rungs, rungField{N: len(f.Rungs) + 1})
	}
	f.Off = offSpans(m)
	return f
}

func newRuleField(name string, yearly bool, spec, usual string) ruleField {
	f := ruleField{Name: name, Yearly: yearly, Usual: usual}
	if !f.plain(spec) {
		f.Spec = spec
		f.plain(usual)
	}
	return f
}

// plain puts a schedule into the plain fields, if they can say it.
func (f *ruleField) plain(spec string) bool {
	p := strings.Fields(spec)
	minute, err1 := strconv.Atoi(p[0])
	hour, err2 := strconv.Atoi(p[1])
	f.Time = fmt.Sprintf("%02d:%02d", hour, minute)
	if !f.Yearly {
		return err1 == nil && err2 == nil && p[2] == "*" && p[3] == "*" && p[4] == "*"
	}
	_, err3 := strconv.Atoi(p[2])
	_, err4 := strconv.Atoi(p[3])
	f.Day, f.Month = p[2], p[3]
	return err1 == nil && err2 == nil && err3 == nil && err4 == nil && p[4] == "*"
}

// schedule gives the cron spec of what was typed.
func (f ruleField) schedule() (string, bool) {
	if f.Spec != "" {
		_, err := workflows.ParseSchedule(f.Spec)
		return f.Spec, err == nil
	}
	at, err := time.Parse("15:04", f.Time)
	if err != nil {
		return "", false
	}
	spec := fmt.Sprintf("%d %d * * *", at.Minute(), at.Hour())
	if f.Yearly {
		spec = fmt.Sprintf("%d %d %s %s *", at.Minute(), at.Hour(), f.Day, f.Month)
	}
	_, err = workflows.ParseSchedule(spec)
	return spec, err == nil
}

// offSpans gathers days off that follow one another.
func offSpans(m engine.Municipality) (spans []offSpan) {
	days := slices.Sorted(slices.Values(m.DaysOff))
	for _, d := range slices.Compact(days) {
		why := m.Settings.DaysOffWhy[d]
		if n := len(spans); n > 0 && spans[n-1].To.AddDays(1) == d && spans[n-1].Why == why {
			spans[n-1].To = d
			continue
		}
		spans = append(spans, offSpan{From: d, To: d, Why: why})
	}
	return spans
}

// readCalendarForm reads what was typed, over the calendar as it stands.
func readCalendarForm(form url.Values, m engine.Municipality) calendarForm {
	get := func(name string) string { return clean(form.Get(name)) }
	f := newCalendarForm(m)
	f.Version, _ = strconv.Atoi(get("verze"))
	f.Preset, f.AnswerDays, f.Cap, f.Ahead = get("rytmus"), get("lhuta"), get("strop"), get("predem")
	f.From, f.To, f.Why = get("volno-od"), get("volno-do"), get("volno-proc")
	for i := range f.Rules {
		r := &f.Rules[i]
		r.Day, r.Month, r.Time, r.Spec = get(r.Name+"-den"), get(r.Name+"-mesic"), get(r.Name+"-cas"), get(r.Name+"-cron")
	}
	for i := range f.Rungs {
		f.Rungs[i].Kind, f.Rungs[i].Days = get(fmt.Sprint("stupen-", i+1)), get(fmt.Sprint("dny-", i+1))
	}
	for i := range f.Off {
		f.Off[i].Removed = slices.Contains(form["odebrat"], f.Off[i].Value())
	}
	return f
}

// apply puts what was typed into a municipality; what cannot be is a fault.
func (f *calendarForm) apply(m engine.Municipality) engine.Municipality {
	before := m.Preset
	m.Version, m.Preset = f.Version, engine.Preset(f.Preset)
	if m.Preset != engine.AfterYear && m.Preset != engine.Autumn {
		f.Faults["rytmus"] = "fault.preset"
	}
	m.Schedule = f.schedules(m.Preset, before)
	m.Policy.AnswerDays = f.number("lhuta", f.AnswerDays, 1, 90)
	m.Policy.SeasonCap = f.number("strop", f.Cap, 1, 50)
	m.Policy.DeadlineAhead = f.aheads()
	m.Policy.Ladder = f.ladder()
	m.DaysOff, m.Settings.DaysOffWhy = f.daysOff(m)
	return m
}

// schedules gives what differs from the preset. With another preset chosen, the
// fields that still say what the old one meant mean the new one.
func (f *calendarForm) schedules(preset, before engine.Preset) map[string]string {
	out := map[string]string{}
	for i, rule := range workflows.Calendar() {
		spec, ok := f.Rules[i].schedule()
		if !ok {
			f.Faults[rule.Name] = "fault.schedule"
		}
		if spec != rule.Spec[preset] && (preset == before || spec != rule.Spec[cmp.Or(before, engine.AfterYear)]) {
			out[rule.Name] = spec
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (f *calendarForm) number(field, text string, least, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		f.Faults[field] = "fault." + field
	}
	return n
}

func (f *calendarForm) aheads() (days []int) {
	for _, part := range strings.FieldsFunc(f.Ahead, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		days = append(days, f.number("predem", part, 0, 365))
	}
	slices.SortFunc(days, func(a, b int) int { return b - a })
	if days = slices.Compact(days); len(days) > 5 {
		f.Faults["predem"] = "fault.predem"
	}
	return days
}

func (f *calendarForm) ladder() (rungs []engine.Rung) {
	for _, r := range f.Rungs {
		kind := engine.LetterKind(r.Kind)
		if kind != engine.LetterReminder && kind != engine.LetterEscalation {
			continue
		}
		n, err := strconv.Atoi(strings.ReplaceAll(r.Days, "\u2212", "-"))
		if err != nil || n < -60 || n > 120 {
			f.Faults[fmt.Sprint("dny-", r.N)] = "fault.rung"
		}
		rungs = append(rungs, engine.Rung{Kind: kind, Days: n})
	}
	slices.SortStableFunc(rungs, func(a, b engine.Rung) int { return a.Days - b.Days })
	return rungs
}

// longestOff is how many days one span of days off may have.
const longestOff = 92

func (f *calendarForm) daysOff(m engine.Municipality) ([]engine.Date, map[engine.Date]string) {
	why := maps.Clone(m.Settings.DaysOffWhy)
	if why == nil {
		why = map[engine.Date]string{}
	}
	days := slices.DeleteFunc(slices.Clone(m.DaysOff), func(d engine.Date) bool {
		gone := slices.ContainsFunc(f.Off, func(o offSpan) bool { return o.Removed && o.From <= d && d <= o.To })
		if gone {
			delete(why, d)
		}
		return gone
	})
	if f.From+f.To+f.Why != "" {
		from, err1 := engine.ParseDate(f.From)
		to, err2 := engine.ParseDate(cmp.Or(f.To, f.From))
		if err1 != nil || err2 != nil || to < from || to.Sub(from) >= longestOff {
			f.Faults["volno-od"] = "fault.days_off"
			return days, why
		}
		for d := from; d <= to; d = d.AddDays(1) {
			if !slices.Contains(days, d) {
				days = append(days, d)
			}
			why[d] = f.Why
		}
	}
	slices.Sort(days)
	if len(why) == 0 {
		return days, nil
	}
	return days, why
}
