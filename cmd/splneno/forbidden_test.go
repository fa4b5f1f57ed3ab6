package main

import (
	"testing"

	"splneno/engine"
)

// Whoever does not decide is refused by the rules themselves, whatever a page
// let through by mistake; settings are for the administrator, too.
func TestOnlyWhoDecidesDecides(t *testing.T) {
	f, ctx := newForeseen(t, 5, "2023-01-20"), t.Context()
	f.must(f.o.OpenSeason(ctx, "first", engine.Year(2023), planner))
	f.must(f.o.PrepareSeason(ctx, "second", engine.Year(2023), planner))
	_, err := f.o.Draft(ctx, "first", "2023", "", planner)
	f.must(err)
	m, err := f.o.Records.Municipality(ctx)
	f.must(err)
	m.Policy.SeasonCap++
	key := engine.EntryKey{Plan: "first", Period: "2023", Activity: "1/0"}
	mute := engine.Move{Keys: []string{engine.Mute}}
	activity := func(*engine.Activity) error { return nil }
	requests, err := f.o.Records.Requests(ctx, "first", "2023")
	f.must(err)
	asked := requests[0].Organisation
	for name, act := range map[string]func(engine.Actor) error{
		"SetUp !": func(who engine.Actor) error {
			return second(f.o.SetUp(ctx, who, func(*engine.Municipality) {}))
		},
		"SetCalendar !": func(who engine.Actor) error { return f.o.SetCalendar(ctx, m, who) },
		"NameLevels !":  func(who engine.Actor) error { return f.o.NameLevels(ctx, "first", 1, engine.Levels{}, who) },
		"EditOrganisation": func(who engine.Actor) error {
			return f.o.EditOrganisation(ctx, "body1", who, func(*engine.Organisation) {})
		},
		"AddOrganisation": func(who engine.Actor) error {
			return second(f.o.AddOrganisation(ctx, engine.Organisation{Name: "New"}, who))
		},
		"EndBody": func(who engine.Actor) error {
			return f.o.ChangeBodies(ctx, func(all map[string]engine.Organisation) (engine.Change, error) {
				return engine.EndBody(all, "body1", "2023-01-20", "", who, f.clock.Now())
			})
		},
		"Release":       func(who engine.Actor) error { return f.o.Release(ctx, "letter", who) },
		"Draft":         func(who engine.Actor) error { return second(f.o.Draft(ctx, "first", "2023", "", who)) },
		"Approve draft": func(who engine.Actor) error { return second(f.o.ApproveEvaluation(ctx, "first", "2023", 1, who)) },
		"TakeOver": func(who engine.Actor) error {
			return f.o.TakeOver(ctx, "first", "2023", 1, 1, []engine.Edit{{Key: "a", Before: "b", After: []string{"c"}}}, "", who)
		},
		"Send":          func(who engine.Actor) error { return second(f.o.SendEvaluation(ctx, "first", "2023", who)) },
		"Frame":         func(who engine.Actor) error { return f.o.Frame(ctx, "first", "2023", 1, 1, "x", "", "", who) },
		"MoveLetters":   func(who engine.Actor) error { return f.o.MoveLetters(ctx, "first", "2023", asked, mute, who) },
		"OpenSeason":    func(who engine.Actor) error { return f.o.OpenSeason(ctx, "second", engine.Year(2023), who) },
		"PrepareSeason": func(who engine.Actor) error { return f.o.PrepareSeason(ctx, "first", engine.Year(2024), who) },
		"CancelSeason":  func(who engine.Actor) error { return f.o.CancelSeason(ctx, "second", "2023", "x", who) },
		"CloseSeason":   func(who engine.Actor) error { return f.o.CloseSeason(ctx, "first", "2023", "x", who) },
		"SetSeasonDays": func(who engine.Actor) error {
			return f.o.SetSeasonDays(ctx, "first", "2023", "2024-02-05", "", who)
		},
		"EditActivity": func(who engine.Actor) error { return f.o.EditActivity(ctx, "first", "1/0", who, activity) },
		"AmendActivity": func(who engine.Actor) error {
			return f.o.AmendActivity(ctx, "first", "1/0", 1, engine.Grounds{Day: "2023-01-20"}, who, func(a *engine.Activity) error { a.Title = "x"; return nil })
		},
		"AmendPlan": func(who engine.Actor) error {
			return f.o.AmendPlan(ctx, "first", 1, engine.Grounds{Day: "2023-01-20"}, who, func(p *engine.Plan) error { p.Title = "x"; return nil })
		},
		"Resolve": func(who engine.Actor) error {
			return second(f.o.Resolve(ctx, engine.Resolution{Plan: "first", Period: "2023", Body: "Rada", Day: "2023-01-20", Verb: engine.VerbApproved}, who))
		},
		"ErasePerson": func(who engine.Actor) error { return second(f.o.ErasePerson(ctx, "body1@example.cz", "", who)) },
		"AskAgain":    func(who engine.Actor) error { return second(f.o.AskAgain(ctx, "first", "2023", nil, who)) },
		"RevokeLink":  func(who engine.Actor) error { return f.o.RevokeLink(ctx, "first", "2023", asked, false, who) },
		"Report": func(who engine.Actor) error {
			return f.o.Report(ctx, key, engine.Answer{Status: engine.Fulfilled, Done: "x"}, "", "phone", who)
		},
		"Decide": func(who engine.Actor) error { return f.o.Decide(ctx, key, engine.Continue, "", who) },
		"Settle": func(who engine.Actor) error {
			return f.o.Settle(ctx, key, 1, engine.Course{Next: engine.Continue}, who)
		},
		"DropEntry": func(who engine.Actor) error { return f.o.DropEntry(ctx, key, "x", who) },
		"Reopen":    func(who engine.Actor) error { return f.o.Reopen(ctx, key, "x", who) },
		"Reword":    func(who engine.Actor) error { return f.o.Reword(ctx, key, 1, "x", "", who) },
		"Note":      func(who engine.Actor) error { return f.o.Note(ctx, key, "x", who) },
		"PrepareNext": func(who engine.Actor) error {
			_, _, err := f.o.PrepareNext(ctx, "first", "Third", engine.Year(2024), who)
			return err
		},
		"Invite !": func(who engine.Actor) error {
			return f.o.Invite(ctx, engine.Account{ID: "a", Name: "New", Email: "new@example.cz", Role: engine.RoleReader}, "hash", who)
		},
	} {
		kinds := []engine.ActorKind{engine.ActorMember, engine.ActorOrganisation, engine.ActorSystem, "", engine.ActorAdministrator}
		if name != "Draft" {
			kinds = append(kinds, engine.ActorCalendar)
		}
		for _, kind := range kinds {
			if kind == engine.ActorAdministrator && name[len(name)-1] == '!' {
				continue
			}
			if err := act(engine.Actor{Kind: kind, Name: "X"}); engine.CodeOf(err) != engine.Forbidden {
				t.Errorf("%s by %q: %v", name, kind, err)
			}
		}
	}
	lines, events := 0, ""
	f.must(f.o.Records.Journal(ctx, 1, func(l engine.JournalLine) error { lines, events = lines+1, events+" "+l.Event; return nil }))
	if lines != 5 { // set up, furnished, opened, prepared, drafted
		t.Errorf("the journal has %d lines:%s", lines, events)
	}
}

func second[T any](_ T, err error) error { return err }
