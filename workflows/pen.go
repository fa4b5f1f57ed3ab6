package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// Assign says whose answer a mail in the holding pen is: it becomes proposals.
// It is a Conflict when it cannot be one, and says why.
func (o *Office) Assign(ctx context.Context, id, plan, period, organisation string, who engine.Actor) error {
	in, err := o.Records.Inbound(ctx, id)
	if err != nil {
		return err
	}
	r, err := o.Records.Request(ctx, plan, period, organisation)
	if err != nil {
		return err
	}
	c, err := o.caseOf(ctx, r)
	if err != nil {
		return err
	}
	ch, err := engine.Assign(engine.Taking{Inbound: in, Municipality: c.Municipality, Case: &c, Reading: read(c, in.Mail)}, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, ch)
}

// Ignore says that a mail in the holding pen is nothing.
func (o *Office) Ignore(ctx context.Context, id string, who engine.Actor) error {
	in, err := o.Records.Inbound(ctx, id)
	if err != nil {
		return err
	}
	ch, err := engine.Ignore(in, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, ch)
}

// Block sets a mail and every later one of its sender without a token aside.
func (o *Office) Block(ctx context.Context, id string, who engine.Actor) error {
	in, err := o.Records.Inbound(ctx, id)
	if err != nil {
		return err
	}
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	ch, err := engine.Block(in, m, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, ch)
}

// Evidence gives an attachment of a mail that came in, with its bytes. One in
// which malware was found is Forbidden, and given without them.
func (o *Office) Evidence(ctx context.Context, id string, part int) (engine.File, []byte, error) {
	in, err := o.Records.Inbound(ctx, id)
	if err != nil {
		return engine.File{}, nil, err
	}
	i := slices.IndexFunc(in.Mail.Files, func(f engine.File) bool { return f.Part == part })
	if i < 0 {
		return engine.File{}, nil, engine.Errorf(engine.NotFound, "this mail has no attachment %d", part)
	}
	if in.Mail.Files[i].Problem == engine.FileInfected {
		return in.Mail.Files[i], nil, engine.Errorf(engine.Forbidden, "malware was found in this attachment; it is handed out to nobody")
	}
	data, err := o.Reader.File(in, part)
	return in.Mail.Files[i], data, err
}

// AnswerContact accepts a contact an out-of-office reply named, or forgets it.
func (o *Office) AnswerContact(ctx context.Context, organisation, email string, accept bool, who engine.Actor) error {
	bodies, err := o.Records.Organisations(ctx, organisation)
	if err != nil {
		return err
	}
	proposed := func(c engine.Contact) bool { return c.Proposed && c.Email == email }
	if len(bodies) == 0 || !slices.ContainsFunc(bodies[0].Contacts, proposed) {
		return engine.Errorf(engine.NotFound, "no such contact of %s is waiting; somebody may have decided already", organisation)
	}
	return o.EditOrganisation(ctx, organisation, who, func(body *engine.Organisation) {
		body.Contacts = slices.DeleteFunc(slices.Clone(body.Contacts), func(c engine.Contact) bool { return proposed(c) && !accept })
		for i, c := range body.Contacts {
			body.Contacts[i].Proposed = c.Proposed && !proposed(c)
		}
	})
}
