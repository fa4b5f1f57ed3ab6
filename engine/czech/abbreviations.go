package czech

import (
	"strings"
	"unicode"
)

// abbreviations are the short forms of bodies that plans use, folded, with what
// they stand for. "PS" is not among them: it is a working group as often as a
// home-care service (pečovatelská služba), and only a person can tell.
var abbreviations = map[string]string{
	"muss":  "mestsky ustav socialnich sluzeb",
	"meuss": "mestsky ustav socialnich sluzeb",
	"mess":  "mestske stredisko socialnich sluzeb",
	"meu":   "mestsky urad",
	"mu":    "mestsky urad",
	"ou":    "obecni urad",
	"ku":    "krajsky urad",
	"up":    "urad prace",
	"och":   "oblastni charita",
	"dch":   "diecezni charita",
	"fch":   "farni charita",
	"cck":   "cesky cerveny kriz",
	"ddm":   "dum deti a mladeze",
	"zs":    "zakladni skola",
	"ms":    "materska skola",
	"ss":    "stredni skola",
	"zus":   "zakladni umelecka skola",
	"ppp":   "pedagogicko-psychologicka poradna",
	"dps":   "dum s pecovatelskou sluzbou",
	"cpkp":  "centrum pro komunitni praci",
	"mpsv":  "ministerstvo prace a socialnich veci",
	"osvz":  "odbor socialnich veci a zdravotnictvi",
	"osvaz": "odbor socialnich veci a zdravotnictvi",
	"ospod": "organ socialne-pravni ochrany deti",
	"dso":   "dobrovolny svazek obci",
}

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
