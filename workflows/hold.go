package workflows

import (
	"context"
	"fmt"

	"splneno/engine"
)

// A HoldReport is what a restored or copied municipality would send, and what is
// known about it.
type HoldReport struct {
	Hold      engine.Hold
	Check     *engine.SentCheck    // the last look through the sent mail, nil while there was none
	Messages  []engine.HeldMessage // what would leave, oldest first
	Uncovered []engine.Departed    // what the original sent and no message here stands for
	Due       []engine.Occurrence  // what the calendar owes and has not done
}

// Count says about how many messages a check found this.
func (r HoldReport) Count(v engine.Trace) (n int) {
	for _, m := range r.Messages {
		if m.Trace == v {
			n++
		}
	}
	return n
}

// HoldReport says what a municipality on hold would send. Without a hold it is
// empty.
func (o *Office) HoldReport(ctx context.Context) (HoldReport, error) {
	r, _, err := o.holdReport(ctx)
	return r, err
}

func (o *Office) holdReport(ctx context.Context) (r HoldReport, filed engine.Filed, err error) {
	if r.Hold, err = o.Records.Hold(ctx); err != nil || !r.Hold.Holds() {
		return r, filed, err
	}
	held, err := o.Records.OnHold(ctx, 0, 0)
	if err != nil {
		return r, filed, err
	}
	filed, err = o.judgeHeld(ctx, &r, held)
	return r, filed, err
}

// HoldOutline is HoldReport with no more of the messages than their keys and what
// is known of each: there may be thousands, of which a page shows fifty.
func (o *Office) HoldOutline(ctx context.Context) (r HoldReport, err error) {
	if r.Hold, err = o.Records.Hold(ctx); err != nil || !r.Hold.Holds() {
		return r, err
	}
	keys, err := o.Records.OnHoldKeys(ctx)
	if err != nil {
		return r, err
	}
	held := make([]engine.Message, len(keys))
	for i, key := range keys {
		held[i].Key = key
	}
	_, err = o.judgeHeld(ctx, &r, held)
	return r, err
}

// judgeHeld says of held messages what the last check found, and what the
// calendar owes. It gives the file of the check.
func (o *Office) judgeHeld(ctx context.Context, r *HoldReport, held []engine.Message) (engine.Filed, error) {
	filed, err := o.Records.Filed(ctx, engine.SentCheckFile)
	if err != nil && engine.CodeOf(err) != engine.NotFound {
		return filed, err
	}
	if r.Check, err = engine.ReadSentCheck(filed); err != nil {
		return filed, err
	}
	r.Messages = r.Check.Judge(held)
	r.Uncovered = r.Check.Uncovered(r.Messages)
	r.Due, err = o.Records.OccurrencesDue(ctx, lateShown)
	return filed, err
}

// onHold gives the report to somebody who decides about a hold that is there.
func (o *Office) onHold(ctx context.Context, who engine.Actor) (HoldReport, engine.Filed, error) {
	if err := engine.MayDecide(who); err != nil {
		return HoldReport{}, engine.Filed{}, err
	}
	r, filed, err := o.holdReport(ctx)
	if err == nil && !r.Hold.Holds() {
		err = engine.Errorf(engine.Conflict, "the municipality is not on hold as a restored or copied one; nothing was done")
	}
	return r, filed, err
}

// StartHold puts a municipality on hold by hand, as one whose original may still
// run elsewhere. It is a Conflict when it is on hold already.
func (o *Office) StartHold(ctx context.Context, note string, who engine.Actor) error {
	if err := engine.MayDecide(who); err != nil {
		return err
	}
	h, err := o.Records.Hold(ctx)
	if err != nil {
		return err
	}
	if h.Kind != "" {
		return engine.Errorf(engine.Conflict, "the municipality is on hold already (%s)", h.Kind)
	}
	h = engine.Hold{Kind: engine.HoldCopied, Since: o.local(), AsOf: o.local(), Note: note}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "hold_started", Subject: string(h.Kind), Detail: map[string]string{"note": note}, Hold: &h})
}

// ReleaseHold ends the hold: what it kept is sent. seen is the number of
// messages whoever decides has seen; it is a Conflict when there are more or
// fewer by now.
func (o *Office) ReleaseHold(ctx context.Context, note string, seen int, who engine.Actor) error {
	r, filed, err := o.onHold(ctx, who)
	if err != nil {
		return err
	}
	if len(r.Messages) != seen {
		return engine.Errorf(engine.Conflict, "%s held by now, not %d; look at them and decide again", engine.CountOf(len(r.Messages), "message is", "messages are"), seen)
	}
	ch := engine.Change{At: o.local(), Actor: who, Event: "hold_released", Subject: string(r.Hold.Kind), Hold: &engine.Hold{},
		Detail: map[string]string{"messages": fmt.Sprint(seen), "as_of": string(engine.DateOf(r.Hold.AsOf.In(o.Zone))), "note": note}}
	if r.Check != nil {
		filed.Data = nil
		ch.Filed = []engine.Filed{filed}
	}
	return o.Records.Commit(ctx, ch)
}

