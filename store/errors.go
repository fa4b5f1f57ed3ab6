package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/store/postgres"
)

// explain turns an error of a database into one of the engine's where a person
// can do something about it. The rest is internal.
func explain(err error) error {
	var known *engine.Error
	if err == nil || errors.As(err, &known) || ended(err) {
		return err
	}
	if why, kind := trouble(err); why != "" {
		return engine.Errorf(engine.Unavailable, "the database %s: %w", why, blame(kind, err))
	}
	return fmt.Errorf("store: %w", err)
}

// ended reports whether it was the caller who gave up.
func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// blame puts the incident an error tells of into its chain.
func blame(kind engine.IncidentKind, err error) error {
	if kind == "" {
		return err
	}
	return &engine.Outage{Kind: kind, Sign: sign(err), Err: err}
}

// sign gives the code a database names a failure by.
func sign(err error) string {
	if n := sqliteCode(err); n != 0 {
		return "SQLite " + strconv.Itoa(n)
	}
	if code := postgres.Code(err); code != "" {
		return "SQLSTATE " + code
	}
	return ""
}

// trouble says what keeps the database from answering, "" when it did answer,
// and what incident that is, "" when others are still served.
func trouble(err error) (why string, kind engine.IncidentKind) {
	if sqliteCode(err) == sqliteShmSize {
		return "has no room left on its disk; make room and try again", engine.IncidentDiskFull
	}
	switch sqliteCode(err) & 0xff {
	case sqliteBusy:
		return "is in use by another program and did not become free; try again", engine.IncidentDatabase
	case sqliteFull:
		return "has no room left on its disk; make room and try again", engine.IncidentDiskFull
	case sqliteReadOnly:
		return "file cannot be written; check the disk and the rights", engine.IncidentReadOnly
	case sqliteCantOpen, sqliteIO:
		return "file cannot be read or written; check the disk and the rights", engine.IncidentDatabase
	}
	switch code := postgres.Code(err); {
	case code == "57014", code == "55P03", code == "40001", code == "40P01":
		return "is busy and gave up; try again", ""
	case code == "25006":
		return "is read-only; connect to the primary server", engine.IncidentReadOnly
	case code == "53100":
		return "has no room left on its disk; make room and try again", engine.IncidentDiskFull
	case class(code) == "53":
		return "server is out of means; try again later", engine.IncidentDatabase
	case lost(err):
		return "connection was lost; try again", engine.IncidentDatabase
	}
	return "", ""
}

// lost reports whether the connection went away, so that the outcome of what
// ran on it was not heard.
func lost(err error) bool {
	var network net.Error
	c := class(postgres.Code(err))
	return c == "08" || c == "57" || errors.As(err, &network) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
}

// class gives the first two characters of a SQLSTATE.
func class(code string) string { return code[:min(2, len(code))] }

// passing reports whether the same transaction may succeed when it is run again.
func passing(err error) bool {
	var known *engine.Error // a conflict, or a server that cannot be connected to
	if errors.As(err, &known) {
		return false
	}
	switch postgres.Code(err) {
	case "40001", "40P01", "55P03": // serialization, deadlock, lock timeout
		return true
	case "57014": // statement timeout: it would take as long again
		return false
	}
	return lost(err)
}

// duplicate reports whether a row with the same key is already there.
func duplicate(err error) bool {
	c := sqliteCode(err)
	return c == sqlitePrimaryKey || c == sqliteUnique || postgres.Code(err) == "23505"
}

// noTable reports whether a table that was asked for does not exist. SQLite
// has no code of its own for that.
func noTable(err error) bool {
	return postgres.Code(err) == "42P01" || sqliteCode(err) == sqliteError && strings.Contains(err.Error(), "no such table")
}
