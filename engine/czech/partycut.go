package czech

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A token is one word of a list of parties. What stands in quotes or brackets,
// and a legal form written with spaces ("o. p. s."), is one word.
type token struct {
	text   string
	folded string // without marks at the ends
	comma  bool   // a comma follows
	stop   bool   // a semicolon follows
}

// kept are the spans whose inner spaces part no words.
var kept = pattern.New(`„[^“”"]*[“”"]|"[^"]*"|\([^()]*\)|` + legalForms)

const legalForms = `(?:z\. ?s\.?|o\. ?p\. ?s\.?|s\. ?r\. ?o\.?|z\. ?ú\.?|a\. ?s\.?|o\. ?s\.?|p\. ?o\.?)`

// legalForm ends the name of an organisation.
var legalForm = pattern.New(`(?:^|[ ,])(?:` + legalForms + `|příspěvková organizace|příspěvková org\.)(?:$|[ ,;)])`)

var (
	tightComma = pattern.New(`([,;])(\pL)`)
	formAlone  = pattern.New(`^` + legalForms + `$`)
)

const inner = "\u00a0" // stands for a space inside one token

// tokenise makes words of raw; every run of white space counts as one space.
func tokenise(raw string) []token {
	s := tightComma.ReplaceAllString(Squeeze(raw), "$1 $2")
	s = kept.ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, " ", inner) })
	var words []token
	for w := range strings.SplitSeq(s, " ") {
		if w == "" {
			continue
		}
		text := strings.ReplaceAll(w, inner, " ")
		words = append(words, token{
			text:   text,
			folded: strings.Trim(Fold(text), ",;:"),
			comma:  strings.HasSuffix(w, ","),
			stop:   strings.HasSuffix(w, ";"),
		})
	}
	return words
}

func joinTokens(words []token) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return strings.Join(texts, " ")
}

// openerAt gives the kind and the number of words of the longest opener at i.
func openerAt(words []token, i int) (kind engine.PartyKind, n int) {
	for _, candidates := range [][]indexedOpener{openersBy[words[i].folded], openersBy[""]} {
		for _, o := range candidates {
			if len(o.words) > n && fits(o.words, words[i:]) {
				kind, n = o.kind, len(o.words)
			}
		}
	}
	return kind, n
}

type indexedOpener struct {
	words []string
	kind  engine.PartyKind
}

// openersBy holds the openers by their first word; those that begin with an
// open word stand under "".
var openersBy = func() map[string][]indexedOpener {
	by := map[string][]indexedOpener{}
	for _, o := range openers {
		words := strings.Fields(o.words)
		first := words[0]
		if strings.HasSuffix(first, "*") {
			first = ""
		}
		by[first] = append(by[first], indexedOpener{words, o.kind})
	}
	return by
}()

func fits(parts []string, words []token) bool {
	if len(parts) > len(words) {
		return false
	}
	for i, p := range parts {
		prefix, open := strings.CutSuffix(p, "*")
		if open && !strings.HasPrefix(words[i].folded, prefix) || !open && words[i].folded != p {
			return false
		}
	}
	return true
}

// A piece is one party as cut out of a list.
type piece struct {
	text    string
	certain bool // a separator said that it begins here
	person  bool
}

// cut parts a list into pieces.
func cut(words []token, k knownBodies) []piece {
	var pieces []piece
	begin, certain, person := 0, true, false
	for i := step(words, 0, k); i < len(words); i += step(words, i, k) {
		b := borderAt(words, begin, i, k)
		if !b.here {
			continue
		}
		end := i
		if words[i-1].folded == "a" && i-1 > begin {
			end--
		}
		pieces = append(pieces, piece{joinTokens(words[begin:end]), certain, person})
		begin, certain, person = i, b.certain, b.person
	}
	if begin < len(words) {
		pieces = append(pieces, piece{joinTokens(words[begin:]), certain, person})
	}
	return pieces
}

// step says how many words from i on cannot be a border among themselves.
func step(words []token, i int, k knownBodies) int {
	if i >= len(words) {
		return 1
	}
	_, n := openerAt(words, i)
	return max(1, n, k.at(words, i))
}

// A border says whether a new party begins at a word.
type border struct {
	here, certain, person bool
}

// borderAt judges the word at i, in a party that began at begin.
func borderAt(words []token, begin, i int, k knownBodies) border {
	before := words[i-1]
	_, open := openerAt(words, i)
	known := k.at(words, i)
	opens := open > 0 || known > 0 && !isTown(words[i:i+known])
	switch {
	case before.stop:
		return border{here: true, certain: true}
	case before.folded == "a" && i-1 > begin && (slices.Contains(furtherWords, words[i].folded) || namesTown(words, i)):
		return border{here: true, certain: true}
	case joined(before, words[i]):
		return border{}
	case before.comma && opens:
		return border{here: true, certain: true}
	case before.comma && formAlone.MatchString(strings.Trim(before.text, ",")) && isPerson(words[i:]):
		return border{here: true, person: true}
	case namesTown(words, i):
		return border{here: true}
	case !startsUpper(words[i].text) || formAlone.MatchString(strings.Trim(words[i].text, ",;")):
		return border{}
	case opens && !ownTown(words, begin, i):
		return border{here: true, certain: before.comma}
	case formAlone.MatchString(strings.Trim(before.text, ",")):
		return border{here: true, certain: before.comma}
	}
	return border{}
}

// joined says whether the opener after before belongs to it.
func joined(before, word token) bool {
	return !before.comma && slices.Contains(joinedOpeners[word.folded], before.folded)
}

// ownTown says whether the word at i only names the town of the department
// before it: "OSVZ Město Klatovy" is one department.
func ownTown(words []token, begin, i int) bool {
	kind, n := openerAt(words, begin)
	town, _ := openerAt(words, i)
	return kind == engine.KindDepartment && begin+n == i && town == engine.KindMunicipality && !words[i-1].comma
}

// namesTown says whether a town begins at i in lower case, "město Klatovy": in
// the nominative with a name it can only be a party of its own.
func namesTown(words []token, i int) bool {
	kind, n := openerAt(words, i)
	return kind == engine.KindMunicipality && i+n < len(words) && startsUpper(words[i+n].text) && !startsUpper(words[i].text)
}

func isTown(words []token) bool {
	_, ok := towns[Fold(strings.Trim(joinTokens(words), " ,;"))]
	return ok
}

// personTail is a name at the end of a list, perhaps with a role after a dash.
var personTail = pattern.New(`^(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,2})(?: ?[-–] ?\pL.*)?$`)

// isPerson says whether words are a person behind a company: two or three
// capitalised words, perhaps with a role after a dash, and no body's opener.
func isPerson(words []token) bool {
	const longest = 8
	if len(words) > longest {
		return false
	}
	_, n := openerAt(words, 0)
	return n == 0 && personTail.MatchString(joinTokens(words))
}

// personName leaves the role off.
func personName(text string) string {
	if m := personTail.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}
