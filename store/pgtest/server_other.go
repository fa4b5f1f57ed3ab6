//go:build !unix

package pgtest

import (
	"errors"
	"testing"
)

var throwAway []string

// start cannot start a server here; one that runs can be named.
func start(...string) (server, error) {
	return server{}, errors.New("pgtest: cannot start PostgreSQL on this system; set SPLNENO_TEST_POSTGRES")
}

// A Server cannot be started here.
type Server struct{ DSN, Admin string }

// NewServer skips the test.
func NewServer(t testing.TB) *Server {
	t.Helper()
	t.Skip("SKIPPED: cannot start PostgreSQL on this system")
	return nil
}

// Stop does nothing.
func (*Server) Stop() {}

// Start does nothing.
func (*Server) Start() {}
