package main

import (
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"splneno/cmd/splneno/example"
)

// scriptWord works on a Word document as somebody at a desk would: word FILE
// FROM TO.
func scriptWord(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: word FILE FROM TO")
	}
	file, err := example.Reword([]byte(ts.ReadFile(args[0])), args[1], args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), file, 0o644))
}
