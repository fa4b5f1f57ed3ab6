package czech

import (
	"strings"

	"splneno/engine/pattern"
)

// adjective tells a word that describes persons by its long ending; in a text
// without diacritics by a short one.
func (s *fewScanner) adjective(t proseToken) bool {
	word := strings.ToLower(s.text[t.start:t.end])
	if strings.HasPrefix(t.folded, "let") || verbalNoun.MatchString(word) {
		return false
	}
	if s.bare {
		return bareAdjective.MatchString(word)
	}
	return longAdjective.MatchString(word)
}

var (
	longAdjective = pattern.New(`\pL\pL(ý|á|é|í|ého|ému|ou|ých|ích|ým|ím|ými|ími)$`)
	bareAdjective = pattern.New(`\pL\pL(ou|eho|emu|ych|ich|ym|im|ymi|imi|[nrvctjkld][eiy])$`)
	verbalNoun    = pattern.New(`(ání|ení|ití|ství|ctví)(m|ch|mi)?$`)
)

// inPlural writes an adjective in a case of the plural.
func inPlural(word string, is personCase) string {
	stem, soft := word, false
	for _, e := range []string{"ými", "ých", "ého", "ému", "ým", "ém", "ou", "ý", "á", "é"} {
		if s, ok := strings.CutSuffix(word, e); ok {
			return s + []string{"ých", "ým", "ých", "ými"}[is]
		}
	}
	for _, e := range []string{"ími", "ích", "ího", "ímu", "ím", "í"} {
		if s, ok := strings.CutSuffix(word, e); ok {
			stem, soft = s, true
			break
		}
	}
	if !soft {
		return word
	}
	for _, e := range []struct{ soft, hard string }{{"šť", "sk"}, {"ř", "r"}, {"v", "v"}, {"d", "d"}, {"b", "b"}, {"p", "p"}, {"l", "l"}, {"t", "t"}, {"m", "m"}} {
		if s, ok := strings.CutSuffix(stem, e.soft); ok { // "noví" is hard: "nových"
			return s + e.hard + []string{"ých", "ým", "ých", "ými"}[is]
		}
	}
	return stem + []string{"ích", "ím", "ích", "ími"}[is]
}
