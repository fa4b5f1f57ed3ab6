package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func TestContact(t *testing.T) {
	tests := []struct {
		name     string
		contacts []engine.Contact
		want     string
	}{
		{"none", nil, ""},
		{"deputy first in the list", []engine.Contact{{Email: "zastup@a.example", Deputy: true}, {Email: "vedouci@a.example"}}, "vedouci@a.example"},
		{"only a deputy", []engine.Contact{{Name: "Žofie Kratochvílová"}, {Email: "zastup@a.example", Deputy: true}}, "zastup@a.example"},
		{"no address at all", []engine.Contact{{Name: "Žofie Kratochvílová"}}, ""},
	}
	for _, tt := range tests {
		c, ok := engine.Organisation{Contacts: tt.contacts}.Contact()
		if c.Email != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %v; want %q", tt.name, c.Email, ok, tt.want)
		}
	}
}

// town of bodies for the table below: a group, two groups that name each other,
// an ended body with a chain of successors, and bodies without an address.
func askable() map[string]engine.Organisation {
	silent := func(id string) engine.Organisation { return engine.Organisation{ID: id, Name: id} }
	group := func(id string, members ...string) engine.Organisation {
		return engine.Organisation{ID: id, Name: id, Kind: engine.KindOpenGroup, Members: members}
	}
	ended := func(id, successor string) engine.Organisation {
		o := body(id, id)
		o.Ended, o.Successor = "2022-12-31", successor
		return o
	}
	return engine.OrganisationsByID([]engine.Organisation{
		coordinatorBody(), body("charita", "Oblastní charita"), body("klub", "S klub"), silent("nikdo"),
		group("poskytovatele", "charita", "klub", "nikdo"), group("prazdna", "nikdo", "neznamy"),
		group("kruh-a", "kruh-b", "klub"), group("kruh-b", "kruh-a", "charita"), group("sama", "sama"),
		ended("cck", "cck-nastupce"), ended("cck-nastupce", "klub"), ended("zanikla", ""), ended("smycka-a", "smycka-b"), ended("smycka-b", "smycka-a"),
	})
}

func TestAskees(t *testing.T) {
	tests := []struct {
		name    string
		parties []string
		want    []string
	}{
		{"nobody named", nil, []string{engine.CoordinatorID}},
		{"one body", []string{"charita"}, []string{"charita"}},
		{"order as named, each once", []string{"klub", "charita", "klub"}, []string{"klub", "charita"}},
		{"group", []string{"poskytovatele"}, []string{"charita", "klub"}},
		{"group and a member of it", []string{"klub", "poskytovatele"}, []string{"klub", "charita"}},
		{"groups that name each other", []string{"kruh-a"}, []string{"charita", "klub"}},
		{"group of itself", []string{"sama"}, []string{engine.CoordinatorID}},
		{"group nobody of which can be reached", []string{"prazdna"}, []string{engine.CoordinatorID}},
		{"ended, with a successor of its successor", []string{"cck"}, []string{"klub"}},
		{"ended, and its successor named too", []string{"cck", "klub"}, []string{"klub"}},
		{"ended without a successor", []string{"zanikla"}, []string{engine.CoordinatorID}},
		{"successors in a circle", []string{"smycka-a"}, []string{engine.CoordinatorID}},
		{"no address beside one that has", []string{"nikdo", "charita"}, []string{"charita"}},
		{"not matched to any body", []string{""}, []string{engine.CoordinatorID}},
		{"the coordinator herself", []string{engine.CoordinatorID, "charita"}, []string{engine.CoordinatorID, "charita"}},
	}
	for _, tt := range tests {
		var parties []engine.Party
		for _, id := range tt.parties {
			parties = append(parties, engine.Party{Name: id, Organisation: id})
		}
		if d := cmp.Diff(tt.want, engine.Askees(parties, askable())); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}
