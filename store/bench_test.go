package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/store/postgres"
)

// onBothForBenchmarks is onBoth on servers that write to disk what they say.
func onBothForBenchmarks(b *testing.B, bench func(b *testing.B, dsn string)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")) })
	b.Run("postgres", func(b *testing.B) { bench(b, pgtest.NewDurableDSN(b)) })
}

// BenchmarkApprove has coordinators approve one answer each time, through
// Commit and by the bare statements in turns, and compares the two.
func BenchmarkApprove(b *testing.B) {
	onBothForBenchmarks(b, func(b *testing.B, dsn string) {
		ours, bare := migrated(b, dsn), mustOpen(b, dsn)
		tn := town(b, ours, "klatovy")
		c := change("start")
		for i := range 64 {
			e, p := approval(i, 0, noon)
			c.Entries, c.Proposals = append(c.Entries, e), append(c.Proposals, p)
		}
		mustCommit(b, tn, c)
		versions := make([]int, 64) // 0-31 belong to ours, 32-63 to bare
		for i := range versions {
			versions[i] = 1
		}
		for _, clients := range []int{1, 8, 32} {
			b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
				const turns = 6
				var spent [2]time.Duration
				n := max(b.N/turns, clients)
				b.ResetTimer()
				for turn := range 2 * turns {
					which := (turn + turn/2) % 2 // neither is always the first
					start := time.Now()
					parallel(b, clients, n, func(client int) error {
						i := client + 32*which
						versions[i]++
						if which == 0 {
							return approve(tn, i, versions[i]-1)
						}
						return approveBare(bare, i, versions[i]-1)
					})
					spent[which] += time.Since(start)
				}
				done := float64(turns * n)
				b.ReportMetric(done/spent[0].Seconds(), "store/s")
				b.ReportMetric(done/spent[1].Seconds(), "bare/s")
				b.ReportMetric(spent[1].Seconds()/spent[0].Seconds(), "ratio")
				b.ReportMetric(0, "ns/op")
			})
		}
	})
}

