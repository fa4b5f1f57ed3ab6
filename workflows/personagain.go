package workflows

import (
	"context"
	"errors"
	"slices"
	"strings"

	"splneno/engine"
)

// erased gives the references of whom an erasure is about.
func (o *Office) erased(who engine.Erasure) engine.Erased {
	refer := func(text string) string { return o.Links.Reference(o.Records.Tenant(), text) }
	if who.Email == "" {
		return engine.Erased{Who: refer(who.Name)}
	}
	e := engine.Erased{Who: refer(who.Email)}
	if who.Name != "" {
		e.Named = refer(who.Name)
	}
	return e
}

// Erasures lists the erasures the journal tells of, those that were repeated as
// they were first. Whoever holds the key finds by them whom to erase from an
// older copy; nobody else learns who it was.
func (o *Office) Erasures(ctx context.Context) (out []engine.Erased, err error) {
	err = o.Records.Journal(ctx, 1, func(l engine.JournalLine) error {
		if e, ok := engine.ErasedBy(o.Records.Tenant(), l); ok {
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// EraseAgain erases the persons of a list that the journal knows nothing of: the
// list is from later than the copy these records were brought back from. It says
// how many were found; who is not stored here needs no erasing. One of whom only
// the name was known is found where it stands by itself, not within a text.
func (o *Office) EraseAgain(ctx context.Context, list []engine.Erased, who engine.Actor) (again int, err error) {
	known, err := o.Erasures(ctx)
	if err != nil {
		return 0, err
	}
	wanted := map[string]engine.Erased{}
	for _, e := range list {
		if e.Tenant == o.Records.Tenant() && !slices.ContainsFunc(known, func(k engine.Erased) bool { return k.Who == e.Who && k.At.Equal(e.At) }) {
			wanted[e.Who] = e
		}
	}
	if len(wanted) == 0 {
		return 0, nil
	}
	if err := o.Understand(ctx); err != nil {
		return 0, err
	}
	seen := map[string]bool{}
	found := map[engine.Erasure]engine.Erased{}
	err = o.Records.Named(ctx, func(email, name string) {
		if seen[email+name] {
			return
		}
		seen[email+name] = true
		if e, ok := wanted[o.erased(engine.Erasure{Email: email, Name: name}).Who]; ok {
			found[engine.Erasure{Email: email, Name: name}] = e
		}
	})
	if err != nil {
		return 0, err
	}
	for p, e := range found {
		failed := o.eraseFound(ctx, p, e, who)
		if err = errors.Join(err, failed); failed == nil {
			again++
		}
	}
	return again, err
}

// eraseFound erases a person, with the name that was erased the first time.
func (o *Office) eraseFound(ctx context.Context, p engine.Erasure, e engine.Erased, who engine.Actor) error {
	if p.Email != "" && e.Named != "" {
		file, err := o.Person(ctx, p.Email, "")
		if err != nil {
			return err
		}
		i := slices.IndexFunc(file.Names, func(name string) bool {
			return o.Links.Reference(o.Records.Tenant(), strings.TrimSpace(name)) == e.Named
		})
		if i >= 0 {
			p.Name = file.Names[i]
		}
	}
	_, err := o.erasePerson(ctx, p.Email, p.Name, e.At, who)
	if engine.CodeOf(err) == engine.NotFound { // it stood where nothing is erased: in an official text
		err = nil
	}
	return err
}
