package czech

import "splneno/engine"

// A shortAnswer is a whole clause of a reply that says a status only there: in
// a document "ano" is no status.
type shortAnswer struct {
	status    Status
	qualifier string
}

// shortAnswers by their folded words.
var shortAnswers = map[string]shortAnswer{
	"ano": {fulfilled, ""}, "jo": {fulfilled, ""}, "jojo": {fulfilled, ""}, "anoo": {fulfilled, ""}, "hej": {fulfilled, ""}, "ok": {fulfilled, ""},
	"okay": {fulfilled, ""}, "✓": {fulfilled, ""}, "✔": {fulfilled, ""}, "✅": {fulfilled, ""},

	"ne": {unfulfilled, ""}, "nie": {unfulfilled, ""}, "vubec ne": {unfulfilled, ""}, "vobec nie": {unfulfilled, ""},
	"✗": {unfulfilled, ""}, "✘": {unfulfilled, ""}, "❌": {unfulfilled, ""},

	"podarilo se": {fulfilled, ""}, "podarilo sa": {fulfilled, ""}, "podarilo se splnit": {fulfilled, ""}, "podarilo se to": {fulfilled, ""},
	"nepodarilo se": {unfulfilled, ""}, "nepodarilo sa": {unfulfilled, ""}, "nepodarilo se splnit": {unfulfilled, ""}, "nepodarilo se to": {unfulfilled, ""},
	"podarilo se jen zcasti": {partial, ""}, "podarilo se castecne": {partial, ""}, "podarilo se jen castecne": {partial, ""},

	"castecne ano": {partial, ""}, "tak napul": {partial, ""}, "na pul": {partial, ""}, "jen zcasti": {partial, ""},
	"pul na pul": {partial, ""}, "spolovice": {partial, ""}, "spolovice splnene": {partial, ""}, "z polovice": {partial, ""},

	"bezi": {inProgress, ""}, "pracujeme na tom": {inProgress, ""}, "na tom pracujeme": {inProgress, ""}, "pracujeme na nem": {inProgress, ""},
	"pracujeme na ni": {inProgress, ""}, "pracuje se na tom": {inProgress, ""}, "na tom se pracuje": {inProgress, ""},
	"pracujeme na tom stale": {inProgress, ""}, "stale na tom pracujeme": {inProgress, ""}, "prave bezi": {inProgress, ""}, "stale bezi": {inProgress, ""},
	"prave probiha": {inProgress, ""}, "prave prebieha": {inProgress, ""}, "robime na tom": {inProgress, ""}, "pracujeme na tom dalej": {inProgress, ""},
	"rozdelano": {inProgress, ""}, "rozdelane": {inProgress, ""}, "beziaci": {inProgress, ""},

	"jinak": {fulfilled, engine.AnotherForm}, "inak": {fulfilled, engine.AnotherForm}, "jinou formou": {fulfilled, engine.AnotherForm},
	"inou formou": {fulfilled, engine.AnotherForm}, "jinym zpusobem": {fulfilled, engine.AnotherForm}, "inym sposobom": {fulfilled, engine.AnotherForm},
	"v jine forme": {fulfilled, engine.AnotherForm},
	"ano jinak":    {fulfilled, engine.AnotherForm}, "ano jinou formou": {fulfilled, engine.AnotherForm},
}

// plainForeign are answers in English and German whose words mean nothing else here.
var plainForeign = map[string]shortAnswer{
	"yes": {fulfilled, ""}, "done": {fulfilled, ""}, "yes done": {fulfilled, ""}, "fulfilled": {fulfilled, ""}, "completed": {fulfilled, ""},
	"finished": {fulfilled, ""}, "erledigt": {fulfilled, ""}, "erfullt": {fulfilled, ""}, "abgeschlossen": {fulfilled, ""},
	"not done": {unfulfilled, ""}, "not fulfilled": {unfulfilled, ""}, "not completed": {unfulfilled, ""}, "nein": {unfulfilled, ""},
	"nicht erledigt": {unfulfilled, ""}, "nicht erfullt": {unfulfilled, ""}, "unfulfilled": {unfulfilled, ""},
	"partly": {partial, ""}, "partially": {partial, ""}, "partly done": {partial, ""}, "partially done": {partial, ""}, "partly fulfilled": {partial, ""},
	"partially fulfilled": {partial, ""}, "teilweise": {partial, ""}, "teilweise erledigt": {partial, ""}, "teilweise erfullt": {partial, ""},
	"in progress": {inProgress, ""}, "in bearbeitung": {inProgress, ""}, "in arbeit": {inProgress, ""},
}

// onlyForeign mean something else in Czech or Slovak: "no jo" is a yes.
var onlyForeign = map[string]shortAnswer{"no": {unfulfilled, ""}, "ja": {fulfilled, ""}}

