package czech

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A proseToken is a word, a number or a mark of a text, with where it stands.
type proseToken struct {
	folded     string
	start, end int // bytes
	line       int
	value      float64
	digits     bool // printed in digits
	named      bool // a number word
	dash       bool
	ends       bool // the end of a sentence, or a bullet
}

func (t proseToken) isNumber() bool { return t.digits || t.named }

// isYear takes the years a plan can speak of; they are never values.
func (t proseToken) isYear() bool {
	return t.digits && len(t.folded) == 4 && t.value >= 1990 && t.value < 2050
}

func (t proseToken) year() int { return int(t.value) }

func (t proseToken) word() bool {
	return !t.isNumber() && !t.dash && !t.ends && (t.folded == "%" || t.folded != "" && isWordByte(t.folded[0]))
}

// thousands are three digits one space behind at most three others.
func (t proseToken) thousands(before proseToken) bool {
	return t.digits && before.digits && len(t.folded) == 3 && t.start-before.end <= 2 && t.start > before.end && len(before.folded) <= 3
}

// proseTokens cuts a text. A full stop ends a sentence only before a capital or a
// bullet, so that "tj. 55" goes on.
func proseTokens(text string) (tokens []proseToken) {
	line := 1
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		t := proseToken{start: i, line: line}
		switch {
		case r == '\n':
			line++
			i = end
			if strings.HasPrefix(strings.TrimLeft(text[i:], " \t\r"), "\n") {
				tokens = append(tokens, proseToken{start: i, end: i, line: line, ends: true})
			}
			continue
		case unicode.IsSpace(r):
			i = end
			continue
		case unicode.IsDigit(r):
			end = i + numberEnd(text[i:])
			t.value, t.digits = decimal(text[i:end]), true
		case unicode.IsLetter(r):
			for end < len(text) {
				next, n := utf8.DecodeRuneInString(text[end:])
				if !unicode.IsLetter(next) && !unicode.Is(unicode.Mn, next) {
					break
				}
				end += n
			}
		}
		t.end, t.folded = end, Fold(text[i:end])
		t.dash = t.folded == "-"
		t.ends = strings.ContainsRune("•·▪", r) || strings.ContainsRune(".?!", r) && sentenceEnds(text[end:])
		if v, ok := numberWords[t.folded]; ok {
			t.value, t.named = v, true
		}
		tokens = append(tokens, t)
		i = end
	}
	return tokens
}

// numberEnd takes digits and one decimal comma.
func numberEnd(s string) int {
	digits := func(from int) int {
		for from < len(s) && s[from] >= '0' && s[from] <= '9' {
			from++
		}
		return from
	}
	end := digits(0)
	if end == 0 {
		_, end = utf8.DecodeRuneInString(s) // a digit of another script
	}
	if end+1 < len(s) && s[end] == ',' && digits(end+1) > end+1 {
		return digits(end + 1)
	}
	return end
}

// decimal reads "1,5"; what is no number of ours is 0.
func decimal(s string) float64 {
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || v > 1e12 {
		return 0
	}
	return v
}

func sentenceEnds(rest string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \t\r\n\u00a0"))
	return next == utf8.RuneError || unicode.IsUpper(next) || next == '•'
}

// numberWords are the numbers people write out, and nobody at all.
var numberWords = map[string]float64{
	"zadny": 0, "zadna": 0, "zadne": 0, "zadneho": 0, "zadnou": 0, "zadni": 0, "zadnych": 0,
	"jeden": 1, "jedna": 1, "jednoho": 1, "jednu": 1, "dva": 2, "dve": 2, "dvou": 2, "tri": 3, "trech": 3, "ctyri": 4, "ctyrech": 4,
	"pet": 5, "peti": 5, "sest": 6, "sesti": 6, "sedm": 7, "sedmi": 7, "osm": 8, "osmi": 8, "devet": 9, "deviti": 9, "deset": 10, "deseti": 10,
	"jedenact": 11, "dvanact": 12, "trinact": 13, "ctrnact": 14, "patnact": 15, "sestnact": 16, "sedmnact": 17, "osmnact": 18, "devatenact": 19,
	"dvacet": 20, "tricet": 30, "ctyricet": 40, "padesat": 50, "sedesat": 60, "sedmdesat": 70, "osmdesat": 80, "devadesat": 90, "sto": 100,
}

// approximations make a figure approximate.
var approximations = wordSet(`cca asi temer skoro zhruba priblizne okolo kolem pres prumerne prumeru nejmene minimalne alespon maximalne nejvyse
	vice az bezmala circa radove vetsinou`)

// changeStems begin the words of a difference.
var changeStems = []string{"narust", "pokles", "zvysen", "snizen", "prirust", "ubyt", "navysen"}

// rates are the words of how often.
var rates = map[string]string{
	"rocne": "rok", "kazdorocne": "rok", "mesicne": "měsíc", "tydne": "týden", "denne": "den",
}

// things are the things plans count: how a word begins, and what one is called.
// The first that fits decides.
var things = []struct{ stem, unit string }{
	{"klient", "klient"}, {"uzivatel", "uživatel"}, {"osob", "osoba"}, {"senior", "senior"}, {"rodin", "rodina"}, {"deti", "dítě"}, {"dite", "dítě"},
	{"luzk", "lůžko"}, {"luzek", "lůžko"}, {"hodin", "hodina"}, {"sluzeb", "služba"}, {"sluzb", "služba"}, {"mist", "místo"}, {"uvazk", "úvazek"},
	{"setkani", "setkání"}, {"akce", "akce"}, {"akci", "akce"}, {"schuz", "schůzka"}, {"intervenc", "intervence"}, {"zajemc", "zájemce"},
	{"dobrovolni", "dobrovolník"}, {"asistent", "asistent"}, {"pracovni", "pracovník"}, {"ucastni", "účastník"}, {"navstev", "návštěva"},
	{"kontakt", "kontakt"}, {"kc", "Kč"}, {"korun", "Kč"}, {"obci", "obec"}, {"obce", "obec"}, {"byt", "byt"}, {"clen", "člen"}, {"zak", "žák"},
	{"oddil", "oddíl"}, {"%", "%"}, {"procent", "%"}, {"zamestnanc", "zaměstnanec"}, {"poskytovatel", "poskytovatel"}, {"zadost", "žádost"},
	{"automobil", "automobil"}, {"vozidl", "vozidlo"}, {"prednas", "přednáška"}, {"besed", "beseda"}, {"kurz", "kurz"},
}

func unitOf(folded string) string {
	for _, c := range things {
		if strings.HasPrefix(folded, c.stem) && (len(c.stem) > 3 || len(folded) <= len(c.stem)+3) {
			return c.unit
		}
	}
	return ""
}

// describing tells an adjective by its ending: "pečující", "zaměstnaných".
func describing(folded string) bool {
	for _, ending := range []string{"ych", "ich", "ci", "ni", "ne", "ke", "ove", "ymi"} {
		if strings.HasSuffix(folded, ending) && len(folded) > len(ending)+2 {
			return true
		}
	}
	return false
}
