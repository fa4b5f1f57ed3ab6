package czech

// The headings of a plan's tables, by the keys of our own file. One key is one
// word in every table.
var fileWords = map[string]string{
	"plan": "Plán", "period": "Období", "areas": "Oblasti", "measures": "Opatření", "activities": "Aktivity",
	"services": "Služby", "projects": "Projekty", "organisations": "Organizace", "plans": "Další plány",
	"groups": "Skupiny", "documents": "Dokumenty", "events": "Události", "warnings": "Upozornění",

	"id": "ID", "title": "Název", "kind": "Druh", "territory": "Území", "start": "Začátek", "end": "Konec",
	"open_end": "Otevřený konec", "approved_by": "Schválil orgán", "approved_on": "Schváleno dne", "approved_at": "Schváleno kde",
	"approvals": "Další usnesení", "parent": "Nadřazený plán", "funding": "Financování", "levels": "Názvy úrovní",
	"code": "Kód", "above": "Nadřazená úroveň", "area": "Oblast", "measure": "Opatření (kód)", "cross_cutting": "Průřezové",
	"description": "Popis", "label": "Označení", "details": "Podrobnosti", "tags": "Štítky", "target_group": "Cílová skupina",
	"responsible_raw": "Odpovídá (jak je tištěno)", "responsible": "Odpovídá (rozděleno)", "answers": "Kdo odpovídá na dotaz",
	"deadline": "Termín", "deadline_read": "Termín (výklad)", "parts": "Kroky", "indicators": "Indikátory",
	"carried_from": "Navazuje na", "carried": "Převzato z", "carried_over": "Převedeno", "dropped": "Důvod vypuštění",
	"status_raw": "Stav (jak je tištěn)", "status": "Stav", "qualifier": "Upřesnění stavu",
	"narrative": "Co se udělalo", "unsure": "Nejisté údaje", "line": "Řádek v souboru", "sources": "Odkud je údaj",
	"provider": "Poskytovatel", "name": "Jméno", "capacity": "Kapacita", "scope": "Působnost", "beds": "Lůžka",
	"implementer": "Realizátor", "term": "Doba", "aliases": "Jiná jména", "contacts": "Kontakty", "members": "Členové",
	"ended": "Zaniklo dne", "successor": "Nástupce", "text": "Text", "reason": "Důvod", "year": "Rok", "day": "Den",
	"raw": "Jak je tištěno", "time": "Hodina", "place": "Místo", "programme": "Program",
}

// fileValues are words of our own file that people read and write in Czech.
var fileValues = map[string]map[string]string{
	"status": {
		"planned": "dosud nezahájeno", "in_progress": "probíhá", "fulfilled": "splněno", "partial": "částečně splněno",
		"unfulfilled": "nesplněno", "unknown": "neuvedeno",
	},
	"qualifier": {"another_form": "jinou formou"},
	"kind":      {"plan": "střednědobý plán", "action plan": "akční plán", "evaluation": "vyhodnocení"},
}

var fileKeys = func() map[string]string {
	keys := map[string]string{}
	for key, word := range fileWords {
		keys[Fold(word)] = key
	}
	return keys
}()

// FileWord writes a key of our own file as the heading of a column or the name
// of a sheet; a key without a word stays itself.
func FileWord(key string) string {
	if word, ok := fileWords[key]; ok {
		return word
	}
	return key
}

// FileKey reads a heading back, in Czech or as the key itself.
func FileKey(word string) string {
	if key, ok := fileKeys[Fold(word)]; ok {
		return key
	}
	return word
}

// FileValueWord writes a value of our own file in Czech where it has a word.
func FileValueWord(key, value string) string {
	if word, ok := fileValues[key][value]; ok {
		return word
	}
	return value
}

// FileValue reads it back; what is no such word stays itself.
func FileValue(key, word string) string {
	for value, w := range fileValues[key] {
		if Fold(w) == Fold(word) {
			return value
		}
	}
	return word
}

// YesWord writes a mark in a column, "" for no.
func YesWord(yes bool) string {
	if yes {
		return "ano"
	}
	return ""
}

// ReadYes reads a mark; ok is false for any other word.
func ReadYes(word string) (yes, ok bool) {
	switch Fold(word) {
	case "ano", "a", "x", "1", "true", "yes":
		return true, true
	case "ne", "n", "0", "", "false", "no":
		return false, true
	}
	return false, false
}
