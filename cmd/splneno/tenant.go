package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/pattern"
	"splneno/store/postgres"
	"splneno/workflows"
)

// tenantCommand is for whoever runs the installation for many municipalities.
type tenantCommand struct {
	Add     tenantAdd           `cmd:"" help:"Make a municipality."`
	List    tenantList          `cmd:"" help:"List the municipalities: state, open seasons, waiting mails, last activity."`
	Suspend tenantSuspend       `cmd:"" help:"Stop everything of a municipality, or let it go on."`
	Erase   tenantErase         `cmd:"" help:"Erase everything stored of a suspended municipality, for good."`
	Export  tenantExportCommand `cmd:"" help:"Write everything of a municipality into a folder, to read and to restore."`
}

// tenantName is what the id of a municipality looks like: it stands in addresses
// of pages and in Message-IDs, for ever.
var tenantName = pattern.New(`^[a-z][a-z0-9-]{1,39}$`)

// canBeTenant reports whether the store can be asked for a municipality of this
// name; older ones need not look like a new one. A byte that is no text comes as
// it is or, from the command line and its variables, as U+FFFD.
func canBeTenant(id string) bool {
	return id != "" && id != postgres.Everybody && !strings.ContainsRune(id, utf8.RuneError) && !strings.Contains(id, "\x00")
}

// installer is who acts for the installation and not for a municipality.
var installer = engine.Actor{Kind: engine.ActorAdministrator, Name: "operator on the command line"}

// tenantAdd makes a municipality.
type tenantAdd struct {
	ID          string `arg:"" name:"name" help:"Its short name in this installation, for ever: small letters, digits and hyphens, as in klatovy."`
	Name        string `required:"" help:"Its name as it signs letters."`
	Coordinator string `required:"" placeholder:"NAME <ADDRESS>" help:"The coordinator."`
	Sender      string `required:"" placeholder:"ADDRESS" help:"Address its mail comes from."`
	ReplyTo     string `placeholder:"ADDRESS" help:"Where replies come in, odpovedi+{token}@mesto.cz."`
	District    string `help:"The municipality with extended powers whose district it lies in."`
	Region      string `help:"Its region."`
}

// Help gives the example of --help.
func (tenantAdd) Help() string {
	return "Example: splneno tenant add klatovy --name 'Město Klatovy' --coordinator 'Koordinátorka <kpss@mesto.cz>' --sender kpss@mesto.cz\n\n" +
		"Everything else is set with splneno municipality --tenant NAME; the first account is made with splneno account add --tenant NAME."
}

// Run does it.
func (a tenantAdd) Run(ctx context.Context, c *command, w *world) error {
	if !tenantName.MatchString(a.ID) {
		return engine.Errorf(usage, "%q is no short name; use 2 to 40 small letters, digits and hyphens, a letter first, as in klatovy", a.ID)
	}
	settings := municipalityCommand{Name: a.Name, Coordinator: a.Coordinator, Sender: a.Sender, ReplyTo: a.ReplyTo, District: a.District, Region: a.Region}
	if err := settings.apply(&engine.Municipality{}); err != nil {
		return err
	}
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		m, err := in.office(a.ID).Found(ctx, installer, func(m *engine.Municipality) { _ = settings.apply(m) })
		if engine.CodeOf(err) == engine.Conflict {
			return engine.Errorf(engine.Conflict, "there is a municipality %s already; change it with splneno municipality --tenant %s", a.ID, a.ID)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s: %s. Make its first account: splneno account add --tenant %s --name NAME --email ADDRESS\n", a.ID, m.Name, a.ID)
		return nil
	})
}
