package main

import (
	"context"

	"splneno/cmd/splneno/example"
	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
	"splneno/workflows"
)

// demoPassword opens the demo's desk. It is no secret: the demo prints it, and
// asks for no second factor.
const demoPassword = "ukazka pro kazdeho"

// openDesk gives the coordinator and the region an account each, and invites the
// others.
func (d *demo) openDesk(ctx context.Context) error {
	for _, a := range d.plot.Accounts {
		invited := engine.Account{ID: link.NewSecret()[:22], Name: a.Name, Email: a.Email, Role: a.Role, StandsFor: a.For, From: a.From, Until: a.Until}
		if err := d.office.Invite(ctx, invited, link.SecretHash(link.NewSecret()), d.coordinator); err != nil {
			return err
		}
	}
	stored, err := door.NewHasher().Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	if err := letIn(ctx, d.office, d.script.Municipality.Coordinator, stored); err != nil {
		return err
	}
	return letIn(ctx, d.installation.office(d.plot.Region.Tenant), d.plot.Region.Coordinator, stored)
}

// letIn gives somebody an account with a password, as an invitation would.
func letIn(ctx context.Context, office *workflows.Office, p example.Person, password string) error {
	hash := link.SecretHash(link.NewSecret())
	a := engine.Account{ID: link.NewSecret()[:22], Name: p.Name, Email: p.Email, Role: engine.RoleCoordinator}
	if err := office.Invite(ctx, a, hash, engine.Actor{Kind: engine.ActorCoordinator, Name: p.Name}); err != nil {
		return err
	}
	_, err := office.SetUpAccount(ctx, hash, password)
	return err
}
