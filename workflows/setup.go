package workflows

import (
	"context"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// SetUp creates the municipality, or changes what it decided about its year.
// change is given what is stored, or the defaults of a new one. The coordinator
// becomes an organisation like any other, so that she can be asked too.
func (o *Office) SetUp(ctx context.Context, who engine.Actor, change func(*engine.Municipality)) (engine.Municipality, error) {
	m, err := o.Records.Municipality(ctx)
	event := "municipality_changed"
	if engine.CodeOf(err) == engine.NotFound {
		m, event, err = engine.Municipality{Preset: engine.AfterYear, Policy: engine.DefaultPolicy()}, "municipality_created", nil
	}
	if err != nil {
		return m, err
	}
	change(&m)
	return m, o.keepTown(ctx, m, event, who)
}

// ChangeTown changes what a municipality decided, as it was shown with this
// version; it is a Conflict, and nothing is stored, when it has moved since.
func (o *Office) ChangeTown(ctx context.Context, shown int, who engine.Actor, change func(*engine.Municipality)) error {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	if m.Version != shown {
		return engine.Errorf(engine.Conflict, "the settings were changed by somebody else since they were shown")
	}
	change(&m)
	return o.keepTown(ctx, m, "municipality_changed", who)
}

func (o *Office) keepTown(ctx context.Context, m engine.Municipality, event string, who engine.Actor) error {
	if err := engine.MayManage(who); err != nil {
		return err
	}
	if err := o.checkMunicipality(m); err != nil {
		return err
	}
	c := engine.Change{At: o.local(), Actor: who, Event: event, Subject: o.Records.Tenant(), Municipality: &m, Detail: map[string]string{"name": m.Name}}
	body, err := o.coordinator(ctx, m)
	if err != nil {
		return err
	}
	c.Organisations = []engine.Organisation{body}
	return o.Records.Commit(ctx, c)
}

// replyForm is what an address for replies may look like: the token fits before
// the @ of an address of 64 characters, and needs no quoting.
var replyForm = pattern.New(`^$|^([A-Za-z0-9._+-]{1,64}|[A-Za-z0-9._+-]{0,31}\{token\})@[A-Za-z0-9.-]+\.[A-Za-z]+$`)

// checkMunicipality says what is missing before mail can be written.
func (o *Office) checkMunicipality(m engine.Municipality) error {
	switch {
	case m.Name == "":
		return engine.Errorf(engine.Invalid, "the municipality needs a name; give it with --name")
	case m.Coordinator.Email == "":
		return engine.Errorf(engine.Invalid, "the municipality needs its coordinator's address; give it with --coordinator")
	case m.Sender == "":
		return engine.Errorf(engine.Invalid, "the municipality needs an address its mail comes from; give it with --sender")
	case !replyForm.MatchString(m.ReplyTo):
		return engine.Errorf(engine.Invalid, "%q is no address for replies; use odpovedi+{token}@mesto.cz, or odpovedi@mesto.cz where the mail server knows no extensions", m.ReplyTo)
	case m.Preset != engine.AfterYear && m.Preset != engine.Autumn:
		return engine.Errorf(engine.Invalid, "preset %q is not known; use after_year or autumn", m.Preset)
	}
	if err := m.Settings.Check(); err != nil {
		return err
	}
	if err := m.Keep.Check(); err != nil {
		return err
	}
	for word, status := range m.StatusWords {
		if !slices.Contains(czech.Statuses(), czech.Status(status)) {
			return engine.Errorf(engine.Invalid, "%q is no status for the word %q; use one of %v", status, word, czech.Statuses())
		}
	}
	for rule, spec := range m.Schedule {
		if _, err := ParseSchedule(spec); err != nil {
			return engine.Errorf(engine.Invalid, "rule %s: %w", rule, err)
		}
	}
	return nil
}

// coordinator gives the organisation that stands for the coordinator.
func (o *Office) coordinator(ctx context.Context, m engine.Municipality) (engine.Organisation, error) {
	known, err := o.Records.Organisations(ctx, engine.CoordinatorID)
	if err != nil {
		return engine.Organisation{}, err
	}
	body := engine.Organisation{ID: engine.CoordinatorID, Kind: engine.KindRole, Name: czech.CoordinatorName, Aliases: czech.CoordinatorAliases()}
	if len(known) > 0 {
		body = known[0]
	}
	body.Contacts = []engine.Contact{m.Coordinator}
	return body, nil
}

// EditOrganisation changes an organisation found by id, name or alias. Whoever
// is to be asked in an open season because of it gets the question.
func (o *Office) EditOrganisation(ctx context.Context, name string, who engine.Actor, change func(*engine.Organisation)) error {
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	body, err := FindOrganisation(all, name)
	if err != nil {
		return err
	}
	return o.ChangeBody(ctx, body.ID, 0, "organisation", who, func(body *engine.Organisation) error {
		change(body)
		return nil
	})
}

// FindOrganisation finds an organisation by its id, or by a name or alias with
// or without diacritics.
func FindOrganisation(all []engine.Organisation, name string) (engine.Organisation, error) {
	slug := czech.Slug(name)
	for _, o := range all {
		if o.ID == name || o.ID == slug || czech.Slug(o.Name) == slug {
			return o, nil
		}
		for _, alias := range o.Aliases {
			if czech.Slug(alias) == slug {
				return o, nil
			}
		}
	}
	return engine.Organisation{}, engine.Errorf(engine.NotFound, "organisation %q is not known; list them with: splneno organisation list", name)
}
