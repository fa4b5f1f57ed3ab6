package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// meetingCommand calls the steering group to a meeting about a season.
type meetingCommand struct {
	Call   meetingCall   `cmd:"" help:"Call a meeting: its papers leave by themselves a week before."`
	List   meetingList   `cmd:"" help:"List the meetings of a season, and when their papers leave."`
	Change meetingChange `cmd:"" help:"Change a meeting; members who were told otherwise get the papers again."`
	Send   meetingSend   `cmd:"" help:"Send the papers of a meeting now, or to members who have not got them."`
	Cancel meetingCancel `cmd:"" help:"Cancel a meeting; members who were invited are told."`
}

// A seasonChoice is which season a command is about.
type seasonChoice struct {
	Season string `help:"Season by name: 2023. Default: the open one, or the newest."`
	Plan   string `help:"Plan, where there are several."`
}

// A meetingPlace is when and where, and what about.
type meetingPlace struct {
	Time   string   `placeholder:"14:00" help:"When it begins."`
	Place  string   `help:"Where it is."`
	Body   string   `help:"Which body meets. Default: the steering group."`
	Point  []string `sep:"none" placeholder:"TEXT" help:"A point of the agenda; may be given several times. Default: proposed from the season."`
	Items  []string `placeholder:"ID,ID" help:"Activities to be decided about. Default: those without a decision or an answer."`
	SendOn string   `placeholder:"DAY" help:"The day the papers leave, 2024-03-08, or never. Default: a working day a week before."`
}

// put writes what was given into a meeting.
func (p meetingPlace) put(m *engine.Meeting) error {
	m.Time, m.Place, m.Body = cmp.Or(p.Time, m.Time), cmp.Or(p.Place, m.Place), cmp.Or(p.Body, m.Body)
	if len(p.Point) > 0 {
		m.Agenda = p.Point
	}
	if len(p.Items) > 0 {
		m.Items = p.Items
	}
	switch p.SendOn {
	case "":
		return nil
	case "never":
		m.SendOn = ""
		return nil
	}
	day, err := engine.ParseDate(p.SendOn)
	if m.SendOn = day; err != nil {
		return engine.Errorf(usage, "%w", err)
	}
	return nil
}

// meetingCall calls one.
type meetingCall struct {
	Day string `arg:"" help:"The day of the meeting, 2024-03-15."`
	seasonChoice
	meetingPlace
}

// Help gives the example of --help.
func (meetingCall) Help() string {
	return "Example: splneno meeting call 2024-03-15 --time 14:00 --place 'zasedaci sin radnice'"
}

// Run does it.
func (m meetingCall) Run(ctx context.Context, c *command, w *world) error {
	return c.onSeason(ctx, w, m.Plan, m.Season, func(o *workflows.Office, s engine.Season, who engine.Actor) error {
		day, err := engine.ParseDate(m.Day)
		if err != nil {
			return engine.Errorf(usage, "%w", err)
		}
		if m.Time == "" || m.Place == "" {
			return engine.Errorf(usage, "say when the meeting begins and where it is: --time 14:00 --place radnice")
		}
		called, err := o.ProposeMeeting(ctx, s.Plan, s.Period.ID)
		if err != nil {
			return err
		}
		called.Day = day
		if called.SendOn, err = o.SendDay(ctx, day); err != nil {
			return err
		}
		if err := m.put(&called); err != nil {
			return err
		}
		if called, err = o.CallMeeting(ctx, called, who); err != nil {
			return err
		}
		printMeeting(w, called)
		return nil
	})
}

// printMeeting writes a meeting on one line, and when its papers leave on another.
func printMeeting(w *world, m engine.Meeting) {
	fmt.Fprintf(w.out, "%d  %s %s  %s, %s: %s, %s to decide about\n", m.ID, m.Day, m.Time, m.Body, m.Place, engine.CountOf(len(m.Agenda), "point", "points"), engine.CountOf(len(m.Items), "activity", "activities"))
	switch {
	case m.Cancelled():
		fmt.Fprintf(w.out, "   cancelled: %s\n", m.Reason)
	case m.SendOn != "" && len(m.Changes()) > 0:
		fmt.Fprintf(w.out, "   the papers leave again on %s, because this changed: %s\n", m.SendOn, strings.Join(m.Changes(), ", "))
	case m.SendOn != "":
		fmt.Fprintf(w.out, "   the papers leave on %s\n", m.SendOn)
	case m.Sending > 0 && len(m.Changes()) > 0:
		fmt.Fprintf(w.out, "   the members were told otherwise: %s; send the papers again: splneno meeting send %d\n", strings.Join(m.Changes(), ", "), m.ID)
	case m.Sending > 0:
		fmt.Fprintf(w.out, "   the papers left on %s\n", engine.DateOf(m.SentAt))
	default:
		fmt.Fprintf(w.out, "   the papers do not leave by themselves; send them: splneno meeting send %d\n", m.ID)
	}
}

