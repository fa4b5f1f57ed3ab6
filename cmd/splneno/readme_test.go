package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"splneno/engine"
)

var update = flag.Bool("update", false, "write generated parts of files anew")

// TestLifecycleInReadme holds the README's diagram against the table.
func TestLifecycleInReadme(t *testing.T) {
	const file, begin, end = "../../README.md", "-update -->\n", "<!-- /lifecycle -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatal("README.md has no place for the lifecycle")
	}
	diagram, err := engine.LifecycleDiagram()
	if err != nil {
		t.Fatal(err)
	}
	want := before + begin + "```mermaid\n" + strings.TrimSpace(diagram) + "\n```\n" + end + after
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(text) {
		t.Error("the diagram in README.md is not the lifecycle; run: go test ./cmd/splneno -run Lifecycle -update")
	}
}
