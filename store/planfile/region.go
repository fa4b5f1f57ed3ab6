package planfile

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// readRegion understands a page about the planning of several districts: the
// plans each has, its groups and its documents. Such a page promises nothing,
// so the draft has no activities.
func readRegion(lines []line, known []engine.Organisation) engine.PlanDraft {
	b := &builder{known: known}
	var sections []*regionSection
	var head []line
	for _, l := range lines {
		if territory, ok := czech.ReadRegionSection(l.text); ok {
			sections = append(sections, &regionSection{builder: b, territory: territory, title: l})
		} else if len(sections) > 0 {
			last := sections[len(sections)-1]
			last.lines = append(last.lines, l)
		} else {
			head = append(head, l)
		}
	}
	b.regionHead(head, newFlow(lines).text)
	for _, s := range sections {
		s.read()
	}
	b.warn(0, "", "a page about plans, not a plan: it names "+itoa(len(b.draft.Plans))+" plans of "+itoa(len(sections))+
		" districts and holds no activity to track; import the plans themselves")
	return b.finish()
}

// regionHead reads what stands above the districts.
func (b *builder) regionHead(head []line, all string) {
	p := &b.draft.Plan
	p.Kind = engine.MediumTermPlan
	f := newFlow(head)
	if len(f.nos) > 0 {
		i := slices.IndexFunc(head, func(l line) bool { return !l.blank() })
		p.Title = head[i].text
	}
	p.Territory = czech.CountyOf(p.Title)
	p.Funding = czech.ReadFunding(all)
	if who := czech.ReadImplementer(f.text); who != "" {
		b.draft.Projects = append(b.draft.Projects, engine.Project{Title: p.Title, Implementer: who})
	}
	b.passedOver(head, "text above the districts, of which only title, funding and implementer are read")
	b.missing()
}

// passedOver says once that a run of text is read for little, or for nothing.
func (b *builder) passedOver(lines []line, reason string) {
	first, last := 0, 0
	for i, l := range lines {
		if !l.blank() {
			last = i
		} else if first == i {
			first++
		}
	}
	if first < len(lines) {
		b.warn(lines[first].no, lines[first].text, reason+"; to line "+itoa(lines[last].no))
	}
}

// A regionSection is what a page says of one district.
type regionSection struct {
	*builder
	territory string
	title     line
	lines     []line

	plans      []engine.Plan // those with activities; outlines come after them
	outlines   []engine.Plan
	targets    []string
	working    []string
	priorities []czech.Heading
	crossing   string
	groupsAt   int // line of the list of groups
}

// read goes through the section: running text, and lists that it opens. A list
// ends where running text begins again, documents end with the section.
func (s *regionSection) read() {
	list := czech.NoList
	var prose []line
	for _, l := range s.lines {
		item, bulleted := czech.CutBullet(l.text)
		switch opened := czech.OpensList(l.text); {
		case l.blank():
		case opened != czech.NoList:
			list = opened
			prose = append(prose, l)
			if opened == czech.TargetGroupList {
				s.groupsAt = l.no
			}
		case list == czech.DocumentList:
			s.document(l)
		case bulleted:
			s.item(list, l.no, item)
		default:
			list = czech.NoList
			prose = append(prose, l)
		}
	}
	s.prose(prose)
	s.finishPlans()
	s.finishGroups()
}

// item takes one item of a list.
func (s *regionSection) item(list czech.RegionList, no int, text string) {
	switch list {
	case czech.TargetGroupList:
		name, working := czech.ReadGroupItem(text)
		if working {
			s.working = append(s.working, name)
		} else {
			s.targets = append(s.targets, name)
		}
	case czech.PriorityList:
		h, ok := czech.ReadHeading(text)
		if ok && h.Kind == czech.AreaHeading {
			s.priorities = append(s.priorities, h)
			return
		}
		s.warn(no, text, "not read as a priority of "+s.territory+"; not part of the draft")
	case czech.DoneList:
		s.warn(no, text, "what the project has done in "+s.territory+"; no activity to track")
	default:
		s.warn(no, text, "an item of no known list; not part of the draft")
	}
}

