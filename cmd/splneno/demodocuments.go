package main

import (
	"context"
	"path/filepath"
	"strings"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/notify/document"
)

// rework rewrites a sentence of a draft in its Word document and takes it over,
// as the coordinator does who would rather work in Word.
func (d *demo) rework(ctx context.Context, e engine.Evaluation) (engine.Evaluation, error) {
	p, err := d.office.Print(ctx, e)
	if err != nil {
		return e, err
	}
	doc, err := d.office.Documents.Document(p, "evaluation-"+e.Period.ID+".docx")
	if err != nil {
		return e, err
	}
	file, err := example.Reword(doc.Data, d.plot.Reworded.From, d.plot.Reworded.To)
	if err != nil {
		return e, err
	}
	t, e, err := d.office.Edits(ctx, e.Plan, e.Period.ID, file)
	if err != nil {
		return e, err
	}
	if err := d.office.TakeOver(ctx, e.Plan, e.Period.ID, e.Number, e.Version, t.Edits, "", d.coordinator); err != nil {
		return e, err
	}
	d.say("%s  taken over from Word: %s rewritten", engine.DateOf(d.clock.Now()), engine.CountOf(t.Taken, "paragraph", "paragraphs"))
	return d.office.Evaluation(ctx, e.Plan, e.Period.ID)
}

// publish lets everybody read the approved evaluation.
func (d *demo) publish(ctx context.Context) error {
	e, err := d.office.Evaluation(ctx, d.season.Plan, d.season.Period.ID)
	if err != nil {
		return err
	}
	if err := d.office.Publish(ctx, e.Plan, e.Period.ID, e.Number, d.coordinator); err != nil {
		return err
	}
	d.say("%s  evaluation published", d.plot.Published)
	return nil
}

// callMeetings calls the meetings of the steering group whose papers will leave
// by the calendar.
func (d *demo) callMeetings(ctx context.Context, day engine.Date) error {
	for _, m := range d.plot.Meetings {
		if m.Called != day {
			continue
		}
		called, err := d.office.ProposeMeeting(ctx, d.season.Plan, d.season.Period.ID)
		if err != nil {
			return err
		}
		called.Day, called.Time, called.Place = m.Day, m.Time, m.Place
		if called.SendOn, err = d.office.SendDay(ctx, m.Day); err != nil {
			return err
		}
		if called, err = d.office.CallMeeting(ctx, called, d.coordinator); err != nil {
			return err
		}
		d.say("%s  the steering group is called to %s; its papers leave on %s", day, called.Day, called.SendOn)
	}
	return nil
}

// writeLayout writes the layout a town would begin its own from.
func (d *demo) writeLayout(context.Context) error {
	layout, err := document.ExampleLayout()
	if err != nil {
		return err
	}
	d.say("a layout of the town's own to begin from → layout.docx")
	return writeFile(filepath.Join(d.dir, "layout.docx"), layout)
}

// writePublic writes what everybody may read of an evaluation, where it is
// published. The paper for the council is not for everybody.
func (d *demo) writePublic(ctx context.Context, s engine.Season, e engine.Evaluation) error {
	if s.Published == 0 {
		return nil
	}
	p, err := d.office.PublicPrint(ctx, e)
	if err != nil {
		return err
	}
	public := func(yield func(engine.Attachment, error) bool) {
		for a, err := range d.office.Documents.Documents(p) {
			if !strings.Contains(a.Name, "-council.") && !yield(a, err) {
				return
			}
		}
	}
	files, err := writeFiles(public, filepath.Join(d.dir, "public"))
	if err == nil {
		d.say("  for everybody → %s and %d more", filepath.Join("public", filepath.Base(files[0])), len(files)-1)
	}
	return err
}
