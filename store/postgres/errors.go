package postgres

import (
	"errors"

	"github.com/uptrace/bun/driver/pgdriver"

	"splneno/engine"
)

// Code gives the SQLSTATE of an error the server reported, else "".
func Code(err error) string {
	var e pgdriver.Error
	if errors.As(err, &e) {
		return e.Field('C')
	}
	return ""
}

// explain says why no connection came about, and what to do. What the server
// says is repeated; it knows no password.
func (a Address) explain(err error) error {
	switch Code(err) {
	case "28P01", "28000":
		return engine.Errorf(engine.Invalid, "PostgreSQL at %s refuses the user %q; check the name, the password and pg_hba.conf: %w", a.place, a.User, err)
	case "3D000":
		return engine.Errorf(engine.Invalid, "PostgreSQL at %s has no database %q; create it, or name another: %w", a.place, a.Database, err)
	case "42704":
		return engine.Errorf(engine.Invalid, "PostgreSQL at %s is too old; version 14 or newer is needed: %w", a.place, err)
	}
	return engine.Errorf(engine.Unavailable, "PostgreSQL at %s cannot be connected to; check that it runs, and host, port and sslmode: %w", a.place,
		&engine.Outage{Kind: engine.IncidentDatabase, Sign: Code(err), Err: err})
}
