package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
)

// eventWords reads out of the source every word of the journal the product
// writes: those set as an Event, those handed to a function that takes one, and
// those a function called event gives.
func eventWords(t *testing.T, folders ...string) map[string]bool {
	t.Helper()
	var files []*ast.File
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	words := map[string]bool{}
	takes := map[string]int{} // function: which argument is the word
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool { return gatherTakers(n, takes, words) })
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool { return gatherWords(n, takes, words) })
	}
	return words
}

// gatherTakers finds the functions that take a word, and what those called
// event give.
func gatherTakers(n ast.Node, takes map[string]int, words map[string]bool) bool {
	f, ok := n.(*ast.FuncDecl)
	if !ok {
		return true
	}
	at := 0
	for _, field := range f.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == "event" {
				takes[f.Name.Name] = at
			}
			at++
		}
	}
	if f.Name.Name == "event" {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if r, ok := n.(*ast.ReturnStmt); ok {
				add(words, r.Results[0])
			}
			return true
		})
	}
	return true
}

func gatherWords(n ast.Node, takes map[string]int, words map[string]bool) bool {
	switch x := n.(type) {
	case *ast.KeyValueExpr:
		if isEvent(x.Key) {
			add(words, x.Value)
		}
	case *ast.AssignStmt:
		for i, left := range x.Lhs {
			if isEvent(left) && len(x.Rhs) == len(x.Lhs) {
				add(words, x.Rhs[i])
			}
		}
	case *ast.CallExpr:
		name := ""
		switch f := x.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if at, ok := takes[name]; ok && at < len(x.Args) {
			add(words, x.Args[at])
		}
	}
	return true
}

// isEvent reports whether something is called an event.
func isEvent(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Ident:
		return strings.EqualFold(x.Name, "event")
	case *ast.SelectorExpr:
		return x.Sel.Name == "Event"
	}
	return false
}

func add(words map[string]bool, e ast.Expr) {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		if word, err := strconv.Unquote(lit.Value); err == nil && word != "" {
			words[word] = true
		}
	}
}

// Every act the journal tells of has its word on the pages, and no other has.
func TestEveryEventHasItsWord(t *testing.T) {
	words := eventWords(t, "../../../engine", "../../../workflows")
	words[engine.PersonErased] = true // the one that is looked for again by its word
	if len(words) < 50 {
		t.Errorf("only %d words of the journal were found", len(words))
	}
	all := loadCatalogue()
	for word := range words {
		if _, ok := all["event."+word]; !ok {
			t.Errorf("the journal's %q has no word on the pages", word)
		}
	}
	for key := range all {
		if word, ok := strings.CutPrefix(key, "event."); ok && !words[word] {
			t.Errorf("nothing is ever called %q in the journal", word)
		}
	}
}
