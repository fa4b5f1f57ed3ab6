package engine_test

import (
	"strings"
	"testing"

	"splneno/engine"
)

func towns() map[string]engine.Organisation {
	all := append(bodies(), engine.Organisation{ID: "skupina", Kind: engine.KindOpenGroup, Members: []string{char}},
		engine.Organisation{ID: "stara", Name: "Stará", Ended: "2020-01-01", Successor: "starsi"}, engine.Organisation{ID: "starsi", Ended: "2021-01-01", Successor: mess},
		engine.Organisation{ID: "kruh-a", Ended: "2020-01-01", Successor: "kruh-b"}, engine.Organisation{ID: "kruh-b", Ended: "2020-01-01", Successor: "kruh-a"},
		engine.Organisation{ID: "bez", Ended: "2020-01-01"})
	return engine.OrganisationsByID(all)
}

func TestEndsThatCannotBe(t *testing.T) {
	all, now := towns(), at("2024-02-01")
	end := func(id string, day engine.Date, heir string) error {
		_, err := engine.EndBody(all, id, day, heir, jana, now)
		return err
	}
	wantCode(t, end("nikdo", "2024-01-01", mess), engine.NotFound)
	wantCode(t, end("stara", "2024-01-01", mess), engine.Conflict)
	for _, heir := range []string{"nikdo", char, "stara", "skupina"} {
		wantCode(t, end(char, "2024-01-01", heir), engine.Invalid)
	}
	wantCode(t, end(char, "2024-02-02", mess), engine.Invalid)
	wantCode(t, end(char, "", mess), engine.Invalid)
	wantCode(t, end(engine.CoordinatorID, "2024-01-01", mess), engine.Invalid)
	_, err := engine.EndBody(all, char, "2024-01-01", mess, charita, now)
	wantCode(t, err, engine.Forbidden)
	_, err = engine.MergeBody(all, char, "", jana, now)
	wantCode(t, err, engine.Invalid)
	_, err = engine.ReviveBody(all, char, jana, now)
	wantCode(t, err, engine.Conflict)
	_, err = engine.ReviveBody(all, "stara", charita, now)
	wantCode(t, err, engine.Forbidden)
	if err := end(char, "2024-02-01", ""); err != nil {
		t.Error(err)
	}
}

func TestTakenOverBy(t *testing.T) {
	for id, want := range map[string]string{"stara": mess, "starsi": mess, "kruh-a": "", "bez": "", char: "", "nikdo": ""} {
		if got, ok := engine.TakenOverBy(towns(), id); got.ID != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", id, got.ID, ok)
		}
	}
}

func TestMembersThatCannotBe(t *testing.T) {
	all, now := towns(), at("2024-02-01")
	for _, m := range []string{"nikdo", "skupina"} {
		_, err := engine.ChooseMembers(all, "skupina", []string{m}, jana, now)
		wantCode(t, err, engine.Invalid)
	}
	_, err := engine.ChooseMembers(all, mess, []string{"skupina"}, jana, now)
	wantCode(t, err, engine.Invalid)
	_, err = engine.ChooseMembers(all, engine.CoordinatorID, []string{mess}, jana, now)
	wantCode(t, err, engine.Invalid)
	ch := must(t)(engine.ChooseMembers(all, "skupina", []string{mess, mess}, jana, now))
	if got := strings.Join(ch.Organisations[0].Members, ","); got != mess || ch.Detail["added"] != mess || ch.Detail["removed"] != char {
		t.Errorf("members %s, said %v", got, ch.Detail)
	}
}

// A body that has ended is written to no more, whatever is still due to it, and
// answers of its link are taken no more.
func TestNobodyWritesToAnEndedBody(t *testing.T) {
	b := asked(t, "1.1/1")
	o := b.organisations[mess]
	o.Ended = "2024-01-12"
	b.days(mess, "2024-01-10", "2024-01-12", nil, nil)
	written := len(b.requests[mess].Written)
	b.organisations[mess] = o
	if said := b.days(mess, "2024-01-13", "2024-12-31", nil, nil); len(said) > 0 || len(b.requests[mess].Written) != written {
		t.Errorf("said %q", said)
	}
	_, err := engine.Submit(b.caseOf(mess), engine.Submission{By: "Božena", Channel: engine.ByLink, Answers: map[string]engine.Answer{"1.1/1": fulfilled}}, at("2024-02-01"))
	wantCode(t, err, engine.Gone)
}

// The answer of a body that has ended stays behind the result it led to.
func TestAnEndedBodysAnswerIsEvaluated(t *testing.T) {
	key := engine.EntryKey{Plan: "kpss-dubovice", Period: "2023", Activity: "1.1/1"}
	all := towns()
	ended := all[char]
	ended.Ended, ended.Successor = "2024-01-12", mess
	r := engine.Record{Municipality: town(), Plan: plan(), Period: engine.Year(2023), Activities: []engine.Activity{promise("1.1/1", "1.1", char, engine.Deadline{})},
		Organisations: []engine.Organisation{ended, all[mess]}, Entries: []engine.Entry{{EntryKey: key, State: engine.Fulfilled, Askees: []string{mess}, AnsweredAt: at("2024-01-11")}},
		Proposals: []engine.Proposal{{EntryKey: key, Organisation: char, Revision: 1, State: engine.Approved, Answer: fulfilled, At: at("2024-01-11")}}}
	row := engine.Evaluate(r, at("2024-02-15")).Rows()[0]
	if len(row.Answers) != 1 || row.Answers[0].Organisation != ended.Name {
		t.Errorf("answers %+v", row.Answers)
	}
}