// parallel shares n operations among clients.
func parallel(b *testing.B, clients, n int, op func(client int) error) {
	var left atomic.Int64
	left.Store(int64(n))
	var wg sync.WaitGroup
	for client := range clients {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				if err := op(client); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

const narrative = "Proběhlo 12 setkání pracovní skupiny, služba byla rozšířena o terénní formu a navštěvuje ji 48 osob."

func approval(i, version int, at time.Time) (engine.Entry, engine.Proposal) {
	e := oneEntry(fmt.Sprintf("1.%d/1", i))
	e.State, e.Narrative, e.Askees, e.AnsweredAt, e.Source = engine.InProgress, narrative, []string{"charita"}, noon, "answer"
	e.ApprovedBy, e.ApprovedAt, e.Version = "Jana Nováková", at, version
	p := engine.Proposal{EntryKey: e.EntryKey, Organisation: "charita", Revision: 1, Channel: engine.ByLink, By: "Petr Svoboda", At: noon,
		Answer: engine.Answer{Status: engine.InProgress, Done: narrative}, State: engine.Approved, DecidedBy: "Jana Nováková", DecidedAt: at, Version: version}
	return e, p
}

func approve(tn *Tenant, i, version int) error {
	at := noon.Add(time.Duration(version) * time.Second)
	e, p := approval(i, version, at)
	return tn.Commit(ctx, engine.Change{At: at, Actor: engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana Nováková"}, Event: "approved",
		Subject: "2023/" + e.Activity, Detail: map[string]string{"from": "planned", "to": "in_progress", "organisation": "charita"},
		Entries: []engine.Entry{e}, Proposals: []engine.Proposal{p}})
}

// approveBare is what Commit asks of the database and nothing else.
func approveBare(db *DB, i, version int) error {
	at := noon.Add(time.Duration(version) * time.Second)
	e, p := approval(i, version, at)
	text := func(t time.Time) string { return t.Format("2006-01-02 15:04:05.999999-07:00") }
	ctx := postgres.For(ctx, "klatovy") // as the store's own statements carry it
	return bareTx(ctx, db, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE entry SET state = $1, qualifier = $2, narrative = $3, missing = $4, numbers = $5, next_step = $6, postponed_to = $7,
			askees = $8, answered_at = $9, said = $19, approved_by = $10, approved_at = $11, source = $12, version = $13
			WHERE tenant = $14 AND plan = $15 AND period = $16 AND activity = $17 AND version = $18`,
			string(e.State), "", e.Narrative, "", "null", "", "", `["charita"]`, text(e.AnsweredAt), e.ApprovedBy, text(at), e.Source, version+1,
			"klatovy", e.Plan, e.Period, e.Activity, version, string(e.Said))
		if err := bareOne(res, err); err != nil {
			return err
		}
		res, err = tx.ExecContext(ctx, `UPDATE proposal SET answer = $1, channel = $2, given_by = $3, given_at = $4, state = $5, question = $6, told_on = $7,
			decided_by = $8, decided_at = $9, version = $10
			WHERE tenant = $11 AND plan = $12 AND period = $13 AND activity = $14 AND organisation = $15 AND revision = $16 AND version = $17`,
			`{"Status":"in_progress","Qualifier":"","Done":"`+p.Answer.Done+`","Missing":"","Numbers":null}`, string(p.Channel), p.By, text(p.At), string(p.State), "", "",
			p.DecidedBy, text(at), version+1, "klatovy", p.Plan, p.Period, p.Activity, p.Organisation, p.Revision, version)
		if err := bareOne(res, err); err != nil {
			return err
		}
		var seq int64
		var prev string
		if err := tx.QueryRowContext(ctx, "SELECT seq, hash FROM journal_head WHERE tenant = $1"+db.forUpdate, "klatovy").Scan(&seq, &prev); err != nil {
			return err
		}
		const head = "UPDATE journal_head SET seq = $1, hash = $2 WHERE tenant = $3"
		const line = "INSERT INTO journal (tenant, seq, made_at, actor, event, subject, detail, prev, hash) VALUES ($3, $1, $4, $5, $6, $7, $8, $9, $2)"
		args := []any{seq + 1, prev, "klatovy", text(at), "coordinator:Jana Nováková", "approved", "2023/" + e.Activity,
			`{"from":"planned","organisation":"charita","to":"in_progress"}`, prev}
		if db.isPostgres() {
			_, err = tx.ExecContext(ctx, head+"; "+line, args...)
			return err
		}
		_, err = tx.ExecContext(ctx, head, args[:3]...)
		return firstOf(err, second(tx.ExecContext(ctx, line, args...)))
	})
}

func bareTx(ctx context.Context, db *DB, fn func(*sql.Tx) error) error {
	tx, err := db.write.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

func bareOne(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); n != 1 {
		return fmt.Errorf("%d rows, %v", n, err)
	}
	return nil
}

// BenchmarkSweep asks what is due, always a hundred of each, among few and
// among many stored. A million takes minutes to fill: SPLNENO_BENCH_FULL=1.
func BenchmarkSweep(b *testing.B) {
	onBothForBenchmarks(b, func(b *testing.B, dsn string) {
		db := migrated(b, dsn)
		tn := town(b, db, "klatovy")
		stored := 0
		for _, n := range []int{10_000, 1_000_000} {
			if n > 10_000 && os.Getenv("SPLNENO_BENCH_FULL") != "1" {
				continue
			}
			fill(b, db, stored, n)
			stored = n
			b.Run(fmt.Sprintf("stored=%d", n), func(b *testing.B) {
				for b.Loop() {
					requests, err1 := tn.RequestsDue(ctx, "2024-01-01", 1000)
					pending, err2 := tn.PendingProposals(ctx)
					letters, err3 := tn.ClaimMessages(ctx, noon, 1000, 0)
					occurrences, err4 := tn.ClaimOccurrences(ctx, noon, 1000, 0)
					if err := firstOf(err1, err2, err3, err4); err != nil || len(requests) != 100 || len(pending) != 100 || len(letters) != 100 || len(occurrences) != 100 {
						b.Fatal(err, len(requests), len(pending), len(letters), len(occurrences))
					}
				}
			})
		}
	})
}

// fill stores rows number first+1 to n of each kind; only the first hundred are due.
func fill(b *testing.B, db *DB, first, n int) {
	b.Helper()
	from := first
	const numbers = "WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO "
	const due, later = "'2024-01-01 00:00:00+00:00'", "'2030-01-01 00:00:00+00:00'"
	at := func(text string) string {
		if db.isPostgres() {
			return text + "::timestamptz"
		}
		return text
	}
	no := "0"
	if db.isPostgres() {
		no = "false"
	}
	when := "CASE WHEN i <= 100 THEN " + at(due) + " ELSE " + at(later) + " END"
	for _, insert := range []string{
		`request SELECT 'klatovy', 'kpss', 'p' || (i / 1000), 'o' || i, '["1.1/1"]', 1, '2023-01-01', '2024-02-01', 0,
			CASE WHEN i <= 100 THEN '2024-01-01' WHEN i % 2 = 0 THEN '2030-01-01' ELSE '' END, '', 'null', 'hash' || i, 1, ` + no + `, NULL, 1, '' FROM n`,
		`proposal SELECT 'klatovy', 'kpss', 'p' || (i / 1000), '1.1/1', 'o' || i, 1, '{}', 'link', '', ` + at(due) + `,
			CASE WHEN i <= 100 THEN 'pending' ELSE 'approved' END, '', '', '', NULL, 1, '' FROM n`,
		`message SELECT 'klatovy', 'k' || i, 'request', 'o' || i, '', '', '', '', '', NULL, '', CASE WHEN i <= 100 OR i % 2 = 0 THEN 'queued' ELSE 'sent' END,
			0, ` + when + `, ` + at(due) + `, NULL, '', '' FROM n`,
		`occurrence SELECT 'klatovy', 'r', 'd' || i, ` + at(due) + `, CASE WHEN i <= 100 THEN 'due' ELSE 'done' END, 0, ` + at(due) + `, NULL, '' FROM n`,
	} {
		for ; from < n; from += 50_000 { // in bites that stay below the limit of a statement
			if _, err := admin(db).NewRaw(fmt.Sprintf(numbers, from+1, min(from+50_000, n)) + insert).Exec(ctx); err != nil {
				b.Fatal(err)
			}
		}
		from = first
	}
	if _, err := db.write.NewRaw("ANALYZE").Exec(ctx); err != nil {
		b.Fatal(err)
	}
}

// reply is a mail of 5 kB with a number of its own.
func reply(i int64) engine.Inbound {
	text := fmt.Sprintf("From: Petr Svoboda <svoboda@charita.example>\r\nMessage-ID: <%d@charita.example>\r\n\r\n", i)
	raw := []byte(text + strings.Repeat(narrative+"\r\n", 1+(5000-len(text))/len(narrative))[:5000-len(text)])
	return engine.Inbound{ID: fmt.Sprintf("%x", sha256.Sum256(raw)), Raw: raw, Via: "lmtp", EnvelopeFrom: "svoboda@charita.example",
		EnvelopeTo: []string{"odpovedi+a1b2c3d4e5f6g7h8@klatovy.example"}, ReceivedAt: noon.Add(time.Duration(i) * time.Millisecond)}
}

// BenchmarkAddInbound takes in mail of 5 kB, each in a transaction of its own.
func BenchmarkAddInbound(b *testing.B) {
	onBothForBenchmarks(b, func(b *testing.B, dsn string) {
		tn := town(b, migrated(b, dsn), "klatovy")
		var serial atomic.Int64
		for _, clients := range []int{1, 8} {
			b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
				parallel(b, clients, b.N, func(int) error {
					fresh, err := tn.AddInbound(ctx, reply(serial.Add(1)))
					if err == nil && !fresh {
						err = fmt.Errorf("a new mail is not fresh")
					}
					return err
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
			})
		}
	})
}

// BenchmarkClaimInbound claims fifty mails again and again among many stored.
func BenchmarkClaimInbound(b *testing.B) {
	onBothForBenchmarks(b, func(b *testing.B, dsn string) {
		tn := town(b, migrated(b, dsn), "klatovy")
		for i := range int64(2000) {
			mustAdd(b, tn, reply(i))
		}
		for b.Loop() {
			mails, err := tn.ClaimInbound(ctx, noon.AddDate(1, 0, 0), 50, 0)
			if err != nil || len(mails) != 50 {
				b.Fatal(err, len(mails))
			}
		}
	})
}
