package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// municipalityCommand shows or changes the municipality.
type municipalityCommand struct {
	Name        string            `help:"Its name as it signs letters."`
	Coordinator string            `placeholder:"NAME <ADDRESS>" help:"The coordinator."`
	Steering    []string          `placeholder:"NAME <ADDRESS>" help:"A member of the steering group; repeat for each. Replaces the list."`
	Sender      string            `placeholder:"ADDRESS" help:"Address its mail comes from."`
	ReplyTo     string            `placeholder:"ADDRESS" help:"Where replies come in: odpovedi+{token}@mesto.cz where the mail server knows such extensions, odpovedi@mesto.cz where not; 'none' takes no replies."`
	Unblock     []string          `placeholder:"ADDRESS" help:"A sender no longer blocked; repeat for each."`
	Preset      string            `enum:"after_year,autumn," default:"" help:"Rhythm: after_year (ask in January, draft in February) or autumn (September, October)."`
	DayOff      []string          `placeholder:"DAY" help:"A day nothing is sent on, 2024-12-27; repeat for each. Replaces the list."`
	Schedule    map[string]string `placeholder:"RULE=CRON" help:"Move a calendar rule (ask, letters, digest, draft)."`
	StatusWord  map[string]string `placeholder:"WORD=STATUS" help:"A word of your own for a status in documents, as in hotovo=fulfilled; repeat for each. Replaces the list."`
	District    string            `help:"The municipality with extended powers whose district it lies in; stands in what it delivers to its region."`
	Region      string            `help:"Its region."`
	Keep        map[string]string `placeholder:"KIND=MONTHS" help:"How long a kind of record is kept: months, forever or default; see splneno retention. Repeat for each."`
	Shorten     bool              `help:"Yes, keep a kind for a shorter time: what is older goes the next night."`
	Witness     []string          `placeholder:"ADDRESS" help:"Whom the head of the journal is mailed to every day it moved; repeat for each, 'none' ends it. Replaces the list."`
	RenewLinks  bool              `help:"End every link of the steering group's board and every calendar address; the next mail, and the desk, have new ones."`
}

// Help gives the example of --help.
func (municipalityCommand) Help() string {
	return "Example: splneno municipality --name 'Město Klatovy' --coordinator 'Koordinátorka <kpss@mesto.cz>' --sender kpss@mesto.cz --steering 'Řídící skupina <rs@mesto.cz>'"
}

// Run changes what was given and prints the whole.
func (mc municipalityCommand) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		if mc.empty() {
			m, err := o.Records.Municipality(ctx)
			if err != nil {
				return err
			}
			return printMunicipality(w, m)
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		if err := mc.apply(&engine.Municipality{}); err != nil { // all that was given, or nothing
			return err
		}
		if err := mc.mayShorten(ctx, w, o); err != nil {
			return err
		}
		m, err := o.SetUp(ctx, who, func(m *engine.Municipality) { _ = mc.apply(m) })
		if err != nil {
			return err
		}
		return printMunicipality(w, m)
	})
}

// mayShorten asks before a shorter period: it shows first what would go.
func (mc municipalityCommand) mayShorten(ctx context.Context, w *world, o *workflows.Office) error {
	m, err := o.Records.Municipality(ctx)
	if err != nil || len(mc.Keep) == 0 || mc.Shorten {
		return ignoreMissing(err)
	}
	keep, err := keepOf(m.Keep, mc.Keep)
	if err != nil {
		return err
	}
	before, err := o.Retention(ctx, m.Keep)
	if err != nil {
		return err
	}
	after, err := o.Retention(ctx, keep)
	if err != nil {
		return err
	}
	if more := workflows.Shortened(before, after); len(more) > 0 {
		for _, k := range more {
			fmt.Fprintf(w.out, "%s kept for %s: %d would go the next night\n", k.Rule.Kind, periodOf(k.Period), k.There.Due)
		}
		return engine.Errorf(engine.Conflict, "nothing was changed; say --shorten when that is meant")
	}
	return nil
}

// ignoreMissing lets a municipality be set up that is not there yet.
func ignoreMissing(err error) error {
	if engine.CodeOf(err) == engine.NotFound {
		return nil
	}
	return err
}

