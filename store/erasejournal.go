package store

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// names gives the names the person goes by in the journal: those of the accounts
// with the address, unless another account has the same name, which may then be
// somebody else's.
func (s search) names(ctx context.Context) ([]string, error) {
	var rows []accountRow
	if err := s.db.NewSelect().Model(&rows).Where("tenant = ?", s.t.id).Order("id").Scan(ctx); err != nil {
		return nil, err
	}
	var own, others []string
	for _, r := range rows {
		if s.who.Is(engine.Contact{Name: r.Name, Email: r.Email}) {
			own = append(own, r.Name)
		} else {
			others = append(others, r.Name)
		}
	}
	if s.who.Name != "" {
		own = append(own, s.who.Name)
	}
	slices.Sort(own)
	return slices.DeleteFunc(slices.Compact(own), func(n string) bool { return slices.Contains(others, n) }), nil
}

// lines gives the lines of the journal that may name the person. It reads them
// all: an erasure is rare, and no index finds a name within a text.
func (s search) lines(ctx context.Context, names []string) (rows []journalRow, err error) {
	q := s.db.NewSelect().Model(&rows).Where("tenant = ?", s.t.id).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		q = q.Where("1 = 0")
		for _, column := range []string{"actor", "detail", "subject"} {
			if s.who.Email != "" {
				q = q.WhereOr("lower(?) LIKE ?", bun.Ident(column), "%"+loosely(s.who.Email)+"%")
			}
			for _, name := range names {
				q = q.WhereOr("? LIKE ?", bun.Ident(column), "%"+loosely(name)+"%")
			}
		}
		return q
	})
	return rows, q.Order("seq").Scan(ctx)
}

// journalled counts what can go from the journal, and lists what cannot.
func (s search) journalled(ctx context.Context, f *engine.PersonFile) error {
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	rows, err := s.lines(ctx, names)
	for _, r := range rows {
		_, n := s.who.Line(r.value(), names)
		f.Lines += n
		if s.who.Names(r.value(), names) {
			f.Noted = append(f.Noted, r.Subject)
		}
	}
	return err
}

// eraseLines takes the person out of the journal. No hash changes: they cover
// references to what goes.
func (s search) eraseLines(ctx context.Context, tx bun.Tx) (gone int, err error) {
	names, err := s.names(ctx)
	if err != nil {
		return 0, err
	}
	rows, err := s.lines(ctx, names)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		l, n := s.who.Line(r.value(), names)
		gone += n
		_, err := tx.NewRaw("UPDATE journal SET actor = ?, actor_salt = ?, detail = ?, words = ? WHERE tenant = ? AND seq = ?",
			l.Actor, l.ActorSalt, asJSON[map[string]string]{l.Detail}, journalWords{l.Words}, s.t.id, l.Seq).Exec(ctx)
		if err != nil {
			return 0, err
		}
	}
	return gone, nil
}
