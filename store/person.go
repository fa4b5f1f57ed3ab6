package store

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A search finds what is stored about a person. What the database finds is only
// a guess: the engine says of each thing whether it speaks of the person.
type search struct {
	t      *Tenant
	db     bun.IDB
	who    engine.Erasure
	bodies []string // ids of the organisations the person wrote for
	circle engine.Circle
}

// about keeps of a query the rows in which one of the columns holds the address,
// or, of the person's organisations, the name. organisation is the column that
// says whose a row is, "" for none.
func (s search) about(organisation string, columns ...string) refinement {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q = q.Where("1 = 0")
			for _, c := range columns {
				if s.who.Email != "" {
					q = q.WhereOr("lower(?) LIKE ?", bun.Ident(c), "%"+loosely(s.who.Email)+"%")
				}
				switch {
				case s.who.Name == "":
				case s.who.Email == "":
					q = q.WhereOr("? LIKE ?", bun.Ident(c), "%"+loosely(s.who.Name)+"%")
				case organisation != "" && len(s.bodies) > 0:
					q = q.WhereOr("? LIKE ? AND ? IN (?)", bun.Ident(c), "%"+loosely(s.who.Name)+"%", bun.Ident(organisation), bun.List(s.bodies))
				}
			}
			return q
		})
	}
}

// touched gives the values of a table that speak of the person, as they are and
// as they are to be.
func touched[R row[V], V any](ctx context.Context, s search, refine refinement, change func(V) (V, bool)) (was, cleaned []V, err error) {
	var rows []R
	q := s.db.NewSelect().Model(&rows).Where("tenant = ?", s.t.id)
	if err := refine(q).Scan(ctx); err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		if v, changed := change(r.value()); changed {
			was, cleaned = append(was, r.value()), append(cleaned, v)
		}
	}
	return was, cleaned, nil
}

// search finds out first whom the person wrote for.
func (t *Tenant) search(ctx context.Context, db bun.IDB, who engine.Erasure) (search, error) {
	s := search{t: t, db: db, who: who}
	bodies, _, err := touched[organisationRow](ctx, s, order("id"), who.Organisation)
	if err != nil {
		return s, err
	}
	for _, o := range bodies {
		s.bodies = append(s.bodies, o.ID)
	}
	mails, _, err := s.mails(ctx)
	for _, in := range mails {
		if who.Is(in.Mail.From) && in.Organisation != "" && !slices.Contains(s.bodies, in.Organisation) {
			s.bodies = append(s.bodies, in.Organisation)
		}
	}
	s.circle = engine.Circle{Erasure: who}
	if err != nil || len(s.bodies) == 0 {
		return s, err
	}
	var rows []organisationRow
	err = db.NewSelect().Model(&rows).Where("tenant = ? AND id IN (?)", t.id, bun.List(s.bodies)).Scan(ctx)
	for _, r := range rows {
		s.circle.IDs, s.circle.Names = append(s.circle.IDs, r.ID), append(s.circle.Names, r.Name)
	}
	return s, err
}

// The things a person stands in, as they are and as they are to be.

func (s search) mails(ctx context.Context) (was, cleaned []engine.Inbound, err error) {
	return touched[inboundRow](ctx, s, and(s.about("organisation", "mail", "envelope_from", "envelope_to"), order("received_at DESC", "id")), s.who.Inbound)
}

func (s search) messages(ctx context.Context) (was, cleaned []engine.Message, err error) {
	return touched[messageRow](ctx, s, and(s.about("organisation", "recipient", "subject", "text", "last_error", "key"), order("created_at DESC", "key")), s.who.Message)
}

func (s search) answers(ctx context.Context) (was, cleaned []engine.Proposal, err error) {
	return touched[proposalRow](ctx, s, and(s.about("organisation", "given_by", "answer", "question"), order("given_at DESC", "plan", "period", "activity", "revision")), s.who.Proposal)
}

