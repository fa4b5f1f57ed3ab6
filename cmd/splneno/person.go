package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"splneno/engine"
	"splneno/workflows"
)

// personCommand answers the requests of persons about their data.
type personCommand struct {
	Show  personShow  `cmd:"" help:"Say what is stored about a person, in numbers."`
	Erase personErase `cmd:"" help:"Take a person out of everything that is stored."`

	Erased personErased `cmd:"" help:"List the erasures, to keep outside the database; who it was, it does not say."`
	Again  personAgain  `cmd:"" help:"Erase once more whom a list or a newer backup says was erased, after an older copy was brought back."`
}

// A namedPerson is whom a command is about.
type namedPerson struct {
	Email string `xor:"who" required:"" placeholder:"ADDRESS" help:"Of the person."`
	Name  string `xor:"who" required:"" placeholder:"NAME" help:"First name and surname, where no address is known."`
}

// personShow says what there is.
type personShow struct {
	namedPerson `embed:""`
	Out         string `placeholder:"FILE.json|DIR" help:"Write all of it: a file for programs; into a folder, with the person's mails as they came."`
}

// Help gives the example of --help.
func (personShow) Help() string {
	return "Examples:\n\n  splneno person show --email vedeni@charita.example\n  splneno person show --email vedeni@charita.example --out udaje/\n\n" +
		"The desk offers the same file: the organisations, personal data. Into a folder the mails the person sent are\n" +
		"written as .eml, too: they may speak of others, so read them before you hand them over."
}

// Run prints it.
func (p personShow) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		file, err := o.Person(ctx, p.Email, p.Name)
		if err != nil {
			return err
		}
		if p.Out != "" && !file.Empty() {
			if err := writePerson(ctx, o, file, p.Out); err != nil {
				return err
			}
			fmt.Fprintf(w.out, "Written to %s.\n", p.Out)
		}
		if file.Empty() {
			_, err := fmt.Fprintln(w.out, "Nothing is stored about this person.")
			return err
		}
		printPerson(w, file)
		return nil
	})
}

func printPerson(w *world, file engine.PersonFile) {
	counts := file.Counts()
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		if counts[kind] > 0 {
			fmt.Fprintf(w.out, "%s: %d\n", kind, counts[kind])
		}
	}
	for _, about := range file.Noted {
		fmt.Fprintf(w.out, "stays: an older line of the journal about %s, sealed with the words in it\n", bare(about))
	}
	for _, k := range file.Official {
		fmt.Fprintf(w.out, "stays: the result of %s/%s/%s names the person; reword it on the desk\n", k.Plan, k.Period, k.Activity)
	}
}

// personErase erases.
type personErase struct {
	namedPerson `embed:""`
	Yes         bool `help:"Do it; it cannot be undone. Without it only what would go is printed."`
}

// Help gives the example of --help.
func (personErase) Help() string {
	return "Example: splneno person erase --email vedeni@charita.example --yes\n\n" +
		"Decisions and results stay; the person's name and address are masked in everything else. The journal's hashes\n" +
		"cover references to names, so it loses them and stays whole; lines written before version 0.6 keep theirs.\n" +
		"The journal says how much was erased and, for the key's holder alone, of whom. Copies made before still hold the\n" +
		"person: delete them when their time comes. splneno restore erases again whom a newer backup beside the file, or a\n" +
		"list named with --erased, says was erased; see splneno person erased. Layouts, logos and bundles of the region\n" +
		"are the municipality's own files: nothing is taken out of those."
}

// Run does it.
func (p personErase) Run(ctx context.Context, c *command, w *world) error {
	if !p.Yes {
		if err := (personShow{namedPerson: p.namedPerson}).Run(ctx, c, w); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w.out, "Nothing was erased; --yes does it, and cannot be undone.")
		return err
	}
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		file, err := o.ErasePerson(ctx, p.Email, p.Name, who)
		if err != nil {
			return err
		}
		printPerson(w, file)
		_, err = fmt.Fprintln(w.out, "Erased.")
		return err
	})
}