// meetingList lists.
type meetingList struct{ seasonChoice }

// Help gives the example of --help.
func (meetingList) Help() string { return "Example: splneno meeting list --season 2023" }

// Run does it.
func (m meetingList) Run(ctx context.Context, c *command, w *world) error {
	return c.onSeason(ctx, w, m.Plan, m.Season, func(o *workflows.Office, s engine.Season, _ engine.Actor) error {
		all, err := o.Records.Meetings(ctx, s.Plan, s.Period.ID)
		if err == nil && len(all) == 0 {
			fmt.Fprintf(w.out, "No meeting is called about season %s.\n", s.Period.ID)
		}
		for _, one := range all {
			printMeeting(w, one)
		}
		return err
	})
}

// A meetingChoice is which meeting a command is about.
type meetingChoice struct {
	ID int `arg:"" help:"The number of the meeting, as list prints it."`
	seasonChoice
}

// onMeeting does something about a meeting.
func (m meetingChoice) onMeeting(ctx context.Context, c *command, w *world, do func(o *workflows.Office, one engine.Meeting, who engine.Actor) error) error {
	return c.onSeason(ctx, w, m.Plan, m.Season, func(o *workflows.Office, s engine.Season, who engine.Actor) error {
		one, err := o.Meeting(ctx, s.Plan, s.Period.ID, m.ID)
		if err != nil {
			return err
		}
		return do(o, one, who)
	})
}

// meetingChange changes one.
type meetingChange struct {
	meetingChoice
	Day string `help:"Another day, 2024-03-15."`
	meetingPlace
}

// Help gives the example of --help.
func (meetingChange) Help() string { return "Example: splneno meeting change 1 --day 2024-03-18" }

// Run does it.
func (m meetingChange) Run(ctx context.Context, c *command, w *world) error {
	return m.onMeeting(ctx, c, w, func(o *workflows.Office, one engine.Meeting, who engine.Actor) error {
		if m.Day != "" {
			day, err := engine.ParseDate(m.Day)
			if err != nil {
				return engine.Errorf(usage, "%w", err)
			}
			one.Day = day
		}
		if err := m.put(&one); err != nil {
			return err
		}
		one, err := o.ChangeMeeting(ctx, one, who)
		if err == nil {
			printMeeting(w, one)
		}
		return err
	})
}

// meetingSend sends the papers.
type meetingSend struct{ meetingChoice }

// Help gives the example of --help.
func (meetingSend) Help() string { return "Example: splneno meeting send 1" }

// Run does it.
func (m meetingSend) Run(ctx context.Context, c *command, w *world) error {
	return m.onMeeting(ctx, c, w, func(o *workflows.Office, one engine.Meeting, who engine.Actor) error {
		n, err := o.SendMeeting(ctx, one, who)
		switch {
		case err == nil && n == 0:
			fmt.Fprintln(w.out, "Every member has the papers already.")
		case err == nil:
			fmt.Fprintf(w.out, "Papers put into the post, for members: %d\n", n)
		}
		return err
	})
}

// meetingCancel cancels one.
type meetingCancel struct {
	meetingChoice
	Reason string `arg:"" help:"Why; the members are told."`
}

// Help gives the example of --help.
func (meetingCancel) Help() string {
	return "Example: splneno meeting cancel 1 'nemoc predsedkyne'"
}

// Run does it.
func (m meetingCancel) Run(ctx context.Context, c *command, w *world) error {
	return m.onMeeting(ctx, c, w, func(o *workflows.Office, one engine.Meeting, who engine.Actor) error {
		if err := o.CancelMeeting(ctx, one, m.Reason, who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "The meeting of %s is cancelled.\n", one.Day)
		return err
	})
}
