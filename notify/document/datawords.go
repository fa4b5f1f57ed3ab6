package document

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"

	"splneno/engine"
	"splneno/engine/czech"
)

//go:embed templates/data.json
var dataWords []byte

// A wordList is the Czech words of tables, workbooks and the catalogue, by key.
type wordList map[string]string

func readDataWords() (wordList, error) {
	var w wordList
	if err := json.Unmarshal(dataWords, &w); err != nil {
		return nil, fmt.Errorf("words of tables: %w", err)
	}
	return w, nil
}

// result gives the word of a count, as [engine.Totals.Shares] spells it: the
// municipality's own, or ours.
func (w wordList) result(e engine.Evaluation, name string) string {
	return cmp.Or(e.StatusNames[name], czech.CountWord(name))
}

// area gives the heading of an area, also of the one of cross-cutting measures.
func (w wordList) area(a engine.AreaResult) string {
	if a.Code == "" && a.Title == "" {
		return w["crosscutting"]
	}
	return joined(" ", a.Code, a.Title)
}
