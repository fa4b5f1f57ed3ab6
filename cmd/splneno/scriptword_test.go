package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptWord works on a Word document as somebody at a desk would: word FILE
// FROM TO.
func scriptWord(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: word FILE FROM TO")
	}
	data := ts.ReadFile(args[0])
	in, err := zip.NewReader(bytes.NewReader([]byte(data)), int64(len(data)))
	ts.Check(err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		ts.Check(err)
		text, err := io.ReadAll(r)
		ts.Check(err)
		if f.Name == "word/document.xml" {
			if !bytes.Contains(text, []byte(args[1])) {
				ts.Fatalf("%s does not say %q", args[0], args[1])
			}
			text = bytes.ReplaceAll(text, []byte(args[1]), []byte(args[2]))
		}
		w, err := out.Create(f.Name)
		ts.Check(err)
		_, err = w.Write(text)
		ts.Check(err)
	}
	ts.Check(out.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}
