package web

import (
	"maps"
	netmail "net/mail"
	"strconv"
	"strings"

	"splneno/engine"
)

// settingsRoutes are what the municipality chose about itself.
func (s *site) settingsRoutes() []route {
	return []route{
		{pattern: "GET /stul/nastaveni", right: engine.RightManage, desk: s.showSettings},
		{pattern: "POST /stul/nastaveni", right: engine.RightManage, desk: s.postSettings},
		{pattern: "GET /stul/nastaveni/slova", right: engine.RightManage, desk: s.showWords},
		{pattern: "POST /stul/nastaveni/slova", right: engine.RightManage, desk: s.postWords},
		{pattern: "GET /stul/nastaveni/urovne", right: engine.RightManage, desk: s.showLevels},
		{pattern: "POST /stul/nastaveni/urovne", right: engine.RightManage, desk: s.postLevels},
		{pattern: "GET /stul/nastaveni/dopisy", right: engine.RightManage, desk: s.showLetters},
		{pattern: "GET /stul/nastaveni/dopisy/{kind}", right: engine.RightManage, desk: s.showLetter},
		{pattern: "POST /stul/nastaveni/dopisy/{kind}", right: engine.RightManage, desk: s.postLetter},
		{pattern: "GET /logo/{tenant}/{name}", open: s.logo},
	}
}

// A settingsForm is one page of the settings as it was typed.
type settingsForm struct {
	Version                   int // of the municipality on her screen
	Name, Sender, ReplyTo     string
	Coordinator, Mail, Office string // name, address and function
	Steering, Funding         string
	Logo                      string // address of the one there is
	Faults                    map[string]string
	Problem                   string
}

func settingsOf(tenant string, m engine.Municipality) settingsForm {
	f := settingsForm{Version: m.Version, Name: m.Name, Sender: m.Sender, ReplyTo: m.ReplyTo, Coordinator: m.Coordinator.Name,
		Mail: m.Coordinator.Email, Office: m.Coordinator.Role, Funding: m.Settings.Funding, Logo: logoPath(tenant, m)}
	var members []string
	for _, c := range m.SteeringGroup {
		if c.Name == "" {
			members = append(members, c.Email)
			continue
		}
		members = append(members, c.Name+" <"+c.Email+">")
	}
	f.Steering = strings.Join(members, "\n")
	return f
}

func (s *site) showSettings(v visit) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, 200, "settings", settingsOf(v.tenant, m))
}

// endLinks ends every link of the steering group's board and every calendar
// feed: both are made anew, and whoever is to go on reading gets the new ones.
func (s *site) endLinks(v visit) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	if v.r.PostForm.Get("potvrzeni") == "" {
		f := settingsOf(v.tenant, m)
		f.Faults = map[string]string{"potvrzeni": "fault.end_links"}
		return s.settingsAgain(v, "settings", f)
	}
	if err := persist(func() error {
		_, err := v.office.SetUp(v.r.Context(), v.who, func(m *engine.Municipality) { m.Settings.LinkSerial++ })
		return err
	}); err != nil {
		return err
	}
	return v.back("/stul/nastaveni", flash("odkazy-ukonceny"))
}

// postSettings takes the first page: who the town is and whom it writes to.
func (s *site) postSettings(v visit) error {
	if v.r.PostForm.Get("action") == "odkazy" {
		return s.endLinks(v)
	}
	logo, err := uploaded(v.r, "logo")
	if err != nil {
		return err
	}
	get := v.r.PostForm.Get
	f := settingsForm{Name: clean(get("obec")), Sender: clean(get("odesilatel")), ReplyTo: clean(get("odpovedi")), Coordinator: clean(get("koordinator")),
		Mail: clean(get("adresa")), Office: clean(get("funkce")), Steering: clean(get("ridici")), Funding: clean(get("publicita")), Faults: map[string]string{}}
	f.Version, _ = strconv.Atoi(get("verze"))
	members := f.check()
	kind := ""
	if len(logo) > 0 {
		if kind = pictureType(logo); kind == "" {
			f.Faults["logo"] = "fault.logo"
		}
	}
	if len(f.Faults) > 0 {
		return s.settingsAgain(v, "settings", f)
	}
	err = v.change(f.Version, func(m *engine.Municipality) {
		m.Name, m.Sender, m.ReplyTo, m.SteeringGroup = f.Name, f.Sender, f.ReplyTo, members
		m.Coordinator.Name, m.Coordinator.Email, m.Coordinator.Role = f.Coordinator, f.Mail, f.Office
		m.Settings.Funding = f.Funding
		if kind != "" {
			m.Settings.Logo, m.Settings.LogoType = logo, kind
		}
		if get("bez-loga") != "" {
			m.Settings.Logo, m.Settings.LogoType = nil, ""
		}
	})
	if code := engine.CodeOf(err); code == engine.Conflict || code == engine.Invalid {
		f.Problem = "settings." + string(code)
		return s.settingsAgain(v, "settings", f)
	}
	if err != nil {
		return err
	}
	return v.back("/stul/nastaveni", flash("nastaveno"))
}

// longestName is how long the name of a town may be: it stands on every page.
const longestName = 200

