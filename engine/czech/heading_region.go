package czech

import (
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

var (
	regionSection = pattern.New(`^Plánování na území (ORP \p{Lu}.*)$`)
	county        = pattern.New(`(\p{Lu}\pL*?)(?:ém kraji|ého kraje|ému kraji|ým krajem|ý kraj)`)
	registration  = pattern.New(`(?i)(?:reg\. ?č\.|registrační číslo):? ?(CZ[\d./_]+\d)`)
	programme     = pattern.New(`(?:podpořeného z|financovaného z) (OP \p{Lu}\pL+)`)
	implementer   = pattern.New(`[Rr]ealizátorem (?:\pL+ )?projekt\pL+ je (.+?)(?: na základě| a partnerem|\.(?: \p{Lu}|$))`)
	targetGroup   = pattern.New(`(?i)^cílová skupina [„"](.+?)[“”"]$`)
	workGroup     = pattern.New(`^(?:PS|Pracovní skupina) (\pL.*)$`)
	crossCutting  = pattern.New(`tzv\. (průřezové [\pL ]+?) ?[(.,]`)
	titleYear     = pattern.New(yearPattern)
	anyPeriod     = pattern.New(`(?:pro|na) období ` + yearPattern + ` ?[–-] ?` + yearPattern)
)

// A RegionList says what the lines below an introduction are.
type RegionList int

// The lists of a page about a region's planning.
const (
	NoList RegionList = iota
	TargetGroupList
	PriorityList
	DoneList     // what a project has done
	DocumentList // what can be downloaded
)

// listOpeners are the folded words that open a list, in the order of a page.
var listOpeners = []struct {
	words string
	list  RegionList
}{
	{"prehled cilovych skupin", TargetGroupList},
	{"v nasledujicim cleneni", PriorityList},
	{"byly realizovany v ramci", DoneList},
	{"dokumenty ke stazeni", DocumentList},
}

// OpensList says which list the lines below a paragraph are.
func OpensList(paragraph string) RegionList {
	folded := Fold(paragraph)
	if !strings.HasSuffix(strings.TrimSpace(folded), ":") {
		return NoList
	}
	for _, o := range listOpeners {
		if strings.Contains(folded, o.words) {
			return o.list
		}
	}
	return NoList
}

// RegionLevels are what a page about a region calls the levels of its plans.
func RegionLevels() engine.Levels {
	return engine.Levels{Above: "cílová skupina", Area: "priorita", Measure: "opatření", Activity: "aktivita"}
}

// ReadRegionSection reads "Plánování na území ORP Třeboň" and gives "ORP Třeboň".
func ReadRegionSection(line string) (territory string, ok bool) {
	m := regionSection.FindStringSubmatch(Squeeze(line))
	if m == nil {
		return "", false
	}
	return m[1], true
}

// CountyOf finds a region with its own authority in a declined form: "v
// Jihočeském kraji" is "Jihočeský kraj", "" when there is none.
func CountyOf(text string) string {
	if m := county.FindStringSubmatch(text); m != nil {
		return m[1] + "ý kraj"
	}
	return ""
}

// ReadFunding gives the publicity line of a project: its registration number
// and the programme that pays for it, "" when neither is printed.
func ReadFunding(text string) string {
	var words []string
	if m := registration.FindStringSubmatch(text); m != nil {
		words = append(words, "reg. č. "+m[1])
	}
	if m := programme.FindStringSubmatch(text); m != nil {
		words = append(words, m[1])
	}
	return strings.Join(words, ", ")
}

// ReadImplementer finds who carries a project out, "" when nobody is named.
func ReadImplementer(text string) string {
	if m := implementer.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// ReadGroupItem reads an item of a list of groups: "Cílová skupina „Senioři“" is
// a target group, "PS senioři" a working group; anything else is the bare name
// of a target group.
func ReadGroupItem(item string) (name string, working bool) {
	item = strings.TrimRight(Squeeze(item), " .,;")
	if m := targetGroup.FindStringSubmatch(item); m != nil {
		return m[1], false
	}
	if m := workGroup.FindStringSubmatch(item); m != nil {
		return m[1], true
	}
	return item, false
}

// ReadCrossCutting finds what a plan calls the part that belongs to no target
// group: "průřezové aktivity", "" when it has none.
func ReadCrossCutting(text string) string {
	if m := crossCutting.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// documentKinds tell a published document by a word of its folded title.
var documentKinds = []struct {
	word string
	kind engine.DocumentKind
}{
	{"komunikacni strategie", engine.CommunicationStrategy},
	{"tiskova zprava", engine.PressRelease},
	{"vyhodnoceni", engine.EvaluationReport},
	{"obsah hlavniho planu", engine.PlanOutline},
	{"analyza", engine.Analysis},
}

// ReadDocument reads the title of a published document. Its year is the first
// one the title names.
func ReadDocument(title string) engine.Document {
	d := engine.Document{Title: Squeeze(title)}
	for _, k := range documentKinds {
		if d.Kind == "" && strings.Contains(Fold(title), k.word) {
			d.Kind = k.kind
		}
	}
	d.Year = number(titleYear.FindString(title))
	return d
}

// ReadOutline reads the title of a document that outlines a plan of some years.
func ReadOutline(title string) (engine.Plan, bool) {
	m := anyPeriod.FindStringSubmatchIndex(title)
	if m == nil {
		return engine.Plan{}, false
	}
	name := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(title[:m[0]]), "aktualizované"))
	p := planOf(engine.MediumTermPlan, name, title[m[2]:m[3]], title[m[4]:m[5]])
	return p, p.Start <= p.End
}
