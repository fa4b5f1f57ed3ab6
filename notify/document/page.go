package document

import (
	"bytes"
	"cmp"
	"embed"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
)

//go:embed templates/evaluation.html
var templates embed.FS

// readPage parses the template of the page with the functions it may call.
func (m *Maker) readPage() (*template.Template, error) {
	return template.New("evaluation.html").Funcs(template.FuncMap{
		"plural":   czech.Plural,
		"date":     czech.FormatDate,
		"day":      func(t time.Time) string { return czech.FormatDate(engine.DateOf(t.In(m.zone))) },
		"share":    czech.FormatShare,
		"permill":  permill,
		"covered":  func(e engine.Evaluation) int { return e.Asked - e.Answered - e.Silent },
		"own":      func(string) string { return "" }, // the words of one municipality: see html
		"status":   czech.StatusWord,
		"step":     czech.NextStepWord,
		"lineage":  czech.LineageWord,
		"noanswer": func() string { return czech.NoAnswer },
		"year":     func(p engine.Period) bool { return p == engine.Year(p.Start.Year()) },
		"dash":     func(s string) string { return strings.ReplaceAll(s, "-", "–") },
		"blocks":   blocks,
		"number":   number,
		"bar":      bar,
		"anchor":   func(id string) string { return "a-" + czech.Slug(id) },
		"silent":   silent,
		"name":     engine.ActivityResult.Result,
		"used":     used,
		"plus":     func(a, b int) int { return a + b },
		"in":       func(e engine.Evaluation, a engine.AreaResult) placed { return placed{e.Levels, a} },
	}).ParseFS(templates, "templates/evaluation.html")
}

func (m *Maker) html(p engine.Print) ([]byte, error) {
	e := p.Evaluation
	page, err := m.page.Clone()
	if err != nil {
		return nil, err
	}
	page.Funcs(template.FuncMap{
		"own": func(name string) string { return e.StatusNames[name] },
		"status": func(s engine.State, qualifier string) string {
			return cmp.Or(e.StatusNames[engine.ActivityResult{Status: s, Qualifier: qualifier}.Result()], czech.StatusWord(s, qualifier))
		},
		"noanswer": func() string { return cmp.Or(e.StatusNames["no_answer"], czech.NoAnswer) },
	})
	var b bytes.Buffer
	if err := page.Execute(&b, e); err != nil {
		return nil, err
	}
	return bytes.Map(visible, b.Bytes()), nil
}

// visible drops control characters, which no page may have, and direction marks,
// which could make a sentence read as another.
func visible(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
		return -1
	}
	return r
}

// A placed area is an area with the names of its plan's levels.
type placed struct {
	Levels engine.Levels
	Area   engine.AreaResult
}

// permill gives part of whole in tenths of a percent, rounded.
func permill(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (part*2000 + whole) / (whole * 2)
}

// A block is a paragraph, or a list when it has items.
type block struct {
	Text  string
	Items []string
}

var bullet = regexp.MustCompile(`^\s*[\x{2022}\x{2023}\x{25aa}*\-\x{2013}]\s+`)

// blocks takes a narrative apart into paragraphs and lists, as people write them.
func blocks(s string) []block {
	var out []block
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r", "\n"), "\n") {
		mark := bullet.FindString(line)
		text := strings.TrimSpace(line[len(mark):])
		switch last := len(out) - 1; {
		case text == "":
		case mark == "":
			out = append(out, block{Text: text})
		case last >= 0 && out[last].Items != nil:
			out[last].Items = append(out[last].Items, text)
		default:
			out = append(out, block{Items: []string{text}})
		}
	}
	return out
}

// number writes a figure with a decimal comma and thousands apart.
func number(v float64) string {
	whole, part, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "\u00a0" + whole[i:]
	}
	if part != "" {
		return whole + "," + part
	}
	return whole
}

// A segment is one piece of a bar, in percent of its width.
type segment struct {
	engine.Share
	X, Width string
	Labelled bool // wide enough for its number
}

// bar gives the pieces of the bar of these totals; the shares add up to the
// whole, so the bar has neither gap nor overlap.
func bar(t engine.Totals) []segment {
	var out []segment
	x := 0
	for _, s := range t.Shares() {
		if s.Count > 0 {
			out = append(out, segment{Share: s, X: percent(x), Width: percent(s.PerMill), Labelled: s.PerMill >= 60})
		}
		x += s.PerMill
	}
	return out
}

func percent(permill int) string { return strconv.FormatFloat(float64(permill)/10, 'f', 1, 64) + "%" }

// silent gives the rows nobody answered for.
func silent(e engine.Evaluation) []engine.ActivityResult {
	var out []engine.ActivityResult
	for _, r := range e.Rows() {
		if r.NoAnswer {
			out = append(out, r)
		}
	}
	return out
}

// used gives the shares of one totals that have a column: the yearly results
// always, the others when the evaluation counts anything there.
func used(all, t engine.Totals) []engine.Share {
	var out []engine.Share
	for i, s := range t.Shares() {
		result := s.Name == "fulfilled" || s.Name == "partial" || s.Name == "unfulfilled"
		if result || all.Shares()[i].Count > 0 {
			out = append(out, s)
		}
	}
	return out
}
