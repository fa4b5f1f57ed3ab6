package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// attempts is how often a Commit is tried against what passes by itself:
// deadlocks, serialization, lost connections.
const attempts = 4

// Commit writes Changes in order, all of them whole or nothing at all: several
// cost one transaction instead of several. Version 0 is inserted, anything
// else must still have the version it was read at; each is stored with the
// version one higher. It is a Conflict that names the thing when one of them
// has moved or is already there, Invalid without an event or time or with a
// text no database keeps, Unavailable when the database does not answer. Only
// where the sentence says so is it not known whether the Change was stored.
func (t *Tenant) Commit(ctx context.Context, changes ...engine.Change) error {
	for _, c := range changes {
		if c.Event == "" || c.At.IsZero() {
			return engine.Errorf(engine.Invalid, "a change needs an event and a time for the journal; nothing was stored")
		}
		if err := checkText(c); err != nil {
			return err
		}
	}
	for attempt := 1; len(changes) > 0; attempt++ {
		again, err := t.commitOnce(ctx, changes)
		if err == nil && slices.ContainsFunc(changes, func(c engine.Change) bool { return c.Erase != nil || len(c.Purge) > 0 }) {
			t.forget(ctx)
		}
		if err == nil && t.db.isPostgres() && slices.ContainsFunc(changes, isLarge) {
			t.learn(ctx)
		}
		if !again || attempt == attempts {
			return explain(err)
		}
		pause := time.NewTimer(time.Duration(attempt) * (5 + time.Duration(rand.IntN(20))) * time.Millisecond)
		select {
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		case <-pause.C:
		}
	}
	return nil
}

// isLarge reports whether a change makes tables so much bigger that what the
// database knows of them is no longer true.
func isLarge(c engine.Change) bool {
	rows := len(c.Activities) + len(c.Entries) + len(c.Proposals) + len(c.Requests)
	for _, e := range c.Evaluations {
		rows += len(e.Rows())
	}
	return rows > 1000
}

// learn lets PostgreSQL count anew what a season or a plan has filled. It would
// do so by itself within minutes; until then it takes full tables for empty
// ones, and a page that reads them together takes it seconds. Nothing is wrong
// when it cannot.
func (t *Tenant) learn(ctx context.Context) {
	_, _ = t.db.write.ExecContext(ctx, "ANALYZE activity, entry, proposal, request, evaluation_row, organisation, message")
}

// commitOnce is one transaction; again says that it may be tried once more.
// When the connection was lost in the COMMIT itself, the outcome is looked up:
// blindly trying again would meet the versions just written and call our own
// work a conflict.
func (t *Tenant) commitOnce(ctx context.Context, changes []engine.Change) (again bool, err error) {
	var line engine.JournalLine // the last: it is there when all are
	asked := false
	err = t.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		lines := make([]engine.JournalLine, len(changes))
		if all, ok := joined(changes); ok {
			if _, err := t.write(ctx, tx, all); err != nil {
				return err
			}
			for i, c := range changes {
				lines[i] = lineOf(c, nil)
			}
		} else {
			for i, c := range changes {
				gone, err := t.write(ctx, tx, c)
				if err != nil {
					return err
				}
				lines[i] = lineOf(c, gone)
			}
		}
		line, err = t.seal(ctx, tx, lines...)
		asked = err == nil
		return err
	})
	if err != nil && ctx.Err() != nil && (ended(err) || errors.Is(err, sql.ErrTxDone)) {
		return false, ctx.Err()
	}
	if !asked || !lost(err) {
		return passing(err), err
	}
	stored, unclear := t.landed(context.WithoutCancel(ctx), line)
	if unclear != nil {
		return false, engine.Errorf(engine.Unavailable, "the connection was lost and it is not known whether %s of %s was stored; look before trying again: %w", line.Event, line.Subject, unclear)
	}
	if stored {
		return false, nil
	}
	return true, err
}

