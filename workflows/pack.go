package workflows

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// maxPack is how large the papers of a meeting, or the documents of an
// evaluation, may be together to go by mail.
const maxPack = 5 << 20

// pack is the daily rule that sends the papers of meetings to the members.
func (o *Office) pack(ctx context.Context, _ engine.Occurrence) (string, error) {
	town, err := o.Records.Municipality(ctx)
	if err != nil {
		return "", err
	}
	w := engine.NewWorkdays(town.DaysOff)
	if !w.Works(o.today()) {
		return dayOff, nil
	}
	due, err := o.Records.MeetingsDue(ctx, o.today())
	if err != nil {
		return "", err
	}
	letters, meetings := 0, 0
	for _, m := range due {
		if !m.Due(o.today()) || len(town.SteeringGroup) == 0 {
			continue
		}
		n, err := o.sendPack(ctx, m, o.today().Sub(w.OnOrAfter(m.SendOn)), engine.Actor{Kind: engine.ActorCalendar, Name: "pack"})
		if err != nil && engine.CodeOf(err) != engine.Conflict { // another node was faster, or she changed it
			return "", fmt.Errorf("meeting of %s: %w", m.Day, err)
		}
		letters, meetings = letters+n, meetings+1
	}
	return packNote(letters, meetings), nil
}

// SendMeeting sends the papers of a meeting as it was shown now, and says to how
// many members. When all is as they were told, only those get them who have not
// yet: members who came later.
func (o *Office) SendMeeting(ctx context.Context, shown engine.Meeting, who engine.Actor) (int, error) {
	m, err := o.Meeting(ctx, shown.Plan, shown.Period, shown.ID)
	if err != nil {
		return 0, err
	}
	if m.Version != shown.Version {
		return 0, engine.Errorf(engine.Conflict, "the meeting of %s was changed since you were shown it; look at it again", m.Day)
	}
	if m.Sending > 0 && len(m.Changes()) == 0 {
		return o.sendMissing(ctx, m, who)
	}
	return o.sendPack(ctx, m, 0, who)
}

// sendPack sends the papers to every member.
func (o *Office) sendPack(ctx context.Context, m engine.Meeting, late int, who engine.Actor) (int, error) {
	c, err := o.calling(ctx, m)
	if err != nil {
		return 0, err
	}
	ch, err := c.Send(m, who)
	if err != nil {
		return 0, err
	}
	n, err := o.invite(ctx, &ch, m, late)
	if err == nil && n == 0 {
		err = engine.Errorf(engine.Invalid, "there is no member of the steering group that can be written to; check its addresses in the settings")
	}
	if err != nil {
		return 0, err
	}
	return n, o.Records.Commit(ctx, ch)
}

// sendMissing sends the newest papers to the members who have not got them.
func (o *Office) sendMissing(ctx context.Context, m engine.Meeting, who engine.Actor) (int, error) {
	if err := engine.MayDecide(who); err != nil {
		return 0, err
	}
	if m.Cancelled() || m.Day < o.today() {
		return 0, engine.Errorf(engine.Conflict, "the meeting of %s is over or cancelled", m.Day)
	}
	ch := engine.Change{At: o.local(), Actor: who, Event: "meeting_sent", Subject: m.Subject(), Detail: map[string]string{"day": string(m.Day)}, Meetings: []engine.Meeting{m}}
	if _, err := o.invite(ctx, &ch, m, 0); err != nil {
		return 0, err
	}
	var fresh []engine.Message
	for _, msg := range ch.Messages {
		said, err := o.Records.HasMessage(ctx, msg.Key)
		if err != nil {
			return 0, err
		}
		if !said {
			fresh = append(fresh, msg)
		}
	}
	if ch.Messages = fresh; len(fresh) == 0 {
		return 0, nil
	}
	return len(fresh), o.Records.Commit(ctx, ch)
}

// invite writes to every member about the meeting of a Change, was being the
// meeting before it, and says to how many. A member who cannot be written to
// keeps nobody else from being invited: the Change says who that is.
func (o *Office) invite(ctx context.Context, ch *engine.Change, was engine.Meeting, late int) (int, error) {
	m := ch.Meetings[0]
	l, town, err := o.invitation(ctx, m)
	if err != nil {
		return 0, err
	}
	l.Pack.Changes, l.LateDays = was.Changes(), max(late, 0)
	if !m.Cancelled() {
		if err := o.attach(ctx, &l); err != nil {
			return 0, err
		}
	}
	var unreachable []string
	for i, member := range town.SteeringGroup {
		msg, err := o.toMember(l, town, member)
		if engine.CodeOf(err) == engine.Invalid {
			unreachable = append(unreachable, "member "+strconv.Itoa(i+1)) // the journal names nobody
			continue
		}
		if err != nil {
			return 0, err
		}
		ch.Messages = append(ch.Messages, msg)
	}
	ch.Detail["letters"] = strconv.Itoa(len(ch.Messages))
	if len(unreachable) > 0 {
		ch.Detail["unreachable"] = strings.Join(unreachable, ", ")
	}
	return len(ch.Messages), nil
}

