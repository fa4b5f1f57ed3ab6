package document

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
	"splneno/notify/paper/pdf"
)

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
	}{{".pdf", typePDF, pdf.Write}, {".docx", typeDOCX, docx.Write}} {
		name := "pack-" + czech.Slug(p.Evaluation.Period.ID) + f.ext
		var b bytes.Buffer
		if err := f.write(&b, sheet); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, engine.Attachment{Name: name, Type: f.kind, Data: b.Bytes()})
	}
	return out, nil
}

// A packer puts the papers of one meeting together. Its sentences are filled with
// the meeting and the evaluation.
type packer struct {
	*builder
	about struct {
		Meeting    engine.Meeting
		Evaluation engine.Evaluation
	}
}

// ask gives a sentence of the papers of a meeting.
func (k *packer) ask(name string) string { return k.say("pack "+name, k.about) }

// packPaper gives the papers before they have a format.
func (m *Maker) packPaper(meeting engine.Meeting, p engine.Print) (paper.Paper, error) {
	k := &packer{builder: m.builder(p)}
	k.about.Meeting, k.about.Evaluation = meeting, p.Evaluation
	out := paper.Paper{Lang: "cs-CZ", Title: k.ask("title"), Author: k.e.Municipality, Subject: k.ask("subject"), At: meeting.SentAt,
		Running: k.ask("running"), Foot: k.e.Funding, Words: k.marginal()}
	if len(p.Logo) > 0 {
		out.Blocks = append(out.Blocks, paper.Image{Data: p.Logo, Type: p.LogoType, Alt: k.say("logo", k.e)})
	}
	out.Blocks = append(out.Blocks, k.head()...)
	out.Blocks = append(out.Blocks, k.items()...)
	out.Blocks = append(out.Blocks, paper.Heading{ID: "rollup", Text: k.ask("rollup"), Level: 1}, paper.Plain(k.ask("rollup lead")),
		k.tallies("totals", k.say("caption totals", nil), k.say("column area", k.e), k.byArea()), paper.Signature{Label: k.ask("verified")})
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

// head gives the invitation: who meets, when, where and about what.
func (k *packer) head() []paper.Block {
	m := k.about.Meeting
	out := []paper.Block{styled(paper.Title, k.ask("title")), styled(paper.Subtitle, m.Body)}
	if m.Cancelled() {
		out = append(out, styled(paper.Mark, k.ask("cancelled")), paper.Plain(m.Reason))
	}
	about := "approved about"
	if k.e.State == engine.EvaluationDraft {
		out, about = append(out, styled(paper.Mark, k.say("draft mark", nil))), "draft about"
	}
	fact := func(label, text string) paper.Para {
		return paper.Para{Spans: []paper.Span{{Text: k.ask(label) + ": ", Bold: true}, {Text: text}}}
	}
	out = append(out, paper.Box{Blocks: []paper.Block{fact("body", m.Body), fact("when", k.ask("when is")), fact("where", m.Place),
		fact("about", k.ask("about is")), fact("invites", k.e.Municipality)}}, styled(paper.Note, k.ask(about)))
	agenda := itemised(m.Agenda, func(point string) string { return point })
	agenda.Numbered = true
	return append(out, paper.Heading{ID: "agenda", Text: k.ask("agenda"), Level: 1}, agenda)
}

// items gives the table of what is to be decided, with room to write in.
func (k *packer) items() []paper.Block {
	out := []paper.Block{paper.Heading{ID: "items", Text: k.ask("items"), Level: 1}}
	rows := k.e.ItemsOf(k.about.Meeting)
	if len(rows) == 0 {
		return append(out, paper.Plain(k.ask("no items")))
	}
	t := paper.Table{ID: "decisions", Caption: k.ask("items"), Quiet: true, RowHeads: true, Columns: []paper.Column{
		{Title: k.say("column activity", k.e), Width: 34}, {Title: k.ask("column result"), Width: 16}, {Title: k.ask("column why"), Width: 28},
		{Title: k.ask("column decision"), Width: 22}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{k.item(r), {marked(r.Result(), k.word(r.Result()))},
			plainProse(strings.TrimSpace(cmp.Or(r.Missing, r.Narrative))), {paper.Plain(k.ask("decision line"))}}})
	}
	return append(out, paper.Plain(k.ask("items lead")), t)
}

// item says which promise a row is about, and who answers for it.
func (k *packer) item(r engine.ActivityResult) paper.Cell {
	out := paper.Cell{paper.Para{Spans: []paper.Span{{Text: r.ID, Bold: true}, {Text: " " + r.Title}}}}
	if r.Responsible != "" {
		out = append(out, paper.Plain(k.say("pack who", r.Responsible)))
	}
	if r.NoAnswer && len(r.AskedOn) > 0 {
		out = append(out, paper.Plain(k.say("pack asked", dates(r.AskedOn))))
	}
	return out
}