func (mc municipalityCommand) empty() bool {
	return mc.Name+mc.Coordinator+mc.Sender+mc.ReplyTo+mc.Preset+mc.District+mc.Region == "" && len(mc.Unblock)+len(mc.Steering)+len(mc.DayOff)+len(mc.Schedule)+len(mc.StatusWord)+len(mc.Keep)+len(mc.Witness) == 0 && !mc.RenewLinks
}

// apply puts what was given into m; what was not given stays.
func (mc municipalityCommand) apply(m *engine.Municipality) error {
	if mc.Name != "" {
		m.Name = mc.Name
	}
	if mc.Sender != "" {
		m.Sender = mc.Sender
	}
	switch mc.ReplyTo {
	case "":
	case "none":
		m.ReplyTo = ""
	default:
		m.ReplyTo = mc.ReplyTo
	}
	m.Blocked = slices.DeleteFunc(slices.Clone(m.Blocked), func(a string) bool { return slices.Contains(mc.Unblock, a) })
	if mc.Preset != "" {
		m.Preset = engine.Preset(mc.Preset)
	}
	if mc.Coordinator != "" {
		contact, err := parseContact(mc.Coordinator)
		if err != nil {
			return err
		}
		m.Coordinator = contact
	}
	if len(mc.Schedule) > 0 {
		m.Schedule = mc.Schedule
	}
	if mc.District != "" {
		m.Settings.District = mc.District
	}
	if mc.Region != "" {
		m.Settings.Region = mc.Region
	}
	if mc.RenewLinks {
		m.Settings.LinkSerial++
	}
	if len(mc.StatusWord) > 0 {
		m.StatusWords = mc.StatusWord
	}
	keep, err := keepOf(m.Keep, mc.Keep)
	if err != nil {
		return err
	}
	m.Keep = keep
	if err := mc.applyWitness(m); err != nil {
		return err
	}
	return mc.applyLists(m)
}

func (mc municipalityCommand) applyWitness(m *engine.Municipality) error {
	if len(mc.Witness) == 0 {
		return nil
	}
	m.Witness = nil
	for _, s := range mc.Witness {
		if s == "none" {
			continue
		}
		c, err := parseContact(s)
		if err != nil {
			return err
		}
		m.Witness = append(m.Witness, c.Email)
	}
	return nil
}

func (mc municipalityCommand) applyLists(m *engine.Municipality) error {
	if len(mc.Steering) > 0 {
		m.SteeringGroup = nil
	}
	for _, s := range mc.Steering {
		contact, err := parseContact(s)
		if err != nil {
			return err
		}
		m.SteeringGroup = append(m.SteeringGroup, contact)
	}
	if len(mc.DayOff) > 0 {
		m.DaysOff = nil
	}
	for _, s := range mc.DayOff {
		day, err := engine.ParseDate(s)
		if err != nil {
			return err
		}
		m.DaysOff = append(m.DaysOff, day)
	}
	return nil
}

// parseContact reads "Name <address>" or an address alone.
func parseContact(s string) (engine.Contact, error) {
	name, address, named := strings.Cut(s, "<")
	if !named {
		name, address = "", s
	}
	c := engine.Contact{Name: strings.TrimSpace(name), Email: strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(address), ">"))}
	if !strings.Contains(c.Email, "@") {
		return c, engine.Errorf(usage, "%q is no address; write it as 'Name <name@example.cz>'", s)
	}
	return c, nil
}

func printMunicipality(w *world, m engine.Municipality) error {
	_, err := fmt.Fprintf(w.out, "%s\n  coordinator:    %s <%s>\n  sender:         %s\n  replies to:     %s\n  district:       %s\n  region:         %s\n  rhythm:         %s\n  steering group: %s\n  days off:       %d\n  witnesses:      %d\n",
		m.Name, m.Coordinator.Name, m.Coordinator.Email, m.Sender, cmp.Or(m.ReplyTo, "not taken"), cmp.Or(m.Settings.District, "not given"), cmp.Or(m.Settings.Region, "not given"), m.Preset, engine.CountOf(len(m.SteeringGroup), "member", "members"), len(m.DaysOff), len(m.Witness))
	return err
}
