//go:build !unix

package pgtest

import "errors"

var throwAway []string

// start cannot start a server here; one that runs can be named.
func start(...string) (server, error) {
	return server{}, errors.New("pgtest: cannot start PostgreSQL on this system; set SPLNENO_TEST_POSTGRES")
}
