package czech

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"splneno/engine"
)

// A PartyList is how a list of responsible parties is read.
type PartyList struct {
	Parties []engine.Party
	Members map[string][]engine.Party // of a group that names its members in brackets, by its name
	Certain bool                      // false when a separator had to be guessed
}

// ReadPartyList splits a list whose separators may be lost. A party begins at a
// semicolon, at a known organisation, at an opener of the vocabulary, and after
// a legal form; a comma alone never splits, since commas belong to names
// ("Základní škola, Klatovy, Hálkova 133"). Members in brackets stay with their
// group. known organisations lend their kind and id.
func ReadPartyList(raw string, known []engine.Organisation) PartyList {
	k := newKnown(known)
	list := PartyList{Certain: true}
	for _, p := range cut(tokenise(raw), k) {
		name, members := splitMembers(p.text)
		if name == "" {
			continue
		}
		list.Certain = list.Certain && p.certain
		party := k.party(name)
		if p.person {
			party.Kind = engine.KindPerson
			party.Name = personName(name)
		}
		list.Parties = append(list.Parties, party)
		if members != "" {
			list.addMembers(party.Name, ReadPartyList(members, known))
		}
	}
	return list
}

func (l *PartyList) addMembers(group string, members PartyList) {
	if l.Members == nil {
		l.Members = map[string][]engine.Party{}
	}
	l.Members[group] = members.Parties
	l.Certain = l.Certain && members.Certain
}

// IsParty says whether text as a whole begins like a responsible party: by an
// opener, a town, or a known organisation.
func IsParty(text string, known []engine.Organisation) bool {
	words := tokenise(text)
	if len(words) == 0 {
		return false
	}
	_, open := openerAt(words, 0)
	_, town := towns[Fold(text)]
	_, org := newKnown(known).byName[Fold(text)]
	return open > 0 || town || org || legalForm.MatchString(text)
}

// IsName says whether text begins as a name does: with a capital or a digit.
func IsName(text string) bool { return startsUpper(text) }

// splitMembers takes "Group (A, B)" apart. A bracket that does not end the
// text is part of the name.
func splitMembers(text string) (name, members string) {
	name = strings.Trim(text, " ,;")
	open := strings.IndexByte(name, '(')
	if open <= 0 || !strings.HasSuffix(name, ")") {
		return name, ""
	}
	return strings.TrimSpace(name[:open]), name[open+1 : len(name)-1]
}

// kindOf classifies one name by the vocabulary.
func kindOf(name string) engine.PartyKind {
	words := tokenise(name)
	if _, ok := towns[Fold(name)]; ok {
		return engine.KindMunicipality
	}
	kind, n := openerAt(words, 0)
	switch {
	case n > 0 && kind == engine.KindMunicipalities && !strings.Contains(Fold(name), " a "):
		return engine.KindMunicipality
	case n > 0 && kind == engine.KindOpenGroup && legalForm.MatchString(name):
		return engine.KindOrganisation
	case n > 0:
		return kind
	case startsUpper(name) || legalForm.MatchString(name):
		return engine.KindOrganisation
	}
	return engine.KindOpenGroup
}

// startsUpper says whether the first letter or digit of s is a capital or a digit.
func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "„\"("))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// knownBodies finds organisations by what they are called.
type knownBodies struct {
	byName  map[string]engine.Organisation
	longest int // words of the longest name
}

func newKnown(orgs []engine.Organisation) knownBodies {
	k := knownBodies{byName: map[string]engine.Organisation{}}
	for _, o := range orgs {
		for _, name := range append([]string{o.Name}, o.Aliases...) {
			folded := Fold(name)
			if _, taken := k.byName[folded]; taken || folded == "" {
				continue
			}
			k.byName[folded] = o
			k.longest = max(k.longest, len(tokenise(name)))
		}
	}
	return k
}

// party gives the name as a party, of a known organisation when it is one.
func (k knownBodies) party(name string) engine.Party {
	if o, ok := k.byName[Fold(name)]; ok {
		return engine.Party{Name: name, Kind: o.Kind, Organisation: o.ID}
	}
	return engine.Party{Name: name, Kind: kindOf(name)}
}

// at gives how many words from i on are the longest known name, 0 when none is.
func (k knownBodies) at(words []token, i int) int {
	for n := min(k.longest, len(words)-i); n > 0; n-- {
		name := Fold(strings.Trim(joinTokens(words[i:i+n]), " ,;"))
		if _, ok := k.byName[name]; ok {
			return n
		}
	}
	return 0
}
