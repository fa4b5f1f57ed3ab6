package main

import (
	"context"
	"fmt"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// approveCommand decides about answers.
type approveCommand struct {
	Activity     string `arg:"" optional:"" help:"Activity, as the list names it: 1.1a. Without it the queue is listed."`
	Organisation string `arg:"" optional:"" help:"Whose answer: id, name or alias."`
	Revision     int    `help:"The revision you were shown; a newer answer is not approved unseen."`
	Status       string `enum:"planned,in_progress,fulfilled,partial,unfulfilled," default:"" help:"Edit: the status to approve instead."`
	AnotherForm  bool   `help:"Edit: fulfilled in another form."`
	Done         string `help:"Edit: what was done."`
	Missing      string `help:"Edit: what is missing."`
	Next         string `enum:"close,continue,carry_over,postpone,drop," default:"" help:"The next step: close, continue, carry_over, postpone, drop. Without ORGANISATION: decide about a result already approved."`
	PostponeTo   string `placeholder:"DAY" help:"With --next postpone: the new term."`
	Return       string `placeholder:"QUESTION" help:"Do not approve; send the answer back with this question."`
	Reopen       string `placeholder:"REASON" help:"Take an approved result back."`
	Report       string `placeholder:"SOURCE" help:"Record what you know yourself, from where (a phone call, minutes): with --status and texts."`
	Plan         string `help:"Plan, where there are several."`
	Season       string `help:"Season, where there are several."`
}

// Help gives examples for --help.
func (approveCommand) Help() string {
	return "Examples: splneno approve; splneno approve 1.1a 'Oblastní charita Klatovy' --revision 1; splneno approve 1.2 charita-susice --revision 1 --return 'Kolik klientů?'"
}

// Run does it.
func (a approveCommand) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		if a.Activity == "" {
			return listQueue(ctx, o, w)
		}
		season, err := pickSeason(ctx, o, a.Plan, a.Season)
		if err != nil {
			return err
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		k := engine.EntryKey{Plan: season.Plan, Period: season.Period.ID, Activity: a.Activity}
		if err := a.decide(ctx, o, k, who); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "%s: recorded.\n", a.Activity)
		return err
	})
}

// decide carries out the one thing that was asked for.
func (a approveCommand) decide(ctx context.Context, o *workflows.Office, k engine.EntryKey, who engine.Actor) error {
	if a.PostponeTo != "" {
		if _, err := engine.ParseDate(a.PostponeTo); err != nil {
			return err
		}
	}
	switch {
	case a.Reopen != "":
		return o.Reopen(ctx, k, a.Reopen, who)
	case a.Report != "":
		return o.Report(ctx, k, a.edit(engine.Answer{}), engine.NextStep(a.Next), a.Report, who)
	case a.Organisation == "" && a.Next != "":
		return o.Decide(ctx, k, engine.NextStep(a.Next), engine.Date(a.PostponeTo), who)
	case a.Organisation == "":
		return engine.Errorf(usage, "say whose answer about %s: splneno approve %s ORGANISATION --revision N", a.Activity, a.Activity)
	}
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	body, err := workflows.FindOrganisation(all, a.Organisation)
	if err != nil {
		return err
	}
	if a.Return != "" {
		return o.Return(ctx, k, body.ID, a.Revision, a.Return, who)
	}
	item, err := o.Answered(ctx, k, body.ID)
	if err != nil {
		return err
	}
	v := engine.Verdict{Shown: a.Revision, Answer: a.edit(item.Proposal.Answer), NextStep: engine.NextStep(a.Next), PostponedTo: engine.Date(a.PostponeTo)}
	return o.Approve(ctx, k, body.ID, v, who)
}

// edit puts what was given on the command line over an answer.
func (a approveCommand) edit(answer engine.Answer) engine.Answer {
	if a.Status != "" {
		answer.Status, answer.Qualifier = engine.State(a.Status), ""
	}
	if a.AnotherForm {
		answer.Qualifier = engine.AnotherForm
	}
	if a.Done != "" {
		answer.Done = a.Done
	}
	if a.Missing != "" {
		answer.Missing = a.Missing
	}
	return answer
}

// listQueue prints what waits, by organisation.
func listQueue(ctx context.Context, o *workflows.Office, w *world) error {
	queue, err := o.Queue(ctx)
	if err != nil {
		return err
	}
	if len(queue) == 0 {
		fmt.Fprintln(w.out, "No answer waits.")
	}
	last := ""
	for _, item := range queue {
		p := item.Proposal
		if p.Organisation != last {
			fmt.Fprintf(w.out, "%s (%s)\n", item.Organisation.Name, p.Organisation)
			last = p.Organisation
		}
		fmt.Fprintf(w.out, "  %s %s\n    %s, revision %d, %s\n", item.Activity.ID, item.Activity.Title,
			czech.StatusWord(p.Answer.Status, p.Answer.Qualifier), p.Revision, engine.DateOf(p.At.In(o.Zone)))
		for _, text := range []string{p.Answer.Done, p.Answer.Missing} {
			if text != "" {
				fmt.Fprintf(w.out, "    %s\n", text)
			}
		}
	}
	return nil
}
