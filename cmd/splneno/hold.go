package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// holdCommand shows what a restored or copied municipality would send, and lets
// it go on.
type holdCommand struct {
	Show    holdShow    `cmd:"" default:"withargs" help:"What would leave, and what is known about it."`
	List    holdList    `cmd:"" help:"All municipalities on hold."`
	Check   holdCheck   `cmd:"" help:"Look through the sent mail of the original for what left already."`
	Left    holdLeft    `cmd:"" help:"Record that held messages did leave, so that they are not sent again."`
	Stop    holdStop    `cmd:"" help:"Decide that held messages never leave."`
	Release holdRelease `cmd:"" help:"Send held messages one by one, or end the hold and send them all."`
	Start   holdStart   `cmd:"" help:"Put a municipality on hold by hand."`
}

// towns is for which municipalities a command is called.
type towns struct {
	AllTowns bool `help:"Every municipality on hold, not only the one of --tenant."`
}

// each does something for every municipality meant.
func (t towns) each(ctx context.Context, c *command, w *world, do func(*workflows.Office, engine.Actor) error) error {
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		offices := []*workflows.Office{o}
		if _, err := o.Records.Municipality(ctx); err != nil && !t.AllTowns {
			return err
		}
		if t.AllTowns {
			offices = nil
			tenants, err := in.heldTowns(ctx)
			if err != nil {
				return err
			}
			for _, tenant := range tenants {
				offices = append(offices, in.office(tenant))
			}
		}
		var failed error
		for _, o := range offices {
			who, err := c.operator(ctx, o)
			if err == nil {
				err = do(o, who)
			}
			if err != nil && t.AllTowns {
				err = fmt.Errorf("%s: %w", o.Records.Tenant(), err)
			}
			failed = errors.Join(failed, err)
		}
		return failed
	})
}

// holdShow shows.
type holdShow struct {
	towns `embed:""`
	JSON  bool `name:"json" help:"Print one JSON object for each municipality."`
}

// A shownHold is the report as JSON.
type shownHold struct {
	Tenant   string            `json:"tenant"`
	Kind     engine.HoldKind   `json:"kind"`
	Since    *time.Time        `json:"since,omitempty"`
	AsOf     *time.Time        `json:"as_of,omitempty"`
	Note     string            `json:"note,omitempty"`
	Messages []shownHeld       `json:"messages"`
	Unknown  []engine.Departed `json:"left_from_the_original"`
	Ahead    int               `json:"letters_in_14_days"`
}

type shownHeld struct {
	Key          string            `json:"key"`
	Kind         engine.LetterKind `json:"kind"`
	Organisation string            `json:"organisation,omitempty"`
	To           string            `json:"to"`
	Subject      string            `json:"subject"`
	Created      time.Time         `json:"created"`
	MessageID    string            `json:"message_id"`
	Found        engine.Trace      `json:"found,omitempty"`
	LeftAt       *time.Time        `json:"left_at,omitempty"`
}

// Run does it.
func (s holdShow) Run(ctx context.Context, c *command, w *world) error {
	return s.each(ctx, c, w, func(o *workflows.Office, _ engine.Actor) error {
		r, err := o.HoldReport(ctx)
		if err != nil {
			return err
		}
		ahead := workflows.Outlook{}
		if r.Hold.Holds() {
			if ahead, err = o.Forecast(ctx, workflows.Question{Until: engine.DateOf(o.Now().In(o.Zone)).AddDays(holdAhead)}); err != nil {
				return err
			}
		}
		if s.JSON {
			return json.NewEncoder(w.out).Encode(newShownHold(o, r, mailsOf(ahead.Mailings)))
		}
		return printHold(w, o, r, mailsOf(ahead.Mailings))
	})
}

// holdAhead is how many days are looked ahead.
const holdAhead = 14