// document takes a document, and the plan it outlines.
func (s *regionSection) document(l line) {
	d := czech.ReadDocument(l.text)
	d.Territory = s.territory
	s.draft.Documents = append(s.draft.Documents, d)
	if p, ok := czech.ReadOutline(l.text); ok {
		s.outlines = append(s.outlines, p)
		s.warn(l.no, l.text, "the plan of "+s.territory+" for these years is known by its outline only")
	}
}

// prose reads the plans with their extensions, and what crosses the groups.
func (s *regionSection) prose(text []line) {
	s.passedOver(text, "running text, of which only plans, extensions and groups are read")
	f := newFlow(text)
	s.plans = czech.ReadMentionedPlans(f.text)
	s.crossing = czech.ReadCrossCutting(f.text)
	groups, _ := czech.ReadGroups(f.text)
	for _, g := range groups {
		g.Territory = s.territory
		s.draft.Groups = append(s.draft.Groups, g)
	}
	for _, p := range s.plans {
		for _, a := range p.Approvals {
			if a.Day == "" {
				s.warn(f.lineOf(a.What), a.What, "the day of this decision is not printed")
			}
		}
	}
}

// finishPlans gives the plans their place, and the structure the page
// describes to the latest of them.
func (s *regionSection) finishPlans() {
	if len(s.plans) == 0 {
		s.plans = []engine.Plan{{Title: s.title.text, Kind: engine.MediumTermPlan}}
		s.warn(s.title.no, s.title.text, "no plan is named with its years; the structure is kept under the title of the section")
	} else if len(s.plans) > 1 {
		s.warn(s.title.no, s.title.text, "the page does not say which plan the structure belongs to; taken for the latest")
	}
	funding := czech.ReadFunding(newFlow(append([]line{s.title}, s.lines...)).text)
	s.structure(&s.plans[len(s.plans)-1])
	for _, p := range append(s.plans, s.outlines...) {
		p.Territory, p.Funding = s.territory, funding
		p.ID = planID(p)
		s.draft.Plans = append(s.draft.Plans, p)
	}
}

const mostAreas = 1000 // of one plan; more is no plan but an accident

// structure makes areas of the target groups with the priorities inside each:
// the codes of the priorities repeat, so that of the group stands before them.
func (s *regionSection) structure(p *engine.Plan) {
	p.Levels = czech.RegionLevels()
	if len(s.targets)*len(s.priorities) > mostAreas {
		s.warn(s.groupsAt, "", itoa(len(s.targets))+" target groups with "+itoa(len(s.priorities))+" priorities each are too many; the structure is not kept")
		return
	}
	for _, group := range s.targets {
		code := czech.Slug(group)
		p.Areas = append(p.Areas, engine.Area{Code: code, Title: group})
		for _, h := range s.priorities {
			p.Areas = append(p.Areas, engine.Area{Code: code + "/" + h.Code, Title: h.Title, Above: code})
		}
	}
	if s.crossing != "" {
		p.Measures = append(p.Measures, engine.Measure{Code: czech.Slug(s.crossing), Title: s.crossing, CrossCutting: true})
	}
}

// finishGroups adds the working groups: those the list names, or one for each
// target group, as the page says.
func (s *regionSection) finishGroups() {
	names := s.working
	if len(names) == 0 {
		names = s.targets
	} else if len(names) != len(s.targets) {
		s.warn(s.groupsAt, strings.Join(names, "; "), s.territory+" has "+itoa(len(names))+" working groups for "+
			itoa(len(s.targets))+" target groups; say which group is for which")
	}
	for _, name := range names {
		s.draft.Groups = append(s.draft.Groups, engine.Group{Name: name, Kind: engine.WorkingGroup, Territory: s.territory})
	}
}
