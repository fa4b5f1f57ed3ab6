package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/notify/sentbox"
	"splneno/store/pgtest"
)

// A twin is an installation that dies and is brought back from a copy, and the
// mail server both send to.
type twin struct {
	*attacked
	copied time.Time // when the copy was made
	backup string    // file of the copy
}

const heldBodies = 6

// newTwin gives the original early on 11 January 2024, before anybody was
// written to.
func newTwin(t testing.TB, dsn string) *twin {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	w := &twin{attacked: &attacked{t: t, box: box, at: time.Date(2024, 1, 11, 5, 0, 0, 0, time.UTC),
		c: &command{DB: dsn, Key: filepath.Join(t.TempDir(), "klic"), URL: "https://plan.example.cz", Tenant: "zdar", SMTP: "smtp://" + box.Addr()}}}
	w.open()
	w.found("zdar", heldBodies)
	return w
}

func (w *twin) open() {
	w.t.Helper()
	var err error
	w.installation, err = w.c.open(w.t.Context(), func() time.Time { return w.at })
	w.must(err)
	db := w.db
	w.t.Cleanup(func() { _ = db.Close() })
}

// days ticks at half past eight on each of so many days.
func (w *twin) days(n int) {
	w.t.Helper()
	for range n {
		y, m, d := w.at.Date()
		w.at = time.Date(y, m, d+1, 7, 30, 0, 0, time.UTC)
		w.tick()
	}
}

// copies makes a backup of the original, which runs on.
func (w *twin) copies() {
	w.t.Helper()
	w.copied, w.backup = w.at, filepath.Join(w.t.TempDir(), "backup.db")
	w.splneno("--db", w.c.DB, "--key", w.c.Key, "backup", "--out", w.backup)
}

// splneno runs a command at the time it is.
func (w *twin) splneno(args ...string) {
	w.t.Helper()
	var out bytes.Buffer
	if run(w.t.Context(), world{args: args, out: &out, err: &out, in: &out, now: func() time.Time { return w.at }}) != exitDone {
		w.t.Fatalf("%s:\n%s", args, out.String())
	}
}

// revives ends the original and brings the backup back, which is on hold.
func (w *twin) revives() {
	w.t.Helper()
	w.must(w.db.Close())
	old := w.c.DB
	if w.c.DB = "sqlite:" + filepath.Join(w.t.TempDir(), "restored.db"); !strings.HasPrefix(old, "sqlite:") {
		w.c.DB = pgtest.NewDSN(w.t)
	}
	w.splneno("--db", w.c.DB, "--key", w.c.Key, "restore", w.backup)
	w.open()
}

// checks looks through everything the mail server took, as a mailbox file.
func (w *twin) checks() engine.SentCheck {
	w.t.Helper()
	var file bytes.Buffer
	for _, m := range w.box.Messages() {
		fmt.Fprintf(&file, "From plan@zdar.example Thu Jan 11 09:00:00 2024\r\n%s\r\n", m.Raw)
	}
	mails, _, err := sentbox.Read(&file, w.copied)
	w.must(err)
	check, err := w.office("zdar").CheckSent(w.t.Context(), mails, "file", asker)
	w.must(err)
	return check
}

// letGo marks what was found, and ends the hold.
func (w *twin) letGo() {
	w.t.Helper()
	ctx, o := w.t.Context(), w.office("zdar")
	for _, trace := range []engine.Trace{engine.TraceLeft, engine.TraceWritten} {
		_, err := o.MarkFound(ctx, trace, asker)
		w.must(err)
	}
	r, err := o.HoldReport(ctx)
	w.must(err)
	if n := r.Count(engine.TraceLeft) + r.Count(engine.TraceWritten); n != 0 {
		w.t.Errorf("%d are still found to have left", n)
	}
	w.must(o.ReleaseHold(ctx, "puvodni server je vypnuty", len(r.Messages), asker))
}

// letters counts what organisations received, by address and subject without
// its figures; receipts are left out.
func (w *twin) letters() map[string]int {
	out := map[string]int{}
	for _, m := range w.box.Messages() {
		if !strings.HasPrefix(m.To[0], "info@") || strings.Contains(string(m.Raw), "In-Reply-To:") {
			continue
		}
		subject := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, m.Subject())
		out[m.To[0]+" "+subject]++
	}
	return out
}

// onBothDatabases runs a story on each.
func onBothDatabases(t *testing.T, story func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { story(t, "sqlite:"+filepath.Join(t.TempDir(), "plan.db")) })
	t.Run("postgres", func(t *testing.T) { story(t, pgtest.NewDSN(t)) })
}

