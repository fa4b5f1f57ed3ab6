package workflows

import (
	"context"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// Person gives everything that is stored about a person, by the e-mail address
// or, where that is empty, by the exact name.
func (o *Office) Person(ctx context.Context, email, name string) (engine.PersonFile, error) {
	who, err := erasure(email, name)
	if err != nil {
		return engine.PersonFile{}, err
	}
	return o.Records.Person(ctx, who)
}

func erasure(email, name string) (engine.Erasure, error) {
	who := engine.Erasure{Email: strings.ToLower(strings.TrimSpace(email)), Name: strings.TrimSpace(name), Mask: czech.Erased}
	if who.Email == "" && len(strings.Fields(who.Name)) < 2 || who.Email != "" && !strings.Contains(who.Email, "@") {
		return who, engine.Errorf(engine.Invalid, "give an e-mail address, or the first name and the surname")
	}
	return who, nil
}

// ErasePerson takes a person out of everything stored, on the word of a
// coordinator. Mail that came in is read first, so that none of it slips past.
// The journal says how much was erased; of whom, only by references that whoever
// holds the key can follow, to erase the person from an older copy again.
func (o *Office) ErasePerson(ctx context.Context, email, name string, who engine.Actor) (engine.PersonFile, error) {
	return o.erasePerson(ctx, email, name, time.Time{}, who)
}

func (o *Office) erasePerson(ctx context.Context, email, name string, first time.Time, who engine.Actor) (engine.PersonFile, error) {
	if who.Kind != engine.ActorCoordinator {
		return engine.PersonFile{}, engine.Errorf(engine.Forbidden, "only a coordinator erases a person")
	}
	if err := o.Understand(ctx); err != nil {
		return engine.PersonFile{}, err
	}
	file, err := o.Person(ctx, email, name)
	switch {
	case err != nil:
		return file, err
	case file.Coordinator:
		return file, engine.Errorf(engine.Conflict, "this is the coordinator's own address; name another coordinator in the settings first")
	case file.Empty():
		return file, engine.Errorf(engine.NotFound, "nothing is stored about this person")
	}
	detail := map[string]string{}
	for kind, n := range file.Counts() {
		if n > 0 {
			detail[kind] = strconv.Itoa(n)
		}
	}
	o.erased(file.Who).Note(detail, first)
	c := engine.Change{At: o.local(), Actor: who, Event: engine.PersonErased, Subject: o.Records.Tenant(), Detail: detail, Erase: &file.Who}
	return file, o.Records.Commit(ctx, c)
}
