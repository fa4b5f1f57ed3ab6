package main

import (
	"context"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
)

// demoPassword opens the demo's desk. It is no secret: the demo prints it, and
// asks for no second factor.
const demoPassword = "ukazka pro kazdeho"

// openDesk gives the coordinator an account, as an invitation would, and invites
// the others.
func (d *demo) openDesk(ctx context.Context) error {
	for _, a := range d.plot.Accounts {
		invited := engine.Account{ID: link.NewSecret()[:22], Name: a.Name, Email: a.Email, Role: a.Role, StandsFor: a.For, From: a.From, Until: a.Until}
		if err := d.office.Invite(ctx, invited, link.SecretHash(link.NewSecret()), d.coordinator); err != nil {
			return err
		}
	}
	c := d.script.Municipality.Coordinator
	hash := link.SecretHash(link.NewSecret())
	a := engine.Account{ID: link.NewSecret()[:22], Name: c.Name, Email: c.Email, Role: engine.RoleCoordinator}
	if err := d.office.Invite(ctx, a, hash, d.coordinator); err != nil {
		return err
	}
	stored, err := door.NewHasher().Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	_, err = d.office.SetUpAccount(ctx, hash, stored)
	return err
}
