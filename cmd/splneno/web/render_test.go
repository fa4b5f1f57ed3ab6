package web

import (
	"html/template"
	"io/fs"
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
