package web

import (
	"mime"
	"path"
	"strings"

	"splneno/engine"
)

// A paper is one document of the set, and what it is for.
type paper struct {
	Name  string
	Kind  string // key of its name: "docx", "short-pdf", "excel-csv"
	Group string
}

// A paperGroup is the documents that serve one purpose.
type paperGroup struct {
	Name   string // "hand", "short", "council" or "data"
	Papers []paper
}

// paperOf tells by its name what a document is for.
func paperOf(a engine.Attachment) paper {
	p := paper{Name: a.Name, Kind: strings.TrimPrefix(path.Ext(a.Name), "."), Group: "hand"}
	stem := strings.TrimSuffix(a.Name, path.Ext(a.Name))
	for _, variant := range []string{"short", "council"} {
		if strings.HasSuffix(stem, "-"+variant) {
			p.Group, p.Kind = variant, variant+"-"+p.Kind
			return p
		}
	}
	switch p.Kind {
	case "csv":
		p.Group = "data"
		if strings.HasSuffix(stem, "-excel") {
			p.Kind = "excel-csv"
		}
	case "xlsx", "json", "jsonld":
		p.Group = "data"
	}
	return p
}

// groupPapers puts the documents of a set by what they are for, in the order of
// the set; what serves the council alone is not for everybody.
func groupPapers(all []engine.Attachment, public bool) (out []paperGroup) {
	for _, group := range []string{"hand", "council", "short", "data"} {
		g := paperGroup{Name: group}
		for _, a := range all {
			if p := paperOf(a); p.Group == group && !(public && group == "council") {
				g.Papers = append(g.Papers, p)
			}
		}
		if len(g.Papers) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// handPaper gives out a document of ours: a page is shown in the browser, without
// script and apart from our pages, anything else is to be saved.
func handPaper(v visit, d engine.Attachment) error {
	h := v.w.Header()
	h.Set("Content-Security-Policy", paperPolicy)
	h.Set("Content-Type", d.Type)
	if !isHTML(d) {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	}
	_, err := v.w.Write(d.Data)
	return err
}
