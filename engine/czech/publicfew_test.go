package czech

import "testing"

func TestWithoutFew(t *testing.T) {
	for text, want := range map[string]string{
		"Pomohli jsme 2 klientům.":                     "Pomohli jsme méně než 5 klientům.",
		"Službu využili 3 klienti z obce.":             "Službu využili méně než 5 klientů z obce.",
		"Podpořili jsme jednoho klienta a dvě rodiny.": "Podpořili jsme méně než 5 klientů a méně než 5 rodin.",
		"pracovali s dvěma klienty":                    "pracovali s méně než 5 klienty",
		"pracovali se 4 klienty":                       "pracovali se méně než 5 klienty",
		"podpořili 4 klienty":                          "podpořili méně než 5 klientů",
		"mluvili o čtyřech klientech":                  "mluvili o méně než 5 klientech",
		"byt pro 1 osobu":                              "byt pro méně než 5 osob",
		"2 osobám se zdravotním postižením":            "méně než 5 osobám se zdravotním postižením",
		"3 děti a 12 dětí":                             "méně než 5 dětí a 12 dětí",
		"dva noví klienti":                             "méně než 5 nových klientů",
		"tři další nové uživatelky":                    "méně než 5 dalších nových uživatelek",
		"jedné starší paní a dvěma pečujícím osobám":   "jedné starší paní a méně než 5 pečujícím osobám",
		"2 až 4 klienti":                               "méně než 5 klientů",
		"2–3 klienti denně":                            "méně než 5 klientů denně",
		"3-6 klientů":                                  "nejvýše 6 klientů",
		"2 a 3 klienti":                                "méně než 5 a méně než 5 klientů",
		"2 z celkem 40 klientů":                        "méně než 5 z celkem 40 klientů",
		"jeden z klientů odešel":                       "méně než 5 z klientů odešel",
		"Počet klientů: 3":                             "Počet klientů: méně než 5",
		"Počet podpořených osob 2, loni 17":            "Počet podpořených osob méně než 5, loni 17",
		"klienti (4)":                                  "klienti (méně než 5)",
		"počet uživatelů v roce 2023 byl 2":            "počet uživatelů v roce 2023 byl méně než 5",
		"2023: 3 klienti, 2022: 12 klientů":            "2023: méně než 5 klientů, 2022: 12 klientů",
		"1,5 klienta na pracovníka":                    "méně než 5 klientů na pracovníka",
		"pomohli jsme 2 klientum a 3 novym uzivatelum": "pomohli jsme méně než 5 klientům a méně než 5 novym uživatelům",
		"TŘI KLIENTI":                                  "méně než 5 klientů",
		"oba manželé":                                  "méně než 5 manželů",
		"2\u00a0klienti":                               "méně než 5\u00a0klientů",
	} {
		if got := withoutFew(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// What is no small count of persons stays to the letter.
func TestWithoutFewLeavesTheRest(t *testing.T) {
	for _, text := range []string{"", "Službu využilo 12 klientů.", "5 klientů", "0 klientů", "žádný klient", "2 hodiny pro klienty", "3 kluby seniorů", "3 setkání seniorů",
		"4 kurzy pro rodiče", "děti do 3 let", "děti od 1 roku", "4členné rodiny", "1. klient", "dne 2. 3. 2023 klienti", "opatření 1.2 klienti", "1 234 klientů", "2 345 osob",
		"234 osob", "v letech 2023 a 2024 klienti", "aktivita 3.1/2 seniorům", "2. etapa", "dva byty", "tři služby seniorům", "klienti 3 hodiny týdně", "s jednou skupinou rodičů",
		"Klienti mají 2 pokoje.", "čtyřikrát ročně klientům", "na třídě", "24hodinová služba osobám", "3x ročně klientům", "klientům: 2 pokoje", "byty pro jednu osobu", "osoby starší 4 let"} {
		if got := withoutFew(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestFew(t *testing.T) {
	for _, c := range []struct {
		name, unit string
		value      float64
		want       bool
	}{{"Počet klientů", "osob", 3, true}, {"klienti", "", 1, true}, {"klienti", "počet", 4, true}, {"", "os.", 2, true}, {"průměr klientů", "", 2.5, true},
		{"Počet klientů", "osob", 5, false}, {"Počet klientů", "osob", 0, false}, {"Hodiny péče o klienta", "hodin", 3, false}, {"Setkání", "", 3, false}, {"klienti", "%", 3, false},
		{"Rodiny", "rodina", 2, true}} {
		if got := few(c.name, c.unit, c.value); got != c.want {
			t.Errorf("few(%q, %q, %v) = %v", c.name, c.unit, c.value, got)
		}
	}
}

func FuzzWithoutFew(f *testing.F) {
	for _, s := range []string{"2 až 4 klienti", "3-6 klientů a 1 osoba", "Počet osob: 2", "1.2.3/4 x", "\xff2 klienti", "dva dva dva klienti z 3 osob"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := withoutFew(text)
		if again := withoutFew(once); again != once {
			t.Errorf("%q became %q, and then %q", text, once, again)
		}
	})
}
