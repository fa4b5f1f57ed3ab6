package czech

import "strings"

// A sign is what one word or phrase of a sentence says about a status.
type sign int

const (
	says    sign = iota // a status
	not                 // a negation
	partly              // a part of it
	mostly              // nearly: less than all, how much nobody can tell
	ongoing             // continuously
	will                // in the future
	stillIs             // so far: it may change
	inForm              // in another form
	wholly              // all of it: denied, a part may be left
	neutral             // changes nothing
	unsure              // makes any reading disputable
)

// A statusSign is a phrase, folded, word by word; a word that ends in "*"
// stands for every word that begins so. A status that needs a second word to be
// told is doubtful.
type statusSign struct {
	words    string
	sign     sign
	status   Status
	doubtful bool
}

// A participle is a stem to which -o, -a, -y, -e or nothing is added, and to
// which "ne" may be put before.
type participle struct {
	stem     string
	yes      Status
	yesDoubt bool
	no       Status
	noDoubt  bool
}

// participles are the statuses as plans print them, Czech and Slovak. Those of
// an act that was only going on or only came to an end say no result:
// "ukončeno" is not "dokončeno", "řešeno" is not "vyřešeno".
var participles = []participle{
	{"splnen", fulfilled, false, unfulfilled, false},
	{"naplnen", fulfilled, false, unfulfilled, false},
	{"realizovan", fulfilled, false, unfulfilled, false},
	{"zrealizovan", fulfilled, false, unfulfilled, false},
	{"uskutecnen", fulfilled, false, unfulfilled, false},
	{"uskutocnen", fulfilled, false, unfulfilled, false},
	{"proveden", fulfilled, false, unfulfilled, false},
	{"vykonan", fulfilled, false, unfulfilled, false},
	{"dokoncen", fulfilled, false, unfulfilled, true},
	{"vyresen", fulfilled, false, unfulfilled, true},
	{"vyriesen", fulfilled, false, unfulfilled, true},
	{"dosazen", fulfilled, false, unfulfilled, false},
	{"dosiahnut", fulfilled, false, unfulfilled, false},
	{"hotov", fulfilled, false, unfulfilled, true},
	{"plnen", inProgress, true, unfulfilled, true},
	{"rozpracovan", inProgress, false, planned, true},
	{"zahajen", inProgress, false, planned, false},
	{"zacat", inProgress, false, planned, false},
	{"zapocat", inProgress, false, planned, false},
	{"rozbehnut", inProgress, false, planned, true},
	{"planovan", planned, false, unknown, true},
	{"naplanovan", planned, false, unknown, true},
	{"pripraven", planned, true, planned, true},
	{"zrusen", Cancelled, false, unknown, true},
	{"vypusten", Cancelled, false, unknown, true},
	{"vyrazen", Cancelled, false, unknown, true},
	{"pozastaven", Suspended, false, unknown, true},
	{"prerusen", Suspended, false, unknown, true},
	{"odlozen", Postponed, false, unknown, true},
	{"posunut", Postponed, false, unknown, true},
	{"odsunut", Postponed, false, unknown, true},
	{"prelozen", Postponed, false, unknown, true},
	{"presunut", Postponed, true, unknown, true},
	{"preveden", CarriedOver, true, unknown, true},
	{"prenesen", CarriedOver, true, unknown, true},
	{"ukoncen", unknown, true, unknown, true},
	{"uzavren", unknown, true, unknown, true},
	{"resen", unknown, true, unknown, true},
	{"riesen", unknown, true, unknown, true},
	{"zastaven", Suspended, true, unknown, true},
	{"splnil", fulfilled, false, unfulfilled, false},
	{"probehl", fulfilled, false, unfulfilled, false},
	{"prebehl", fulfilled, false, unfulfilled, false},
	{"probihal", unknown, true, unknown, true},
	{"resil", unknown, true, unknown, true},
	{"riesil", unknown, true, unknown, true},
	{"uskutecnil", fulfilled, false, unfulfilled, false},
	{"uskutocnil", fulfilled, false, unfulfilled, false},
	{"zacal", inProgress, false, planned, false},
}

// endings are what a participle ends in; "-i" is left out, for "splnění" is a
// noun: "ke splnění nedošlo".
var endings = []string{"", "o", "a", "y", "e"}

