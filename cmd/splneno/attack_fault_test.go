package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store"
)

// sameTown gives the installation on a copy of its file, which must be closed.
func (a *attacked) sameTown(dir string) *attacked {
	a.t.Helper()
	from := strings.TrimPrefix(a.c.DB, "sqlite:")
	raw, err := os.ReadFile(from)
	a.must(err)
	file := filepath.Join(dir, "plan.db")
	for _, rest := range []string{"-wal", "-shm"} {
		if err := os.Remove(file + rest); err != nil && !errors.Is(err, os.ErrNotExist) {
			a.t.Fatal(err)
		}
	}
	a.must(os.WriteFile(file, raw, 0o600))
	copied := *a
	command, inside := *a.c, *a.installation
	command.DB = "sqlite:" + file
	inside.db, err = store.Open(a.t.Context(), command.DB)
	a.must(err)
	inside.now = func() time.Time { return copied.at }
	copied.c, copied.installation = &command, &inside
	return &copied
}

// outcome is what must be the same whatever failed on the way: everything but
// versions, instants and how often something was tried.
func (a *attacked) outcome() string {
	a.t.Helper()
	var out []string
	for _, in := range a.inbox("zdar") {
		out = append(out, fmt.Sprint("mail ", in.ID[:8], in.State, in.Note, in.Plan, in.Period, in.Organisation, in.Mail.Kind))
	}
	for _, p := range a.proposals("zdar") {
		out = append(out, fmt.Sprint("proposal ", p.EntryKey, p.Organisation, p.Revision, p.Answer, p.Channel, p.Inbound[:8], p.State))
	}
	for _, m := range a.messages("zdar") {
		out = append(out, fmt.Sprint("message ", m.Key, m.To, m.Kind, m.Text))
	}
	bodies, err := a.db.Tenant("zdar").Organisations(a.t.Context())
	a.must(err)
	for _, o := range bodies {
		out = append(out, fmt.Sprint("body ", o.ID, o.Contacts))
	}
	a.must(a.db.Tenant("zdar").Journal(a.t.Context(), 1, func(l engine.JournalLine) error {
		out = append(out, fmt.Sprint("journal ", l.Event, " ", l.Subject, l.Detail))
		return nil
	}))
	slices.Sort(out) // two readers may take turns
	return strings.Join(out, "\n")
}

// Whichever call of the store fails while three mails come in and are read, and
// whether it did its work or not: brought and read again, they end as if
// nothing had failed. Nothing is lost and nothing counts twice.
func TestEveryCallOfTheStoreMayFail(t *testing.T) {
	t.Parallel()
	base := attack(t, 3, "zdar")
	mails := [][]byte{base.reply("zdar", 0, "1 splneno, probehlo 12 besed\r\n2 castecne, chybi penize"),
		base.sample(1, "kind/automatic/exchange-cs.eml", "libuse.novackova@charita.example.cz"), base.sample(2, "report/postfix-unknown-user.eml", "info@charita.example.cz")}
	base.must(base.db.Close()) // the file is whole
	dir := t.TempDir()
	live := func(f failing) (string, int) {
		a, calls := base.sameTown(dir), 0
		o := a.office("zdar")
		f.Records, f.mu, f.calls = o.Records, &sync.Mutex{}, &calls
		o.Records = f
		for _, raw := range mails {
			for try := 0; ; try++ {
				if err := o.Receive(t.Context(), engine.Arrival{Raw: raw, Via: "folder"}); err == nil {
					break
				} else if try > 0 {
					t.Fatal(err)
				}
			}
		}
		for try := 0; try < 3; try++ {
			_ = o.Understand(t.Context()) // an error says: later again
			a.at = a.at.Add(6 * time.Minute)
		}
		a.understand("zdar") // the fault has ended
		got := a.outcome()
		a.verify()
		a.must(a.db.Close())
		return got, calls
	}
	want, calls := live(failing{})
	for _, part := range []string{"answer", "automatic", "bounce", "receipt/", "contact_away", "2024-01"} {
		if !strings.Contains(want, part) {
			t.Errorf("without a fault there is no %s:\n%s", part, want)
		}
	}
	ill, broken := engine.Errorf(engine.Unavailable, "the store is away"), errors.New("the store is broken")
	runs := 0
	for n := 1; n <= calls; n++ {
		for _, f := range []failing{{at: n, with: ill}, {at: n, with: ill, lost: true}, {at: n, with: broken, lost: n%2 == 0}} {
			if got, _ := live(f); got != want {
				t.Errorf("call %d fails, done %t, %v:\n%s", n, f.lost, f.with, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
			}
			runs++
		}
	}
	t.Logf("%d calls, %d runs", calls, runs)
}
