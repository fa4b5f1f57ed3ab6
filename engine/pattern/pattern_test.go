package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryPatternCompiles finds the patterns of the program that are written
// as one text: a wrong one would show only when it is first asked.
func TestEveryPatternCompiles(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			text, whole := call.Args[0].(*ast.BasicLit)
			if from, named := selected(f, ok); !whole || !named || from != "pattern.New" {
				return true
			}
			found++
			expression, err := strconv.Unquote(text.Value)
			if err == nil {
				_, err = regexp.Compile(expression)
			}
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			return true
		})
		return nil
	})
	if err != nil || found < 100 {
		t.Errorf("%d patterns found: %v", found, err)
	}
}

// selected names what a selector selects.
func selected(f *ast.SelectorExpr, is bool) (string, bool) {
	if !is {
		return "", false
	}
	from, ok := f.X.(*ast.Ident)
	if !ok {
		return "", false
	}
	return from.Name + "." + f.Sel.Name, true
}