// leftAtOnce is how many messages one transaction settles.
const leftAtOnce = 200

// MarkLeft records that held messages did leave, from the original: they are not
// sent again. Each has a line of its own in the journal.
//
// Where the original's letters were of other days than ours, what follows for the
// body is worked out again: what fell due after the original's last letter is
// said in a letter of its own.
func (o *Office) MarkLeft(ctx context.Context, left []engine.Left, who engine.Actor) error {
	r, filed, err := o.onHold(ctx, who)
	if err != nil {
		return err
	}
	return o.markLeft(ctx, r, filed, left, nil, who)
}

// markLeft marks messages, and takes the original's letters to some bodies that
// no message here stands for as written.
func (o *Office) markLeft(ctx context.Context, r HoldReport, filed engine.Filed, left []engine.Left, alone []engine.Departed, who engine.Actor) error {
	at := map[string]engine.Left{}
	for _, l := range left {
		at[l.Key] = l
	}
	var taken []engine.HeldMessage
	var changes []engine.Change
	for _, m := range r.Messages {
		l, ok := at[m.Key]
		if !ok {
			continue
		}
		delete(at, m.Key)
		if taken = append(taken, m); l.At.IsZero() {
			l.At = o.local()
		}
		changes = append(changes, engine.Change{At: o.local(), Actor: who, Event: "mail_left", Subject: inJournal(m.Key),
			Detail: map[string]string{"found": string(m.Trace), "message": m.MessageID}, Left: []engine.Left{l}})
	}
	if len(at) > 0 {
		return engine.Errorf(engine.Conflict, "%s not held any more; look and decide again", engine.CountOf(len(at), "of the messages is", "of the messages are"))
	}
	for _, d := range alone {
		changes = append(changes, engine.Change{At: o.local(), Actor: who, Event: "mail_left", Subject: d.Key,
			Detail: map[string]string{"found": string(engine.TraceWritten), "message": d.ID}})
	}
	if r.Check != nil && len(changes) > 0 {
		r.Check.Cover(taken)
		if err := o.replayed(ctx, r, taken, alone, changes); err != nil {
			return err
		}
		filed, err := r.Check.File(filed)
		if err != nil {
			return err
		}
		changes[0].Filed = []engine.Filed{filed}
	}
	for len(changes) > 0 {
		n := min(len(changes), leftAtOnce)
		if err := o.Records.Commit(ctx, changes[:n]...); err != nil {
			return err
		}
		changes = changes[n:]
	}
	return nil
}

// replayed puts what follows for bodies into the last change about each, and
// notes that the original's letters to them are accounted for.
func (o *Office) replayed(ctx context.Context, r HoldReport, taken []engine.HeldMessage, alone []engine.Departed, changes []engine.Change) error {
	p, err := o.replays(ctx, r, taken)
	if err != nil {
		return err
	}
	last := map[string]int{} // by body
	for i, m := range taken {
		if m.Trace == engine.TraceWritten && m.Organisation != "" {
			last[m.Organisation] = i
		}
	}
	for i, d := range alone {
		last[d.Organisation] = len(taken) + i
	}
	for body, i := range last {
		if changes[i].Requests, changes[i].Proposals, err = p.body(ctx, body); err != nil {
			return err
		}
		r.Check.Account(r.Uncovered, body, changes[i].Subject)
	}
	return nil
}

// MarkFound records that everything a check found this about did leave,
// and says how many messages those were. With letters of another day go those that
// no message here stands for.
func (o *Office) MarkFound(ctx context.Context, v engine.Trace, who engine.Actor) (int, error) {
	r, filed, err := o.onHold(ctx, who)
	if err != nil || v == "" {
		return 0, err
	}
	var alone []engine.Departed
	if v == engine.TraceWritten {
		for _, d := range r.Uncovered {
			if d.Organisation != "" {
				alone = append(alone, d)
			}
		}
	}
	var left []engine.Left
	for _, m := range r.Messages {
		if m.Trace == v {
			left = append(left, engine.Left{Key: m.Key, At: m.LeftAt})
		}
	}
	return len(left), o.markLeft(ctx, r, filed, left, alone, who)
}

// Stop decides that a held or failed message never leaves. It is a Conflict when
// the message is neither.
func (o *Office) Stop(ctx context.Context, key string, who engine.Actor) error {
	if err := engine.MayDecide(who); err != nil {
		return err
	}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "mail_stopped", Subject: inJournal(key), Stops: []string{key}})
}
