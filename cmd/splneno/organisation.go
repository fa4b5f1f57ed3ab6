package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// organisationCommand lists and changes organisations.
type organisationCommand struct {
	List   organisationList   `cmd:"" help:"List organisations and whether they can be written to."`
	Set    organisationSet    `cmd:"" help:"Set contact, aliases, members or reading days of an organisation."`
	End    organisationEnd    `cmd:"" help:"Say that an organisation has ended, and who answers instead."`
	Merge  organisationMerge  `cmd:"" help:"Make two organisations one that was known twice."`
	Revive organisationRevive `cmd:"" help:"Take the end of an organisation back."`
}

// organisationList lists.
type organisationList struct{}

// Run prints a line per organisation, in Czech order.
func (organisationList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		all, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		czech.Sort(all, func(o engine.Organisation) string { return o.Name })
		t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
		for _, body := range all {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", body.ID, body.Name, body.Kind, reach(body))
		}
		return t.Flush()
	})
}

// reach says how a body is asked.
func reach(o engine.Organisation) string {
	contact, ok := o.Contact()
	switch {
	case o.Ended != "":
		return "ended " + string(o.Ended)
	case len(o.Members) > 0:
		return "through " + strings.Join(o.Members, ", ")
	case ok:
		return contact.Email + hints(o)
	case len(o.Contacts) > 0 && o.Contacts[0].Dead():
		return o.Contacts[0].Email + ": mail does not arrive; give another with organisation set --contact"
	}
	return "no address: the coordinator answers for it"
}

// hints tells what else is known about how a body is reached.
func hints(o engine.Organisation) string {
	var out string
	for _, c := range o.Contacts {
		for _, fact := range []struct {
			holds bool
			words string
		}{
			{c.Proposed, "named as deputy: " + c.Email + " (use --accept or --forget)"},
			{c.Dead(), "mail to " + c.Email + " does not arrive"},
			{c.ReplyOnly, "answers by reply only"},
			{c.AwayUntil != "", "away until " + string(c.AwayUntil)},
		} {
			if fact.holds {
				out += "; " + fact.words
			}
		}
	}
	return out
}

// organisationSet changes one organisation.
type organisationSet struct {
	Organisation string   `arg:"" help:"Its id, name or alias."`
	Contact      string   `placeholder:"NAME <ADDRESS>" help:"Whom to write to."`
	Deputy       string   `placeholder:"NAME <ADDRESS>" help:"Who is written to when mail to the contact does not arrive."`
	ReplyOnly    *bool    `negatable:"" help:"Its mail gateway breaks links: write without them, it answers by reply."`
	Accept       string   `placeholder:"ADDRESS" help:"A contact an out-of-office reply named, to be used from now on."`
	Forget       string   `placeholder:"ADDRESS" help:"A contact to be taken off."`
	Alias        []string `help:"Another name it goes by; repeat for each."`
	Member       []string `help:"For a group: an organisation it stands for; repeat for each. Replaces the list."`
	Reads        *string  `placeholder:"DAYS" help:"Working days it reads its mail on, 1 Monday to 5 Friday: 1,3. Empty is every day."`
	Quiet        []string `placeholder:"FROM:TO" help:"Days of every year nobody reads its mail, 07-01:08-31; repeat for each. Replaces the list; none takes it back."`
}

// Help gives the example of --help.
func (organisationSet) Help() string {
	return "Examples: splneno organisation set 'Oblastní charita Klatovy' --contact 'Vedení <vedeni@charita.example>'; splneno organisation set 'Základní škola' --quiet 07-01:08-31"
}

// Run does it.
func (s organisationSet) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		all, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		change, err := s.change(all)
		if err != nil {
			return err
		}
		if err := o.EditOrganisation(ctx, s.Organisation, who, change); err != nil {
			return err
		}
		_, err = fmt.Fprintln(w.out, "Organisation changed.")
		return err
	})
}

// change gives the edit that was asked for, with members resolved to ids.
func (s organisationSet) change(all []engine.Organisation) (func(*engine.Organisation), error) {
	contacts, err := s.contacts()
	if err != nil {
		return nil, err
	}
	var members []string
	for _, name := range s.Member {
		m, err := workflows.FindOrganisation(all, name)
		if err != nil {
			return nil, err
		}
		members = append(members, m.ID)
	}
	window, err := s.window()
	if err != nil {
		return nil, err
	}
	return func(o *engine.Organisation) {
		window(&o.Window)
		o.Contacts = contacts(o.Contacts)
		if members != nil {
			o.Members = members
		}
		o.Aliases = append(o.Aliases, s.Alias...)
	}, nil
}

// contacts gives what becomes of the contacts: a new contact or deputy takes the
// place of the former one, with nothing held against its address.
func (s organisationSet) contacts() (func([]engine.Contact) []engine.Contact, error) {
	var given []engine.Contact
	for _, text := range []string{s.Contact, s.Deputy} {
		if text == "" {
			continue
		}
		c, err := parseContact(text)
		if err != nil {
			return nil, err
		}
		c.Deputy = text == s.Deputy
		given = append(given, c)
	}
	return func(old []engine.Contact) []engine.Contact {
		out := slices.DeleteFunc(slices.Clone(old), func(c engine.Contact) bool {
			replaced := slices.ContainsFunc(given, func(g engine.Contact) bool { return g.Deputy == c.Deputy && !c.Proposed })
			return replaced || s.Forget != "" && strings.EqualFold(c.Email, s.Forget)
		})
		out = append(given, out...)
		for i := range out {
			out[i].Proposed = out[i].Proposed && !strings.EqualFold(out[i].Email, s.Accept)
			if s.ReplyOnly != nil {
				out[i].ReplyOnly = *s.ReplyOnly
			}
		}
		return out
	}, nil
}

// window gives what becomes of the days it is written to.
func (s organisationSet) window() (func(*engine.Window), error) {
	var days []int
	if s.Reads != nil && *s.Reads != "" {
		for _, text := range strings.Split(*s.Reads, ",") {
			day, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				return nil, engine.Errorf(usage, "%q is no working day; write 1 for Monday to 5 for Friday, as in --reads 1,3", text)
			}
			days = append(days, day)
		}
	}
	var quiet []engine.Span
	for _, text := range s.Quiet {
		if text == "none" {
			continue
		}
		from, to, ok := strings.Cut(text, ":")
		if !ok {
			return nil, engine.Errorf(usage, "%q is no span of days; write --quiet 07-01:08-31", text)
		}
		quiet = append(quiet, engine.Span{From: from, To: to})
	}
	return func(w *engine.Window) {
		if s.Reads != nil {
			w.Weekdays = days
		}
		if len(s.Quiet) > 0 {
			w.Quiet = quiet
		}
	}, nil
}