func (s search) imports(ctx context.Context) (was, cleaned []engine.Imported, err error) {
	return touched[importedRow](ctx, s, and(s.about("", "body"), order("plan")), s.who.Imported)
}

func (s search) accounts(ctx context.Context) (was, cleaned []engine.Account, err error) {
	return touched[accountRow](ctx, s, order("id"), s.who.Account)
}

// drafts gives whole rows: a draft does not know whose it is.
func (s search) drafts(ctx context.Context) (cleaned []draftRow, err error) {
	var rows []draftRow
	q := s.db.NewSelect().Model(&rows).Where("tenant = ?", s.t.id)
	if err := s.about("organisation", "body")(q).Scan(ctx); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if d, changed := s.who.Draft(r.Body.V); changed {
			r.Body.V = d
			cleaned = append(cleaned, r)
		}
	}
	return cleaned, nil
}

func and(a, b refinement) refinement {
	return func(q *bun.SelectQuery) *bun.SelectQuery { return b(a(q)) }
}

// Person gives everything that is stored about a person: by the address, or by
// the exact name where no address is given.
func (t *Tenant) Person(ctx context.Context, who engine.Erasure) (engine.PersonFile, error) {
	f := engine.PersonFile{Who: who}
	if who.Email == "" && who.Name == "" || !clean(who.Email+who.Name) {
		return f, nil
	}
	s, err := t.search(ctx, t.db.read, who)
	if err != nil {
		return f, explain(err)
	}
	f.Bodies, _, err = touched[organisationRow](ctx, s, order("id"), who.Organisation)
	take := func(next error) { err = firstOf(err, next) }
	var m engine.Municipality
	var imports []engine.Imported
	var drafts []draftRow
	var failed error
	m, failed = t.Municipality(ctx)
	take(failed)
	f.Accounts, _, failed = s.accounts(ctx)
	take(failed)
	f.Answers, _, failed = s.answers(ctx)
	take(failed)
	f.Messages, _, failed = s.messages(ctx)
	take(failed)
	f.Mails, _, failed = s.mails(ctx)
	take(failed)
	imports, _, failed = s.imports(ctx)
	take(failed)
	drafts, failed = s.drafts(ctx)
	take(failed)
	f.Official, failed = s.official(ctx)
	take(failed)
	take(s.countTexts(ctx, &f))
	for _, i := range imports {
		f.Imported = append(f.Imported, i.Plan.ID)
	}
	f.Drafts = len(drafts)
	f.Coordinator = who.Is(m.Coordinator)
	f.Steering = slices.ContainsFunc(m.SteeringGroup, who.Is)
	f.Blocked = who.Email != "" && slices.Contains(m.Blocked, who.Email)
	f.Names = namesIn(f, m)
	for i := range f.Messages {
		f.Messages[i].Raw = nil
	}
	return f, explain(err)
}

// namesIn gives the names the person goes by beside the address.
func namesIn(f engine.PersonFile, m engine.Municipality) (out []string) {
	add := func(name string) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, o := range f.Bodies {
		for _, c := range o.Contacts {
			if f.Who.Is(c) {
				add(c.Name)
			}
		}
	}
	for _, c := range m.SteeringGroup {
		if f.Who.Is(c) {
			add(c.Name)
		}
	}
	for _, a := range f.Accounts {
		add(a.Name)
	}
	for _, in := range f.Mails {
		if f.Who.Is(in.Mail.From) {
			add(in.Mail.From.Name)
		}
	}
	return out
}

// official gives the results whose text speaks of the person.
func (s search) official(ctx context.Context) (out []engine.EntryKey, err error) {
	_, found, err := touched[entryRow](ctx, s, and(s.about("", "narrative", "missing"), order("plan", "period", "activity")), func(e engine.Entry) (engine.Entry, bool) {
		return e, s.who.Clean(e.Narrative+"\n"+e.Missing) != e.Narrative+"\n"+e.Missing
	})
	for _, e := range found {
		out = append(out, e.EntryKey)
	}
	return out, err
}