func newShownHold(o *workflows.Office, r workflows.HoldReport, ahead int) shownHold {
	out := shownHold{Tenant: o.Records.Tenant(), Kind: r.Hold.Kind, Since: known(r.Hold.Since), AsOf: known(r.Hold.AsOf), Note: r.Hold.Note,
		Messages: []shownHeld{}, Unknown: []engine.Departed{}, Ahead: ahead}
	for _, m := range r.Messages {
		out.Messages = append(out.Messages, shownHeld{m.Key, m.Kind, m.Organisation, m.To, m.Subject, m.CreatedAt, m.MessageID, m.Trace, known(m.LeftAt)})
	}
	if r.Check != nil {
		out.Unknown = append(out.Unknown, r.Check.Unknown...)
	}
	return out
}

// known leaves a time that is not known out of JSON.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// found says in words what a check found of a message.
var found = map[engine.Trace]string{"": "nothing found", engine.TraceLeft: "left", engine.TraceWritten: "original wrote", engine.TraceLikely: "probably left"}

func printHold(w *world, o *workflows.Office, r workflows.HoldReport, ahead int) error {
	switch {
	case r.Hold.Kind == "":
		_, err := fmt.Fprintf(w.out, "%s is not on hold.\n", o.Records.Tenant())
		return err
	case r.Hold.Stands():
		_, err := fmt.Fprintf(w.out, "%s is %s since %s: nothing happens at all.\n", o.Records.Tenant(), r.Hold.Kind, minuteOf(r.Hold.Since))
		return err
	}
	fmt.Fprintf(w.out, "%s is on hold since %s (%s, as of %s): nothing leaves.\n", o.Records.Tenant(), minuteOf(r.Hold.Since), r.Hold.Kind, minuteOf(workflows.CopiedAt(r.Hold)))
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	if len(r.Messages) > 0 {
		fmt.Fprintln(t, "MADE\tMESSAGE\tTO\tSUBJECT\tSENT MAIL SAYS")
	}
	for _, m := range r.Messages {
		trace := "not checked"
		if r.Check != nil {
			trace = found[m.Trace]
		}
		if !m.LeftAt.IsZero() {
			trace += " " + minuteOf(m.LeftAt)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", minuteOf(m.CreatedAt), m.Key, m.To, m.Subject, trace)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s would leave; %d more within %d days if nobody answers.\n", engine.CountOf(len(r.Messages), "message", "messages"), ahead, holdAhead)
	if r.Check == nil {
		_, err := fmt.Fprintf(w.out, "What left from the original after %s is not known here; look: splneno hold check --sent-file /var/log/mail.log\n", minuteOf(workflows.CopiedAt(r.Hold)))
		return err
	}
	printUnknown(w, r)
	_, err := fmt.Fprintln(w.out, "Next: splneno hold left --certain --written marks what was found; splneno hold release --all ends the hold, once the original no longer runs.")
	return err
}

// printUnknown lists what the original sent and this database never made.
func printUnknown(w *world, r workflows.HoldReport) {
	for _, d := range r.Check.Unknown {
		to := d.Organisation
		if to == "" {
			to = "not an organisation"
		}
		more := ""
		if d.Covers != "" {
			more = "; taken for " + d.Covers
		}
		fmt.Fprintf(w.out, "left after the copy: %s  %s  %s%s\n", minuteOf(d.At), to, d.Subject, more)
	}
	if n := len(r.Uncovered); n > 0 {
		fmt.Fprintf(w.out, "%d of them no message here stands for yet: what they said may come again in a letter of a later working day. Wait for it before you end the hold.\n", n)
	}
}

// holdList lists.
type holdList struct {
	JSON bool `name:"json" help:"Print one JSON object for each municipality."`
}

// Run does it.
func (l holdList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		tenants, err := in.heldTowns(ctx)
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		if len(tenants) > 0 && !l.JSON {
			fmt.Fprintln(t, "TOWN\tSTATE\tSINCE\tMESSAGES HELD\tNOTE")
		}
		for _, tenant := range tenants {
			o := in.office(tenant)
			r, err := o.HoldReport(ctx)
			if err != nil {
				return err
			}
			if l.JSON {
				if err := json.NewEncoder(w.out).Encode(newShownHold(o, r, 0)); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\n", tenant, r.Hold.Kind, minuteOf(r.Hold.Since), len(r.Messages), r.Hold.Note)
		}
		if len(tenants) == 0 && !l.JSON {
			fmt.Fprintln(t, "No municipality is on hold.")
		}
		return t.Flush()
	})
}
