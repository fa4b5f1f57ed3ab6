package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"splneno/engine"
	"splneno/workflows"
)

// retentionCommand shows how long records are kept.
type retentionCommand struct {
	Keep map[string]string `placeholder:"KIND=MONTHS" help:"Show what would go under another period, without changing it; repeat for each."`
}

// Help gives examples of --help.
func (retentionCommand) Help() string {
	return `Every night at four, what is past its period goes; the journal says how much.
What a season in progress may need stays, however old, and so does what waits for
somebody. What is official stays without end: answers, entries, decisions,
approvals, evaluations and the journal. Documents of a town are discarded by its
own procedure (Act 499/2004 on archives), never by this program.

Examples:

  splneno retention
  splneno retention --keep letters=12
  splneno municipality --keep letters=24 --keep other_mail=3
  splneno municipality --keep letters=forever --keep other_mail=default`
}

// Run prints the table.
func (rc retentionCommand) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		m, err := o.Records.Municipality(ctx)
		if err != nil {
			return err
		}
		if m.Keep, err = keepOf(m.Keep, rc.Keep); err != nil {
			return err
		}
		all, err := o.Retention(ctx, m.Keep)
		if err != nil {
			return err
		}
		return printRetention(w, all)
	})
}

func printRetention(w *world, all []workflows.Keeping) error {
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "KIND\tKEPT\tDEFAULT\tDUE NOW\tOLDEST\tWHY")
	for _, k := range all {
		oldest := "-"
		if !k.There.Oldest.IsZero() {
			oldest = dayOf(k.There.Oldest)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\t%s\n", k.Rule.Kind, periodOf(k.Period), periodOf(k.Rule.Months), k.There.Due, oldest, keepWhy[k.Rule.Kind]+" "+keepBasis[k.Rule.Basis])
	}
	fmt.Fprintf(t, "record\twithout end\twithout end\t-\t-\tAnswers, decisions, evaluations, journal: a town discards documents by its own procedure (Act 499/2004).\n")
	return t.Flush()
}

// periodOf says a period.
func periodOf(months int) string {
	if months == engine.KeepForever {
		return "without end"
	}
	return engine.CountOf(months, "month", "months")
}

// keepWhy says why a kind is kept as long as it is by default.
var keepWhy = map[engine.RecordKind]string{
	engine.KeepBytes:       "They hold attachments, quoted letters and links; a year settles a dispute about an answer.",
	engine.KeepReplies:     "The answer itself is in the record; its mail explains it for three seasons.",
	engine.KeepOtherMail:   "Nobody asked for them.",
	engine.KeepLetters:     "Who was asked what, for three seasons.",
	engine.KeepFailures:    "A year of them shows an address that fails.",
	engine.KeepDrafts:      "They were never sent.",
	engine.KeepSessions:    "They ended.",
	engine.KeepInvitations: "Nobody followed them.",
	engine.KeepSecrets:     "The account opens nothing.",
	engine.KeepCalendar:    "Two years show whether every due run came.",
	engine.KeepContacts:    "Two years for questions about what an organisation did before it ended.",
	engine.KeepProposed:    "Nobody accepted them.",
}

// keepBasis says what a period rests on.
var keepBasis = map[engine.KeepBasis]string{
	engine.BasisPrinciple: "(GDPR art. 5)",
	engine.BasisChoice:    "(our choice)",
}

// keepOf puts periods as they were typed into those there are.
func keepOf(was engine.Retention, typed map[string]string) (engine.Retention, error) {
	out := engine.Retention{}
	for kind, months := range was {
		out[kind] = months
	}
	for name, text := range typed {
		kind := engine.RecordKind(name)
		months, err := strconv.Atoi(text)
		switch {
		case text == "default":
			delete(out, kind)
			continue
		case text == "forever":
			months = engine.KeepForever
		case err != nil || months < 1:
			return nil, engine.Errorf(usage, "%s=%s is no period; give months, 'forever' or 'default'", name, text)
		}
		out[kind] = months
	}
	if err := out.Check(); err != nil {
		var kinds []string
		for _, k := range engine.KeepRules() {
			kinds = append(kinds, string(k.Kind))
		}
		slices.Sort(kinds)
		return nil, fmt.Errorf("%w (kinds: %s)", err, strings.Join(kinds, ", "))
	}
	return out, nil
}
