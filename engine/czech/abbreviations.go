package czech

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Abbreviation is a short form with what it stands for.
type Abbreviation struct{ Short, Long string }

// bodyAbbreviations are the short forms of bodies that plans use. "PS" is not
// among them: it is a working group as often as a home-care service, and only a
// person can tell.
var bodyAbbreviations = []Abbreviation{
	{"CpKP", "centrum pro komunitní práci"},
	{"ČČK", "Český červený kříž"},
	{"DDM", "dům dětí a mládeže"},
	{"DCH", "diecézní charita"},
	{"DPS", "dům s pečovatelskou službou"},
	{"DSO", "dobrovolný svazek obcí"},
	{"FCH", "farní charita"},
	{"KÚ", "krajský úřad"},
	{"MěSS", "městské středisko sociálních služeb"},
	{"MěÚ", "městský úřad"},
	{"MěÚSS", "městský ústav sociálních služeb"},
	{"MPSV", "Ministerstvo práce a sociálních věcí"},
	{"MŠ", "mateřská škola"},
	{"MÚ", "městský úřad"},
	{"MÚSS", "městský ústav sociálních služeb"},
	{"OCH", "oblastní charita"},
	{"OSPOD", "orgán sociálně-právní ochrany dětí"},
	{"OSVaZ", "odbor sociálních věcí a zdravotnictví"},
	{"OSVZ", "odbor sociálních věcí a zdravotnictví"},
	{"OÚ", "obecní úřad"},
	{"PPP", "pedagogicko-psychologická poradna"},
	{"SŠ", "střední škola"},
	{"ÚP", "úřad práce"},
	{"ZŠ", "základní škola"},
	{"ZUŠ", "základní umělecká škola"},
}

// otherAbbreviations are short forms that name no body, or more than one thing.
var otherAbbreviations = []Abbreviation{
	{"ESF", "Evropský sociální fond"},
	{"KPSS", "komunitní plánování sociálních služeb"},
	{"NZDM", "nízkoprahové zařízení pro děti a mládež"},
	{"OPZ", "Operační program Zaměstnanost"},
	{"ORP", "obec s rozšířenou působností"},
	{"OZP", "osoby se zdravotním postižením"},
	{"o.p.s.", "obecně prospěšná společnost"},
	{"o.s.", "občanské sdružení"},
	{"PS", "pracovní skupina, nebo pečovatelská služba (podle souvislosti)"},
	{"SAS", "sociálně aktivizační služby"},
	{"SO ORP", "správní obvod obce s rozšířenou působností"},
	{"z.s.", "zapsaný spolek"},
	{"z.ú.", "zapsaný ústav"},
}

// abbreviations are those of bodies, folded.
var abbreviations = func() map[string]string {
	by := map[string]string{}
	for _, a := range bodyAbbreviations {
		by[Fold(a.Short)] = Fold(a.Long)
	}
	return by
}()

// ExpandedSlug gives the [Slug] of a name with its abbreviations written out:
// two spellings of one body give the same. A word in small letters is no
// abbreviation.
func ExpandedSlug(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		bare := strings.Trim(w, ".,;()")
		if full, ok := abbreviations[Fold(bare)]; ok && capitals(bare) > 1 {
			words[i] = full
		}
	}
	return Slug(strings.Join(words, " "))
}

func capitals(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// Abbreviations gives those that occur in a text as words of their own, spelled
// as there are, sorted.
func Abbreviations(text string) []Abbreviation {
	in := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) {
		in[word], in[strings.Trim(word, ".")] = true, true
	}
	squeezed := strings.NewReplacer("o. p. s.", "o.p.s.", "o. s.", "o.s.", "z. s.", "z.s.", "z. ú.", "z.ú.").Replace(text)
	var out []Abbreviation
	for _, list := range [][]Abbreviation{bodyAbbreviations, otherAbbreviations} {
		for _, a := range list {
			whole := in[a.Short]
			if strings.ContainsAny(a.Short, ". ") {
				whole = holdsWord(squeezed, a.Short)
			}
			if whole {
				out = append(out, a)
			}
		}
	}
	Sort(out, func(a Abbreviation) string { return a.Short })
	return out
}

// holdsWord reports whether a text holds some words that no letter touches.
func holdsWord(text, words string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(words):])
		if !unicode.IsLetter(before) && before != '.' && !unicode.IsLetter(after) {
			return true
		}
		at += i + len(words)
	}
}
