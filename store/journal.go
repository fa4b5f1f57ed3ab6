package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type journalRow struct {
	bun.BaseModel `bun:"table:journal"`
	Tenant        string                    `bun:",pk"`
	Seq           int64                     `bun:",pk"`
	MadeAt        time.Time                 `bun:",notnull"`
	Actor         string                    `bun:",notnull"`
	Event         string                    `bun:",notnull"`
	Subject       string                    `bun:",notnull"`
	Detail        asJSON[map[string]string] `bun:",notnull"`
	Prev          string                    `bun:",notnull"`
	Hash          string                    `bun:",notnull"`
	ActorSalt     string                    `bun:",notnull"`
	ActorRef      string                    `bun:",notnull"`
	Words         journalWords              `bun:",notnull"`
}

// journalWords are the references of what people wrote in their own words.
type journalWords = asJSON[map[string]engine.Reference]

func (r journalRow) value() engine.JournalLine {
	return engine.JournalLine{
		Seq: r.Seq, At: utc(r.MadeAt), Actor: r.Actor, Event: r.Event, Subject: r.Subject,
		Detail: r.Detail.V, Prev: r.Prev, Hash: r.Hash, ActorSalt: r.ActorSalt, ActorRef: r.ActorRef, Words: r.Words.V,
	}
}

// lineOf gives the line of a change. What its purge or its erasure took away is
// counted in it.
func lineOf(c engine.Change, gone map[string]int) engine.JournalLine {
	detail := c.Detail
	if len(gone) > 0 {
		detail = maps.Clone(c.Detail)
		if detail == nil {
			detail = map[string]string{}
		}
		for what, n := range gone {
			detail[what] = strconv.Itoa(n)
		}
	}
	return engine.JournalLine{At: utc(c.At), Actor: c.Actor.String(), Event: c.Event, Subject: c.Subject, Detail: detail}
}

// seal puts lines at the end of the tenant's journal, and gives the last as it
// stands there. The head row orders all commits of a municipality, so it is
// locked last and held for two statements; a municipality without one does not
// exist.
func (t *Tenant) seal(ctx context.Context, tx bun.Tx, lines ...engine.JournalLine) (last engine.JournalLine, err error) {
	var seq int64
	var prev string
	err = tx.NewRaw("SELECT seq, hash FROM journal_head WHERE tenant = ?"+t.db.forUpdate, t.id).Scan(ctx, &seq, &prev)
	if errors.Is(err, sql.ErrNoRows) {
		return last, noTown(t.id)
	}
	if err != nil {
		return last, err
	}
	last.Seq, last.Hash = seq, prev
	for some := range slices.Chunk(lines, journalPage) {
		values := make([]any, 0, 12*len(some))
		for _, line := range some {
			last = line.Hide(t.db.salts(t.id, last.Seq+1)).Seal(last.Seq+1, last.Hash)
			values = append(values, t.id, last.Seq, last.At, last.Actor, last.Event, last.Subject, asJSON[map[string]string]{last.Detail},
				last.Prev, last.Hash, last.ActorSalt, last.ActorRef, journalWords{last.Words})
		}
		_, err = tx.NewRaw(`UPDATE journal_head SET seq = ?, hash = ? WHERE tenant = ?;
			INSERT INTO journal (tenant, seq, made_at, actor, event, subject, detail, prev, hash, actor_salt, actor_ref, words)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`+strings.Repeat(", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", len(some)-1),
			append([]any{last.Seq, last.Hash, t.id}, values...)...).Exec(ctx)
		if err != nil {
			return last, err
		}
	}
	return last, nil
}

// landed finds out whether a line whose COMMIT was never answered is stored. It
// waits for the head row, which that COMMIT holds while it is under way: so the
// answer is final.
func (t *Tenant) landed(ctx context.Context, line engine.JournalLine) (bool, error) {
	var seq int64
	if err := t.db.write.NewRaw("SELECT seq FROM journal_head WHERE tenant = ?"+t.db.forUpdate, t.id).Scan(ctx, &seq); err != nil {
		if errors.Is(err, sql.ErrNoRows) { // the municipality itself was to be made
			return false, nil
		}
		return false, err
	}
	return t.db.write.NewSelect().Model((*journalRow)(nil)).
		Where("tenant = ? AND seq = ? AND hash = ?", t.id, line.Seq, line.Hash).Exists(ctx)
}

const journalPage = 500

// Journal calls each for every line in order, from seq on, until each gives an
// error. No transaction is open meanwhile: lines only ever come at the end.
func (t *Tenant) Journal(ctx context.Context, from int64, each func(engine.JournalLine) error) error {
	for {
		lines, err := list[journalRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("seq >= ?", from).Order("seq").Limit(journalPage)
		})
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := each(l); err != nil {
				return err
			}
			from = l.Seq + 1
		}
		if len(lines) < journalPage {
			return nil
		}
	}
}

// LastLine gives the newest line of the journal, the zero one for none.
func (t *Tenant) LastLine(ctx context.Context) (engine.JournalLine, error) {
	newest, err := list[journalRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("seq DESC").Limit(1) })
	if err != nil || len(newest) == 0 {
		return engine.JournalLine{}, err
	}
	return newest[0], nil
}
