package store

import (
	"errors"
	"fmt"
	"testing"

	"splneno/engine"
)

func verify(tn *Tenant) (engine.JournalCheck, error) {
	var check engine.JournalCheck
	err := tn.Journal(ctx, 1, check.Next)
	return check, firstOf(err, check.Whole())
}

func TestTamperingIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		for i, tamper := range []string{
			`UPDATE journal SET event = 'approved' WHERE seq = 3`,
			`UPDATE journal SET detail = '{"a":"c"}' WHERE seq = 3`,
			`UPDATE journal SET actor = 'coordinator:Někdo' WHERE seq = 3`,
			`UPDATE journal SET made_at = '2024-02-29 12:00:00.000001+00:00' WHERE seq = 3`,
			`UPDATE journal SET hash = 'x' WHERE seq = 3`,
			`DELETE FROM journal WHERE seq = 3`,
			`DELETE FROM journal WHERE seq = 1`,
			`UPDATE journal SET seq = 99 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 99`,
			`UPDATE journal SET seq = -seq WHERE seq > 2; UPDATE journal SET seq = 1 - seq WHERE seq < 0;
			 INSERT INTO journal SELECT tenant, 3, made_at, actor, 'put in', subject, detail, prev, hash, actor_salt, actor_ref, words FROM journal WHERE seq = 2`,
			`UPDATE journal SET actor = '', actor_salt = '' WHERE seq = 3`,
			`UPDATE journal SET actor = '' WHERE seq = 3`,
			`UPDATE journal SET actor_salt = '' WHERE seq = 3`,
			`UPDATE journal SET actor_salt = (SELECT actor_salt FROM journal AS j WHERE j.tenant = journal.tenant AND seq = 4), actor_ref = (SELECT actor_ref FROM journal AS j WHERE j.tenant = journal.tenant AND seq = 4) WHERE seq = 3`,
			`UPDATE journal SET actor_ref = '', actor_salt = '' WHERE seq = 3`,
			`UPDATE journal SET detail = '{"a":"b","reason":"another"}' WHERE seq = 3`,
			`UPDATE journal SET detail = '{"a":"b","reason":"another"}', words = replace(words, 'Salt', 'salted') WHERE seq = 3`,
			`UPDATE journal SET words = '{}' WHERE seq = 3`,
			`UPDATE journal SET detail = '{"a":"b"}' WHERE seq = 3`,
		} {
			tn := town(t, db, fmt.Sprint("town", i))
			for j := range 5 {
				c := change(fmt.Sprint("event ", j))
				c.Detail = map[string]string{"a": "b", "reason": "the other one was wrong"}
				mustCommit(t, tn, c)
			}
			if check, err := verify(tn); err != nil || check.Lines != 6 {
				t.Fatalf("before: %v, %v", check, err)
			}
			if _, err := admin(db).NewRaw(tamper).Exec(ctx); err != nil {
				t.Fatal(err)
			}
			if _, err := verify(tn); engine.CodeOf(err) != engine.Conflict {
				t.Errorf("not found: %s (%v)", tamper, err)
			}
			if _, err := admin(db).NewRaw("DELETE FROM journal").Exec(ctx); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestJournalIsReadInPages reads more lines than a page, from the middle, and
// commits while it reads: no transaction may stand in the way.
func TestJournalIsReadInPages(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn := town(t, db, "klatovy")
		for range 2 * journalPage {
			mustCommit(t, tn, change("line"))
		}
		n, from := 0, int64(journalPage-1)
		err := tn.Journal(ctx, from, func(l engine.JournalLine) error {
			if l.Seq != from+int64(n) {
				return fmt.Errorf("line %d after %d lines", l.Seq, n)
			}
			if n++; n == 10 {
				return tn.Commit(ctx, change("meanwhile"))
			}
			return nil
		})
		if err != nil || n != journalPage+4 {
			t.Errorf("%d lines, %v", n, err)
		}
		stop := errors.New("stop")
		if err := tn.Journal(ctx, 1, func(engine.JournalLine) error { return stop }); err != stop {
			t.Errorf("error is %v", err)
		}
	})
}
