package main

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"splneno/engine"
)

// TestWhatALetterCosts counts what is asked for letters of one town that wait:
// each is claimed and settled, and one claim finds that none is left, however many
// slots send. So is a run; whether there is mail is asked only when one said something.
func TestWhatALetterCosts(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		const letters = 20
		c := newCountry(t, dsn, "mesto", "obec")
		c.sender = &slowRelay{takes: 50 * time.Millisecond, sent: map[string]time.Time{}}
		c.queue(t, "mesto", letters)
		c.asked = nil
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { c.rounds.Run(ctx, 30*time.Second) })
		defer done.Wait()
		defer stop()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if claims, settled := c.counted("UPDATE message SET attempts"), c.counted(`UPDATE "message"`); claims != letters+1 || settled != letters {
			t.Errorf("%d claims and %d outcomes of %d letters", claims, settled, letters)
		}
		change := engine.Change{At: time.Now(), Actor: engine.Actor{Kind: engine.ActorSystem}, Event: "held", Subject: "obec",
			Messages: []engine.Message{{Key: "held", State: engine.Held, Raw: []byte("x"), CreatedAt: time.Now()}}}
		if err := c.db.Tenant("obec").Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		c.asked = nil
		time.Sleep(44 * time.Hour) // to Monday: the overview of either town is run, and one has something to tell
		synctest.Wait()
		claims, settled, asked := c.counted("UPDATE occurrence SET attempts"), c.counted(`UPDATE "occurrence"`), c.counted("UPDATE message SET attempts")
		if claims != 2 || settled != 2 || asked != 2 {
			t.Errorf("%d claims and %d outcomes of two runs, and mail was asked for %d times for one letter", claims, settled, asked)
		}
		if len(c.failed) > 0 {
			t.Errorf("failures: %v", c.failed)
		}
	})
}

// counted gives how many statements had a part.
func (c *manyTowns) counted(part string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.asked {
		if strings.Contains(s, part) {
			n++
		}
	}
	return n
}
