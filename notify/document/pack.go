package document

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"strings"
	"text/template"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
	"splneno/notify/paper/pdf"
)

//go:embed templates/pack.txt
var packWords embed.FS

// Pack makes the papers of a meeting about an evaluation: the invitation with
// its agenda, the activities to be decided about with room for the decision, and
// a short roll-up; as a PDF to read and as a Word document to write minutes in.
func (m *Maker) Pack(meeting engine.Meeting, p engine.Print) ([]engine.Attachment, error) {
	sheet, err := m.packPaper(meeting, p)
	if err != nil {
		return nil, err
	}
	var out []engine.Attachment
	for _, f := range []struct {
		ext, kind string
		write     func(io.Writer, paper.Paper) error
	}{
		{".pdf", "application/pdf", pdf.Write},
		{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.Write},
	} {
		name := "pack-" + czech.Slug(p.Evaluation.Period.ID) + f.ext
		var b bytes.Buffer
		if err := f.write(&b, sheet); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, engine.Attachment{Name: name, Type: f.kind, Data: b.Bytes()})
	}
	return out, nil
}

// A packer puts the papers of one meeting together. It keeps the first error of
// its sentences.
type packer struct {
	Meeting    engine.Meeting
	Evaluation engine.Evaluation
	words      *template.Template
	err        error
}

// packPaper gives the papers before they have a format.
func (m *Maker) packPaper(meeting engine.Meeting, p engine.Print) (paper.Paper, error) {
	words, err := template.New("pack").Funcs(template.FuncMap{"plural": czech.Plural, "longdate": longDay, "onday": czech.LongDate,
		"year": func(p engine.Period) bool { return p.Start != "" && p == engine.Year(p.Start.Year()) },
		"dash": func(s string) string { return strings.ReplaceAll(s, "-", "\u2013") },
		"day":  func(t time.Time) engine.Date { return engine.DateOf(t.In(m.zone)) },
	}).ParseFS(packWords, "templates/pack.txt")
	if err != nil {
		return paper.Paper{}, err
	}
	k := &packer{Meeting: meeting, Evaluation: p.Evaluation, words: words}
	out := paper.Paper{Lang: "cs-CZ", Title: k.say("title", k), Author: k.Evaluation.Municipality, Subject: k.say("subject", k), At: meeting.SentAt,
		Running: k.say("running", k), Foot: k.Evaluation.Funding,
		Words: paper.Words{Contents: k.say("contents", k), Page: k.say("page", k), Figure: k.say("figure", k), Skip: k.say("skip", k)}}
	if len(p.Logo) > 0 {
		out.Blocks = append(out.Blocks, paper.Image{Data: p.Logo, Type: p.LogoType, Alt: k.Evaluation.Municipality})
	}
	out.Blocks = append(out.Blocks, k.head()...)
	out.Blocks = append(out.Blocks, k.decisions()...)
	out.Blocks = append(out.Blocks, k.rollUp()...)
	out.Blocks = append(out.Blocks, paper.Signature{Label: k.say("verified", k)})
	return out, k.err
}

// longDay writes a day without its weekday, in one piece.
func longDay(d engine.Date) string {
	if d == "" {
		return ""
	}
	t := d.In(time.UTC, 0, 0)
	return fmt.Sprintf("%d.\u00a0%s\u00a0%d", t.Day(), czech.MonthGenitive(t.Month()), t.Year())
}

func (k *packer) say(name string, data any) string {
	var b strings.Builder
	if err := k.words.ExecuteTemplate(&b, name, data); err != nil && k.err == nil {
		k.err = err
	}
	return strings.TrimSpace(b.String())
}

// head gives the invitation: who meets, when, where and about what.
func (k *packer) head() []paper.Block {
	m := k.Meeting
	styled := func(style paper.Style, text string) paper.Para {
		return paper.Para{Style: style, Spans: []paper.Span{{Text: text}}}
	}
	out := []paper.Block{styled(paper.Title, k.say("title", k)), styled(paper.Subtitle, m.Body)}
	if m.Cancelled() {
		out = append(out, styled(paper.Mark, k.say("cancelled", k)), paper.Plain(m.Reason))
	}
	about := "approved about"
	if k.Evaluation.State == engine.EvaluationDraft {
		out, about = append(out, styled(paper.Mark, k.say("draft", k))), "draft about"
	}
	fact := func(label, text string) paper.Para {
		return paper.Para{Spans: []paper.Span{{Text: k.say(label, k) + ": ", Bold: true}, {Text: text}}}
	}
	out = append(out, paper.Box{Blocks: []paper.Block{fact("body", m.Body), fact("when", k.say("when is", k)), fact("where", m.Place),
		fact("about", k.say("about is", k)), fact("invites", k.Evaluation.Municipality)}}, styled(paper.Note, k.say(about, k)))
	agenda := paper.List{Numbered: true}
	for _, point := range m.Agenda {
		agenda.Items = append(agenda.Items, paper.Plain(point))
	}
	return append(out, paper.Heading{ID: "agenda", Text: k.say("agenda", k), Level: 1}, agenda)
}
