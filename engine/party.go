package engine

// A PartyKind says what sort of body stands in a plan as responsible.
type PartyKind string

// The kinds the five read plans name (domain.md 2.1).
const (
	KindOrganisation   PartyKind = "organisation"
	KindMunicipality   PartyKind = "municipality"
	KindMunicipalities PartyKind = "municipalities" // several towns named as one ("ORP Sušice a Horažďovice")
	KindAuthority      PartyKind = "authority"
	KindDepartment     PartyKind = "department"
	KindWorkingGroup   PartyKind = "working group"
	KindRole           PartyKind = "role"           // "koordinátor KPSS"
	KindOpenGroup      PartyKind = "open group"     // "poskytovatelé sociálních služeb"
	KindPerson         PartyKind = "person"         // never shipped, may be imported
	KindToBeSelected   PartyKind = "to be selected" // "výběrové řízení"
)

// A PartyRole says what a party does for an activity.
type PartyRole string

// The roles; "" is not said.
const (
	RoleLead        PartyRole = "lead"
	RoleImplementer PartyRole = "co-implementer"
	RoleCooperating PartyRole = "cooperating"
)

// An AnswerRule says whose answer settles an activity of several parties.
type AnswerRule string

// The rules.
const (
	AnyAnswers  AnswerRule = ""     // whoever answers first answers for all
	LeadAnswers AnswerRule = "lead" // only the lead is asked
	EachAnswers AnswerRule = "each" // everybody owes an answer of their own
)

// A Party is one responsible body of an activity, as the plan names it.
type Party struct {
	Name         string
	Kind         PartyKind
	Role         PartyRole
	Organisation string // id of the [Organisation] it was matched to, "" when none
}

// Lead gives the party that leads an activity of these. certain is false when
// none is said to, and the first organisation named is only proposed.
func Lead(parties []Party) (lead Party, certain bool) {
	for _, p := range parties {
		if p.Role == RoleLead {
			return p, true
		}
	}
	for _, p := range parties {
		if p.Kind == KindOrganisation {
			return p, len(parties) == 1
		}
	}
	if len(parties) > 0 {
		return parties[0], len(parties) == 1
	}
	return Party{}, false
}

// A Contact is where a body is written to. Role addresses are preferred to
// persons; Name may be empty.
type Contact struct {
	Name   string
	Email  string
	Role   string
	Deputy bool

	Proposed   bool // named by an out-of-office reply; not written to until the coordinator accepts
	ProposedOn Date // the day it was named, "" where that was not kept
	ReplyOnly  bool // gets no links: its gateway breaks them
	AwayUntil  Date // last day of an absence, "" when none is known
	Bounces    int  // hard bounces in a row; see [Contact.Dead]
}

// deadAfter is how many hard bounces in a row prove an address dead: one may be
// a mail server's mistake.
const deadAfter = 2

// Dead reports whether mail to the address does not arrive.
func (c Contact) Dead() bool { return c.Bounces >= deadAfter }

// CoordinatorID is the organisation every municipality has: its coordinator,
// who is asked about whatever has nobody else to ask.
const CoordinatorID = "koordinator"

// An Organisation is a body that can be asked. An open group is one too: it has
// no contact of its own, and Members says which bodies the coordinator decided
// it stands for.
type Organisation struct {
	ID        string // slug of the first name it was known by; never changes
	Name      string
	Kind      PartyKind
	Aliases   []string
	Contacts  []Contact
	Members   []string // ids, for groups
	Ended     Date     // the day it ceased, "" while it lives
	Successor string   // id of the body that took over its activities
	Window    Window   // when it is written to
	Version   int
}

// Contact gives the address to write to: the first that is not a deputy, else
// the first deputy; proposed and dead ones never.
func (o Organisation) Contact() (Contact, bool) {
	for _, deputy := range []bool{false, true} {
		for _, c := range o.Contacts {
			if c.Deputy == deputy && c.Email != "" && !c.Proposed && !c.Dead() {
				return c, true
			}
		}
	}
	return Contact{}, false
}

// Askees gives the ids of the bodies to ask about an activity of these parties:
// groups by their members, ended bodies by their successor, each once and in
// the order named; the coordinator when nobody can be written to.
func Askees(parties []Party, byID map[string]Organisation) []string {
	var out []string
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		o, ok := byID[id]
		if !ok || seen[id] {
			return
		}
		seen[id] = true
		switch _, reachable := o.Contact(); {
		case o.Ended != "":
			visit(o.Successor)
		case len(o.Members) > 0:
			for _, m := range o.Members {
				visit(m)
			}
		case reachable:
			out = append(out, id)
		}
	}
	for _, p := range parties {
		visit(p.Organisation)
	}
	if len(out) == 0 {
		return []string{CoordinatorID}
	}
	return out
}

// askees gives the ids of the bodies to ask about the activity, by its rule.
func (a Activity) askees(byID map[string]Organisation) []string {
	if lead, _ := Lead(a.Responsible); a.Answers == LeadAnswers && lead.Name != "" {
		return Askees([]Party{lead}, byID)
	}
	return Askees(a.Responsible, byID)
}
