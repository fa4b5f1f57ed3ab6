package document

import (
	"cmp"
	_ "embed"
	"strings"
	"text/template"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
)

//go:embed templates/words.txt
var words string

//go:embed templates/pack.txt
var packWords string

// A speaker says the sentences of documents. It keeps its first error.
type speaker struct {
	sentences *template.Template
	own       map[string]string // a municipality's own words of statuses
	err       error
}

// readWords parses the sentences with the functions they may call.
func readWords(zone *time.Location) *template.Template {
	t := template.New("").Option("missingkey=error")
	say := func(name string, data any) (string, error) {
		var b strings.Builder
		err := t.ExecuteTemplate(&b, name, data)
		return strings.TrimSpace(b.String()), err
	}
	return template.Must(t.Funcs(template.FuncMap{
		"say":     say,
		"plural":  czech.Plural,
		"date":    czech.FormatDate,
		"day":     func(t time.Time) string { return czech.FormatDate(engine.DateOf(t.In(zone))) },
		"dates":   dates,
		"share":   czech.FormatShare,
		"below":   czech.Below,
		"permill": permill,
		"kept":    kept,
		"covered": func(e engine.Evaluation) int { return e.Asked - e.Answered - e.Silent },
		"step":    czech.NextStepWord,
		"channel": czech.ChannelWord,
		"verb": func(v engine.ApprovalVerb) (string, error) {
			if t.Lookup("verb "+string(v)) == nil {
				return string(v), nil
			}
			return say("verb "+string(v), nil)
		},
		"year":   func(p engine.Period) bool { return p.Start != "" && p == engine.Year(p.Start.Year()) },
		"dash":   span,
		"figure": number,
		"join":   strings.Join,
		"upper":  capitalised,
		"origin": func(ref string) (string, error) {
			plan, id, ok := engine.SplitRef(ref)
			if !ok {
				return ref, nil
			}
			return say("origin", struct{ Plan, ID string }{plan, id})
		},
		"longdate": longDay,
		"longday":  func(t time.Time) string { return longDay(engine.DateOf(t.In(zone))) },
		"onday":    czech.LongDate,
	}).Parse(words + packWords))
}

// say gives a sentence.
func (s *speaker) say(name string, data any) string {
	var b strings.Builder
	if err := s.sentences.ExecuteTemplate(&b, name, data); err != nil && s.err == nil {
		s.err = err
	}
	return strings.Trim(b.String(), " \n\t")
}

// lead gives a word that something follows, "Důvod: ", with the space behind it.
func (s *speaker) lead(name string) string { return s.say(name, nil) + " " }

// marginal gives the words around a text.
func (s *speaker) marginal() paper.Words {
	return paper.Words{Contents: s.say("contents", nil), Page: s.say("page", nil), Figure: s.say("figure", nil), Skip: s.say("skip", nil)}
}

// word gives the word of a count: the municipality's own, or ours.
func (s *speaker) word(name string) string { return cmp.Or(s.own[name], s.say("word "+name, nil)) }

// status gives the word of a row's result, as official documents write it.
func (s *speaker) status(r engine.ActivityResult) string {
	if r.NoAnswer {
		return s.word("no_answer")
	}
	return cmp.Or(s.own[r.Result()], czech.StatusWord(r.Status, r.Qualifier))
}

// dates writes days one after the other.
func dates(days []engine.Date) string {
	var out []string
	for _, d := range days {
		out = append(out, czech.FormatDate(d))
	}
	return strings.Join(out, ", ")
}

// kept counts what was fulfilled, in whatever form.
func kept(t engine.Totals) int { return t.Fulfilled + t.AnotherForm }

// permill gives part of whole in tenths of a percent, rounded.
func permill(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (part*2000 + whole) / (whole * 2)
}

// capitalised begins a text with a capital letter.
func capitalised(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
