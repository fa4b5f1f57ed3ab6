package main

import (
	"fmt"
	"io"
	"strings"

	"splneno/engine"
)

// showMerge prints what an import does: counts for every kind of thing, and a
// line for everything that is not simply left alone.
func showMerge(w io.Writer, m engine.Merge) {
	for _, t := range []engine.Thing{engine.ThePlan, engine.AnArea, engine.AMeasure, engine.AnActivity, engine.AnOrganisation} {
		var counts []string
		for _, f := range []engine.Fate{engine.Created, engine.Changed, engine.Same, engine.Missing, engine.Dropped} {
			if n := m.Count(t, f); n > 0 {
				counts = append(counts, fmt.Sprintf("%d %s", n, f))
			}
		}
		if len(counts) > 0 {
			fmt.Fprintf(w, "  %s: %s\n", t, strings.Join(counts, ", "))
		}
	}
	for _, i := range m.Items {
		showItem(w, m, i)
	}
	for _, t := range m.Taken {
		fmt.Fprintf(w, "  %s is taken for %s (another body? --apart '%s')\n", t.Name, t.Organisation, t.Name)
	}
	if n := proposedLeads(m.Change.Activities); n > 0 {
		fmt.Fprintf(w, "  %s several bodies and no lead: the first organisation is proposed (another? splneno activity set ID --lead NAME)\n", engine.CountOf(n, "activity names", "activities name"))
	}
	if n := len(m.Change.Entries); n > 0 && m.Change.Event == "reimported" {
		fmt.Fprintf(w, "  open seasons: %s asked about anew or otherwise\n", engine.CountOf(n, "activity", "activities"))
	}
	switch n := len(m.Conflicts()); {
	case n > 0:
		fmt.Fprintf(w, "%s changed both here and in the file; decide each with --theirs or --ours.\n", engine.CountOf(n, "value was", "values were"))
	case m.Change.Event == "":
		fmt.Fprintln(w, "The file says nothing new; it changes nothing.")
	case m.OnlyRemembers():
		fmt.Fprintln(w, "Nothing changes here; the file is kept as what was imported last.")
	}
}

// proposedLeads counts the activities whose lead is not said.
func proposedLeads(list []engine.Activity) int {
	n := 0
	for _, a := range list {
		if _, certain := engine.Lead(a.Responsible); len(a.Responsible) > 1 && !certain {
			n++
		}
	}
	return n
}

// showItem prints the lines of one thing. What a new plan creates is counted only.
func showItem(w io.Writer, m engine.Merge, i engine.MergeItem) {
	switch {
	case i.Fate == engine.Missing && i.Thing == engine.AnActivity:
		fmt.Fprintf(w, "  %s %s %s: %s (kept; promised no more? --drop '%s' --reason …)\n", i.Thing, i.ID, i.Fate, i.Title, i.ID)
	case i.Fate == engine.Missing || i.Fate == engine.Dropped, i.Fate == engine.Created && m.Change.Event != "imported":
		fmt.Fprintf(w, "  %s %s %s: %s\n", i.Thing, i.ID, i.Fate, i.Title)
	}
	for _, v := range i.Values {
		name := i.Name(v.Field)
		switch v.Outcome {
		case engine.Taken:
			fmt.Fprintf(w, "  %s: %s → %s\n", name, quoted(v.Ours), quoted(v.File))
		case engine.Kept:
			fmt.Fprintf(w, "  %s: %s is kept; the file says %s\n", name, quoted(v.Ours), quoted(v.File))
		case engine.NotByImport:
			fmt.Fprintf(w, "  %s: stays %s; the file says %s, but a result is corrected by: splneno approve --reopen, --report\n", name, quoted(v.Ours), quoted(v.File))
		case engine.InConflict:
			fmt.Fprintf(w, "  conflict %s\n    last import  %s\n    here         %s\n    in the file  %s\n", name, quoted(v.Base), quoted(v.Ours), quoted(v.File))
		}
	}
}

// quoted shows a text on one line, shortened.
func quoted(s string) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > 200 {
		runes = append(runes[:200], '…')
	}
	return "“" + string(runes) + "”"
}
