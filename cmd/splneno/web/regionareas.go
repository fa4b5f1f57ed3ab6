package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// areasOnPage is how many areas of towns are shown at a time, fewer where the
// region has many areas to choose from.
const (
	areasOnPage    = 20
	choicesOnPage  = 500
	nowhere        = "-" // how a form says: it belongs to none of the region's areas
	maxRegionTitle = 200
)

// A regionAreasPage says where each area of each town belongs.
type regionAreasPage struct {
	regionPlace
	Areas  []engine.RegionalArea // to choose from; none where the region has no plan
	Lines  []regionLine
	All    bool // every area is shown, not only those without a place
	Pager  pager
	Own    string // the page's own address
	Reason string
}

// A regionLine is one area of a town, and what was chosen for it.
type regionLine struct {
	engine.LocalArea
	N      int
	Choice string // "" for: by its title
	Where  string // where it is now
}

// Key gives the area as the form names it.
func (l regionLine) Key() string { return l.Town + "/" + l.Code }

func readRegionAreas(v visit) (regionAreasPage, error) {
	place, err := v.regionPlace()
	p := regionAreasPage{regionPlace: place, Own: own(v.r, "obdobi", "jen", "strana")}
	if err != nil {
		return p, err
	}
	p.All = v.r.URL.Query().Get("jen") == "vse" || p.Open() == 0
	var lines []regionLine
	for _, a := range p.Roll.Areas {
		if p.Region.Plan != "" && !a.Unplaced {
			p.Areas = append(p.Areas, a)
		}
		for _, l := range a.From {
			if open := l.How == engine.PlacedNowhere || l.How == engine.PlacedLost; p.All || open {
				lines = append(lines, regionLine{LocalArea: l, Choice: choiceFor(p.Region, l), Where: a.Title})
			}
		}
	}
	size := areasOnPage
	if len(p.Areas) > 0 {
		size = max(5, min(size, choicesOnPage/len(p.Areas)))
	}
	p.Pager = newPager(v.r, size, len(lines))
	p.Lines = paged(p.Pager, lines)
	for i := range p.Lines {
		p.Lines[i].N = i
	}
	return p, nil
}

// choiceFor gives what the region said of this very area.
func choiceFor(r engine.Region, l engine.LocalArea) string {
	i := slices.IndexFunc(r.Areas, func(m engine.AreaMapping) bool { return m.Town == l.Town && m.Area == l.Code })
	switch {
	case i < 0:
		return ""
	case r.Areas[i].To == "":
		return nowhere
	}
	return r.Areas[i].To
}

func (s *site) showRegionAreas(v visit) error {
	p, err := readRegionAreas(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "region-areas", p)
}

// postRegionAreas takes what was chosen for the areas that stood on the form;
// the others stay as they are.
func (s *site) postRegionAreas(v visit) error {
	p, err := readRegionAreas(v)
	if err != nil {
		return err
	}
	set, unset := p.chosen(v)
	if p.Reason != "" {
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "region-areas", p)
	}
	shown, err := strconv.Atoi(v.r.PostForm.Get("verze"))
	if err != nil {
		return badForm(err)
	}
	if len(set)+len(unset) == 0 {
		return v.back("/stul/kraj/oblasti"+p.Query(), nil)
	}
	err = v.office.ChangeRegion(v.r.Context(), shown, v.who, func(r *engine.Region) error {
		*r = r.Map(set, czech.Fold)
		for _, m := range unset {
			*r = r.Unmap(m, czech.Fold)
		}
		return nil
	})
	if engine.CodeOf(err) == engine.Conflict {
		p.Reason = "region.moved"
		return s.show(v.w, v.r, http.StatusConflict, "region-areas", p)
	}
	if err != nil {
		return err
	}
	to := "/stul/kraj/oblasti"
	if p.Period != "" {
		return v.back(to, url.Values{"obdobi": {p.Period}, "zprava": {"kraj-prevod"}})
	}
	return v.back(to, flash("kraj-prevod"))
}

// chosen gives what the form says otherwise than the region does.
func (p *regionAreasPage) chosen(v visit) (set, unset []engine.AreaMapping) {
	for n, key := range v.r.PostForm["co"] {
		town, code, _ := strings.Cut(key, "/")
		choice := clean(v.r.PostForm.Get("kam-" + strconv.Itoa(n)))
		for i := range p.Lines {
			if p.Lines[i].Key() == key {
				p.Lines[i].Choice = choice
			}
		}
		m := engine.AreaMapping{Town: town, Area: code, To: choice}
		switch {
		case len(choice) > maxRegionTitle || town == "":
			p.Reason = "region.fault_long"
		case choice == choiceFor(p.Region, engine.LocalArea{Town: town, Code: code}):
		case choice == "":
			unset = append(unset, m)
		case choice == nowhere:
			m.To = ""
			set = append(set, m)
		default:
			set = append(set, m)
		}
	}
	return set, unset
}
