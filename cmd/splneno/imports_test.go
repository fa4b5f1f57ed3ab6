package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A listed package is what go list says of one.
type listed struct {
	ImportPath, Dir, Doc               string
	GoFiles, IgnoredGoFiles            []string
	Imports, TestImports, XTestImports []string
}

// homes says in which folders a foreign module may be imported. A module that
// is not here has no home yet: give it one, or do without it.
var homes = map[string][]string{
	"github.com/looplab/fsm":              {"engine"},
	"github.com/rickar/cal/v2":            {"engine"},
	"golang.org/x/text":                   {"engine/czech", "store", "notify", "cmd/splneno/web"}, // folding, foreign charsets, the order of names
	"github.com/robfig/cron/v3":           {"workflows"},
	"github.com/uptrace/bun":              {"store"}, // with its dialects and pgdriver
	"modernc.org/sqlite":                  {"store"},
	"go.yaml.in/yaml/v4":                  {"store/planfile", "cmd/splneno"},
	"github.com/xuri/excelize/v2":         {"store/planfile", "notify/document"},
	"github.com/go-fonts/liberation":      {"notify/paper/pdf"},
	"github.com/wneessen/go-mail":         {"notify"},
	"github.com/emersion/go-smtp":         {"notify"},
	"github.com/emersion/go-sasl":         {"notify"},
	"github.com/emersion/go-message":      {"notify"},
	"github.com/emersion/go-imap/v2":      {"notify"},
	"github.com/emersion/go-msgauth":      {"notify"},
	"golang.org/x/oauth2":                 {"notify", "cmd/splneno/web/door"},
	"golang.org/x/net":                    {"notify"},
	"github.com/nicksnyder/go-i18n/v2":    {"cmd/splneno/web"},
	"github.com/emersion/go-ical":         {"cmd/splneno/web"},
	"github.com/go-webauthn/webauthn":     {"cmd/splneno/web/door"},
	"github.com/pquerna/otp":              {"cmd/splneno/web/door"},
	"github.com/coreos/go-oidc/v3":        {"cmd/splneno/web/door"},
	"golang.org/x/crypto":                 {"cmd/splneno/web/door"},
	"github.com/alecthomas/kong":          {"cmd"},
	"github.com/schollz/progressbar/v3":   {"cmd"},
	"github.com/coreos/go-systemd/v22":    {"cmd"},
	"golang.org/x/term":                   {"cmd"},
	"golang.org/x/sys":                    {"cmd"}, // what a system says of itself
	"github.com/google/go-cmp":            {},      // tests only, as those below
	"github.com/chromedp/chromedp":        {},
	"github.com/chromedp/cdproto":         {},
	"github.com/rogpeppe/go-internal":     {},
	"github.com/prometheus/client_golang": {}, // its linter
}

// within reports whether a package or import path lies in a folder.
func within(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// mayImport is the way imports point: cmd to everything, workflows, notify and
// store to the engine and never to one another, the engine to nothing of ours.
func mayImport(from, to string) bool {
	top, _, _ := strings.Cut(from, "/")
	switch {
	case top == "cmd":
		return true
	case top == "engine":
		return from != "engine" && within(to, "engine")
	case within(to, "engine/czech") && top == "store":
		return from == "store/planfile" // the rest of the store knows no Czech sentence
	case top == "workflows", top == "notify", top == "store":
		return within(to, top) || within(to, "engine")
	}
	return false
}

// importFaults gives every import that points the wrong way.
func importFaults(packages []listed) (faults []string) {
	for _, p := range packages {
		from := strings.TrimPrefix(p.ImportPath, "splneno/")
		for i, imports := range [][]string{p.Imports, p.TestImports, p.XTestImports} {
			for _, path := range imports {
				to, ours := strings.CutPrefix(path, "splneno/")
				first, _, _ := strings.Cut(path, "/")
				switch {
				case ours && to != from && !mayImport(from, to):
					faults = append(faults, fmt.Sprintf("%s must not import %s", from, to))
				case !ours && strings.Contains(first, ".") && !atHome(from, path, i > 0):
					faults = append(faults, fmt.Sprintf("%s must not import %s: it is not its home", from, path))
				}
			}
		}
	}
	return faults
}

// atHome reports whether a package may import something foreign.
func atHome(from, path string, test bool) bool {
	for module, folders := range homes {
		if within(path, module) {
			return slices.ContainsFunc(folders, func(f string) bool { return within(from, f) }) ||
				test && (len(folders) == 0 || within(from, "cmd"))
		}
	}
	return false
}

// list asks the go command about every package of the module.
func list(t *testing.T) (packages []listed) {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Doc,GoFiles,IgnoredGoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func TestImportsPointOneWay(t *testing.T) {
	packages := list(t)
	if len(packages) < 10 {
		t.Fatalf("only %d packages found", len(packages))
	}
	for _, fault := range importFaults(packages) {
		t.Error(fault)
	}
	for _, p := range packages {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

// Each rule broken once in a made-up module: the check must find it.
func TestImportFaultsAreFound(t *testing.T) {
	tests := []struct {
		from, to string
		test, ok bool
	}{
		{"engine", "splneno/engine/czech", false, false},
		{"engine", "splneno/workflows", false, false},
		{"engine", "splneno/store", true, false},
		{"engine/czech", "splneno/engine", false, true},
		{"engine/czech", "splneno/notify", false, false},
		{"workflows", "splneno/engine/czech", false, true},
		{"workflows", "splneno/store", false, false},
		{"workflows", "splneno/store", true, false},
		{"notify", "splneno/workflows", false, false},
		{"notify/document", "splneno/notify/eml", false, true},
		{"notify/link", "splneno/store", true, false},
		{"store", "splneno/notify", false, false},
		{"store", "splneno/engine/czech", false, false},
		{"store/planfile", "splneno/engine/czech", false, true},
		{"store", "splneno/cmd/splneno/web", false, false},
		{"cmd/splneno/web", "splneno/workflows", false, true},
		{"cmd/splneno", "splneno/store", true, true},
		{"helpers", "splneno/engine", false, false},
		{"engine", "github.com/looplab/fsm", false, true},
		{"workflows", "github.com/looplab/fsm", false, false},
		{"engine", "github.com/robfig/cron/v3", false, false},
		{"store/postgres", "github.com/uptrace/bun/driver/pgdriver", false, true},
		{"cmd/splneno", "github.com/uptrace/bun", false, false},
		{"cmd/splneno", "github.com/uptrace/bun", true, true},
		{"notify", "modernc.org/sqlite", true, false},
		{"engine", "github.com/google/go-cmp/cmp", true, true},
		{"engine", "github.com/google/go-cmp/cmp", false, false},
		{"cmd/splneno/web", "github.com/chromedp/chromedp", false, false},
		{"store", "github.com/stranger/orm", false, false},
		{"engine", "encoding/json", false, true},
	}
	for _, tt := range tests {
		p := listed{ImportPath: "splneno/" + tt.from, Imports: []string{tt.to}}
		if tt.test {
			p.Imports, p.XTestImports = nil, p.Imports
		}
		if faults := importFaults([]listed{p}); (len(faults) == 0) != tt.ok {
			t.Errorf("%s imports %s, in a test %v: faults %v, want allowed %v", tt.from, tt.to, tt.test, faults, tt.ok)
		}
	}
}
