package czech

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names are those of people, by every form of the last word, folded: the stems
// of the words before it.
type names map[string][][]string

// add takes the name of a person apart: titles, first names, surname. One word
// alone may be the name of a place or an office, and is not taken.
func (n names) add(name string) {
	var words []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;()'\u2019", r) }) {
		if folded := Fold(w); !strings.Contains(folded, ".") && !degrees[folded] && len(folded) > 1 {
			words = append(words, folded)
		}
	}
	if len(words) < 2 {
		return
	}
	last := len(words) - 1
	n.of(words[last], words[:last])
	n.of(words[0], words[1:]) // "Novák Jan"
}

// of knows a surname, of two with a hyphen each.
func (n names) of(surname string, others []string) {
	halves := strings.Split(surname, "-")
	for i, half := range halves {
		var stems []string
		for _, w := range append(slices.Delete(slices.Clone(halves), i, i+1), others...) {
			stems = append(stems, stem(w))
		}
		for _, form := range declined(half) {
			n[form] = append(n[form], stems)
		}
	}
}

// degrees are the titles people write without a full stop.
var degrees = wordSet("mgr bc ing mudr phdr judr rndr phd dis mba pani pan panu pana panem tel")

// stem gives the part of a first name all its cases share.
func stem(folded string) string { return folded[:max(2, len(folded)-2)] }

// declined gives a surname in all its cases, folded.
func declined(folded string) []string {
	forms := func(stem, endings string) []string {
		out := []string{folded}
		for _, e := range strings.Fields(endings) {
			out = append(out, stem+e)
		}
		return out
	}
	cut := func(n int) string { return folded[:max(0, len(folded)-n)] }
	switch {
	case strings.HasSuffix(folded, "ova"):
		return forms(cut(1), "e ou ych ym ymi")
	case strings.HasSuffix(folded, "y"):
		return forms(cut(1), "eho emu em ym a e ou i ych ymi")
	case strings.HasSuffix(folded, "a"):
		return append(forms(cut(1), "y ovi e u o ou ove ech um ami"), owned(cut(1))...)
	case strings.HasSuffix(folded, "ek") || strings.HasSuffix(folded, "ec"):
		return forms(cut(2)+folded[len(folded)-1:], "a ovi em u e i ove y um")
	case strings.HasSuffix(folded, "e") || strings.HasSuffix(folded, "i"):
		return append(forms(folded, "ho mu m te ti"), forms(cut(1), "i ovi em e ho mu")...)
	}
	return append(forms(folded, "a ovi em e u i ove y um ech"), owned(folded)...)
}

// owned gives the forms of what belongs to a man: "Novákův", "Novákova".
func owned(stem string) (out []string) {
	for _, e := range strings.Fields("uv ova ovo ovu ove ovou ovych ovym ovymi") {
		out = append(out, stem+e)
	}
	return out
}

// without leaves the names out of a text, in whatever case they stand: a surname
// beside the other names, or alone where its first letter is a capital.
func (n names) without(text string) string {
	if len(n) == 0 {
		return text
	}
	words := wordsOf(text)
	var b strings.Builder
	done := 0
	for i := 0; i < len(words); i++ {
		others, named := n[words[i].folded]
		if !named {
			continue
		}
		from, to := i, i
		for from > 0 && words[from-1].start >= done && adjoin(text, words[from-1], words[from]) && isNameOf(words[from-1].folded, others) {
			from--
		}
		for to+1 < len(words) && adjoin(text, words[to], words[to+1]) && isNameOf(words[to+1].folded, others) {
			to++
		}
		if from == to && (!words[i].upper || mayBegin(text, words[i]) || placeName(text, words, i)) {
			continue
		}
		b.WriteString(text[done:words[from].start])
		b.WriteString(Unnamed)
		done, i = words[to].end, to
	}
	b.WriteString(text[done:])
	return b.String()
}

// isNameOf reports whether a word is one of the names beside a surname.
func isNameOf(folded string, others [][]string) bool {
	return slices.ContainsFunc(others, func(stems []string) bool {
		return slices.ContainsFunc(stems, func(stem string) bool {
			return strings.HasPrefix(folded, stem) && len(folded) <= len(stem)+5
		})
	})
}

// A nameWord is a word of a text.
type nameWord struct {
	folded     string
	upper      bool // begins with a capital letter
	start, end int  // bytes
}

// adjoin reports whether nothing but white space or a hyphen stands between two words.
func adjoin(text string, a, b nameWord) bool {
	return strings.Trim(text[a.end:b.start], " \t\n\u00a0-,") == ""
}

// mayBegin reports whether a surname alone may as well be a word of the language
// that begins a sentence. No other word ends as a woman's name does.
func mayBegin(text string, w nameWord) bool {
	for _, ending := range []string{"ova", "ove", "ovou"} {
		if strings.HasSuffix(w.folded, ending) {
			return false
		}
	}
	before := strings.TrimRight(text[:w.start], " \t\n\u00a0")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".!?\u2022", last) && !titled(before)
}

// placeName reports whether a surname alone is an adjective of another name:
// "v Malé Hraštici". Behind "paní" it is a surname.
func placeName(text string, words []nameWord, i int) bool {
	w := words[i]
	if i+1 == len(words) || !words[i+1].upper || strings.Trim(text[w.end:words[i+1].start], " \u00a0") != "" || i > 0 && degrees[words[i-1].folded] {
		return false
	}
	return longAdjective.MatchString(strings.ToLower(text[w.start:w.end])) && !strings.HasSuffix(w.folded, "ova") && !strings.HasSuffix(w.folded, "ove") && !strings.HasSuffix(w.folded, "ovou")
}

// titled reports whether a text ends with a title or an initial: "Mgr.", "J.".
func titled(before string) bool {
	fields := strings.Fields(before)
	last := Fold(fields[len(fields)-1])
	word, ok := strings.CutSuffix(last, ".")
	return ok && (degrees[word] || len(word) == 1 && unicode.IsLetter(rune(word[0])))
}

func wordsOf(text string) (out []nameWord) {
	start := -1
	for i, r := range text + " " {
		switch letter := unicode.IsLetter(r) || unicode.Is(unicode.Mn, r); {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			first, _ := utf8.DecodeRuneInString(text[start:])
			out = append(out, nameWord{Fold(text[start:i]), unicode.IsUpper(first), start, i})
			start = -1
		}
	}
	return out
}