// joined puts changes together that only decide and write letters: stored in one
// go they cost the statements of one. Where something of the plan's course is
// new it stays as it is: a later change may go on from it.
func joined(changes []engine.Change) (all engine.Change, ok bool) {
	for _, c := range changes {
		if slices.ContainsFunc(c.Requests, func(r engine.Request) bool { return r.Version == 0 }) ||
			slices.ContainsFunc(c.Entries, func(e engine.Entry) bool { return e.Version == 0 }) ||
			slices.ContainsFunc(c.Proposals, func(p engine.Proposal) bool { return p.Version == 0 }) {
			return all, false
		}
		all.Requests, all.Entries = append(all.Requests, c.Requests...), append(all.Entries, c.Entries...)
		all.Proposals, all.Messages = append(all.Proposals, c.Proposals...), append(all.Messages, c.Messages...)
		c.At, c.Actor, c.Event, c.Subject, c.Detail = time.Time{}, engine.Actor{}, "", "", nil
		c.Requests, c.Entries, c.Proposals, c.Messages = nil, nil, nil, nil
		if !reflect.ValueOf(c).IsZero() {
			return all, false
		}
	}
	return all, true
}

// write stores everything but the journal line, always in the same order, so
// that two Changes rarely wait for each other in a circle. It counts what was
// taken away.
func (t *Tenant) write(ctx context.Context, tx bun.Tx, c engine.Change) (gone map[string]int, err error) {
	gone = map[string]int{}
	if m := c.Municipality; m != nil {
		if err := t.writeMunicipality(ctx, tx, *m); err != nil {
			return nil, err
		}
	}
	for _, step := range []func() error{
		func() error { return save(ctx, tx, rowsOf(t.id, c.Plans, newPlanRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Organisations, newOrganisationRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Activities, newActivityRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Imported, newImportedRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Seasons, newSeasonRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Requests, newRequestRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Entries, newEntryRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Proposals, newProposalRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Evaluations, newEvaluationRow)) },
		func() error { return t.writeResults(ctx, tx, c.Evaluations) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Accounts, newAccountRow)) },
		func() error { return t.writeAmendments(ctx, tx, c.Amendments) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Resolutions, newResolutionRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Meetings, newMeetingRow)) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Filed, newFiledRow)) },
		func() error { return t.writeRegion(ctx, tx, c.Region) },
		func() error { return save(ctx, tx, rowsOf(t.id, c.Bundles, newBundleRow)) },
		func() error { return t.writeInbound(ctx, tx, c.Inbound) },
		func() error { return t.leave(ctx, tx, c.Left) },
		func() error { return t.stop(ctx, tx, c.Stops) },
		func() error { return t.writeHold(ctx, tx, c) },
		func() error { return t.writeMessages(ctx, tx, c.Messages) },
		func() error { return t.release(ctx, tx, c) },
		func() error { return t.bounce(ctx, tx, c.Bounced) },
		func() error { return t.erase(ctx, tx, c.Erase, gone) },
		func() error { return t.purge(ctx, tx, c.Purge, gone) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// writeMunicipality makes the beginning of the journal with a new one. The id
// of an erased one is never given again.
func (t *Tenant) writeMunicipality(ctx context.Context, tx bun.Tx, m engine.Municipality) error {
	if m.Version == 0 {
		var erased []string
		if err := tx.NewRaw("SELECT value FROM setting WHERE name = ?", tombstone(t.id)).Scan(ctx, &erased); err != nil {
			return err
		}
		if len(erased) > 0 {
			return engine.Errorf(engine.Gone, "the municipality %s was erased, and its id is not given again; choose another", t.id)
		}
	}
	if err := save(ctx, tx, []municipalityRow{newMunicipalityRow(t.id, m)}); err != nil || m.Version > 0 {
		return err
	}
	_, err := tx.NewRaw("INSERT INTO journal_head (tenant, seq, hash) VALUES (?, 0, '')", t.id).Exec(ctx)
	return err
}
