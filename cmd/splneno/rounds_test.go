package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/workflows"
)

// onEach runs a test on either database with the clock of a bubble, at nine in
// the evening: nothing of a calendar comes before morning.
func onEach(t *testing.T, test func(t *testing.T, dsn string)) {
	for name, dsn := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "plan.db") },
		"postgres": func(t *testing.T) string { return pgtest.NewDSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			address := dsn(t)
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(20 * time.Hour)
				test(t, address)
			})
		})
	}
}

// manyTowns is an installation with many municipalities, gone round in a bubble.
type manyTowns struct {
	*installation
	rounds *workflows.Rounds
	mu     sync.Mutex
	asked  []string
	at     []time.Time // when each was asked
	failed []string
}

// newCountry makes municipalities of the names and the rounds of one node.
func newCountry(t *testing.T, dsn string, towns ...string) *manyTowns {
	t.Helper()
	var key string
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		key = file + ".key"
	} else {
		key = filepath.Join(t.TempDir(), "plan.key")
	}
	c := &command{DB: dsn, Key: key, URL: "http://127.0.0.1:8080"}
	in, err := c.open(t.Context(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.db.Close() })
	for _, id := range towns {
		m := engine.Municipality{Name: id, Sender: "plan@mesto.example", Coordinator: engine.Contact{Name: "K", Email: "kpss@mesto.example"}, Policy: engine.DefaultPolicy()}
		change := engine.Change{At: time.Now(), Actor: engine.Actor{Kind: engine.ActorSystem}, Event: "set_up", Subject: id, Municipality: &m}
		if err := in.db.Tenant(id).Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	out := &manyTowns{installation: in}
	in.db = in.db.Watched(func(statement string) {
		out.mu.Lock()
		defer out.mu.Unlock()
		out.asked, out.at = append(out.asked, statement), append(out.at, time.Now())
	})
	out.rounds = in.rounds(&world{passed: func() time.Duration { return time.Since(time.Unix(0, 0)) }}, !strings.HasPrefix(dsn, "sqlite:"), slog.New(slog.DiscardHandler))
	out.rounds.Failed = func(what, tenant string, err error) {
		out.mu.Lock()
		defer out.mu.Unlock()
		out.failed = append(out.failed, fmt.Sprint(what, " ", tenant, ": ", err))
	}
	return out
}

// live goes round for a while.
func (c *manyTowns) live(t *testing.T, how time.Duration) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { c.rounds.Run(ctx, 30*time.Second) })
	time.Sleep(how)
	synctest.Wait()
	stop()
	done.Wait()
}

// towns gives n names.
func invented(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("mesto%03d", i))
	}
	return out
}

// TestAtRestOneQuestionARound counts what a node asks for in an hour in which
// nothing happens: one question every 30 seconds, however many municipalities
// there are, one sign of life every minute or five, and one look at all
// calendars together.
func TestAtRestOneQuestionARound(t *testing.T) {
	for _, n := range []int{1, 206} {
		onEach(t, func(t *testing.T, dsn string) {
			c := newCountry(t, dsn, invented(n)...)
			ctx, stop := context.WithCancel(t.Context())
			var done sync.WaitGroup
			done.Go(func() { c.rounds.Run(ctx, 30*time.Second) })
			time.Sleep(30*time.Minute + time.Second) // the first round looks at every calendar
			synctest.Wait()
			c.asked = nil
			time.Sleep(time.Hour)
			synctest.Wait()
			agendas, looks, rest := 0, 0, 0
			for _, s := range c.asked {
				switch {
				case strings.Contains(s, "FROM journal_head h"):
					agendas++
				case strings.Contains(s, `"municipality"`):
					looks++
				default:
					rest++
				}
			}
			said := strings.Join(c.asked[:min(40, len(c.asked))], "\n")
			stop()
			done.Wait()
			t.Logf("%d towns: %d agendas, %d looks, %d others", n, agendas, looks, rest)
			if beats := int(time.Hour / c.rounds.Beat); agendas != 120 || looks != 0 || rest != 1+beats {
				t.Errorf("%d towns: %d agendas, %d looks at calendars and %d others in an hour:\n%s", n, agendas, looks, rest, said)
			}
			if len(c.failed) > 0 {
				t.Errorf("failures: %v", c.failed)
			}
		})
	}
}

// TestServeAtRestAsksInRounds: with everything switched on that serve does by
// itself, the database is asked in one burst every half a minute and never in
// between, for hours.
func TestServeAtRestAsksInRounds(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", filepath.Join(t.TempDir(), "nobody"))
	onEach(t, func(t *testing.T, dsn string) {
		c := newCountry(t, dsn, "mesto")
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		given := 0
		r := c.installation.rest(c.installation.pages("mesto", slog.New(slog.DiscardHandler)).Handler())
		r.give = func() { given++ }
		(&observer{in: c.installation}).goesAlong(r, slog.New(slog.DiscardHandler))
		done.Go(func() { c.rounds.Run(ctx, 30*time.Second) })
		done.Go(func() { c.incidents.keep(ctx, c.db.AcrossTenants().RecordIncident) })
		var ways sync.WaitGroup // mailbox and folder
		ways.Add(2)
		for _, way := range []string{"imap", "folder"} {
			done.Go(func() {
				c.unlessCopied(ctx, holdEvery, slog.New(slog.DiscardHandler), way, func(ctx context.Context) {
					ways.Done()
					<-ctx.Done()
				})
			})
		}
		time.Sleep(time.Minute + time.Second)
		ways.Wait()
		synctest.Wait()
		c.asked, c.at = nil, nil
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		defer done.Wait()
		defer stop()
		kinds := map[string]int{}
		for i, s := range c.asked {
			kinds[fmt.Sprintf("%.60s", s)]++
			if i > 0 && c.at[i] != c.at[i-1] && c.at[i].Sub(c.at[i-1]) < 29*time.Second {
				t.Errorf("%s after another statement: %.120s", c.at[i].Sub(c.at[i-1]), s)
			}
		}
		t.Logf("%d statements in three hours: %v", len(c.asked), kinds)
		if given != 2 {
			t.Errorf("memory is given back %d times", given)
		}
		if len(c.failed) > 0 || len(c.asked) < 3*120 {
			t.Errorf("%d statements, failures %v", len(c.asked), c.failed)
		}
	})
}

