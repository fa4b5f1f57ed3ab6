package document

import (
	"bytes"
	"fmt"
	"io"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/paper"
	"splneno/notify/paper/docx"
	"splneno/notify/paper/html"
	"splneno/notify/paper/pdf"
)

// A rollForm is one kind of document of a roll-up.
type rollForm struct {
	ext, kind string
	write     func(io.Writer, *rollUp) error
}

// rollForms lists the documents of a roll-up; three of them are one paper.
var rollForms = []rollForm{
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", onPaper(docx.Write)},
	{".pdf", "application/pdf", onPaper(pdf.Write)},
	{".html", "text/html; charset=utf-8", onPaper(html.Write)},
	{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeRollSheets},
	{".csv", "text/csv; charset=utf-8", writeRollTable},
	{".json", "application/json", writeRollData},
}

func onPaper(write func(io.Writer, paper.Paper) error) func(io.Writer, *rollUp) error {
	return func(w io.Writer, r *rollUp) error { return write(w, r.paper()) }
}

// RollUpNames gives the names and types of the documents of a roll-up without
// making them; only its period is asked for.
func (*Maker) RollUpNames(r engine.RollUp) []engine.Attachment {
	var out []engine.Attachment
	for _, f := range rollForms {
		out = append(out, engine.Attachment{Name: rollName(r) + f.ext, Type: f.kind})
	}
	return out
}

func rollName(r engine.RollUp) string { return "rollup-" + czech.Slug(r.Period.ID) }

// RollUp gives every document of a roll-up, named "rollup-2023.docx" and so on.
func (m *Maker) RollUp(r engine.RollUp) ([]engine.Attachment, error) {
	v := m.rolled(r)
	var out []engine.Attachment
	for _, f := range rollForms {
		a, err := v.make(f)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// RollUpDocument gives the one document with this name, or NotFound.
func (m *Maker) RollUpDocument(r engine.RollUp, name string) (engine.Attachment, error) {
	for _, f := range rollForms {
		if rollName(r)+f.ext == name {
			return m.rolled(r).make(f)
		}
	}
	return engine.Attachment{}, engine.Errorf(engine.NotFound, "the roll-up has no document %q", name)
}

func (r *rollUp) make(f rollForm) (engine.Attachment, error) {
	if len(rollName(r.RollUp)) > 40 {
		return engine.Attachment{}, engine.Errorf(engine.Invalid, "the period %q is too long for a file name", r.Period.ID)
	}
	var b bytes.Buffer
	if err := f.write(&b, r); err != nil {
		return engine.Attachment{}, fmt.Errorf("roll-up %s%s: %w", r.Period.ID, f.ext, err)
	}
	return engine.Attachment{Name: rollName(r.RollUp) + f.ext, Type: f.kind, Data: b.Bytes()}, nil
}
