package main

import (
	"context"
	"encoding/json"
	"fmt"

	"splneno/engine"
	"splneno/workflows"
)

// previewCommand prints what will leave.
type previewCommand struct {
	Until    string `placeholder:"DAY" help:"The last day looked at, 2024-12-31. Default: a year from now."`
	Prepared bool   `help:"Prepared seasons too, as if they were opened now."`
	JSON     bool   `name:"json" help:"Print one JSON object."`
}

// Help gives the example of --help.
func (previewCommand) Help() string { return "Example: splneno preview --until 2024-12-31" }

// A previewed is the forecast as JSON.
type previewed struct {
	From  engine.Date     `json:"from"`
	Until engine.Date     `json:"until"`
	Mails []previewedMail `json:"mails"`
	Days  []previewedDay  `json:"days"`
	Packs []previewedPack `json:"packs"`

	OnHold engine.HoldKind `json:"on_hold,omitempty"`
}

type previewedMail struct {
	Day          engine.Date `json:"day"`
	Plan         string      `json:"plan"`
	Period       string      `json:"period"`
	Organisation string      `json:"organisation"`
	Kind         string      `json:"kind"`
	Rung         int         `json:"rung,omitempty"`
	Items        int         `json:"items"`
	Why          string      `json:"why"`
	Due          engine.Date `json:"due,omitempty"`
	AnswerBy     engine.Date `json:"answer_by,omitempty"`
	Occasions    []string    `json:"occasions"`
	Moved        bool        `json:"moved"`
}

type previewedPack struct {
	Day     engine.Date `json:"day"`
	Plan    string      `json:"plan"`
	Period  string      `json:"period"`
	Meeting engine.Date `json:"meeting"`
	Members int         `json:"members"`
}

type previewedDay struct {
	Plan   string      `json:"plan"`
	Period string      `json:"period"`
	Rule   string      `json:"rule"`
	Day    engine.Date `json:"day"`
}

// Run prints it; nothing is stored.
func (p previewCommand) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		today := engine.DateOf(in.now().In(in.zone))
		until := today.AddDays(365)
		if p.Until != "" {
			var err error
			if until, err = engine.ParseDate(p.Until); err != nil {
				return engine.Errorf(usage, "%w", err)
			}
		}
		out, err := o.Forecast(ctx, workflows.Question{Until: until, Prepared: p.Prepared})
		if err != nil {
			return err
		}
		hold, err := o.Records.Hold(ctx)
		if err != nil {
			return err
		}
		if p.JSON {
			shown := newPreviewed(today, until, out)
			shown.OnHold = hold.Kind
			return json.NewEncoder(w.out).Encode(shown)
		}
		if hold.Kind != "" {
			fmt.Fprintf(w.out, "%s is on hold (%s): nothing of this leaves until that ends; see splneno hold.\n", o.Records.Tenant(), hold.Kind)
		}
		return printPreview(w, out)
	})
}

func newPreviewed(from, until engine.Date, out workflows.Outlook) previewed {
	p := previewed{From: from, Until: until, Mails: []previewedMail{}, Days: []previewedDay{}, Packs: []previewedPack{}}
	for _, m := range out.Mailings {
		p.Mails = append(p.Mails, previewedMail{Day: m.Day, Plan: m.Plan, Period: m.Period, Organisation: m.Organisation, Kind: string(m.Kind), Rung: m.Rung,
			Items: m.Items, Why: m.Why(), Due: m.Due, AnswerBy: m.AnswerBy, Occasions: append([]string{}, m.Keys...), Moved: m.Moved})
	}
	for _, d := range out.Days {
		if d.Day != "" {
			p.Days = append(p.Days, previewedDay{d.Plan, d.Period, d.Rule, d.Day})
		}
	}
	for _, d := range out.Packs {
		if d.Day != "" {
			p.Packs = append(p.Packs, previewedPack{d.Day, d.Meeting.Plan, d.Meeting.Period, d.Meeting.Day, d.Members})
		}
	}
	return p
}

// reasons says in words why a mail leaves.
var reasons = map[string]string{"asked": "the asking begins", "silent": "no answer yet", "term": "a term comes near", "question": "an answer was returned",
	"silence": "no answer in spite of reminders; to the coordinator", "instead": "it cannot be written to; to the coordinator"}

func printPreview(w *world, out workflows.Outlook) error {
	for _, m := range out.Mailings {
		moved := ""
		if m.Moved {
			moved = ", moved"
		}
		fmt.Fprintf(w.out, "%s  %-10s %s  %s of %s %s: %s%s\n", m.Day, m.Kind, m.Organisation, engine.CountOf(m.Items, "activity", "activities"), m.Plan, m.Period, reasons[m.Why()], moved)
	}
	for _, d := range out.Days {
		switch {
		case d.Rule == "draft" && d.Day != "":
			fmt.Fprintf(w.out, "%s  the evaluation of %s %s is drafted\n", d.Day, d.Plan, d.Period)
		case d.Rule == "ask" && d.Day == "" && d.Late:
			fmt.Fprintf(w.out, "nobody will be asked about %s %s: its day has passed; set another: splneno season days %s --ask DAY\n", d.Plan, d.Period, d.Period)
		}
	}
	n := mailsOf(out.Mailings)
	for _, d := range out.Packs {
		if d.Day == "" {
			fmt.Fprintf(w.out, "the papers of the meeting of %s will not leave by themselves any more; send them: splneno meeting send %d\n", d.Meeting.Day, d.Meeting.ID)
			continue
		}
		n += d.Members
		fmt.Fprintf(w.out, "%s  %-10s %s  the meeting of %s about %s %s\n", d.Day, engine.LetterPack, engine.CountOf(d.Members, "member", "members"), d.Meeting.Day, d.Meeting.Plan, d.Meeting.Period)
	}
	_, err := fmt.Fprintf(w.out, "%s will leave if nobody answers.\n", engine.CountOf(n, "mail", "mails"))
	return err
}

// mailsOf counts mails: what the coordinator is told on a day is one of them.
func mailsOf(list []engine.Mailing) int {
	n, told := 0, map[engine.Date]bool{}
	for _, m := range list {
		if m.Kind == engine.LetterEscalation {
			told[m.Day] = true
		} else {
			n++
		}
	}
	return n + len(told)
}
