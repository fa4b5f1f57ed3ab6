package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// erase takes a person out of everything that is stored, in the transaction of
// the journal line that says so. Whatever it changes gets a new version, so that
// nobody who read it before can write it back; a mail that is being sent just
// now keeps no outcome, and a letter being written is refused.
func (t *Tenant) erase(ctx context.Context, tx bun.Tx, who *engine.Erasure, gone map[string]int) error {
	if who == nil {
		return nil
	}
	if err := t.overwrite(ctx, tx); err != nil {
		return err
	}
	s, err := t.search(ctx, tx, *who)
	if err != nil {
		return err
	}
	if gone[engine.ErasedLines], err = s.eraseLines(ctx, tx); err != nil { // before the names are gone
		return err
	}
	for _, step := range []func(context.Context, bun.Tx) error{s.eraseMails, s.eraseMessages, s.eraseAnswers, s.eraseAccounts, s.eraseContacts, s.eraseTexts} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// overwrite lets nothing that is removed stay in free pages of SQLite's file.
func (t *Tenant) overwrite(ctx context.Context, tx bun.Tx) error {
	if t.db.isPostgres() {
		return nil
	}
	_, err := tx.ExecContext(ctx, "PRAGMA secure_delete = ON")
	return err
}

func (s search) eraseMails(ctx context.Context, tx bun.Tx) error {
	_, mails, err := s.mails(ctx)
	if err != nil {
		return err
	}
	if err := s.t.writeInbound(ctx, tx, mails); err != nil {
		return err
	}
	ids, err := s.raws(ctx)
	if err != nil {
		return err
	}
	for _, in := range mails {
		ids = append(ids, in.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	_, err = tx.NewUpdate().Model((*inboundRawRow)(nil)).Set("raw = NULL").Where("tenant = ?", s.t.id).Where("id IN (?)", bun.List(ids)).Exec(ctx)
	return err
}

// rawPage is how many mails are held in memory at once while their bytes are
// looked through.
const rawPage = 8

// raws gives the mails whose bytes hold the address, though what was read of
// them may not: it stood in a copy's header.
func (s search) raws(ctx context.Context) (ids []string, err error) {
	if s.who.Email == "" {
		return nil, nil
	}
	address := []byte(strings.ToLower(s.who.Email))
	err = s.eachRaw(ctx, func(id string, raw []byte) {
		if bytes.Contains(bytes.ToLower(raw), address) {
			ids = append(ids, id)
		}
	})
	return ids, err
}

// eachRaw goes through the bytes of all mails that came in.
func (s search) eachRaw(ctx context.Context, each func(id string, raw []byte)) error {
	for after := ""; ; {
		var rows []inboundRawRow
		err := s.db.NewSelect().Model(&rows).Where("tenant = ?", s.t.id).Where("id > ?", after).Where("raw IS NOT NULL").
			Order("id").Limit(rawPage).Scan(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			each(r.ID, r.Raw)
			after = r.ID
		}
	}
}

// eraseMessages raises the count of attempts: a node that is sending the mail
// now finds that it has lost it. The key of a letter to a member of the steering
// group names the address; as after its period, the Message-ID stands there then.
func (s search) eraseMessages(ctx context.Context, tx bun.Tx) error {
	_, messages, err := s.messages(ctx)
	if err != nil {
		return err
	}
	var renamed []string
	for _, m := range messages {
		row := newMessageRow(s.t.id, m)
		row.Attempts++
		res, err := tx.NewUpdate().Model(&row).Column("recipient", "subject", "text", "raw", "return_path", "state", "attempts", "next_at", "last_error").WherePK().Exec(ctx)
		if err := settled(res, err, row.name()); err != nil {
			return err
		}
		key := s.who.Key(m)
		if key == m.Key {
			continue
		}
		if _, err := tx.NewRaw("UPDATE message SET key = ? WHERE tenant = ? AND key = ?", key, s.t.id, m.Key).Exec(ctx); err != nil {
			return err
		}
		renamed = append(renamed, m.Key, key)
	}
	return s.eraseFiled(ctx, tx, strings.NewReplacer(renamed...))
}

// eraseFiled takes the person out of the one file that is ours: what a check of
// sent mail found. Layouts, logos and bundles are the municipality's own.
func (s search) eraseFiled(ctx context.Context, tx bun.Tx, renamed *strings.Replacer) error {
	_, files, err := s.filed(ctx, renamed)
	if err != nil {
		return err
	}
	return save(ctx, tx, rowsOf(s.t.id, files, newFiledRow))
}

// filed finds it.
func (s search) filed(ctx context.Context, renamed *strings.Replacer) (was, cleaned []engine.Filed, err error) {
	named := func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("name = ?", engine.SentCheckFile) }
	return touched[filedRow](ctx, s, named, func(f engine.Filed) (engine.Filed, bool) {
		text := s.who.Clean(renamed.Replace(string(f.Data)))
		changed := text != string(f.Data)
		f.Data = []byte(text)
		return f, changed
	})
}

func (s search) eraseAnswers(ctx context.Context, tx bun.Tx) error {
	_, answers, err := s.answers(ctx)
	if err != nil {
		return err
	}
	if err := save(ctx, tx, rowsOf(s.t.id, answers, newProposalRow)); err != nil {
		return err
	}
	drafts, err := s.drafts(ctx)
	for _, d := range drafts {
		if _, err := tx.NewUpdate().Model(&d).Column("body").WherePK().Exec(ctx); err != nil {
			return err
		}
	}
	return err
}

func (s search) eraseAccounts(ctx context.Context, tx bun.Tx) error {
	_, accounts, err := s.accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if _, err := tx.NewRaw("DELETE FROM session WHERE tenant = ? AND account = ?", s.t.id, a.ID).Exec(ctx); err != nil {
			return err
		}
	}
	return save(ctx, tx, rowsOf(s.t.id, accounts, newAccountRow))
}

func (s search) eraseContacts(ctx context.Context, tx bun.Tx) error {
	var stored municipalityRow
	if err := tx.NewSelect().Model(&stored).Where("tenant = ?", s.t.id).Scan(ctx); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if m, changed := s.who.Municipality(stored.value()); changed {
		if err := save(ctx, tx, []municipalityRow{newMunicipalityRow(s.t.id, m)}); err != nil {
			return err
		}
	}
	_, bodies, err := touched[organisationRow](ctx, s, order("id"), s.who.Organisation)
	if err != nil {
		return err
	}
	if err := save(ctx, tx, rowsOf(s.t.id, bodies, newOrganisationRow)); err != nil {
		return err
	}
	_, imports, err := s.imports(ctx)
	if err != nil {
		return err
	}
	if err := save(ctx, tx, rowsOf(s.t.id, imports, newImportedRow)); err != nil || len(s.bodies) == 0 {
		return err
	}
	// A letter that is being written to the person is written about a request.
	_, err = tx.NewUpdate().Model((*requestRow)(nil)).Set("version = version + 1").
		Where("tenant = ?", s.t.id).Where("organisation IN (?)", bun.List(s.bodies)).Exec(ctx)
	return err
}

// forget writes SQLite's log back into the file and empties it: it still holds
// what was erased. Nothing depends on it, so that a reader in the way is let be.
func (t *Tenant) forget(ctx context.Context) {
	if !t.db.isPostgres() {
		_, _ = t.db.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
}
