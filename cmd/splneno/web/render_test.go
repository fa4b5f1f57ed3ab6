package web

import (
	"errors"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing"
)

// Templates are parsed when they are first asked for, so a broken one is found
// here and not by whoever opens the page.
func TestEveryTemplateParses(t *testing.T) {
	s := &site{Server: &Server{}, tongues: loadTongues(), assets: loadAssets()}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil || len(names) < 50 {
		t.Fatalf("%d templates, %v", len(names), err)
	}
	for _, name := range names {
		if _, err := s.parser("cs", "").ParseFS(templateFiles, name); err != nil {
			t.Error(err)
		}
	}
	if _, err := template.New("planted").Parse("{{if}}"); err == nil {
		t.Error("a broken template was parsed")
	}
}

// Every page has what it calls, directly or through a part, and few parts it does
// not call: with all of them each took half a megabyte.
func TestEveryPageHasItsParts(t *testing.T) {
	s := &site{Server: &Server{}, tongues: loadTongues(), shelf: newShelf(), assets: loadAssets()}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "layout" || strings.HasSuffix(name, "parts") {
			continue
		}
		page := s.page("cs", "", name)
		if n := len(page.Templates()); n > 40 {
			t.Errorf("page %s has %d parts", name, n)
		}
		// What is written is of no matter; before, every call in it is looked up.
		var missing *template.Error
		if err := page.ExecuteTemplate(io.Discard, "layout", nil); errors.As(err, &missing) && missing.ErrorCode == template.ErrNoSuchTemplate {
			t.Errorf("page %s: %v", name, err)
		}
	}
	if len(sharedParts()) < 60 {
		t.Errorf("only %d parts are shared", len(sharedParts()))
	}
}
