package engine

import (
	"slices"
	"strings"
	"time"
)

// EndBody says that a body has ceased, from a day on. Whatever it was still to
// answer goes to its successor, "" for the coordinator, once the open seasons
// are brought up to it ([Extend]). What it answered stays under its name. The
// day may not lie ahead: until then the body answers itself.
func EndBody(all map[string]Organisation, id string, day Date, successor string, who Actor, now time.Time) (Change, error) {
	o, err := liveBody(all, id, who)
	if err != nil {
		return Change{}, err
	}
	if day == "" || day > DateOf(now) {
		return Change{}, Errorf(Invalid, "an organisation ends today or on a day before; until its end it answers itself")
	}
	if successor != "" {
		if err := checkSuccessor(all, id, successor); err != nil {
			return Change{}, err
		}
	}
	o.Ended, o.Successor = day, successor
	return Change{At: now, Actor: who, Event: "organisation_ended", Subject: id, Organisations: []Organisation{o},
		Detail: map[string]string{"from": string(day), "successor": successor}}, nil
}

// MergeBody says that a body is another one that is known under a second id:
// it ends, the other takes its place, and answers to its names and addresses.
func MergeBody(all map[string]Organisation, id, into string, who Actor, now time.Time) (Change, error) {
	ch, err := EndBody(all, id, DateOf(now), into, who, now)
	if err != nil {
		return ch, err
	}
	if into == "" {
		return ch, Errorf(Invalid, "choose the organisation that stays")
	}
	twin, stays := all[id], all[into]
	stays.Aliases = slices.Clone(stays.Aliases)
	for _, name := range append([]string{twin.Name}, twin.Aliases...) {
		if name != stays.Name && !slices.Contains(stays.Aliases, name) {
			stays.Aliases = append(stays.Aliases, name)
		}
	}
	stays.Contacts = slices.Clone(stays.Contacts)
	for _, c := range twin.Contacts {
		if stays.contact(c.Email) < 0 {
			c.Deputy = c.Deputy || len(stays.Contacts) > 0
			stays.Contacts = append(stays.Contacts, c)
		}
	}
	ch.Event, ch.Organisations = "organisation_merged", append(ch.Organisations, stays)
	return ch, nil
}

// ReviveBody takes the end of a body back: it is asked again about what it still
// owes, and its successor no more.
func ReviveBody(all map[string]Organisation, id string, who Actor, now time.Time) (Change, error) {
	o, ok := all[id]
	switch {
	case who.Kind != ActorCoordinator:
		return Change{}, Errorf(Forbidden, "only a coordinator revives an organisation")
	case !ok:
		return Change{}, Errorf(NotFound, "organisation %s is not known", id)
	case o.Ended == "":
		return Change{}, Errorf(Conflict, "organisation %s has not ended", id)
	}
	o.Ended, o.Successor = "", ""
	return Change{At: now, Actor: who, Event: "organisation_revived", Subject: id, Organisations: []Organisation{o}}, nil
}

// ChooseMembers says which bodies an open group stands for.
func ChooseMembers(all map[string]Organisation, id string, members []string, who Actor, now time.Time) (Change, error) {
	o, err := liveBody(all, id, who)
	if err != nil {
		return Change{}, err
	}
	var chosen []string
	for _, m := range members {
		switch body, ok := all[m]; {
		case !ok || m == id:
			return Change{}, Errorf(Invalid, "organisation %q cannot be a member of %s", m, id)
		case len(body.Members) > 0:
			return Change{}, Errorf(Invalid, "%s is a group itself; choose its members instead", m)
		case !slices.Contains(chosen, m):
			chosen = append(chosen, m)
		}
	}
	if id == CoordinatorID {
		return Change{}, Errorf(Invalid, "the coordinator is no group")
	}
	added, removed := without(chosen, o.Members), without(o.Members, chosen)
	o.Members = chosen
	return Change{At: now, Actor: who, Event: "members_chosen", Subject: id, Organisations: []Organisation{o},
		Detail: map[string]string{"added": strings.Join(added, ", "), "removed": strings.Join(removed, ", ")}}, nil
}

// without gives what is in a and not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// liveBody gives a body a coordinator may decide about.
func liveBody(all map[string]Organisation, id string, who Actor) (Organisation, error) {
	o, ok := all[id]
	switch {
	case who.Kind != ActorCoordinator:
		return o, Errorf(Forbidden, "only a coordinator decides about an organisation")
	case !ok:
		return o, Errorf(NotFound, "organisation %s is not known", id)
	case o.Ended != "":
		return o, Errorf(Conflict, "organisation %s has ended; revive it first", id)
	}
	return o, nil
}

// checkSuccessor says why a body cannot take over from another, if it cannot.
func checkSuccessor(all map[string]Organisation, id, successor string) error {
	s, ok := all[successor]
	switch {
	case id == CoordinatorID:
		return Errorf(Invalid, "the coordinator does not end; change who it is in the settings")
	case !ok:
		return Errorf(Invalid, "the successor %q is not known", successor)
	case successor == id:
		return Errorf(Invalid, "an organisation does not take over from itself")
	case s.Ended != "":
		return Errorf(Invalid, "the successor has ended itself; choose who took over from it")
	case len(s.Members) > 0 || s.Kind == KindOpenGroup:
		return Errorf(Invalid, "a group cannot take over; choose one organisation")
	}
	return nil
}

// TakenOverBy gives the body that answers for one that has ended, followed to
// the one that lives; false when that is the coordinator.
func TakenOverBy(all map[string]Organisation, id string) (Organisation, bool) {
	seen := map[string]bool{}
	for o := all[id]; o.Ended != "" && !seen[o.ID]; {
		seen[o.ID] = true
		next, ok := all[o.Successor]
		if !ok {
			return Organisation{}, false
		}
		if next.Ended == "" {
			return next, next.ID != CoordinatorID
		}
		o = next
	}
	return Organisation{}, false
}

// Asked reports whether two versions of a body are asked alike: a change of the
// rest moves nothing in an open season.
func (o Organisation) Asked(before Organisation) bool {
	_, now := o.Contact()
	_, then := before.Contact()
	return now == then && o.Ended == before.Ended && o.Successor == before.Successor && slices.Equal(o.Members, before.Members)
}

// closed reports whether answers of the case are taken no more: the season is
// over, the link was revoked, or the body has ended.
func (c Case) closed() bool {
	return c.Season.State != SeasonOpen || c.Request.Revoked || c.Organisation.Ended != ""
}

// heard gives who is asked about an entry, and who answered before its end: an
// answer stays behind the result it led to.
func (r Record) heard(e Entry) []string {
	out := slices.Clone(e.Askees)
	for _, id := range r.index.answered[e.Activity] {
		if !slices.Contains(out, id) && r.index.names[id].Ended != "" {
			out = append(out, id)
		}
	}
	return out
}
