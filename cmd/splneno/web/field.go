package web

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/pattern"
)

// badForm is the failure of a form that cannot be read at all. A form that is
// too long keeps its own kind.
func badForm(err error) error {
	return engine.Errorf(engine.Invalid, "the form cannot be read: %w", err)
}

// A choice is a status as people pick it: state and qualifier in one.
type choice struct {
	Value     string
	State     engine.State
	Qualifier string
}

// choices lists the statuses in the order they are offered.
var choices = []choice{
	{"fulfilled", engine.Fulfilled, ""},
	{"another_form", engine.Fulfilled, engine.AnotherForm},
	{"partial", engine.Partial, ""},
	{"in_progress", engine.InProgress, ""},
	{"unfulfilled", engine.Unfulfilled, ""},
	{"planned", engine.Planned, ""},
}

func choiceOf(a engine.Answer) string {
	for _, c := range choices {
		if c.State == a.Status && c.Qualifier == a.Qualifier {
			return c.Value
		}
	}
	return ""
}

// A typed answer is what stands in the fields, as it was typed: shown again
// unchanged whatever is wrong with it.
type typed struct {
	Choice, Done, Missing string
	Numbers               []string // by indicator of the activity
}

// fields reads an answer from the form fields that begin with prefix.
func fields(get func(string) string, prefix string, indicators int) typed {
	t := typed{Choice: get(prefix + "stav"), Done: clean(get(prefix + "hotovo")), Missing: clean(get(prefix + "chybi"))}
	for k := range indicators {
		t.Numbers = append(t.Numbers, clean(get(prefix+"cislo-"+strconv.Itoa(k))))
	}
	return t
}

// typedOf puts an answer into fields.
func typedOf(a engine.Answer, indicators []engine.Indicator) typed {
	t := typed{Choice: choiceOf(a), Done: a.Done, Missing: a.Missing, Numbers: make([]string, len(indicators))}
	for k, in := range indicators {
		for _, n := range a.Numbers {
			if n.Name == in.Name {
				t.Numbers[k] = formatNumber(n.Value)
			}
		}
	}
	return t
}

func (t typed) empty() bool {
	return t.Choice+t.Done+t.Missing+strings.Join(t.Numbers, "") == ""
}

// answer gives what was typed as engine means it. A number that is none is left
// out; faults says so.
func (t typed) answer(indicators []engine.Indicator) engine.Answer {
	a := engine.Answer{Done: t.Done, Missing: t.Missing}
	for _, c := range choices {
		if c.Value == t.Choice {
			a.Status, a.Qualifier = c.State, c.Qualifier
		}
	}
	for k, in := range indicators {
		if v, ok := readNumber(t.Numbers[k]); ok {
			a.Numbers = append(a.Numbers, engine.Number{Name: in.Name, Unit: in.Unit, Value: v})
		}
	}
	return a
}

// faults says what is wrong in which field: field name to key of the catalogue.
// The rules are engine's: the fields to blame are those that, once filled, make
// it content.
func (t typed) faults(indicators []engine.Indicator) map[string]string {
	out := map[string]string{}
	for k, text := range t.Numbers {
		if _, ok := readNumber(text); !ok && text != "" {
			out["cislo-"+strconv.Itoa(k)] = "fault.number"
		}
	}
	a := t.answer(indicators)
	if a.Check() == nil {
		return out
	}
	if !a.Status.Known() {
		out["stav"] = "fault.status"
	}
	for name, text := range map[string]string{"hotovo": a.Done, "chybi": a.Missing} {
		switch {
		case utf8.RuneCountInString(text) > engine.MaxText:
			out[name] = "fault.long"
		case text == "" && a.Status.Known() && lacks(a, name):
			out[name] = "fault." + name
		}
	}
	return out
}

// lacks asks engine whether the answer is still refused when the other text is
// there and this one is not.
func lacks(a engine.Answer, field string) bool {
	a.Done, a.Missing = "x", "x"
	if field == "hotovo" {
		a.Done = ""
	} else {
		a.Missing = ""
	}
	return a.Check() != nil
}

var czechNumber = pattern.New(`^-?\d{1,15}([.,]\d{1,6})?$`)

// readNumber reads "1 234,5".
func readNumber(s string) (float64, bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	if !czechNumber.MatchString(s) {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// clean takes out of typed text what no person types and no database keeps:
// control characters, broken UTF-8, the line ends of forms.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
