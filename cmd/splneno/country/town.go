package country

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A Town is an invented municipality.
type Town struct {
	ID, Name      string
	Coordinator   engine.Contact
	SteeringGroup []engine.Contact
	Sender        string
	ReplyTo       string
	Bodies        []engine.Organisation

	seed  uint64
	short string // its name without what it is
}

// New invents the n-th town of the country with this seed, from 0. No two have
// the same id.
func New(seed uint64, n int) Town {
	w := words()
	order := dice(seed, "towns").Perm(len(w.Stems) * len(w.Ends))
	at := order[n%len(order)]
	t := Town{seed: seed, short: w.Stems[at/len(w.Ends)] + w.Ends[at%len(w.Ends)]}
	if round := n / len(order); round > 0 {
		t.short += w.Rivers[round%len(w.Rivers)]
	}
	t.ID = czech.Slug(t.short)
	if n >= len(order)*len(w.Rivers) {
		t.ID += "-" + strconv.Itoa(n)
	}
	domain := t.ID + ".example"
	t.Name = fmt.Sprintf(w.Town, t.short)
	t.Coordinator = engine.Contact{Name: fmt.Sprintf(w.Coordinator, t.short), Email: "plan@" + domain}
	t.Sender, t.ReplyTo = "komunitni-plan@"+domain, "odpovedi+{token}@"+domain
	for i, role := range w.Steering {
		t.SteeringGroup = append(t.SteeringGroup, engine.Contact{Name: role, Email: fmt.Sprintf("skupina%d@%s", i+1, domain)})
	}
	t.invite()
	return t
}

// invite invents the bodies of the town, 20 to 40.
func (t *Town) invite() {
	w, r := words(), dice(t.seed, t.ID, "bodies")
	want, taken := 20+r.IntN(21), map[string]bool{}
	for len(t.Bodies) < want {
		kind := one(r, w.Bodies)
		name := kind.Name
		if strings.Contains(name, "%[2]s") {
			house := one(r, w.Houses)
			name = strings.ReplaceAll(name, "%[2]s", house)
		}
		name = strings.ReplaceAll(name, "%[1]s", t.short)
		id := czech.Slug(name)
		if taken[id] {
			continue
		}
		taken[id] = true
		place := strconv.Itoa(len(t.Bodies) + 1)
		t.Bodies = append(t.Bodies, engine.Organisation{ID: id, Name: name, Kind: kind.Kind,
			Contacts: []engine.Contact{{Name: one(r, w.Writers), Email: "kontakt@" + "sluzba" + place + "." + t.ID + ".example"}}})
	}
	slices.SortFunc(t.Bodies, func(a, b engine.Organisation) int { return strings.Compare(a.ID, b.ID) })
}