// abroadWords show that a reply is English or German.
var abroadWords = wordSet(`the we was not because is have has been and wir nicht und ist haben wurde die der das dear hello hi regards thanks thank danke yes done
	partly partially in nein teilweise erledigt fulfilled completed sehr grusse`)

// homeWords show that a reply is Czech or Slovak.
var homeWords = wordSet(`ano jo ne nie splneno splnene splnen splnena splneny nesplneno nesplnene castecne ciastocne probiha prebieha hotovo hotove
	dobry den dekuji dekujeme dakujem pozdravem pozdravom jsme jsem bylo byla byl je to na se sa aj jinak inak zcasti napul bezi`)

// answerFillers say nothing at the head of a clause.
var answerFillers = wordSet(`bohuzel zial bohuzial tak takze tedy uz jiz letos nakonec ta ten to ty ti tam ktery ktera ktere kteri taky take tez rovnez`)

// auxiliaries may stand between an item and its status.
var auxiliaries = wordSet(`byl byla bylo byly byli je jsou su bol bola bolo boli uz jiz bohuzel zial bohuzial jen jenom pouze iba uspesne se sa nase take
	taky rovnez tiez celkove letos`)

// pluralStatus are what two to four of something are, rather than item 2.
var pluralStatus = wordSet(`splneny nesplneny hotovy dokonceny realizovany probihaji prebiehaju trvaji trvaju uskutecneny probehly neprobehly zruseny`)

// refNouns name an item. Those of the second set need a status, or a mark.
var refNouns = wordSet(`ad bod bodu body bodum bode bodem bodov bodom ukol ukolu ukoly uloha ulohe ulohy aktivita aktivity aktivitu aktivite opatreni opatrenie
	polozka polozce otazka cislo cil cile ciel item point task punkt aufgabe`)

var weakNouns = wordSet(`c k ke u v na pro nr cis`)

// itemNouns follow "vše", "oba", "první" or "1." without changing them.
var itemNouns = wordSet(`bod body bodu ukol ukoly ukolu uloha ulohy aktivita aktivity aktivit opatreni opatrenia opatrenie polozky polozka polozek cil cile ciele
	uvedene uvedena uvedeno nase vase ostatni zadane tasks items points from punkte aufgaben z toho ty tyto`)

// leadWords may stand before an item: "jen 3 částečně".
var leadWords = wordSet(`tak jen jenom pouze iba len a ale naopak dale tedy takze akorat but and und aber kdezto zatimco pricemz zato`)

var correctWords = wordSet(`oprava opravuji opravuju opravujem opravujeme spravne korekce correction omyl`)

// sayWords lead to what the writer himself says: "sdělujeme, že 1 je splněna".
var sayWords = wordSet(`uvadime uvadim sdelujeme sdeluji oznamujeme oznamuji konstatujeme konstatuji potvrzujeme potvrzuji informujeme informuji odpovidame odpovidam`)

var joinWords = wordSet(`a i aj and und & + ,`)

var allWords = wordSet(`vse vsechno vsechny vsechna vsetko vsetky all alles everything`)

var bothWords = wordSet(`oba obe oboje oboji obidva obidve`)

var restWords = wordSet(`ostatni ostatne zbytek zbyle zbyvajici zvysok zvysne rest others`)

// exceptWords begin an exception; longest first.
var exceptWords = [][]string{
	{"s", "vyjimkou"}, {"s", "vynimkou"}, {"az", "na"}, {"krome"}, {"mimo"}, {"vyjma"}, {"okrem"}, {"except"}, {"ausser"}, {"vyjimka"},
}

// ordinals name the first items.
var ordinals = map[string]int{
	"prvni": 1, "prvy": 1, "prva": 1, "prve": 1, "druhy": 2, "druha": 2, "druhe": 2, "treti": 3, "tretia": 3, "tretie": 3,
	"ctvrty": 4, "ctvrta": 4, "ctvrte": 4, "stvrty": 4, "stvrta": 4, "stvrte": 4, "paty": 5, "pata": 5, "pate": 5, "piaty": 5, "piata": 5,
	"sesty": 6, "sesta": 6, "seste": 6, "siesty": 6, "sedmy": 7, "sedma": 7, "sedme": 7, "osmy": 8, "osma": 8, "osme": 8,
	"devaty": 9, "devata": 9, "devate": 9, "desaty": 10, "desata": 10, "desate": 10,
	"jednicka": 1, "jednicky": 1, "jednicku": 1, "jednicce": 1, "dvojka": 2, "dvojky": 2, "dvojku": 2, "dvojce": 2,
	"trojka": 3, "trojky": 3, "trojku": 3, "trojce": 3, "ctyrka": 4, "ctyrky": 4, "ctyrku": 4, "ctyrce": 4, "petka": 5, "petky": 5, "petku": 5, "petce": 5,
}

