package example

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Reword works on a Word document as somebody at a desk would: it writes to in
// the place of from. It is an error when the document does not say from.
func Reword(docx []byte, from, to string) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if err := reword(out, f, from, to); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", f.Name, err), out.Close())
		}
	}
	err = out.Close()
	return b.Bytes(), err
}

func reword(out *zip.Writer, f *zip.File, from, to string) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return errors.Join(err, r.Close())
	}
	if f.Name == "word/document.xml" {
		if !bytes.Contains(text, []byte(from)) {
			return errors.Join(fmt.Errorf("it does not say %q", from), r.Close())
		}
		text = bytes.ReplaceAll(text, []byte(from), []byte(to))
	}
	w, err := out.Create(f.Name)
	if err == nil {
		_, err = w.Write(text)
	}
	return errors.Join(err, r.Close())
}
