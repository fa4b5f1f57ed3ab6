package workflows

import (
	"context"

	"splneno/engine"
)

// A BoardRow is one organisation on the response board.
type BoardRow struct {
	engine.BodyCount
	Body engine.Organisation
	Bad  engine.MessageState // what became of its last letter, when it did not arrive; "" otherwise
}

// Reachable reports whether there is anybody to write to.
func (r BoardRow) Reachable() bool {
	_, ok := r.Body.Contact()
	return ok
}

// Trouble reports whether the organisation needs the coordinator, answered or
// not: its letter did not arrive, it owes and cannot be written to, or an
// address of it is dead.
func (r BoardRow) Trouble() bool {
	if r.Bad != "" || r.Owed > 0 && !r.Reachable() {
		return true
	}
	for _, c := range r.Body.Contacts {
		if c.Dead() {
			return true
		}
	}
	return false
}

// Board gives the place of every organisation in a season, by id; byID holds
// them all. It asks for counts, so its cost follows the organisations and not what they answered.
func (o *Office) Board(ctx context.Context, s engine.Season, byID map[string]engine.Organisation) ([]BoardRow, error) {
	counts, err := o.Records.BodyCounts(ctx, s.Plan, s.Period.ID, s.AskedOn.Start(o.Zone))
	if err != nil {
		return nil, err
	}
	bad, err := o.Records.LettersIn(ctx, lettersShown, engine.Failed, engine.Bounced, engine.Held, engine.Unsure)
	if err != nil {
		return nil, err
	}
	rows := make([]BoardRow, len(counts))
	for i, c := range counts {
		rows[i] = BoardRow{BodyCount: c, Body: byID[c.Request.Organisation], Bad: bad[letterKey(c.Request.Organisation, c.LastLetter())]}
	}
	return rows, nil
}

// lettersShown bounds how many letters that did not arrive are looked through.
const lettersShown = 2000

// Delivered gives what became of the last letter to each of the rows, by id of
// the organisation.
func (o *Office) Delivered(ctx context.Context, rows []BoardRow) (map[string]engine.MessageState, error) {
	keys, byKey := make([]string, len(rows)), map[string]string{}
	for i, r := range rows {
		keys[i] = letterKey(r.Request.Organisation, r.LastLetter())
		byKey[keys[i]] = r.Request.Organisation
	}
	states, err := o.Records.MessageStates(ctx, keys)
	out := make(map[string]engine.MessageState, len(states))
	for key, state := range states {
		out[byKey[key]] = state
	}
	return out, err
}
