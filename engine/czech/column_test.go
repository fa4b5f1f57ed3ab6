package czech

import "testing"

func TestReadColumn(t *testing.T) {
	for heading, want := range map[string]Column{
		"Aktivita": ColumnTitle, "AKTIVITY:": ColumnTitle, "Č.": ColumnCode, "P. č.": ColumnCode, "Opatření": ColumnMeasure,
		"Odpovědný za realizaci": ColumnResponsible, "Realizátor, spolupracující subjekt": ColumnResponsible, "Gestor": ColumnResponsible,
		"Termín (čtvrtletí)": ColumnDeadline, "Termín\nrealizace": ColumnDeadline, "splněno/částečně/nesplněno": ColumnStatus,
		"Zrealizované akce/činnosti": ColumnNarrative, "Popis plnění": ColumnNarrative, "Popis": ColumnDetails, "Poznámka": ColumnNote,
		"Prioritní oblast": ColumnArea, "Indikátor": ColumnIndicator, "Rozpočet": "", "": "", "Ideál": "",
		"Aktivita byla zahájena a pokračuje podle harmonogramu v průběhu celého roku i nadále bez přerušení": "",
	} {
		if got, _, ok := ReadColumn(heading); got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, want %q", heading, got, want)
		}
	}
}

func TestCutCode(t *testing.T) {
	for name, want := range map[string][2]string{
		"1.1 Péče": {"1.1", "Péče"}, "1.1. Péče": {"1.1", "Péče"}, "1.2.3 – Péče": {"1.2.3", "Péče"}, "1.1": {"1.1", ""},
		"Opatření 2.1: Péče": {"2.1", "Péče"}, "Prioritní oblast 1.: Senioři": {"1", "Senioři"}, "2) Péče": {"2", "Péče"},
		"1 Senioři": {"1", "Senioři"}, "3 nová auta": {"", "3 nová auta"}, "2023 v číslech": {"", "2023 v číslech"},
		"A – Informovanost": {"A", "Informovanost"}, "A také klub": {"", "A také klub"}, "Péče": {"", "Péče"}, "": {"", ""},
	} {
		if code, title := CutCode(name); code != want[0] || title != want[1] {
			t.Errorf("%q is %q and %q, want %q", name, code, title, want)
		}
	}
}

func TestFileWordsAreOnesOwn(t *testing.T) {
	if len(fileKeys) != len(fileWords) {
		t.Errorf("%d words for %d keys: one word stands for two", len(fileKeys), len(fileWords))
	}
	for key, values := range fileValues {
		for value := range values {
			if got := FileValue(key, FileValueWord(key, value)); got != value {
				t.Errorf("%s %s is read back as %s", key, value, got)
			}
		}
	}
}
