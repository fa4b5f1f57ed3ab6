package web

import (
	"context"
	"strings"
	"testing"

	"splneno/engine"
)

// secrets stand in records that are in no document: contacts, notes, drafts,
// accounts, other meetings.
var secrets = []string{"jen.kontakt@tajne.example", "605 111 222", "Skryta Osoba", "Interni poznamka", "Rozepsany koncept", "Otazka koordinatorky", "Vlastni slova organizace",
	"ucet.tajny@example.cz", "druhy.clen@tajne.example", "Zruseno potichu", "tajny-alias"}

// What the members of the steering group and the region get holds nothing of
// the records that are the coordinator's alone, nor what other members are
// written under.
func TestWhatMembersAndRegionGet(t *testing.T) {
	h := canaryHouse(t)
	ctx := context.Background()
	bodies, err := h.office.Records.Organisations(ctx, "charita")
	h.must(err)
	body := bodies[0]
	body.Aliases = append(body.Aliases, "tajny-alias")
	body.Contacts = append(body.Contacts, engine.Contact{Name: "Skryta Osoba", Email: "jen.kontakt@tajne.example", Role: "605 111 222"})
	town, err := h.office.Records.Municipality(ctx)
	h.must(err)
	town.SteeringGroup = append(town.SteeringGroup, engine.Contact{Name: "Druhy clen", Email: "druhy.clen@tajne.example"})
	h.must(h.office.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "planted", Subject: "x", Organisations: []engine.Organisation{body}, Municipality: &town}))
	h.add("klatovy", engine.Account{ID: "tajny", Name: "Tajny", Email: "ucet.tajny@example.cz", Role: engine.RoleReader})

	other, err := h.office.CallMeeting(ctx, engine.Meeting{Plan: "ap2023", Period: "2023", Body: "rs", Day: "2024-03-22", Time: "09:00", Place: "Jinde", Agenda: []string{"Jine"}}, who)
	h.must(err)
	h.must(h.office.CancelMeeting(ctx, other, "Zruseno potichu.", who))
	m, err := h.office.CallMeeting(ctx, engine.Meeting{Plan: "ap2023", Period: "2023", Body: "rs", Day: "2024-03-15", Time: "14:00", Place: "Radnice", Agenda: []string{"Vyhodnoceni"}, Items: []string{"1.2/1"}}, who)
	h.must(err)
	all := map[string]string{}
	files, err := h.office.PackFiles(ctx, m)
	h.must(err)
	for _, f := range files {
		all["pack "+f.Name] = string(f.Data) + unpacked(t, f.Data)
	}
	b, err := h.office.MakeBundle(ctx, "ap2023", "2023", who)
	h.must(err)
	file, err := h.office.Documents.(interface {
		WriteBundle(engine.Bundle) (engine.Attachment, error)
	}).WriteBundle(b)
	h.must(err)
	all["bundle "+file.Name] = string(file.Data)
	roll, err := h.office.RollUpOf(ctx, []engine.Bundle{b}, "2023")
	h.must(err)
	papers, err := h.office.Documents.(interface {
		RollUp(engine.RollUp) ([]engine.Attachment, error)
	}).RollUp(roll)
	h.must(err)
	for _, f := range papers {
		all["roll-up "+f.Name] = string(f.Data) + unpacked(t, f.Data)
	}
	if len(all) < 6 {
		t.Errorf("only %d files", len(all))
	}
	for name, text := range all {
		for _, s := range secrets {
			if strings.Contains(text, s) || strings.Contains(deepInside(text), s) {
				t.Errorf("%s tells %q", name, s)
			}
		}
	}
	if log := h.log.String(); strings.Contains(log, "@") || strings.Contains(log, "Kanarkova") {
		t.Errorf("the log holds addresses: %.500s", log)
	}
}
