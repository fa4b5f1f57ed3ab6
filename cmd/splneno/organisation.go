package main

import (
	"context"
	"fmt"
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
		return contact.Email
	}
	return "no address: the coordinator answers for it"
}

// organisationSet changes one organisation.
type organisationSet struct {
	Organisation string   `arg:"" help:"Its id, name or alias."`
	Contact      string   `placeholder:"NAME <ADDRESS>" help:"Whom to write to."`
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
	var contacts []engine.Contact
	if s.Contact != "" {
		contact, err := parseContact(s.Contact)
		if err != nil {
			return nil, err
		}
		contacts = []engine.Contact{contact}
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
		if contacts != nil {
			o.Contacts = contacts
		}
		if members != nil {
			o.Members = members
		}
		o.Aliases = append(o.Aliases, s.Alias...)
	}, nil
}
