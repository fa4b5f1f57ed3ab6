package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"splneno/engine/czech"
)

//go:embed templates
var templateFiles embed.FS

// words is the catalogue of sentences that are chosen by code: errors, faults
// of a field, flashes. A sentence with a number has three forms, "one|few|many".
type words map[string]string

func loadWords() words {
	body, err := templateFiles.ReadFile("templates/messages.cs.json")
	if err != nil {
		panic(err)
	}
	w := words{}
	if err := json.Unmarshal(body, &w); err != nil {
		panic(err)
	}
	return w
}

// say gives a sentence, "" for a key that is not in the catalogue or asks for a
// number.
func (w words) say(key string) string {
	if strings.Contains(w[key], "|") {
		return ""
	}
	return w[key]
}

// count gives the form of a sentence that goes with n, with n in it.
func (w words) count(key string, n int) string {
	forms := strings.Split(w[key], "|")
	if len(forms) != 3 {
		return ""
	}
	return strings.ReplaceAll(czech.Plural(n, forms[0], forms[1], forms[2]), "%d", fmt.Sprint(n))
}
