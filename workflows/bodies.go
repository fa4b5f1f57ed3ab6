package workflows

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A BodyDecision is a decision about organisations, made on all of them as they
// stand.
type BodyDecision func(all map[string]engine.Organisation) (engine.Change, error)

// A Shift is what a change of organisations does to one activity of an open season.
type Shift struct {
	Plan, Period string
	Activity     string   // id
	Lost, Gained []string // ids of who is asked no more, and of who is asked from now on
	Owed         bool     // an answer is still to come, so that whoever is gained gets the question
}

// PreviewBodies says what a decision would do to the open seasons. It changes
// nothing.
func (o *Office) PreviewBodies(ctx context.Context, decide BodyDecision) ([]Shift, error) {
	c, err := o.bodyChange(ctx, decide)
	if err != nil {
		return nil, err
	}
	var out []Shift
	for _, e := range c.Entries {
		was, err := o.Records.Entries(ctx, e.Plan, e.Period, e.Activity)
		if err != nil {
			return nil, err
		}
		out = append(out, Shift{Plan: e.Plan, Period: e.Period, Activity: e.Activity, Owed: e.AnsweredAt.IsZero(),
			Lost: missing(was[0].Askees, e.Askees), Gained: missing(e.Askees, was[0].Askees)})
	}
	return out, nil
}

// missing gives what is in a and not in b.
func missing(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// ChangeBodies carries a decision out. Whoever is to be asked in an open season
// because of it gets the question, and whoever is not is written to no more.
func (o *Office) ChangeBodies(ctx context.Context, decide BodyDecision) error {
	c, err := o.bodyChange(ctx, decide)
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// bodyChange decides, and adds what follows for the open seasons.
func (o *Office) bodyChange(ctx context.Context, decide BodyDecision) (engine.Change, error) {
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return engine.Change{}, err
	}
	c, err := decide(engine.OrganisationsByID(all))
	if err != nil {
		return c, err
	}
	for _, body := range c.Organisations {
		if err := body.Window.Check(); err != nil {
			return c, err
		}
	}
	return c, o.extend(ctx, &c)
}

// ChangeBody changes one organisation, read at a version (0 for any); what says
// in a word what is changed, for the journal. It is a Conflict when somebody
// else has changed it since.
func (o *Office) ChangeBody(ctx context.Context, id string, version int, what string, who engine.Actor, change func(*engine.Organisation) error) error {
	if err := engine.MayDecide(who); err != nil {
		return err
	}
	return o.ChangeBodies(ctx, func(all map[string]engine.Organisation) (engine.Change, error) {
		body, ok := all[id]
		switch {
		case !ok:
			return engine.Change{}, engine.Errorf(engine.NotFound, "organisation %s is not known", id)
		case version != 0 && body.Version != version:
			return engine.Change{}, engine.Errorf(engine.Conflict, "organisation %s was changed meanwhile; read it again", id)
		}
		if err := change(&body); err != nil {
			return engine.Change{}, err
		}
		return engine.Change{At: o.local(), Actor: who, Event: "organisation_changed", Subject: id,
			Detail: map[string]string{"what": what}, Organisations: []engine.Organisation{body}}, nil
	})
}

// reserved are ids that are pages of their own.
var reserved = []string{"nova", "osoba"}

// AddOrganisation makes an organisation and gives its id. A name, or alias, that
// belongs to another one is a Conflict: two ids of one body are asked twice.
func (o *Office) AddOrganisation(ctx context.Context, body engine.Organisation, who engine.Actor) (string, error) {
	if err := engine.MayDecide(who); err != nil {
		return "", err
	}
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return "", err
	}
	body.Name = strings.TrimSpace(body.Name)
	slug := czech.Slug(body.Name)
	if slug == "" {
		return "", engine.Errorf(engine.Invalid, "an organisation needs a name")
	}
	if known, err := FindOrganisation(all, body.Name); err == nil {
		return known.ID, engine.Errorf(engine.Conflict, "organisation %s is known by this name already", known.ID)
	}
	taken := engine.OrganisationsByID(all)
	body.ID = slug
	for n := 2; taken[body.ID].ID != "" || slices.Contains(reserved, body.ID); n++ {
		body.ID = fmt.Sprintf("%s-%d", slug, n)
	}
	return body.ID, o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "organisation_added", Subject: body.ID,
		Organisations: []engine.Organisation{body}})
}