// TestOneTownsMailKeepsNobodyWaiting queues thousands of mails of one town, and later
// one of another; the mail server takes 50 ms for each.
func TestOneTownsMailKeepsNobodyWaiting(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		const burst = 6000
		c := newCountry(t, dsn, "velka", "mala")
		relay := &slowRelay{takes: 50 * time.Millisecond, sent: map[string]time.Time{}}
		c.sender = relay
		c.queue(t, "velka", burst)
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { c.rounds.Run(ctx, 30*time.Second) })
		time.Sleep(7 * time.Second)
		c.queue(t, "mala", 1)
		asked := time.Now()
		time.Sleep(10 * time.Minute)
		stop()
		done.Wait()
		if waited := relay.sent["mala 0"].Sub(asked); waited < 0 || waited > time.Minute {
			t.Errorf("the other town waited %s", waited)
		} else {
			t.Logf("the other town waited %s", waited)
		}
		if len(relay.sent) != burst+1 || relay.twice > 0 {
			t.Errorf("%d mails sent, %d of them twice", len(relay.sent), relay.twice)
		}
		if len(c.failed) > 0 {
			t.Errorf("failures: %v", c.failed[:1])
		}
	})
}

// queue has mails of a town wait.
func (c *manyTowns) queue(t *testing.T, town string, n int) {
	t.Helper()
	change := engine.Change{At: time.Now(), Actor: engine.Actor{Kind: engine.ActorCalendar}, Event: "letters", Subject: town}
	for i := range n {
		change.Messages = append(change.Messages, engine.Message{Key: fmt.Sprint(town, " ", i), To: "a@example.org", State: engine.Queued,
			Raw: []byte("x"), CreatedAt: time.Now(), NextAt: time.Now()})
	}
	if err := c.db.Tenant(town).Commit(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

// TestWithoutAMailServerMailWaits: what is due stays in its queue, unclaimed, and
// nothing fails.
func TestWithoutAMailServerMailWaits(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		c := newCountry(t, dsn, "mesto")
		c.queue(t, "mesto", 2)
		c.live(t, 5*time.Minute)
		waiting, err := c.db.Tenant("mesto").Messages(t.Context(), 0, engine.Queued)
		if err != nil || len(waiting) != 2 || waiting[0].Attempts != 0 {
			t.Errorf("%d mails wait: %v %v", len(waiting), waiting, err)
		}
		if len(c.failed) > 0 {
			t.Errorf("failures: %v", c.failed[:1])
		}
	})
}

// A slowRelay takes its time over a mail.
type slowRelay struct {
	takes time.Duration
	mu    sync.Mutex
	sent  map[string]time.Time
	twice int
	panic string // key of a mail that is too much for it
}

// Send takes it.
func (s *slowRelay) Send(_ context.Context, m engine.Message) engine.Outcome {
	time.Sleep(s.takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.Key == s.panic {
		panic("nil map")
	}
	if !s.sent[m.Key].IsZero() {
		s.twice++
	}
	s.sent[m.Key] = time.Now()
	return engine.Outcome{State: engine.Sent}
}

// TestAFailingTownStopsNobody: one town's mail ends in a panic, its calendar
// cannot be read, and all others go on.
func TestAFailingTownStopsNobody(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		names := invented(8)
		c := newCountry(t, dsn, names...)
		relay := &slowRelay{takes: time.Second, sent: map[string]time.Time{}, panic: names[0] + " 0"}
		c.sender = relay
		for _, name := range names {
			c.queue(t, name, 2)
		}
		whole := c.rounds.Office
		c.rounds.Office = func(tenant string) *workflows.Office {
			o := whole(tenant)
			if tenant == names[1] {
				o.Zone = nil // a calendar without one panics
			}
			return o
		}
		c.live(t, 14*time.Hour) // until the next morning
		for _, name := range names[2:] {
			if relay.sent[name+" 1"].IsZero() {
				t.Errorf("%s was not served", name)
			}
			done, err := c.db.Tenant(name).Occurrences(t.Context(), 10)
			if err != nil || !slices.ContainsFunc(done, func(o engine.Occurrence) bool { return o.Rule == "letters" && o.State == engine.Done }) {
				t.Errorf("the calendar of %s did not run: %v %v", name, done, err)
			}
		}
		if !slices.ContainsFunc(c.failed, func(s string) bool { return strings.HasPrefix(s, "mail "+names[0]) && strings.Contains(s, "panic") }) {
			t.Errorf("the panic is not told: %.3v", c.failed)
		}
	})
}
