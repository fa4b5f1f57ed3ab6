package web

import (
	"net/http"
	"slices"

	"splneno/engine"
	"splneno/notify/document"
	"splneno/notify/paper/docx"
)

// layoutDesk is where a town keeps the layout of its documents.
const layoutDesk = "/stul/nastaveni/sablona"

// A layoutPage is the town's own layout and what a check of it finds.
type layoutPage struct {
	Has      bool // the town has one
	Size     int
	Refused  bool // the findings are those of a file that was not taken
	Problems []docx.Finding
	Found    []string // placeholders that will be filled
	Known    []document.Placeholder
	Faults   map[string]string
	Reason   string
}

func (s *site) showLayout(v visit) error {
	p, err := readLayout(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "layoutsettings", p)
}

func readLayout(v visit) (layoutPage, error) {
	p := layoutPage{Known: document.Placeholders(), Faults: map[string]string{}}
	f, err := v.office.Records.Filed(v.r.Context(), engine.LayoutFile)
	if unlessMissing(err) != nil {
		return p, err
	}
	if p.Has, p.Size = len(f.Data) > 0, len(f.Data); !p.Has {
		return p, nil
	}
	findings, _, err := document.CheckLayout(f.Data)
	p.sort(findings)
	return p, err
}

// sort puts what is wrong apart from what will be filled.
func (p *layoutPage) sort(findings []docx.Finding) {
	p.Problems, p.Found = nil, nil
	for _, f := range findings {
		if f.Fault != "" {
			p.Problems = append(p.Problems, f)
		} else if f.Found && !slices.Contains(p.Found, f.Name) {
			p.Found = append(p.Found, f.Name)
		}
	}
}

// postLayout checks an uploaded layout and keeps it, or goes back to ours.
func (s *site) postLayout(v visit) error {
	file, err := uploaded(v.r, "sablona")
	if err != nil {
		return err
	}
	p, err := readLayout(v)
	if err != nil {
		return err
	}
	if v.r.FormValue("action") == "odebrat" {
		if v.r.FormValue("potvrzeni") == "" {
			return s.layoutAgain(v, p, "potvrzeni", "fault.confirm")
		}
		if err := v.office.SetLayout(v.r.Context(), nil, v.who); err != nil {
			return err
		}
		return v.back(layoutDesk, flash("sablona-odebrana"))
	}
	if len(file) == 0 {
		return s.layoutAgain(v, p, "sablona", "edits.no_file")
	}
	findings, usable, err := document.CheckLayout(file)
	if err != nil {
		return s.layoutAgain(v, p, "sablona", "layout.unreadable")
	}
	if !usable {
		p.Refused = true
		p.sort(findings)
		return s.layoutAgain(v, p, "sablona", "layout.refused")
	}
	err = v.office.SetLayout(v.r.Context(), file, v.who)
	if engine.CodeOf(err) == engine.Invalid {
		return s.layoutAgain(v, p, "sablona", "layout.large")
	}
	if err != nil {
		return err
	}
	return v.back(layoutDesk, flash("sablona-ulozena"))
}

func (s *site) layoutAgain(v visit, p layoutPage, field, fault string) error {
	p.Faults[field], p.Reason = fault, "decision.fields"
	return s.show(v.w, v.r, http.StatusUnprocessableEntity, "layoutsettings", p)
}

// layoutFile gives out the town's layout, or an example to begin with.
func (s *site) layoutFile(v visit) error {
	var body []byte
	name := "sablona.docx"
	switch v.r.PathValue("name") {
	case "nynejsi":
		f, err := v.office.Records.Filed(v.r.Context(), engine.LayoutFile)
		if err != nil {
			return err
		}
		body = f.Data
	case "ukazka":
		var err error
		if body, err = document.ExampleLayout(); err != nil {
			return err
		}
		name = "sablona-ukazka.docx"
	}
	if len(body) == 0 {
		return engine.Errorf(engine.NotFound, "the town has no layout of its own")
	}
	return handPaper(v, engine.Attachment{Name: name, Type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Data: body})
}

// layoutRoutes are the layout of the documents, and taking them back from Word.
func (s *site) layoutRoutes() []route {
	const edits = "/stul/vyhodnoceni/{plan}/{period}/upravy"
	return []route{
		{pattern: "GET " + layoutDesk, right: engine.RightManage, desk: s.showLayout},
		{pattern: "POST " + layoutDesk, right: engine.RightManage, desk: s.postLayout},
		{pattern: "GET " + layoutDesk + "/{name}", right: engine.RightManage, desk: s.layoutFile},
		{pattern: "GET " + edits, right: engine.RightDecide, desk: s.showEdits},
		{pattern: "POST " + edits, right: engine.RightDecide, desk: s.postEdits},
	}
}
