//go:build !unix

package mailtest

import "testing"

// A process cannot be had here.
type process struct{}

// run skips the test: there is no such server on this system.
func run(t testing.TB, _ string, _ ...string) *process {
	t.Helper()
	missing(t, "this system has neither Dovecot nor Postfix")
	return nil
}

func (p *process) kill() {}

type account struct {
	uid, gid    int
	name, group string
}

func as(name string) account { return account{name: name, group: name} }