// statusSigns are the other words of a status.
var statusSigns = []statusSign{
	// verbs in the present
	{"probiha", says, inProgress, false}, {"probihaji", says, inProgress, false}, {"prebieha", says, inProgress, false},
	{"prebiehaju", says, inProgress, false}, {"trva", says, inProgress, false}, {"trvaji", says, inProgress, false}, {"trvaju", says, inProgress, false},
	{"pretrvava", says, inProgress, false}, {"pokracuje", says, inProgress, true}, {"pokracuji", says, inProgress, true},
	{"resi", says, inProgress, false}, {"riesi", says, inProgress, false}, {"realizuje", says, inProgress, false}, {"realizuji", says, inProgress, false},
	{"plni", says, inProgress, false}, {"plnia", says, inProgress, false}, {"v realizaci", says, inProgress, false},
	{"v realizacii", says, inProgress, false}, {"v reseni", says, inProgress, false}, {"v rieseni", says, inProgress, false},
	{"v procesu", says, inProgress, false}, {"v procese", says, inProgress, false}, {"v behu", says, inProgress, false},
	{"v plneni", says, inProgress, false}, {"je realizovan*", says, inProgress, true},
	{"su realizovan*", says, inProgress, true}, {"jsou realizovan*", says, inProgress, true}, {"pripravuje", says, inProgress, true},
	{"priprave", says, planned, true}, {"v priprave", says, planned, true},
	{"neprobiha", says, unknown, true}, {"neprebieha", says, unknown, true}, {"neresi", says, unknown, true}, {"neriesi", says, unknown, true},
	{"nepokracuje", says, unknown, true}, {"netrva", says, unknown, true}, {"neplni", says, unfulfilled, true}, {"nerealizuje", says, unfulfilled, true},

	// planned
	{"v planu", says, planned, false}, {"v plane", says, planned, false}, {"planuje", says, planned, false}, {"ceka", says, planned, true},
	{"caka", says, planned, true}, {"pred zahajenim", says, planned, false}, {"ma byt", will, "", false}, {"maji byt", will, "", false},
	{"bude", will, "", false}, {"budou", will, "", false}, {"budu", will, "", false},

	// continuous
	{"prubezne", ongoing, "", false}, {"priebezne", ongoing, "", false}, {"kontinualne", ongoing, "", false}, {"trvale", ongoing, "", false},
	{"trvalo", ongoing, "", false}, {"neustale", ongoing, "", false}, {"trvaly ukol", ongoing, "", false}, {"staly ukol", ongoing, "", false},
	{"trvala uloha", ongoing, "", false}, {"kazdorocne", ongoing, "", true}, {"opakovane", ongoing, "", true},

	// carried, postponed, dropped
	{"do dalsiho planu", says, CarriedOver, false}, {"do dalsieho planu", says, CarriedOver, false}, {"do noveho planu", says, CarriedOver, false},
	{"do dalsiho obdobi", says, CarriedOver, false}, {"do dalsieho obdobia", says, CarriedOver, false}, {"do nasledujiciho planu", says, CarriedOver, false},
	{"do nasledujiciho obdobi", says, CarriedOver, false}, {"do pristiho planu", says, CarriedOver, false}, {"do pristiho obdobi", says, CarriedOver, false},
	{"do akcniho planu", says, CarriedOver, false}, {"do dalsiho strednedobeho planu", says, CarriedOver, false}, {"do planu", says, CarriedOver, false}, {"v dalsim planu", says, CarriedOver, false},
	{"presunut* na", says, Postponed, false},
	{"prechazi", says, CarriedOver, true}, {"prechadza", says, CarriedOver, true}, {"na pozdeji", neutral, "", false}, {"na neurcito", neutral, "", false},
	{"upusteno", says, Cancelled, false}, {"upustene", says, Cancelled, false}, {"stazeno", says, Cancelled, true}, {"neaktualni", says, Cancelled, true},
	{"neaktualne", says, Cancelled, true}, {"nebude realizovan*", says, Cancelled, true}, {"bezpredmetne", says, Cancelled, true},
	{"netyka se", says, unknown, true}, {"netyka sa", says, unknown, true}, {"nehodnoceno", says, unknown, true}, {"nehodnotene", says, unknown, true},
	{"nelze hodnotit", says, unknown, true}, {"dokonceni", unsure, "", false},

	// how much
	{"castecne", partly, "", false}, {"ciastocne", partly, "", false}, {"castecny", partly, "", false}, {"castecna", partly, "", false},
	{"zcasti", partly, "", false}, {"z casti", partly, "", false}, {"scasti", partly, "", false}, {"z vetsi casti", partly, "", false},
	{"z mensi casti", partly, "", false}, {"z vacsej casti", partly, "", false}, {"z poloviny", partly, "", false}, {"napul", partly, "", false},
	{"temer", mostly, "", false}, {"skoro", mostly, "", false}, {"takmer", mostly, "", false}, {"prevazne", mostly, "", false},
	{"vesmes", mostly, "", false}, {"v podstate", mostly, "", false}, {"vetsinou", mostly, "", false}, {"vacsinou", mostly, "", false},

	{"z velke casti", partly, "", false},
	{"zcela", wholly, "", false}, {"plne", wholly, "", false}, {"uplne", wholly, "", false}, {"beze zbytku", wholly, "", false},
	{"v plnem rozsahu", wholly, "", false}, {"v plnej miere", wholly, "", false}, {"celkom", wholly, "", false},

	// negations
	{"ne", not, "", false}, {"neni", not, "", false}, {"nie", not, "", false}, {"nie je", not, "", false}, {"nejsou", not, "", false},
	{"nebyl", not, "", false}, {"nebyla", not, "", false}, {"nebylo", not, "", false}, {"nebyly", not, "", false}, {"nebyli", not, "", false},
	{"nebol", not, "", false}, {"nebola", not, "", false}, {"nebolo", not, "", false}, {"neboli", not, "", false}, {"nedoslo", not, "", true},
	{"nebude", not, "", true}, {"nebudou", not, "", true}, {"nepodarilo", not, "", true}, {"nikdy", not, "", false},
	{"nikoli", not, "", false}, {"nikoliv", not, "", false}, {"nelze", not, "", true}, {"nemohl*", not, "", true}, {"neni mozne", not, "", true},

	// in another form
	{"jinou formou", inForm, "", false}, {"v jine forme", inForm, "", false}, {"jinym zpusobem", inForm, "", false}, {"jinak", inForm, "", false},
	{"nahradni formou", inForm, "", false}, {"nahradnim zpusobem", inForm, "", false}, {"v jine podobe", inForm, "", false},
	{"inou formou", inForm, "", false}, {"inym sposobom", inForm, "", false}, {"inak", inForm, "", false}, {"v inej forme", inForm, "", false},

	// so far
	{"zatim", stillIs, "", false}, {"prozatim", stillIs, "", false}, {"dosud", stillIs, "", false}, {"doposud", stillIs, "", false},
	{"doposial", stillIs, "", false}, {"zatial", stillIs, "", false}, {"jeste", stillIs, "", false}, {"este", stillIs, "", false},
	{"stale", stillIs, "", false}, {"doteraz", stillIs, "", false},

	// what makes every reading disputable
	{"ale", unsure, "", false}, {"avsak", unsure, "", false}, {"vsak", unsure, "", false}, {"nicmene", unsure, "", false}, {"krome", unsure, "", false},
	{"by", unsure, "", false}, {"mel", unsure, "", false}, {"mela", unsure, "", false}, {"melo", unsure, "", false}, {"asi", unsure, "", false},
	{"snad", unsure, "", false}, {"mozna", unsure, "", false}, {"pry", unsure, "", false}, {"zrejme", unsure, "", false}, {"nebo", unsure, "", false},
}

// neutralWords change nothing. A word that is in no table makes a reading
// uncertain: "splněno u tří služeb z pěti" is a part.
var neutralWords = wordSet(`ukol ukoly ukolu uloha ulohy aktivita aktivity aktivit opatreni opatrenie opatrenia cil cile ciel ciele projekt akce
	zamer bod plan byl byla bylo byly byli bol bola bolo boli je jsou su se sa si uspesne uz jiz jen jenom pouze iba len
	v ve na do k ke z ze za od lednu unoru breznu dubnu kvetnu cervnu cervenci srpnu rijnu prosinci roce roku rok roky r termin terminu radne vcas ke dni dne stanovenem tento tato toto tyto tuto i to tak
	stav hodnoceni vyhodnoceni plneni obdobi letech realizace organizace poskytovatel charita mesto obec jsme byvaji jako
	dalsi dalsiho pristi pristiho nasledujici nasledujiciho leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec
	vubec docasne odvolani dle podle planu projektu aktivitu realizaci realizacia harmonogramu
	ledna unora brezna dubna kvetna cervna cervence srpna rijna listopadu prosince`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
