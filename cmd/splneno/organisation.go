package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// organisationCommand lists and changes organisations.
type organisationCommand struct {
	List organisationList `cmd:"" help:"List organisations and whether they can be written to."`
	Set  organisationSet  `cmd:"" help:"Set contact, aliases or members of an organisation."`
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
}

// Help gives the example of --help.
func (organisationSet) Help() string {
	return "Example: splneno organisation set 'Oblastní charita Klatovy' --contact 'Vedení <vedeni@charita.example>'"
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
	return func(o *engine.Organisation) {
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
