package czech_test

import (
	"testing"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// statusPhrases are words about a status in the manner of plans, evaluations
// and minutes. A " ?" says that the reading is not certain, " *" that the
// qualifier is another form.
var statusPhrases = []struct{ text, want string }{
	// one word
	{"splněno", "fulfilled"}, {"Splněno.", "fulfilled"}, {"SPLNĚNO", "fulfilled"}, {"splneno", "fulfilled"},
	{"splněn", "fulfilled"}, {"splněna", "fulfilled"}, {"splněny", "fulfilled"}, {"splněné", "fulfilled"}, {"splnené", "fulfilled"},
	{"splnená", "fulfilled"}, {"naplněno", "fulfilled"}, {"naplnené", "fulfilled"}, {"realizováno", "fulfilled"},
	{"zrealizováno", "fulfilled"}, {"zrealizované", "fulfilled"}, {"uskutečněno", "fulfilled"}, {"uskutočnené", "fulfilled"},
	{"provedeno", "fulfilled"}, {"dokončeno", "fulfilled"}, {"dokončené", "fulfilled"}, {"hotovo", "fulfilled"}, {"hotové", "fulfilled"},
	{"vyřešeno", "fulfilled"}, {"vyriešené", "fulfilled"}, {"dosaženo", "fulfilled"}, {"proběhlo", "fulfilled"}, {"proběhla", "fulfilled"},
	{"prebehlo", "fulfilled"},
	{"nesplněno", "unfulfilled"}, {"nesplneno", "unfulfilled"}, {"NESPLNĚNO", "unfulfilled"}, {"nesplněn", "unfulfilled"},
	{"nesplněny", "unfulfilled"}, {"nesplnené", "unfulfilled"}, {"nenaplněno", "unfulfilled"}, {"nerealizováno", "unfulfilled"},
	{"nezrealizováno", "unfulfilled"}, {"neuskutečněno", "unfulfilled"}, {"neprovedeno", "unfulfilled"}, {"neproběhlo", "unfulfilled"},
	{"ne-\nsplněno", "unfulfilled"}, {"ne splněno", "unfulfilled"},
	{"částečně", "partial"}, {"castecne", "partial"}, {"částečně splněno", "partial"}, {"splněno částečně", "partial"},
	{"čiastočne", "partial"}, {"čiastočne splnené", "partial"}, {"zčásti splněno", "partial"}, {"splněno z části", "partial"},
	{"z větší části splněno", "partial"}, {"částečně naplněno", "partial"}, {"částečně realizováno", "partial"}, {"splněno jen částečně", "partial"},
	{"pouze částečně splněno", "partial"},
	{"probíhá", "in_progress"}, {"probiha", "in_progress"}, {"prebieha", "in_progress"}, {"rozpracováno", "in_progress"},
	{"rozpracované", "in_progress"}, {"v realizaci", "in_progress"}, {"v řešení", "in_progress"}, {"řeší se", "in_progress"},
	{"řeší", "in_progress"}, {"rieši sa", "in_progress"}, {"zahájeno", "in_progress"}, {"trvá", "in_progress"}, {"úkol trvá", "in_progress"},
	{"plní se", "in_progress"}, {"realizuje se", "in_progress"}, {"v procesu", "in_progress"},
	{"nezahájeno", "planned"}, {"dosud nezahájeno", "planned"}, {"zatím nezahájeno", "planned"}, {"nezačalo", "planned"},
	{"plánováno", "planned"}, {"naplánováno", "planned"}, {"v plánu", "planned"}, {"plánované", "planned"}, {"nezapočato", "planned"},
	{"zrušeno", "cancelled"}, {"zrušené", "cancelled"}, {"vypuštěno", "cancelled"}, {"vypustené", "cancelled"}, {"upuštěno", "cancelled"},
	{"vyřazeno", "cancelled"},
	{"pozastaveno", "suspended"}, {"pozastavené", "suspended"}, {"přerušeno", "suspended"}, {"dočasně pozastaveno", "suspended"},
	{"odloženo", "postponed"}, {"odložené", "postponed"}, {"posunuto", "postponed"}, {"odsunuto", "postponed"},
	{"průběžně", "ongoing"}, {"priebežne", "ongoing"}, {"trvale", "ongoing"}, {"trvalý úkol", "ongoing"}, {"kontinuálně", "ongoing"},

	// phrases and sentences
	{"splněno (jinou formou)", "fulfilled *"}, {"splněno jinou formou", "fulfilled *"}, {"splněno jinak", "fulfilled *"},
	{"splněno jiným způsobem", "fulfilled *"}, {"splněno náhradní formou", "fulfilled *"}, {"splnené inou formou", "fulfilled *"},
	{"splněno, jinou formou", "fulfilled *"}, {"částečně splněno jinou formou", "partial *"},
	{"Úkol byl splněn.", "fulfilled"}, {"Úkol splněn", "fulfilled"}, {"Opatření bylo splněno v roce 2023.", "fulfilled"},
	{"Aktivita byla zcela splněna", "fulfilled"}, {"splněno v termínu", "fulfilled"}, {"splněno dne 30. 6. 2023", "fulfilled"},
	{"již splněno", "fulfilled"}, {"beze zbytku splněno", "fulfilled"}, {"Cíl byl naplněn", "fulfilled"}, {"úloha bola splnená", "fulfilled"},
	{"splnili jsme", "fulfilled"}, {"organizace úkol splnila", "fulfilled"}, {"splněno 2023", "fulfilled"}, {"splněno ze 100 %", "fulfilled"},
	{"Projekt byl dokončen", "fulfilled"}, {"akce proběhla v květnu 2023", "fulfilled"},
	{"nebylo splněno", "unfulfilled"}, {"Úkol nebyl splněn", "unfulfilled"}, {"opatření nebylo realizováno", "unfulfilled"},
	{"není splněno", "unfulfilled"}, {"nie je splnené", "unfulfilled"}, {"nebolo splnené", "unfulfilled"}, {"neboli splnené", "unfulfilled"},
	{"akce neproběhla", "unfulfilled"}, {"aktivita se neuskutečnila", "unfulfilled"}, {"úkol nebyl v roce 2023 splněn", "unfulfilled"},
	{"splněno z 80 %", "partial"}, {"splněno na 50 %", "partial"}, {"splněno z 80%", "partial"}, {"splnené na 30 %", "partial"},
	{"splněno z poloviny", "partial"}, {"úkol byl částečně splněn", "partial"}, {"úloha bola čiastočne splnená", "partial"},
	{"částečně rozpracováno", "in_progress"}, {"částečně zahájeno", "in_progress"}, {"úkol stále trvá", "in_progress"},
	{"úkol nadále trvá", "in_progress ?"}, {"úkol je v řešení", "in_progress"}, {"úloha trvá", "in_progress"}, {"realizace probíhá", "in_progress"},
	{"stále probíhá", "in_progress"}, {"dosud probíhá", "in_progress"}, {"úkol je rozpracován", "in_progress"}, {"projekt byl zahájen v roce 2023", "in_progress"},
	{"plněno průběžně", "ongoing"}, {"průběžně plněno", "ongoing"}, {"úkol je plněn průběžně", "ongoing"}, {"plní se průběžně", "ongoing"},
	{"plnené priebežne", "ongoing"}, {"průběžně se plní", "ongoing"}, {"probíhá průběžně", "ongoing"}, {"trvale plněno", "ongoing"},
	{"přesunuto do dalšího plánu", "carried_over"}, {"presunuté do ďalšieho plánu", "carried_over"}, {"převedeno do dalšího plánu", "carried_over"},
	{"převedeno do plánu 2024", "carried_over"}, {"přeneseno do dalšího období", "carried_over"}, {"úkol se přesouvá do dalšího plánu", "carried_over ?"},
	{"pokračuje v dalším plánu", "carried_over"}, {"přesunuto do nového plánu", "carried_over"},
	{"odloženo na 2024", "postponed"}, {"odloženo na rok 2024", "postponed"}, {"přesunuto na rok 2025", "postponed"},
	{"posunuto na 30. 6. 2024", "postponed"}, {"odloženo na neurčito", "postponed"}, {"odložené na rok 2024", "postponed"},
	{"úkol byl zrušen", "cancelled"}, {"projekt bol zrušený", "cancelled"}, {"aktivita byla vypuštěna", "cancelled"},
	{"realizace byla pozastavena", "suspended"}, {"realizace pozastavena v roce 2023", "suspended"},
	{"nebylo zahájeno", "planned"}, {"realizace nebyla zahájena", "planned"}, {"bude zahájeno v roce 2024", "planned"}, {"nie je začaté", "planned"},

	// what two coordinators could dispute
	{"zatím nesplněno", "unfulfilled ?"}, {"dosud nesplněno", "unfulfilled ?"}, {"zatím nebylo splněno", "unfulfilled ?"}, {"doposud nesplněno", "unfulfilled ?"},
	{"téměř splněno", "partial ?"}, {"skoro hotovo", "partial ?"}, {"takmer splnené", "partial ?"}, {"v podstatě splněno", "partial ?"},
	{"převážně splněno", "partial ?"}, {"částečně nesplněno", "partial ?"}, {"50 %", "partial ?"}, {"nedokončeno", "unfulfilled ?"},
	{"plněno", "in_progress ?"}, {"neplněno", "unfulfilled ?"}, {"neplní se", "unfulfilled ?"}, {"je realizováno", "in_progress ?"},
	{"pokračuje", "in_progress ?"}, {"splněno průběžně", "ongoing ?"}, {"průběžně splněno", "ongoing ?"}, {"připravuje se", "in_progress ?"},
	{"v přípravě", "planned ?"}, {"bude splněno do konce roku 2024", "planned ?"}, {"má být splněno", "planned ?"}, {"mělo by být splněno", "fulfilled ?"},
	{"čeká na schválení", "planned ?"}, {"nebude realizováno", "cancelled ?"}, {"neaktuální", "cancelled ?"}, {"přesunuto", "postponed ?"},
	{"presunuté", "postponed ?"}, {"převedeno", "carried_over ?"}, {"splněno?", "fulfilled ?"}, {"Bylo splněno?", "fulfilled ?"},
	{"nesplněno?", "unfulfilled ?"}, {"splněno, ale pozdě", "fulfilled ?"}, {"splněno s výhradami", "fulfilled ?"},
	{"splněno u tří služeb z pěti", "fulfilled ?"}, {"splněno 3 z 5", "fulfilled ?"}, {"údajně splněno", "fulfilled ?"}, {"asi splněno", "fulfilled ?"},
	{"není nesplněno", "unknown ?"}, {"nebylo zrušeno", "unknown ?"}, {"není v realizaci", "unknown ?"}, {"neprobíhá", "unknown ?"},
	{"ukončeno", "unknown ?"}, {"činnost ukončena", "unknown ?"}, {"projekt byl ukončen", "unknown ?"}, {"uzavřeno", "unknown ?"},
	{"řešil", "unknown ?"}, {"řešilo se", "unknown ?"}, {"řešeno", "unknown ?"}, {"odbor úkol řešil", "unknown ?"}, {"probíhalo", "unknown ?"},
	{"netýká se", "unknown ?"}, {"netýka sa", "unknown ?"}, {"nehodnoceno", "unknown ?"}, {"nelze hodnotit", "unknown ?"},
	{"ke splnění nedošlo", "unknown ?"}, {"splnění", "unknown ?"}, {"ne, splněno", "fulfilled ?"}, {"ne", "unknown ?"}, {"ano", "unknown ?"},

	{"není zcela splněno", "partial ?"}, {"úkol nebyl plně splněn", "partial ?"}, {"ne zcela splněno", "partial ?"},
	{"nelze splnit", "unknown ?"}, {"nemohlo být splněno", "unfulfilled ?"}, {"splněno z velké části", "partial"}, {"zcela nesplněno", "unfulfilled"},
	{"splněno v plném rozsahu", "fulfilled"}, {"pozastaveno do odvolání", "suspended"}, {"zařazeno do plánu", "carried_over ?"},
	{"přesunuto do dalšího střednědobého plánu", "carried_over"}, {"nikoliv splněno", "unfulfilled"},

	// two statuses
	{"splněno / nesplněno", "unknown ?"}, {"splněno/nesplněno", "unknown ?"}, {"splněno nesplněno", "unknown ?"},
	{"naplněno/rozpracováno/nenaplněno", "unknown ?"}, {"2x splněno, 1x nesplněno", "unknown ?"}, {"splněno, částečně", "unknown ?"},
	{"nesplněno, převedeno do dalšího plánu", "unknown ?"}, {"splněno a pokračuje", "unknown ?"}, {"splněno, zrušeno", "unknown ?"},
	{"a) splněno b) nesplněno", "unknown ?"}, {"První část splněna. Druhá část nesplněna.", "unknown ?"}, {"částečně splněno, částečně nesplněno", "partial ?"},
	{"rozpracováno, odloženo na 2024", "unknown ?"},

	// nothing
	{"", "unknown ?"}, {" – ", "unknown ?"}, {"viz příloha", "unknown ?"}, {"Oblastní charita", "unknown ?"}, {"2023", "unknown ?"}, {"???", "unknown ?"},
	{"oplněno", "unknown ?"}, {"zesplněno", "unknown ?"}, {"úkol", "unknown ?"},
}

func TestStatusPhrases(t *testing.T) {
	for _, tt := range statusPhrases {
		got := czech.ReadStatusPhrase(tt.text, nil)
		s := string(got.Status)
		if got.Qualifier == engine.AnotherForm {
			s += " *"
		}
		if !got.Certain {
			s += " ?"
		}
		if s != tt.want || got.Raw != tt.text {
			t.Errorf("%q is %s, want %s", tt.text, s, tt.want)
		}
	}
}

func TestOwnWordsOfTheMunicipality(t *testing.T) {
	own := map[string]string{"Zelená": "fulfilled", "ukončeno": "fulfilled", "červená": "no such status", "": "fulfilled"}
	for text, want := range map[string]czech.StatusReading{
		"zelená":   {Status: "fulfilled", Certain: true},
		" ZELENA.": {Status: "fulfilled", Certain: true},
		"ukončeno": {Status: "fulfilled", Certain: true},
		"červená":  {Status: "unknown"},
		"":         {Status: "unknown"},
		"splněno":  {Status: "fulfilled", Certain: true},
	} {
		want.Raw = text
		if got := czech.ReadStatusPhrase(text, own); got != want {
			t.Errorf("%q read as %+v", text, got)
		}
	}
}

func TestOnlySureReadingsAreStates(t *testing.T) {
	for text, want := range map[string]engine.State{
		"splněno": engine.Fulfilled, "nebylo splněno": engine.Unfulfilled, "téměř splněno": engine.StateUnknown,
		"plněno průběžně": engine.StateUnknown, "zrušeno": engine.StateUnknown,
	} {
		if got := czech.ReadStatusPhrase(text, nil).State(); got != want {
			t.Errorf("%q is the state %s", text, got)
		}
	}
}

func FuzzReadStatusPhrase(f *testing.F) {
	for _, p := range statusPhrases {
		f.Add(p.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		began := time.Now()
		r := czech.ReadStatusPhrase(s, nil)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%q took %v", s, took)
		}
		if r.Raw != s || r.Certain && r.Status == "unknown" {
			t.Errorf("%q read as %+v", s, r)
		}
		if doubted := czech.ReadStatusPhrase(s+"?", nil); doubted.Certain {
			t.Errorf("the question %q is answered by %+v", s+"?", doubted)
		}
		if r.Certain && r.Status == "fulfilled" && czech.ReadStatusPhrase("nebylo "+s, nil).State() == engine.Fulfilled {
			t.Errorf("nebylo %q is fulfilled", s)
		}
	})
}