// undisturbed is what the organisations receive when nothing dies.
func undisturbed(t *testing.T, days int) map[string]int {
	t.Helper()
	w := newTwin(t, "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	w.tick()
	w.days(days)
	return w.letters()
}

// The original dies three days after the copy was made, having sent what the
// copy does not know of. On hold nothing leaves, the list is what would leave,
// the sent mail says what left already, and in the end every organisation has
// received every occasion once.
func TestHoldStory(t *testing.T) {
	t.Parallel()
	want := undisturbed(t, 80)
	onBothDatabases(t, func(t *testing.T, dsn string) {
		w := newTwin(t, dsn)
		w.tick()
		sender := w.sender
		w.sender = nil
		w.at = w.at.Add(2 * time.Hour)
		w.tick() // letters are made and none is sent yet
		w.copies()
		w.sender = sender
		w.days(3)
		w.bring(w.reply("zdar", 2, "1 splneno, probehlo 12 besed\n2 splneno"), w.address(2))
		w.tick() // and a receipt
		asked := len(w.box.Messages())
		w.at = w.at.AddDate(0, 0, 5)
		w.revives()
		w.days(2)
		if n := len(w.box.Messages()); n != asked {
			t.Fatalf("on hold %d mails left", n-asked)
		}
		o := w.office("zdar")
		r, err := o.HoldReport(t.Context())
		w.must(err)
		if r.Check != nil || len(r.Messages) < heldBodies {
			t.Errorf("before the check: %d messages, %+v", len(r.Messages), r.Check)
		}
		log := []engine.SentMail{{ID: engine.MessageID("jinde", "organisation/x/2024-01-12", "jinde.example"), At: w.at},
			{ID: engine.MessageID("zdar", "unknown", "zdar.example"), At: w.at}}
		check, err := o.CheckSent(t.Context(), log, "file", asker)
		if w.must(err); check.Ours != 1 || len(check.Unknown) != 1 || check.Unknown[0].ID != log[1].ID {
			t.Errorf("of the log of a mail server that two towns share: %+v", check)
		}
		check = w.checks()
		if len(check.Left) != heldBodies || len(check.Unknown) == 0 {
			t.Errorf("the check found %d left and %d unknown", len(check.Left), len(check.Unknown))
		}
		if !slices.ContainsFunc(check.Unknown, func(d engine.Departed) bool { return d.Organisation == body(2) && d.Key == "" }) {
			t.Errorf("the receipt is not known to be of the body that answered: %+v", check.Unknown)
		}
		w.letGo()
		w.days(75)
		if diff := cmp.Diff(want, w.letters()); diff != "" {
			t.Error(diff)
		}
		verified, err := o.Verify(t.Context())
		if err != nil {
			t.Errorf("%+v %v", verified, err)
		}
	})
}

// holdSeeds is how many days are tried, SPLNENO_HOLD_SEEDS where that is set.
func holdSeeds() int {
	if n, err := strconv.Atoi(os.Getenv("SPLNENO_HOLD_SEEDS")); err == nil {
		return n
	}
	return 8
}

// Whatever day the copy was made, however long the original lived on and
// however long nobody let the copy go: nothing leaves on hold, and no
// organisation receives an occasion twice, and none is lost.
func TestHoldOnAnyDay(t *testing.T) {
	t.Parallel()
	all := undisturbed(t, 75)
	seed := uint64(20240111)
	for n := range holdSeeds() {
		rng := rand.New(rand.NewPCG(seed, uint64(n)))
		before, alive, dead, held, waits := rng.IntN(30), 1+rng.IntN(6), rng.IntN(6), 1+rng.IntN(4), rng.IntN(2) == 0
		if n == 0 { // nothing leaves for longer than two reminders lie apart
			before, alive, dead, held, waits = 11, 5, 5, 4, true
		}
		t.Run(fmt.Sprintf("%d_%d_%d_%d_%t", before, alive, dead, held, waits), func(t *testing.T) {
			w := newTwin(t, "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
			w.tick()
			w.days(before)
			sender := w.sender
			if waits { // the copy is made between writing and sending
				w.sender = nil
				w.days(1)
			}
			w.copies()
			w.sender = sender
			w.days(alive)
			w.at = w.at.AddDate(0, 0, dead)
			sent := len(w.box.Messages())
			w.revives()
			w.days(held)
			for !engine.NewWorkdays(nil).Works(engine.DateOf(w.at.In(w.zone))) {
				w.days(1)
			}
			if n := len(w.box.Messages()); n != sent {
				t.Fatalf("on hold %d mails left", n-sent)
			}
			w.checks()
			w.letGo()
			w.days(55)
			got := w.letters()
			if diff := cmp.Diff(all, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
