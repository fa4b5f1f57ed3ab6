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

// openDesk gives the coordinator an account, as an invitation would.
func (d *demo) openDesk(ctx context.Context) error {
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
