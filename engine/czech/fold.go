package czech

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Fold gives s in lower case, without diacritics, every dash as "-" and every
// run of white space as one space: two spellings of one phrase fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		folded := ""
		if int(r) < len(bare) {
			folded = bare[r]
		} else {
			folded = foldRune(r)
		}
		if folded == "" {
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteString(folded)
	}
	return b.String()
}

// bare holds the letters of Latin alphabets folded, for Fold is asked of every
// line of every mail.
var bare = func() (t [0x250]string) {
	for r := range t {
		t[r] = foldRune(rune(r))
	}
	return t
}()

// foldRune folds one letter: a mark without one is nothing.
func foldRune(r rune) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(string(r)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\u00ad' || r == '\ufeff':
			continue
		case unicode.Is(unicode.Pd, r) || r == '\u2212':
			r = '-'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Squeeze trims s and makes every run of white space, no-break spaces too, one space.
func Squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// Slug gives an identifier of ASCII letters, digits and hyphens, "" when s holds
// neither letter nor digit: "Oblastní charita Klatovy" is "oblastni-charita-klatovy".
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range Fold(s) {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Sort orders items by their key as a Czech dictionary does: Č after C, "ch"
// after H. Equal keys keep their order.
func Sort[T any](items []T, key func(T) string) { sortBy(collate.New(language.Czech), items, key) }

// SortEnglish orders them as an English dictionary does.
func SortEnglish[T any](items []T, key func(T) string) {
	sortBy(collate.New(language.English), items, key)
}

// sortBy spells out what each key sorts by once, and moves each item once: to
// compare two texts anew each time would cost a page more than to read them.
func sortBy[T any](c *collate.Collator, items []T, key func(T) string) {
	type place struct {
		by   []byte
		item T
	}
	var b collate.Buffer
	places := make([]*place, len(items))
	for i, item := range items {
		places[i] = &place{c.KeyFromString(&b, key(item)), item}
	}
	slices.SortStableFunc(places, func(a, b *place) int { return bytes.Compare(a.by, b.by) })
	for i, p := range places {
		items[i] = p.item
	}
}
