package czech_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

// spell writes a deadline on one line: its kind, its days, what else it says,
// and " ?" when it is not certain.
func spell(d engine.Deadline) string {
	s := string(d.Kind)
	if d.Start != "" || d.Due != "" {
		s += fmt.Sprintf(" %s..%s", d.Start, d.Due)
	}
	if d.Kind == engine.DeadlineYears {
		s += fmt.Sprint(" ", d.Years)
	}
	if d.Recurrence != "" {
		s += " " + d.Recurrence
	}
	if d.Ongoing && !slices.Contains([]engine.DeadlineKind{engine.DeadlineOngoing, engine.DeadlineRecurring}, d.Kind) {
		s += " ongoing"
	}
	for _, p := range d.Parts {
		s += " | " + strings.Join(p.Labels, "") + " " + spell(p.Deadline)
	}
	if !d.Certain {
		s += " ?"
	}
	return s
}

// deadlinePhrases are terms in the manner of plans, evaluations and minutes,
// and how they are read when the document gives no year.
var deadlinePhrases = []struct{ text, want string }{
	// days
	{"30. 6. 2023", "date ..2023-06-30"},
	{"30.6.2023", "date ..2023-06-30"},
	{"30.06.2023", "date ..2023-06-30"},
	{"30.06.23", "date ..2023-06-30"},
	{"30. 6.2023", "date ..2023-06-30"},
	{"30 .6. 2023", "date ..2023-06-30"},
	{"30.\u00a06.\u00a02023", "date ..2023-06-30"},
	{"30. června 2023", "date ..2023-06-30"},
	{"30. cervna 2023", "date ..2023-06-30"},
	{"30.června2023", "date ..2023-06-30"},
	{"30. ČERVNA 2023", "date ..2023-06-30"},
	{"30. června roku 2023", "date ..2023-06-30"},
	{"2023-06-30", "date ..2023-06-30"},
	{"30/6/2023", "date ..2023-06-30"},
	{"5/6/2023", "date ..2023-06-05 ?"},
	{"do 30. 6. 2023", "date ..2023-06-30"},
	{"do30.6.2023", "date ..2023-06-30"},
	{"nejpozději do 30. 6. 2023", "date ..2023-06-30"},
	{"Termín: do 30. 6. 2023", "date ..2023-06-30"},
	{"termín realizace: 30. 6. 2023", "date ..2023-06-30"},
	{"T: 15.9.2024", "date ..2024-09-15"},
	{"k 31. 12. 2024", "date ..2024-12-31"},
	{"ke dni 31. 12. 2024", "date ..2024-12-31"},
	{"dne 12. dubna 2018", "date ..2018-04-12"},
	{"ve čtvrtek 12. dubna 2018", "date ..2018-04-12"},
	{"v pátek 12. dubna 2018", "date ..2018-04-12 ?"},
	{"31. 12. 2023 (neděle)", "date ..2023-12-31"},
	{"31. 12. 2023 (pondělí)", "date ..2023-12-31 ?"},
	{"každé pondělí", "unknown ?"},
	{"do 29. 2. 2024", "date ..2024-02-29"},
	{"cca 30. 6. 2023", "date ..2023-06-30 ?"},
	{"30. 6. 2023?", "date ..2023-06-30 ?"},
	{"předpoklad 30. 6. 2023", "date ..2023-06-30 ?"},

	// days there are not
	{"31. 4. 2023", "unknown ?"},
	{"29. 2. 2023", "unknown ?"},
	{"30. února 2024", "unknown ?"},
	{"31. 6. 2023", "unknown ?"},
	{"15. 13. 2023", "unknown ?"},
	{"0. 5. 2023", "unknown ?"},
	{"2023-02-30", "unknown ?"},
	{"32. 1. 2023", "unknown ?"},
	{"od 1. 1. do 31. 4. 2024", "unknown ?"},

	// years
	{"2023", "year 2023-01-01..2023-12-31"},
	{"rok 2023", "year 2023-01-01..2023-12-31"},
	{"r. 2023", "year 2023-01-01..2023-12-31"},
	{"r.2023", "year 2023-01-01..2023-12-31"},
	{"v roce 2023", "year 2023-01-01..2023-12-31"},
	{"během roku 2023", "year 2023-01-01..2023-12-31"},
	{"v průběhu roku 2023", "year 2023-01-01..2023-12-31"},
	{"kalendářní rok 2023", "year 2023-01-01..2023-12-31"},
	{"pro rok 2023", "year 2023-01-01..2023-12-31"},
	{"(2023)", "year 2023-01-01..2023-12-31"},
	{"2023.", "year 2023-01-01..2023-12-31"},
	{"do konce roku 2024", "year ..2024-12-31"},
	{"do konce r. 2024", "year ..2024-12-31"},
	{"do konce 2024", "year ..2024-12-31"},
	{"konec roku 2024", "year ..2024-12-31"},
	{"koncem roku 2024", "year ..2024-12-31"},
	{"ke konci roku 2024", "year ..2024-12-31"},
	{"nejpozději do konce roku 2024", "year ..2024-12-31"},
	{"do roku 2025", "year ..2025-12-31 ?"},
	{"do 2018", "year ..2018-12-31 ?"},
	{"počátkem roku 2024", "year 2024-01-01.. ?"},
	{"začátek roku 2024", "year 2024-01-01.. ?"},
	{"v polovině roku 2024", "year 2024-01-01.. ?"},
	{"předpokládaný termín 2024", "year 2024-01-01..2024-12-31 ?"},
	{"cca 2024", "year 2024-01-01..2024-12-31 ?"},
	{"rok 2024?", "year 2024-01-01..2024-12-31 ?"},

	// several years
	{"2023–2025", "range 2023-01-01..2025-12-31"},
	{"2023 - 2025", "range 2023-01-01..2025-12-31"},
	{"2023- 2025", "range 2023-01-01..2025-12-31"},
	{"2023—2025", "range 2023-01-01..2025-12-31"},
	{"2023 − 2025", "range 2023-01-01..2025-12-31"},
	{"2023 až 2025", "range 2023-01-01..2025-12-31"},
	{"2023–25", "range 2023-01-01..2025-12-31"},
	{"v letech 2023–2025", "range 2023-01-01..2025-12-31"},
	{"roky 2023–2025", "range 2023-01-01..2025-12-31"},
	{"v období 2023–2025", "range 2023-01-01..2025-12-31"},
	{"v období let 2023 až 2025", "range 2023-01-01..2025-12-31"},
	{"od roku 2023 do roku 2025", "range 2023-01-01..2025-12-31"},
	{"od 2023 do konce roku 2025", "range 2023-01-01..2025-12-31"},
	{"2025–2023", "unknown ?"},
	{"2023, 2024", "years 2023-01-01..2024-12-31 [2023 2024]"},
	{"2023 a 2024", "years 2023-01-01..2024-12-31 [2023 2024]"},
	{"2024 i 2023", "years 2023-01-01..2024-12-31 [2023 2024]"},
	{"2023,2024,2025", "years 2023-01-01..2025-12-31 [2023 2024 2025]"},
	{"2023, 2024 a 2026", "years 2023-01-01..2026-12-31 [2023 2024 2026]"},
	{"roky 2023 a 2025", "years 2023-01-01..2025-12-31 [2023 2025]"},
	{"2023, 2025–2027", "years 2023-01-01..2027-12-31 [2023 2025 2026 2027]"},
	{"2023 nebo 2024", "years 2023-01-01..2024-12-31 [2023 2024] ?"},
	{"2023, případně 2024", "years 2023-01-01..2024-12-31 [2023 2024] ?"},
	{"2023 + 2024", "years 2023-01-01..2024-12-31 [2023 2024]"},
	{"2023\n2024", "years 2023-01-01..2024-12-31 [2023 2024] ?"},
	{"do roku 2025 včetně", "year ..2025-12-31"},
	{"2023/2024", "unknown ?"},
	{"2023/24", "unknown ?"},
	{"2011-12", "unknown ?"},
	{"školní rok 2023/2024", "range 2023-09-01..2024-08-31"},
	{"ve školním roce 2023/24", "range 2023-09-01..2024-08-31"},
	{"školní rok 2023/2025", "unknown ?"},
	{"přelom roku 2023/2024", "unknown ?"},
	{"zima 2023/2024", "unknown ?"},

	// open ends
	{"od roku 2009", "ongoing 2009-01-01.."},
	{"od r. 2009", "ongoing 2009-01-01.."},
	{"od 1. 1. 2024", "ongoing 2024-01-01.."},
	{"od ledna 2024", "ongoing 2024-01-01.."},
	{"od roku 2009 dosud", "ongoing 2009-01-01.."},
	{"2009 – dosud", "ongoing 2009-01-01.."},
	{"2024 a dále", "ongoing 2024-01-01.."},
	{"od roku 2024 průběžně", "ongoing 2024-01-01.."},

	{"1. 1. 2024 – průběžně", "ongoing 2024-01-01.. ?"},
	{"2024 – průběžně", "ongoing 2024-01-01.. ?"},
	{"2008 – do doby platnosti nového plánu", "ongoing 2008-01-01.. ?"},
	{"2023–", "year 2023-01-01..2023-12-31 ?"},
	{"–2025", "year 2025-01-01..2025-12-31 ?"},
	{"- 2025", "year 2025-01-01..2025-12-31"},

	// parts of a year
	{"1. čtvrtletí 2024", "range 2024-01-01..2024-03-31"},
	{"1.čtvrtletí 2024", "range 2024-01-01..2024-03-31"},
	{"I. čtvrtletí 2024", "range 2024-01-01..2024-03-31"},
	{"I. Q 2024", "range 2024-01-01..2024-03-31"},
	{"IV.Q 2024", "range 2024-10-01..2024-12-31"},
	{"Q1/2024", "range 2024-01-01..2024-03-31"},
	{"Q1 2024", "range 2024-01-01..2024-03-31"},
	{"2Q 2024", "range 2024-04-01..2024-06-30"},
	{"2Q/2024", "range 2024-04-01..2024-06-30"},
	{"1. kvartál 2024", "range 2024-01-01..2024-03-31"},
	{"třetí čtvrtletí roku 2024", "range 2024-07-01..2024-09-30"},
	{"ve 3. čtvrtletí roku 2024", "range 2024-07-01..2024-09-30"},
	{"poslední čtvrtletí 2024", "range 2024-10-01..2024-12-31"},
	{"1. a 2. čtvrtletí 2024", "range 2024-01-01..2024-06-30"},
	{"1.–3. čtvrtletí 2024", "range 2024-01-01..2024-09-30"},
	{"Q1–Q2 2024", "range 2024-01-01..2024-06-30"},
	{"5. čtvrtletí 2024", "unknown ?"},
	{"Q5/2024", "unknown ?"},
	{"do konce 1. čtvrtletí 2024", "date ..2024-03-31"},
	{"do 1. čtvrtletí 2024", "date ..2024-03-31 ?"},
	{"1. pololetí 2023", "range 2023-01-01..2023-06-30"},
	{"II. pololetí 2023", "range 2023-07-01..2023-12-31"},
	{"druhé pololetí roku 2023", "range 2023-07-01..2023-12-31"},
	{"v 2. pololetí 2023", "range 2023-07-01..2023-12-31"},
	{"2. pol. 2023", "range 2023-07-01..2023-12-31"},
	{"druhá polovina roku 2024", "range 2024-07-01..2024-12-31"},
	{"v první polovině roku 2024", "range 2024-01-01..2024-06-30"},
	{"3. pololetí 2023", "unknown ?"},
	{"2. pololetí 2023 – 1. pololetí 2024", "range 2023-07-01..2024-06-30"},
	{"jaro 2024", "range 2024-03-01..2024-05-31 ?"},
	{"na jaře 2024", "range 2024-03-01..2024-05-31 ?"},
	{"léto 2024", "range 2024-06-01..2024-08-31 ?"},
	{"na podzim 2024", "range 2024-09-01..2024-11-30 ?"},
	{"podzim 2024", "range 2024-09-01..2024-11-30 ?"},
	{"zima 2024", "unknown ?"},
	{"letní prázdniny 2024", "range 2024-07-01..2024-08-31"},
	{"o letních prázdninách 2024", "range 2024-07-01..2024-08-31"},

	// months
	{"červen 2024", "range 2024-06-01..2024-06-30"},
	{"cerven 2024", "range 2024-06-01..2024-06-30"},
	{"v červnu 2024", "range 2024-06-01..2024-06-30"},
	{"v měsíci červnu 2018", "range 2018-06-01..2018-06-30"},
	{"06/2024", "range 2024-06-01..2024-06-30"},
	{"12/2024", "range 2024-12-01..2024-12-31"},
	{"3/2024", "range 2024-03-01..2024-03-31 ?"},
	{"6. 2024", "range 2024-06-01..2024-06-30 ?"},
	{"13/2024", "unknown ?"},
	{"VI/2024", "range 2024-06-01..2024-06-30"},
	{"I/2024", "unknown ?"},
	{"do konce dubna 2008", "date ..2008-04-30"},
	{"do konce měsíce února 2024", "date ..2024-02-29"},
	{"koncem května 2024", "date ..2024-05-31"},
	{"do března 2024", "date ..2024-03-31 ?"},
	{"začátkem června 2024", "range 2024-06-01.. ?"},
	{"leden–březen 2024", "range 2024-01-01..2024-03-31"},
	{"leden až březen 2024", "range 2024-01-01..2024-03-31"},
	{"od ledna do března 2024", "range 2024-01-01..2024-03-31"},
	{"od ledna 2023 do března 2024", "range 2023-01-01..2024-03-31"},
	{"listopad–únor 2024", "range 2023-11-01..2024-02-29 ?"},
	{"06/2023 – 12/2024", "range 2023-06-01..2024-12-31"},
	{"duben a říjen 2024", "range 2024-04-01..2024-10-31 ?"},

	// spans of days
	{"1. 1. – 31. 3. 2024", "range 2024-01-01..2024-03-31"},
	{"1.1.-31.3.2024", "range 2024-01-01..2024-03-31"},
	{"1. 1. 2024 – 31. 3. 2024", "range 2024-01-01..2024-03-31"},
	{"1. 1. až 31. 3. 2024", "range 2024-01-01..2024-03-31"},
	{"od 1. 1. do 31. 3. 2024", "range 2024-01-01..2024-03-31"},
	{"od 1. ledna do 31. března 2024", "range 2024-01-01..2024-03-31"},
	{"1.–31. 3. 2024", "range 2024-03-01..2024-03-31"},
	{"10. – 14. června 2024", "range 2024-06-10..2024-06-14"},
	{"1. 11. – 31. 3. 2024", "range 2023-11-01..2024-03-31 ?"},
	{"30. 6. 2023 – 1. 2. 2023", "unknown ?"},
	{"30. 6. a 31. 12. 2024", "range 2024-06-30..2024-12-31 ?"},

	// ongoing
	{"Průběžně", "ongoing"},
	{"prubezne", "ongoing"},
	{"PRŮBĚŽNĚ", "ongoing"},
	{"průběžně dle potřeby", "ongoing"},
	{"průběžně, dle aktuálních potřeb", "ongoing"},
	{"stále", "ongoing"},
	{"trvale", "ongoing"},
	{"trvalý úkol", "ongoing"},
	{"nepřetržitě", "ongoing"},
	{"celoročně", "ongoing"},
	{"po celé období", "ongoing"},
	{"průběžně po celou dobu platnosti plánu", "ongoing"},
	{"dlouhodobě", "ongoing ?"},
	{"průběžně 2023–2025", "range 2023-01-01..2025-12-31 ongoing"},
	{"2023–2025 průběžně", "range 2023-01-01..2025-12-31 ongoing"},
	{"průběžně v letech 2023–2025", "range 2023-01-01..2025-12-31 ongoing"},
	{"průběžně v roce 2024", "year 2024-01-01..2024-12-31 ongoing"},
	{"2023 a průběžně dle potřeby", "year 2023-01-01..2023-12-31 ongoing"},
	{"2023 a dále průběžně", "year 2023-01-01..2023-12-31 ongoing"},
	{"2023 (průběžně)", "year 2023-01-01..2023-12-31 ongoing"},
	{"do 30. 6. 2023, dále průběžně", "date ..2023-06-30 ongoing"},
	{"průběžně, nejpozději do konce roku 2024", "year ..2024-12-31 ongoing"},

	// every year and oftener
	{"každoročně", "recurring yearly"},
	{"ročně", "recurring yearly"},
	{"každý rok", "recurring yearly"},
	{"1x ročně", "recurring yearly"},
	{"1 x ročně", "recurring yearly"},
	{"1× ročně", "recurring yearly"},
	{"jednou ročně", "recurring yearly"},
	{"jedenkrát za rok", "recurring yearly"},
	{"2x ročně", "recurring 2 per year"},
	{"1–2x ročně", "recurring 1-2 per year"},
	{"min. 3x ročně", "recurring at least 3 per year"},
	{"min. 3x ročně nebo dle potřeb", "recurring at least 3 per year ?"},
	{"alespoň jednou ročně", "recurring at least 1 per year"},
	{"měsíčně", "recurring monthly"},
	{"1x měsíčně", "recurring monthly"},
	{"každý měsíc", "recurring monthly"},
	{"čtvrtletně", "recurring quarterly"},
	{"pololetně", "recurring half-yearly"},
	{"týdně", "recurring weekly"},
	{"1x za 2 roky", "recurring every 2 years"},
	{"jednou za tři roky", "recurring every 3 years"},
	{"každé dva roky", "recurring every 2 years"},
	{"každoročně do 31. 3.", "recurring yearly by 03-31"},
	{"každoročně k 31. 12.", "recurring yearly by 12-31"},
	{"vždy do 31. března", "recurring yearly by 03-31"},
	{"každý rok v září", "recurring yearly by 09-30"},
	{"každoročně do konce února", "recurring yearly by 02-28"},
	{"každoročně na podzim", "recurring yearly by 11-30 ?"},
	{"každoročně do 31. 4.", "recurring yearly ?"},
	{"každoročně do 29. 2.", "recurring yearly ?"},
	{"každoročně v termínu do 31. 3.", "recurring yearly by 03-31"},
	{"do 31.3. každého roku", "recurring yearly by 03-31"},
	{"2x ročně – jaro a podzim", "recurring 2 per year ?"},
	{"jednou za čtvrtletí", "recurring quarterly"},
	{"0x ročně", "recurring yearly ?"},
	{"do 31. 12. 2024, poté každoročně", "date ..2024-12-31 yearly ongoing"},
	{"každoročně 2023–2025", "range 2023-01-01..2025-12-31 yearly ongoing"},
	{"2023–2025, 1x ročně", "range 2023-01-01..2025-12-31 yearly ongoing"},
	{"průběžně, min. 2x ročně", "recurring at least 2 per year"},
	{"každoročně od roku 2024", "ongoing 2024-01-01.. yearly"},

	// conditions and events: never a day of our own making
	{"dle finančních možností", "unknown ?"},
	{"podle finančních možností města", "unknown ?"},
	{"2024 dle finančních možností", "year 2024-01-01..2024-12-31 ?"},
	{"2024 (v případě získání dotace)", "year 2024-01-01..2024-12-31 ?"},
	{"v případě získání dotace 2024", "unknown ?"},
	{"po získání dotace", "unknown ?"},
	{"po schválení rozpočtu na rok 2024", "unknown ?"},
	{"do 3 měsíců od schválení", "unknown ?"},
	{"do 30 dnů od podpisu smlouvy", "unknown ?"},
	{"do doby platnosti nového plánu", "unknown ?"},
	{"průběžně do vyčerpání prostředků", "ongoing ?"},
	{"průběžně, dle možností rodin", "ongoing ?"},
	{"v návaznosti na výzvu MPSV", "unknown ?"},
	{"do zahájení provozu", "unknown ?"},
	{"dle potřeby", "unknown ?"},
	{"2023 dle potřeby", "year 2023-01-01..2023-12-31 ?"},
	{"bude upřesněno", "unknown ?"},
	{"2024, bude upřesněno", "year 2024-01-01..2024-12-31 ?"},

	// changed terms
	{"původně 2022, nově 2023", "year 2023-01-01..2023-12-31"},
	{"původní termín 30. 6. 2022, nový termín 31. 12. 2022", "date ..2022-12-31"},
	{"původně do konce roku 2022, prodlouženo do 30. 6. 2023", "date ..2023-06-30"},
	{"prodlouženo do 2018", "year ..2018-12-31 ?"},
	{"prodlouženo do konce roku 2018", "year ..2018-12-31"},
	{"2022 (prodlouženo do 31. 12. 2023)", "date ..2023-12-31"},
	{"posunuto na rok 2025", "year 2025-01-01..2025-12-31"},
	{"termín posunut z 30. 6. 2023 na 30. 9. 2023", "date ..2023-09-30"},
	{"odloženo na 2024", "year 2024-01-01..2024-12-31"},
	{"2022 → 2023", "year 2023-01-01..2023-12-31 ?"},
	{"původně 2022", "year 2022-01-01..2022-12-31 ?"},
	{"prodlouženo", "unknown ?"},
	{"odloženo na neurčito", "unknown ?"},

	// lettered parts
	{"a), b) 2023 c) 2024", "parts 2023-01-01..2024-12-31 | a)b) year 2023-01-01..2023-12-31 | c) year 2024-01-01..2024-12-31"},
	{"a), b) 2023, c) 2024", "parts 2023-01-01..2024-12-31 | a)b) year 2023-01-01..2023-12-31 | c) year 2024-01-01..2024-12-31"},
	{"a),b)2023 c)2024", "parts 2023-01-01..2024-12-31 | a)b) year 2023-01-01..2023-12-31 | c) year 2024-01-01..2024-12-31"},
	{"a, b) 2023; c) 2024", "parts 2023-01-01..2024-12-31 | a)b) year 2023-01-01..2023-12-31 | c) year 2024-01-01..2024-12-31"},
	{"a) – c) 2023 d) 2024", "parts 2023-01-01..2024-12-31 | a)b)c) year 2023-01-01..2023-12-31 | d) year 2024-01-01..2024-12-31"},
	{"a) do 30. 6. 2023; b) průběžně", "parts ..2023-06-30 ongoing | a) date ..2023-06-30 | b) ongoing"},
	{"ad a) 2023, ad b) 2024", "parts 2023-01-01..2024-12-31 | a) year 2023-01-01..2023-12-31 | b) year 2024-01-01..2024-12-31"},
	{"a) 2023–2025\nb) 1. pololetí 2023", "parts 2023-01-01..2025-12-31 | a) range 2023-01-01..2025-12-31 | b) range 2023-01-01..2023-06-30"},
	{"a) 2023 b) brzy", "parts ..2023-12-31 | a) year 2023-01-01..2023-12-31 | b) unknown ? ?"},
	{"a) 2023 b)", "parts ..2023-12-31 | a) year 2023-01-01..2023-12-31 | b) unknown ? ?"},
	{"a) 2023 a) 2024", "parts 2023-01-01..2024-12-31 | a) year 2023-01-01..2023-12-31 | a) year 2024-01-01..2024-12-31 ?"},
	{"a) do 31. 4. 2023 b) 2024", "parts ..2024-12-31 | a) unknown ? | b) year 2024-01-01..2024-12-31 ?"},

	// without a year, and nothing
	{"30. 6.", "unknown ?"},
	{"do konce dubna", "unknown ?"},
	{"do konce roku", "unknown ?"},
	{"na podzim", "unknown ?"},
	{"léto", "unknown ?"},
	{"1. čtvrtletí", "unknown ?"},
	{"do konce tohoto roku", "unknown ?"},
	{"", "none"},
	{" – ", "none"},
	{"bez termínu", "none"},
	{"nestanoveno", "none"},

	// nothing we know
	{"brzy", "unknown ?"},
	{"co nejdříve", "unknown ?"},
	{"co nejdříve v roce 2024", "unknown ?"},
	{"do konce prázdnin 2023", "unknown ?"},
	{"viz opatření 3.2", "unknown ?"},
	{"rok", "unknown ?"},
	{"2023 Oblastní charita", "unknown ?"},
	{"20233", "unknown ?"},
	{"108/2006 Sb.", "unknown ?"},
	{"1899", "unknown ?"},
	{"neprůběžně", "unknown ?"},
}

