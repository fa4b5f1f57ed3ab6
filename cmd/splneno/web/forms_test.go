package web

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/url"
	"slices"
)

// fileFields are the fields of our forms that hold a file.
var fileFields = []string{"dokument", "sablona", "soubor"}

// formBody writes a form as a browser does: in parts where one of its fields holds
// a file, and otherwise in one line.
func formBody(h *house, form url.Values) (kind string, body []byte) {
	h.t.Helper()
	if !slices.ContainsFunc(fileFields, form.Has) {
		return "application/x-www-form-urlencoded", []byte(form.Encode())
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			if !slices.Contains(fileFields, name) {
				h.must(w.WriteField(name, value))
				continue
			}
			part, err := w.CreateFormFile(name, name)
			h.must(err)
			_, err = part.Write([]byte(value))
			h.must(err)
		}
	}
	h.must(w.Close())
	return w.FormDataContentType(), b.Bytes()
}
