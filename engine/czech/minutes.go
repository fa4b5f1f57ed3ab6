package czech

import (
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/pattern"
)

// wordDay is a day with its month in figures or in words: "29. března 2018".
const wordDay = `(\d{1,2})\. ?(?:(\d{1,2})\.|(\pL+)) ?((?:19|20)\d\d)`

var (
	dayInWords    = pattern.New(wordDay)
	minutesTitle  = pattern.New(`^Zápis z (?:jednání|setkání|zasedání) (.+?) (?:ze dne|konaného dne|dne) (` + wordDay + `)`)
	minutesPlace  = pattern.New(`Místo konání: (.+?) (?:Program|Přítomni|Účastníci):`)
	minutesBegin  = pattern.New(`^Zápis z (?:jednání|setkání|zasedání) \pL`)
	realisation   = pattern.New(`[Oo]bdobí realizace je (od (\d{1,2}\. ?\d{1,2}\. ?\d{4}) do (\d{1,2}\. ?\d{1,2}\. ?\d{4}))`)
	announced     = pattern.New(`Termín [–-] (` + wordDay + `) v (\d{1,2})[:.](\d\d) ?(?:hod(?:in)?\.?)?`)
	announcedAt   = pattern.New(`^,? ?místo: (.+?(?:\)|\d|\pL{4}))\.(?: \p{Lu}|$)`)
	spokenOf      = pattern.New(`hovořeno o (\pL+ \pL+) [–-]`)
	district      = pattern.New(`(ORP \p{Lu}\pL+(?: \p{Lu}\pL+)*)`)
	vagueMonth    = pattern.New(`ve? měsíci \pL+ (?:19|20)\d\d`)
	sentenceEnd   = pattern.New(`(?:[^\d\s]|\d{4})\.\s+\p{Lu}`)
	willBe        = pattern.New(`(?i)\b(?:bude|budou) \pL`)
	countOfGroups = pattern.New(`(?i)zapojeno (\d{1,2}) pracovních skupin`)
)

// minuteBullets begin an item of a list; word processors leave private letters.
const minuteBullets = "•▪●\uf0b7\uf0fc\uf0a7"

// IsMinutes says whether a line is the title of minutes.
func IsMinutes(line string) bool { return minutesBegin.MatchString(Squeeze(line)) }

// CutBullet takes the mark off an item of a list.
func CutBullet(line string) (item string, ok bool) {
	item = strings.TrimLeft(line, minuteBullets+" ")
	return item, strings.ContainsAny(line[:len(line)-len(item)], minuteBullets)
}

// Minutes is what the head of minutes says.
type Minutes struct {
	Body  string // "pracovní skupina Senioři"
	Day   engine.Date
	Raw   string // the day as printed
	Place string
}

// ReadMinutes reads the head of minutes from "Zápis z jednání …" on.
func ReadMinutes(text string) (Minutes, bool) {
	m := minutesTitle.FindStringSubmatch(text)
	if m == nil {
		return Minutes{}, false
	}
	head := Minutes{Body: nominative(m[1]), Raw: m[2]}
	head.Day, _ = readDay(m[2])
	if at := minutesPlace.FindStringSubmatch(text); at != nil {
		head.Place = at[1]
	}
	return head, true
}

// readDay reads a day whose month is a number or a word.
func readDay(text string) (engine.Date, bool) {
	m := dayInWords.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	month := monthOf(Fold(m[3]))
	if m[2] != "" {
		month = time.Month(number(m[2]))
	}
	on, ok := day(number(m[4]), month, number(m[1]))
	if !ok {
		return "", false
	}
	return on, true
}

// ReadRealisation reads the term of a project, as printed and as days.
func ReadRealisation(text string) (term string, start, end engine.Date) {
	m := realisation.FindStringSubmatch(text)
	if m == nil {
		return "", "", ""
	}
	start, _ = readDay(m[2])
	end, _ = readDay(m[3])
	return m[1], start, end
}

// ReadAnnounced finds the next event that minutes announce with a day.
func ReadAnnounced(text string) (engine.Occasion, bool) {
	m := announced.FindStringSubmatchIndex(text)
	if m == nil {
		return engine.Occasion{}, false
	}
	e := engine.Occasion{Kind: engine.OccasionPlanned, Raw: text[m[2]:m[3]], Time: text[m[12]:m[13]] + ":" + text[m[14]:m[15]]}
	if len(e.Time) < len("15:00") {
		e.Time = "0" + e.Time
	}
	e.Day, _ = readDay(e.Raw)
	if at := announcedAt.FindStringSubmatch(text[m[1]:]); at != nil {
		e.Place = at[1]
	}
	if names := spokenOf.FindAllStringSubmatch(text[:m[0]], -1); names != nil {
		e.Name = nominative(names[len(names)-1][1])
	}
	return e, true
}

// A Task is something minutes leave open.
type Task struct {
	Text  string // the sentence that says what will be done
	About string // the sentence before it, with the term
	Event string // what is planned, "" when the sentence does not name it first
	Term  string // "v měsíci červnu 2018"

	TextAt, AboutAt, TermAt int // where they begin in what was read
}

// ReadTasks finds sentences that plan something for a month, each with the
// sentence after it when that says what will be done.
func ReadTasks(text string) []Task {
	var tasks []Task
	all := sentences(text)
	for i, s := range all {
		term := vagueMonth.FindStringIndex(s.text)
		if term == nil {
			continue
		}
		t := Task{Text: s.text, TextAt: s.at, Term: s.text[term[0]:term[1]], TermAt: s.at + term[0]}
		if event, _, ok := strings.Cut(s.text, " – "); ok {
			t.Event = event
		}
		if i+1 < len(all) && willBe.MatchString(all[i+1].text) {
			t.About, t.AboutAt = t.Text, t.TextAt
			t.Text, t.TextAt = all[i+1].text, all[i+1].at
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// A sentence remembers where it begins in its text.
type sentence struct {
	text string
	at   int
}

// sentences parts a text where a capital follows the full stop of a word or a year.
func sentences(text string) []sentence {
	var out []sentence
	from := 0
	add := func(to int) {
		s := strings.TrimLeft(text[from:to], " ")
		out = append(out, sentence{strings.TrimRight(s, " "), to - len(s)})
		from = to
	}
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		add(m[0] + strings.IndexByte(text[m[0]:], '.') + 1)
	}
	add(len(text))
	return out
}

// DistrictOf finds the district with extended powers a title ends with: "… ORP
// Jindřichův Hradec", "" when it names none.
func DistrictOf(title string) string {
	if m := district.FindStringSubmatch(Squeeze(title)); m != nil {
		return m[1]
	}
	return ""
}