func TestDeadlinePhrases(t *testing.T) {
	for _, tt := range deadlinePhrases {
		got := czech.ReadDeadline(tt.text, 0)
		if s := spell(got); s != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, s, tt.want)
		}
		if got.Raw != tt.text {
			t.Errorf("%q kept as %q", tt.text, got.Raw)
		}
	}
}

// TestDeadlineWithYear gives the year of the document.
func TestDeadlineWithYear(t *testing.T) {
	for text, want := range map[string]string{
		"30. 6.":                    "date ..2023-06-30",
		"do 30.6.":                  "date ..2023-06-30",
		"do 30. června":             "date ..2023-06-30",
		"29. 2.":                    "unknown ?",
		"do konce dubna":            "date ..2023-04-30",
		"do konce roku":             "year ..2023-12-31",
		"konec roku":                "year ..2023-12-31",
		"v červnu":                  "range 2023-06-01..2023-06-30",
		"1. čtvrtletí":              "range 2023-01-01..2023-03-31",
		"Q4":                        "range 2023-10-01..2023-12-31",
		"2. pololetí":               "range 2023-07-01..2023-12-31",
		"na podzim":                 "range 2023-09-01..2023-11-30 ?",
		"leden–březen":              "range 2023-01-01..2023-03-31",
		"1. 1. – 31. 3.":            "range 2023-01-01..2023-03-31",
		"listopad–únor":             "range 2023-11-01..2024-02-29 ?",
		"každoročně do 31. 3.":      "recurring ..2023-03-31 yearly by 03-31",
		"každý rok v září":          "recurring 2023-09-01..2023-09-30 yearly by 09-30",
		"a) do 30. 6. b) průběžně":  "parts ..2023-06-30 ongoing | a) date ..2023-06-30 | b) ongoing",
		"v měsíci červnu 2018":      "range 2018-06-01..2018-06-30",
		"po získání dotace, 30. 6.": "unknown ?",
		"počátkem roku":             "year 2023-01-01.. ?",
	} {
		if got := spell(czech.ReadDeadline(text, 2023)); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}
