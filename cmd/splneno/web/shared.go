package web

import (
	"html/template"
	"io/fs"
	"sync"
	"text/template/parse"
)

// sharedParts are the layout and the parts several pages have, by name. They are
// the same in every language and for every role; what they call differs.
var sharedParts = sync.OnceValue(func() map[string]*parse.Tree {
	parts := map[string]*parse.Tree{}
	for _, pattern := range []string{"templates/layout.html", "templates/*parts.html"} {
		files, err := fs.Glob(templateFiles, pattern)
		if err != nil {
			panic(err)
		}
		for _, file := range files {
			text, err := fs.ReadFile(templateFiles, file)
			if err != nil {
				panic(err)
			}
			t := parse.New(file)
			t.Mode = parse.SkipFuncCheck // a page knows what it can call
			if _, err := t.Parse(string(text), "", "", parts); err != nil {
				panic(err)
			}
		}
	}
	return parts
})

// complete gives a page the part with this name, where it has none of its own,
// and all that is called from there. A part is copied: each page escapes its own.
func complete(page *template.Template, name string, met map[string]bool) {
	if met[name] {
		return
	}
	met[name] = true
	t := page.Lookup(name)
	if shared := sharedParts()[name]; shared != nil && (t == nil || t.Tree == nil) {
		t = template.Must(page.AddParseTree(name, shared.Copy()))
	}
	if t != nil && t.Tree != nil {
		callees(t.Tree.Root, func(name string) { complete(page, name, met) })
	}
}

// callees names the templates a part of a template calls.
func callees(n parse.Node, name func(string)) {
	var branch *parse.BranchNode
	switch n := n.(type) {
	case *parse.TemplateNode:
		name(n.Name)
	case *parse.ListNode:
		for _, n := range n.Nodes {
			callees(n, name)
		}
	case *parse.IfNode:
		branch = &n.BranchNode
	case *parse.RangeNode:
		branch = &n.BranchNode
	case *parse.WithNode:
		branch = &n.BranchNode
	}
	if branch != nil {
		callees(branch.List, name)
		if branch.ElseList != nil {
			callees(branch.ElseList, name)
		}
	}
}