// check finds what is wrong field by field, and gives the steering group.
func (f settingsForm) check() (members []engine.Contact) {
	for field, text := range map[string]string{"obec": f.Name, "odesilatel": f.Sender, "adresa": f.Mail} {
		if text == "" {
			f.Faults[field] = "fault.empty"
		}
	}
	for field, text := range map[string]string{"odesilatel": f.Sender, "adresa": f.Mail} {
		if _, ok := address(text); text != "" && !ok {
			f.Faults[field] = "fault.address"
		}
	}
	for line := range strings.SplitSeq(f.Steering, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		c, ok := address(line)
		if !ok {
			f.Faults["ridici"] = "fault.addresses"
		}
		members = append(members, c)
	}
	if len([]rune(f.Name)) > longestName {
		f.Faults["obec"] = "fault.town_long"
	}
	if len([]rune(f.Funding)) > 500 {
		f.Faults["publicita"] = "fault.funding_long"
	}
	return members
}

// address reads "Name <address>" or an address alone. Names need no quotes,
// whatever is in them.
func address(line string) (engine.Contact, bool) {
	name, at := "", line
	if i := strings.LastIndexByte(line, '<'); i >= 0 && strings.HasSuffix(line, ">") {
		name, at = strings.Trim(strings.TrimSpace(line[:i]), `"`), line[i+1:len(line)-1]
	}
	a, err := netmail.ParseAddress(at)
	if err != nil || a.Name != "" {
		return engine.Contact{}, false
	}
	return engine.Contact{Name: name, Email: a.Address}, true
}

// change sets what the municipality decided, unless somebody else has since the
// page was shown.
func (v visit) change(shown int, change func(m *engine.Municipality)) error {
	var moved error
	_, err := v.office.SetUp(v.r.Context(), v.who, func(m *engine.Municipality) {
		if m.Version != shown {
			moved = engine.Errorf(engine.Conflict, "the settings were changed by somebody else since they were shown")
			return
		}
		change(m)
	})
	if moved != nil {
		return moved
	}
	return err
}

// settingsAgain shows a page of the settings as it was typed, on top of the
// version that is there now.
func (s *site) settingsAgain(v visit, page string, f settingsForm) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	f.Version, f.Logo = m.Version, logoPath(v.tenant, m)
	status := statuses[engine.Invalid]
	if f.Problem == "settings.conflict" {
		status = statuses[engine.Conflict]
	}
	return s.show(v.w, v.r, status, page, f)
}

// A levelsPage names the levels of every plan.
type levelsPage struct{ Plans []engine.Plan }

func (s *site) showLevels(v visit) error {
	plans, err := v.office.Records.Plans(v.r.Context())
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, 200, "levels", levelsPage{plans})
}

func (s *site) postLevels(v visit) error {
	get := v.r.PostForm.Get
	levels := engine.Levels{Above: clean(get("nad")), Area: clean(get("oblast")), Measure: clean(get("opatreni")), Activity: clean(get("aktivita"))}
	version, _ := strconv.Atoi(get("verze"))
	if err := v.office.NameLevels(v.r.Context(), get("plan"), version, levels, v.who); err != nil {
		return err
	}
	return v.back("/stul/nastaveni/urovne", flash("nastaveno"))
}

// A wordsPage is the municipality's own words of statuses: those its documents
// print, and those it reads.
type wordsPage struct {
	Version int
	Printed []printedWord
	Read    []readWord
	Choices []string
	Problem string
}

type printedWord struct{ Name, Word string }

type readWord struct{ Word, Status string }

func (s *site) showWords(v visit) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, 200, "ownwords", wordsOf(m))
}

// wordsOf lists the words there are, and three empty lines for new ones.
func wordsOf(m engine.Municipality) wordsPage {
	p := wordsPage{Version: m.Version, Choices: readable()}
	for _, share := range (engine.Totals{}).Shares() {
		p.Printed = append(p.Printed, printedWord{share.Name, m.Settings.StatusNames[share.Name]})
	}
	for _, word := range sortedKeys(m.StatusWords) {
		p.Read = append(p.Read, readWord{word, m.StatusWords[word]})
	}
	p.Read = append(p.Read, readWord{}, readWord{}, readWord{})
	return p
}

// postWords takes the page of own words.
func (s *site) postWords(v visit) error {
	form := v.r.PostForm
	p := wordsPage{Choices: readable()}
	p.Version, _ = strconv.Atoi(form.Get("verze"))
	printed, read := map[string]string{}, map[string]string{}
	for _, share := range (engine.Totals{}).Shares() {
		word := clean(form.Get("tisk-" + share.Name))
		if p.Printed = append(p.Printed, printedWord{share.Name, word}); word != "" {
			printed[share.Name] = word
		}
	}
	for i, word := range form["slovo"] {
		status := ""
		if i < len(form["stav"]) {
			status = form["stav"][i]
		}
		if word = clean(word); word != "" {
			read[word] = status
		}
		p.Read = append(p.Read, readWord{word, status})
	}
	err := v.change(p.Version, func(m *engine.Municipality) {
		m.Settings.StatusNames, m.StatusWords = maps.Clone(printed), read
	})
	switch code := engine.CodeOf(err); {
	case code == engine.Conflict || code == engine.Invalid:
		if code == engine.Conflict {
			m, err := v.office.Records.Municipality(v.r.Context())
			if err != nil {
				return err
			}
			p.Version = m.Version
		}
		p.Problem = "settings." + string(code)
		return s.show(v.w, v.r, statuses[code], "ownwords", p)
	case err != nil:
		return err
	}
	return v.back("/stul/nastaveni/slova", flash("nastaveno"))
}
