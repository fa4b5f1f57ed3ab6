package czech

import (
	"strings"
	"unicode"

	"splneno/engine"
	"splneno/engine/pattern"
)

var (
	emailAddress = pattern.New(`[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+`)

	// deputyWords stand before the deputy; folded like the text they are looked for in.
	deputyWords = pattern.New(`\b(?:kontaktujte|kontaktovat|kontaktuj|kontakt|kontaktovat prosim|zastupuje|zastupujici|zastupi|zastupovat|zastup\w*|obratte|obracejte|obracajte|obratit|obracet|obracat|prevzal\w*|piste|pisite|napiste|volejte|zaslete|` +
		`please contact|contact|reach out to|get in touch with|wenden sie sich|kontaktieren sie|vertretung|vertritt mich|preposlan\w*|presmerovan\w*|vyrizuje|vyridi|preposlete|deputy|substitute)\b`)
	signature = pattern.New(`(?m)^\s*(?:s pozdravem|s pozdravom|s uctou|hezky den|pekny den|dekuji|dekujeme|dakujem|--|best regards|kind regards|regards|mit freundlichen|zdravi|s pranim|thank you|thanks|mfg)`)
)

const deputyReach = 220 // letters after the words that name a deputy

// readDeputy reads who stands in. Only what follows words that name a deputy
// counts, never the address of the signature.
func readDeputy(text string) engine.Contact {
	runes := []rune(text)
	folded := foldLetters(runes)
	end := len(runes)
	if m := signature.FindStringIndex(folded.text); m != nil {
		end = folded.runeAt(m[0])
	}
	for _, m := range deputyWords.FindAllStringIndex(folded.text, -1) {
		from := folded.runeAt(m[1])
		if from >= end {
			break
		}
		part := string(runes[from:min(end, from+deputyReach)])
		if c := contactIn(part); c != (engine.Contact{}) {
			return c
		}
	}
	return engine.Contact{}
}

// A foldedText is a text folded letter by letter, so that places in it can be
// found in the original.
type foldedText struct {
	text string
	at   []int // rune of the original, by byte of text
}

func foldLetters(runes []rune) foldedText {
	var f foldedText
	var b strings.Builder
	for i, r := range runes {
		folded := string(r)
		if !unicode.IsSpace(r) {
			folded = Fold(folded)
		}
		b.WriteString(folded)
		for range len(folded) {
			f.at = append(f.at, i)
		}
	}
	f.text = b.String()
	f.at = append(f.at, len(runes))
	return f
}

func (f foldedText) runeAt(i int) int { return f.at[min(i, len(f.at)-1)] }

// contactIn reads a name and an address of one sentence: the next one may be
// the writer's own.
func contactIn(s string) engine.Contact {
	if m := deputyStop.FindStringSubmatchIndex(s); m != nil {
		end := max(m[0], m[3])
		if !strings.HasSuffix(strings.TrimSpace(s[:end]), ":") {
			s = s[:end]
		}
	}
	email := emailAddress.FindStringIndex(s)
	if email == nil {
		return engine.Contact{Name: nameIn(s)}
	}
	return engine.Contact{Name: nameIn(s[:email[0]]), Email: strings.ToLower(s[email[0]:email[1]])}
}

var (
	deputyStop = pattern.New(`([^.\s]{4,}[.!?])\s+\p{Lu}|\n\s*\n`)
	titleWords = wordSet(`mgr mga ing bc phdr judr mudr rndr dr paeddr thdr doc prof arch`)
	suffixes   = wordSet(`dis phd csc mba msc`)
	notNames   = wordSet(`tel telefon mobil mob email e mail mail kolegyni kolegu kolegy kolega kolegyne pani pana pan ms mr mrs frau herr sekretariat urad odbor oddeleni
		dekuji v s na me mne do prosim please vedouci socialni pracovnici koordinatorka po dobu me moji muj dobry den spojovatelka asistentka asistentku`)
)

// nameIn gives the first two to four capitalised words, with titles.
func nameIn(s string) string {
	var name []string
	capitals := 0
	for _, word := range strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", ":", " : ", "<", " < ", "[", " [ ", ";", " ; ").Replace(s)) {
		bare := strings.Trim(word, ".,")
		key := strings.ReplaceAll(Fold(bare), ".", "")
		switch {
		case titleWords[key] && capitals == 0, suffixes[key] && capitals > 1:
			name = append(name, strings.TrimRight(word, ","))
			continue
		case isName(bare) && !notNames[key]:
			name = append(name, bare)
			capitals++
			if !strings.HasSuffix(word, ",") && capitals < 4 {
				continue
			}
		}
		if capitals >= 2 {
			break
		}
		if capitals == 1 || !isName(bare) {
			name, capitals = nil, 0
		}
	}
	if capitals < 2 {
		return ""
	}
	return strings.Join(name, " ")
}

// isName says whether a word is written as a name: "Nováková-Malá".
func isName(word string) bool {
	for i, r := range []rune(word) {
		if i == 0 && !unicode.IsUpper(r) || i > 0 && !unicode.IsLetter(r) && r != '-' && !unicode.Is(unicode.Mn, r) {
			return false
		}
	}
	return len([]rune(word)) > 1 && strings.ToUpper(word) != word
}