// countStems begin what is counted: "2 besedy", "15 klientů". A number before
// one of them is no item.
var countStems = []string{
	"predn", "besed", "klient", "osob", "akc", "schuz", "setkan", "obc", "obec", "lid", "clov", "det", "dit", "uzivatel", "hodin", "dn", "den", "mesic",
	"let", "rok", "tis", "mil", "kc", "kr", "eur", "ks", "kus", "skup", "sluz", "pracov", "uvaz", "aut", "domac", "rodin", "senior", "skol", "zak",
	"student", "dobrovol", "kurz", "works", "semin", "navst", "interven", "kontakt", "konzult", "vylet", "koncert", "program", "proj", "teren", "nov",
	"dals", "beh", "krat", "x", "bytu", "byty", "luz", "mist", "zamest", "lektor", "ucast", "stret", "pobyt", "tabor", "clank", "letak", "publik",
	"dotaz", "zadost", "lekc", "cykl", "blok", "tyd", "den", "cast", "z", "ze", "az", "ks", "procent", "nasi", "nase", "mladi", "mlad", "tym", "vozid",
	"aktivi", "ukol", "bod", "opatren", "cil", "uspes", "velk", "mal", "ruzn", "spolec", "verejn", "odborn", "pravideln", "mesicne", "rocne", "a",
}

// lackStems say what is missing; causeWords why. The cause of a success is no lack.
var lackStems = []string{
	"chyb", "chyba", "nedostat", "nezisk", "nestih", "nemame", "nemel", "nemal", "nepodar", "nemoc", "neobdrz", "neschval", "nevyhl", "nedosta", "nenas", "nenaj",
	"nebyl", "nebol", "neni", "odstoup", "missing", "lack", "fehl", "neprid", "nevys", "neposk", "nepric", "zamit", "zbyva", "zostav", "nedod",
}

var causePhrases = [][]string{
	{"kvuli"}, {"kvoli"}, {"z", "duvodu"}, {"z", "dovodu"}, {"protoze"}, {"pretoze"}, {"jelikoz"}, {"lebo"}, {"nebot"}, {"vzhledem", "k"}, {"vzhladom", "na"},
	{"pro", "nedostatek"}, {"pre", "nedostatok"}, {"pro", "nemoc"}, {"because"}, {"due", "to"}, {"wegen"}, {"weil"}, {"z", "kapacitnich"}, {"z", "financnich"}, {"pro", "nezajem"}, {"pre", "nezaujem"},
	{"no", "money"}, {"no", "funds"}, {"no", "funding"},
}

// wayPhrases say by what means; the status before them stands.
var wayPhrases = [][]string{{"diky"}, {"vdaka"}, {"prostrednictvim"}, {"ve", "spolupraci"}, {"v", "spolupraci"}, {"spolu", "s"}, {"za", "podpory"}, {"a", "to"}, {"viz"}}

// doubtWords leave every status of their item open.
var doubtWords = wordSet(`en e n pokud jestli jestlize kdyby kdybychom zda ci asi snad mozna pry udajne zrejme pravdepodobne nejspis by bychom bych nevim nevime netusim
	myslim myslime doufam doufame predpokladam predpokladame rekla rekl pokial azda vraj keby if maybe perhaps vielleicht tusim tusime
	uvidime nechapu nerozumim nerozumime or oder versus resp respektive`)

// weakenWords leave a success open when they stand in its text.
var weakenWords = wordSet(`ale avsak vsak nicmene bohuzel zial bohuzial jen jenom pouze iba len zbytek zbyle krome mimo vyjma okrem misto namisto miesto
	pracujeme resime jedname budeme bude cekame cakame ceka caka planujeme pripravujeme dokoncime chystame malo polovina polovinu polovici pulku odlozili odlozeno zrusili zatim
	zatial dosud formalne teprve but only mostly almost nearly partly partially teilweise fast half however except aber nur leider`)

// neWords begin with "ne" and deny nothing.
var neWords = []string{
	"nedel", "nemocnic", "neziskov", "nej", "nebo", "nekter", "nekolik", "nestat", "nezamest", "neform", "nepret", "nepomuk", "neust", "nezavisl", "nevidom", "neslys",
	"nezlet", "nerv", "neur", "network", "next", "new", "nezbyt", "nemovit", "nezdravot", "nekde", "nekdo", "nekdy", "neco", "newsl", "negativ", "nemec", "nesou", "nese", "nest", "nepedag", "nechal", "nedavn",
}

// danglingWords never end a sentence.
var danglingWords = wordSet(`z ze na u v ve s se k ke do o od po pri pro za jen pouze jenom neni nebylo nebyl nebyla nebyly je byl byla bylo byly a i nebo
	nejsou su jsou bol bola bolo nebol nebolo nebola zcela uplne plne temer skoro jeste zatim este zatial`)