// toMember phrases the letter for one member, with a link of their own.
func (o *Office) toMember(l engine.Letter, town engine.Municipality, member engine.Contact) (engine.Message, error) {
	m := l.Pack.Meeting
	if l.To = member; !m.Cancelled() {
		l.Link = o.Links.BoardURL(o.boardToken(town, m.Plan, m.Period, member))
	}
	return o.message(m.PackKey(member.Email), "", l)
}

// invitation begins the letter about a meeting, without its papers.
func (o *Office) invitation(ctx context.Context, m engine.Meeting) (engine.Letter, engine.Municipality, error) {
	town, err := o.Records.Municipality(ctx)
	if err != nil {
		return engine.Letter{}, town, err
	}
	p, err := o.Records.Plan(ctx, m.Plan)
	if err != nil {
		return engine.Letter{}, town, err
	}
	l := o.toCoordinator(town, engine.LetterPack)
	l.Link, l.Plan, l.Funding, l.Words = "", p.Title, town.FundingOf(p), town.Settings.MailTexts[engine.LetterPack]
	l.Pack = &engine.Pack{Meeting: m, UID: m.UID(o.Records.Tenant()), Names: town.Settings.StatusNames}
	s, err := o.Records.Season(ctx, m.Plan, m.Period)
	if l.Period = s.Period; err != nil || m.Cancelled() {
		return l, town, err
	}
	l.Pack.Draft, l.Pack.Items, err = o.packItems(ctx, m)
	return l, town, err
}

// packItems gives what the meeting decides about as the newest evaluation says
// it, and whether that is a draft.
func (o *Office) packItems(ctx context.Context, m engine.Meeting) (draft bool, rows []engine.ActivityResult, err error) {
	heads, err := o.Records.EvaluationHeads(ctx, m.Plan)
	heads = slices.DeleteFunc(heads, func(e engine.Evaluation) bool { return e.Period.ID != m.Period })
	if err != nil {
		return false, nil, err
	}
	if len(heads) == 0 {
		e, err := o.Evaluate(ctx, m.Plan, m.Period)
		return true, e.ItemsOf(m), err
	}
	newest := heads[len(heads)-1]
	if len(m.Items) == 0 {
		return newest.State == engine.EvaluationDraft, nil, nil
	}
	rows, err = o.Records.ResultsOf(ctx, m.Plan, m.Period, newest.Number, m.Items)
	slices.SortFunc(rows, func(a, b engine.ActivityResult) int {
		return slices.Index(m.Items, a.ID) - slices.Index(m.Items, b.ID)
	})
	return newest.State == engine.EvaluationDraft, rows, err
}

// PackFiles makes the papers of a meeting: its own, and the short variant of the
// newest evaluation, which is rolled up as it stands where there is none yet.
func (o *Office) PackFiles(ctx context.Context, m engine.Meeting) ([]engine.Attachment, error) {
	e, err := o.Evaluation(ctx, m.Plan, m.Period)
	if engine.CodeOf(err) == engine.NotFound {
		e, err = o.Evaluate(ctx, m.Plan, m.Period)
	}
	if err != nil {
		return nil, err
	}
	print, err := o.Print(ctx, e)
	if err != nil {
		return nil, err
	}
	files, err := o.Documents.Pack(m, print)
	if err != nil {
		return nil, err
	}
	for _, d := range o.Documents.Names(e) {
		if strings.HasSuffix(d.Name, "-short.pdf") {
			short, err := o.Documents.Document(print, d.Name)
			return append(files, short), err
		}
	}
	return files, nil
}

// attach adds the papers to a letter, unless they are too large for a mail.
func (o *Office) attach(ctx context.Context, l *engine.Letter) error {
	files, err := o.PackFiles(ctx, l.Pack.Meeting)
	if err != nil {
		return err
	}
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	if l.Pack.TooBig = size > maxPack; !l.Pack.TooBig {
		l.Attachments = files
	}
	return nil
}

// PreviewMeeting gives the letter about a meeting as the first member would get
// it now, without its papers and without sending it.
func (o *Office) PreviewMeeting(ctx context.Context, m engine.Meeting) (engine.Message, error) {
	l, town, err := o.invitation(ctx, m)
	if err != nil {
		return engine.Message{}, err
	}
	l.Pack.Changes = m.Changes()
	to := l.To
	if len(town.SteeringGroup) > 0 {
		to = town.SteeringGroup[0]
	}
	return o.toMember(l, town, to)
}
