//go:build unix

package pgtest

import (
	"os"
	"strings"
	"testing"
)

// A Server is a PostgreSQL of one test's own, which can be stopped and started
// again on what it has stored.
type Server struct {
	DSN   string // of an empty database on it
	Admin string // the same as its superuser

	t       testing.TB
	running server
	dir     string
	stopped func() error
}

// NewServer starts one. Without any PostgreSQL the test is skipped.
func NewServer(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t}
	t.Cleanup(func() {
		s.Stop()
		_ = os.RemoveAll(s.dir)
	})
	s.DSN = newDatabase(t, func() (server, error) {
		owner, err := otherThanRoot()
		if err != nil {
			return server{}, err
		}
		if s.dir, err = newDir(owner); err != nil {
			return server{}, err
		}
		bin, err := findBin()
		if err != nil {
			return server{}, err
		}
		if err := initialise(bin, s.dir, owner); err != nil {
			return server{}, err
		}
		running, err := s.run()
		if err != nil {
			return server{}, err
		}
		return running, run(running.dsn, "CREATE ROLE "+role+" LOGIN")
	}, "")
	s.Admin = strings.Replace(s.DSN, role+"@", "postgres@", 1)
	return s
}

// run starts the server on its folder.
func (s *Server) run() (server, error) {
	owner, err := otherThanRoot()
	if err != nil {
		return server{}, err
	}
	bin, err := findBin()
	if err != nil {
		return server{}, err
	}
	s.running, s.stopped, err = launch(bin, s.dir, owner, keeper, throwAway)
	return s.running, err
}

// Stop stops it as its service would, ending every connection. It returns when
// it is down.
func (s *Server) Stop() {
	if s.running.hold == nil {
		return
	}
	_ = s.running.hold.Close()
	_ = s.stopped()
	s.running.hold = nil
}

// Start starts it again.
func (s *Server) Start() {
	s.t.Helper()
	if _, err := s.run(); err != nil {
		s.t.Fatal(err)
	}
}
