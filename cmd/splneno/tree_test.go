package main_test

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// topLevel is everything that may stand at the top beside dotfiles.
var topLevel = []string{"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "cmd", "engine", "go.mod", "go.sum", "notify", "store", "workflows"}

// clocks are the files outside cmd that may look at the clock, and why.
var clocks = map[string]string{
	"notify/send/send.go": "deadlines on sockets are in the computer's own time, not in the town's",
}

func TestTopLevel(t *testing.T) {
	cmd := exec.Command("git", "ls-files")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	for _, name := range strangers(strings.Fields(string(out))) {
		t.Errorf("%s must not stand at the top", name)
	}
	if got := strangers([]string{"README.md", ".ci/run", "internal/x.go", "engine/doc.go", "Makefile"}); !slices.Equal(got, []string{"internal", "Makefile"}) {
		t.Errorf("the check itself finds %v", got)
	}
}

// strangers gives the names at the top that have no place there.
func strangers(files []string) (out []string) {
	for _, f := range files {
		top, _, _ := strings.Cut(f, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel, top) && !slices.Contains(out, top) {
			out = append(out, top)
		}
	}
	return out
}

// sources calls f for every Go file of the module that is no test.
func sources(t *testing.T, f func(path string, text []byte)) {
	t.Helper()
	n := 0
	for _, p := range list(t) {
		for _, name := range append(p.GoFiles, p.IgnoredGoFiles...) {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") {
				f(strings.TrimPrefix(p.ImportPath, "splneno/")+"/"+name, text)
				n++
			}
		}
	}
	if n < 50 {
		t.Fatalf("only %d files looked at", n)
	}
}

// One clock: everything but cmd is told what time it is.
func TestTheClockIsReadInOnePlace(t *testing.T) {
	sources(t, func(path string, text []byte) {
		if !within(path, "cmd") && clocks[path] == "" && readsClock(t, text) {
			t.Errorf("%s looks at the clock", path)
		}
	})
	for _, planted := range []string{"time.Now()", "time.Since(t)", "time.Until(t)", "x(time.Now)"} {
		if !readsClock(t, []byte("package p\nimport \"time\"\nvar t time.Time\nvar _ = "+planted)) {
			t.Errorf("%s was not found", planted)
		}
	}
}

func readsClock(t *testing.T, text []byte) (found bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			pkg, _ := sel.X.(*ast.Ident)
			found = found || pkg != nil && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name)
		}
		return true
	})
	return found
}

// What people read is written in engine/czech, in templates and in catalogues.
// Comments may quote a Czech word: nobody but us reads them. The examples in
// the help of a command name bodies as a town would.
func TestCzechStandsInItsPlace(t *testing.T) {
	sources(t, func(path string, text []byte) {
		if within(path, "engine/czech") || within(path, "cmd/splneno/example") {
			return
		}
		for _, line := range czechLines(text) {
			t.Errorf("%s: Czech outside engine/czech: %s", path, line)
		}
	})
	planted := "package p\n// řídící skupina\nvar a = \"Splněno\"\nvar b = `kůň`\nvar c = 'Ž'\nvar čas, d = 1, \"naïve – 100 €\"\nvar e = \"\\u017elut\""
	if got := czechLines([]byte(planted)); len(got) != 5 {
		t.Errorf("of five planted words %d were found: %q", len(got), got)
	}
}

// czechLines gives the literals and names of a file that hold a Czech letter.
func czechLines(text []byte) (out []string) {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", -1, len(text)), text, nil, 0) // without comments
	for {
		_, tok, literal := s.Scan()
		if tok == token.EOF {
			return out
		}
		if said, err := strconv.Unquote(literal); err == nil {
			literal = said // written with escapes it is Czech all the same
		}
		if !strings.HasPrefix(literal, "Example") && strings.ContainsAny(strings.ToLower(norm.NFC.String(literal)), "áčďéěíňóřšťúůýž") {
			out = append(out, literal)
		}
	}
}
