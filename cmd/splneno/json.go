package main

import "encoding/json"

// json prints a value for programs, the way every command does that has --json
// and means one value. The names in it are promised: they stay.
func (w *world) json(v any) error {
	enc := json.NewEncoder(w.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
