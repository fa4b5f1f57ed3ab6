package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"splneno/engine"
)

// newSettled gives a town set up on a file of its own, for commands with wrong arguments.
func newSettled(t *testing.T) program {
	p := newProgram(t)
	t.Setenv("SPLNENO_TENANT", "zdar")
	if out, code := p.says("municipality", "--name", "Zdar", "--coordinator", "kpss@zdar.example", "--sender", "kpss@zdar.example"); code != exitDone {
		t.Fatal(out)
	}
	return p
}

// refuses runs a command that must be refused in one sentence, and leave what it
// was called on as it was.
func (p program) refuses(args ...string) string {
	p.t.Helper()
	before, _ := p.says("municipality")
	out, code := p.says(args...)
	if code == exitDone || strings.Contains(out, "goroutine") || strings.ContainsAny(out, "\x1b\x00") {
		p.t.Errorf("%q: exit %d: %q", args, code, out)
	}
	if after, _ := p.says("municipality"); after != before {
		p.t.Errorf("%q changed\n%s\nto\n%s", args, before, after)
	}
	return out
}

// Names of towns go into addresses, Message-IDs and files: what is no name is
// refused, and what is exported stays in the folder that was named.
func TestNamesOfTownsThatAreNone(t *testing.T) {
	p := newSettled(t)
	for _, name := range []string{"", " ", "a", "../x", "a/b", "A", "1a", "zdar;", "z'ar", "z\x00r", "z\nr", "\u017e\u010f\u00e1r", strings.Repeat("z", 41), "%2e%2e", "-x", "a b"} {
		p.refuses("tenant", "add", "--name", "N", "--coordinator", "K <k@x.example>", "--sender", "k@x.example", "--", name)
		p.refuses("tenant", "export", "--out", filepath.Join(p.dir, "out"), "--", name)
		p.refuses("tenant", "suspend", "--note", "x", "--", name)
		p.refuses("tenant", "erase", "--yes", name, "--", name)
		p.refuses("restore", "splneno.db", "--only", name, "--db", "sqlite:other.db")
	}
	if err := os.Mkdir("full", 0o700); err != nil {
		t.Fatal(err)
	}
	p.refuses("tick", "--tenant", "")
	p.write("full/x", "")
	p.refuses("tenant", "export", "zdar", "--out", filepath.Join(p.dir, "full"))
	for _, e := range []string{"out", "../x", "../out"} {
		if _, err := os.Stat(filepath.Join(p.dir, e)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s was made (%v)", e, err)
		}
	}
}

// A period that is none changes nothing: neither what is kept nor what is shown.
func TestPeriodsThatAreNone(t *testing.T) {
	p := newSettled(t)
	for _, keep := range []string{"letters=-1", "letters=0", "letters=99999999999999999999", "letters=1.5", "letters=NaN", "letters=", "nothing=12", "=12", "letters=12=13", "answers=1", "journal=1", "letters=-0", "letters=0x10", "letters= 12 x"} {
		p.refuses("retention", "--keep", keep)
		p.refuses("municipality", "--keep", keep)
	}
}

// A country is not made where a town lives, and the key everybody can make is
// not left where that town, or the next, would take it for its own.
func TestGenerateKeepsItsHandsOff(t *testing.T) {
	p := newSettled(t)
	if out := p.refuses("generate", "--towns", "1", "--activities", "1", "--years", "1", "--key", "fresh.key"); !strings.Contains(out, "holds 1 municipality already") {
		t.Error(out)
	}
	p.write("taken.db", "this is no database")
	p.refuses("generate", "--towns", "1", "--activities", "1", "--years", "1", "--db", "sqlite:taken.db", "--key", "fresh.key")
	if _, err := os.Stat("fresh.key"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the key of an invented country was left behind (%v)", err)
	}
}

// While many people release, mark and stop the same messages and end the hold,
// each message leaves once or not at all, and everybody hears what became of it.
func TestManyLetTheSameGo(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, dsn string) {
		w := newTwin(t, dsn)
		w.tick()
		sender := w.sender
		w.sender = nil
		w.days(1)
		w.copies()
		w.sender = sender
		w.revives()
		w.days(1)
		o := w.office("zdar")
		r, err := o.HoldReport(t.Context())
		w.must(err)
		if len(r.Messages) < heldBodies {
			t.Fatalf("%d messages are held", len(r.Messages))
		}
		before := len(w.box.Messages())
		var all sync.WaitGroup
		fail := func(err error) {
			if code := engine.CodeOf(err); err != nil && code != engine.Conflict && code != engine.NotFound && code != engine.Invalid {
				t.Errorf("%T %v", err, err)
			}
		}
		for i, m := range r.Messages {
			for range 2 {
				all.Go(func() { fail(o.Release(t.Context(), m.Key, asker)) })
			}
			if i%2 == 0 {
				all.Go(func() { fail(o.MarkLeft(t.Context(), []engine.Left{{Key: m.Key}}, asker)) })
			}
			if i%3 == 0 {
				all.Go(func() { fail(o.Stop(t.Context(), m.Key, asker)) })
			}
		}
		for range 3 {
			all.Go(func() { fail(o.ReleaseHold(t.Context(), "x", len(r.Messages), asker)) })
		}
		all.Wait()
		w.days(1)
		to := map[string]int{}
		for _, m := range w.box.Messages()[before:] {
			if to[m.To[0]+m.Subject()]++; to[m.To[0]+m.Subject()] > 1 {
				t.Errorf("%s received %s twice", m.To, m.Subject())
			}
		}
		for _, m := range r.Messages {
			now, err := o.Records.Message(t.Context(), m.Key)
			w.must(err)
			if now.State != engine.Sent && now.State != engine.Stopped && now.State != engine.Held {
				t.Errorf("%s is %s", m.Key, now.State)
			}
		}
		_, err = o.Verify(t.Context())
		w.must(err)
	})
}
