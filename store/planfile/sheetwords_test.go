package planfile

import (
	"reflect"
	"testing"

	"splneno/engine/czech"
)

// TestEveryColumnHasAWord wants a Czech heading for every column and sheet of
// our own tables, each read back as its key.
func TestEveryColumnHasAWord(t *testing.T) {
	doc := reflect.TypeFor[fileDoc]()
	for f := range doc.Fields() {
		row := f.Type
		for row.Kind() == reflect.Slice || row.Kind() == reflect.Pointer {
			row = row.Elem()
		}
		if row.Kind() != reflect.Struct {
			continue
		}
		keys := []string{keyOf(f)}
		for inner := range row.Fields() {
			keys = append(keys, keyOf(inner))
		}
		for _, key := range keys {
			if word := czech.FileWord(key); word == key || czech.FileKey(word) != key {
				t.Errorf("%s of %s is written %q and read %q", key, keyOf(f), word, czech.FileKey(word))
			}
		}
	}
}
