package web

import (
	"maps"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify"
)

// A lettersPage lists the kinds of letter that take own words.
type lettersPage struct {
	Kinds []letterKind
}

type letterKind struct {
	Kind engine.LetterKind
	Own  bool // it has words of the municipality's own
}

func (s *site) showLetters(v visit) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	var p lettersPage
	for _, k := range engine.WordedKinds() {
		p.Kinds = append(p.Kinds, letterKind{k, m.Settings.MailTexts[k] != engine.MailText{}})
	}
	return s.show(v.w, v.r, 200, "letters", p)
}

// A letterPage is the own words in letters of one kind, with a letter as it
// would read with them.
type letterPage struct {
	Kind         engine.LetterKind
	Version      int
	Words        engine.MailText
	Preview      *engine.Message
	Nothing      bool // nobody is asked yet, so there is no letter to show
	Unsaved      bool
	Placeholders []string
	Problem      string
	Unknown      string // the word in braces nobody fills in
}

func (s *site) showLetter(v visit) error {
	kind, err := wordedKind(v)
	if err != nil {
		return err
	}
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	return s.letter(v, 200, letterPage{Kind: kind, Version: m.Version, Words: m.Settings.MailTexts[kind]})
}

func wordedKind(v visit) (engine.LetterKind, error) {
	kind := engine.LetterKind(v.r.PathValue("kind"))
	if !slices.Contains(engine.WordedKinds(), kind) {
		return kind, engine.Errorf(engine.NotFound, "letters of kind %q take no words of one's own", kind)
	}
	return kind, nil
}

// postLetter shows the letter with the words typed, or keeps them.
func (s *site) postLetter(v visit) error {
	kind, err := wordedKind(v)
	if err != nil {
		return err
	}
	get := v.r.PostForm.Get
	p := letterPage{Kind: kind, Unsaved: true, Words: engine.MailText{Subject: clean(get("predmet")), Opening: clean(get("uvod")), Closing: clean(get("zaver"))}}
	p.Version, _ = strconv.Atoi(get("verze"))
	if notify.CheckText(p.Words) != nil {
		p.Problem = "settings.placeholder"
		return s.letter(v, statuses[engine.Invalid], p)
	}
	if get("action") != "ulozit" {
		return s.letter(v, 200, p)
	}
	err = v.change(p.Version, func(m *engine.Municipality) {
		texts := maps.Clone(m.Settings.MailTexts)
		if texts == nil {
			texts = map[engine.LetterKind]engine.MailText{}
		}
		texts[kind] = p.Words
		if (p.Words == engine.MailText{}) {
			delete(texts, kind)
		}
		m.Settings.MailTexts = texts
	})
	if code := engine.CodeOf(err); code == engine.Conflict || code == engine.Invalid {
		p.Problem = "settings." + string(code)
		if m, err := v.office.Records.Municipality(v.r.Context()); err == nil {
			p.Version = m.Version
		}
		return s.letter(v, statuses[code], p)
	}
	if err != nil {
		return err
	}
	return v.back("/stul/nastaveni/dopisy/"+string(kind), flash("nastaveno"))
}

// letter shows the page with the letter as it would read.
func (s *site) letter(v visit, status int, p letterPage) error {
	p.Placeholders = notify.Placeholders()
	if p.Problem != "settings.placeholder" {
		m, err := v.office.Preview(v.r.Context(), p.Kind, p.Words)
		switch engine.CodeOf(err) {
		case engine.NotFound:
			p.Nothing = true
		case "":
			if err != nil {
				return err
			}
			p.Preview = &m
		default:
			return err
		}
	}
	return s.show(v.w, v.r, status, "letter", p)
}

// readable lists the statuses a word may be read as.
func readable() (out []string) {
	for _, s := range czech.Statuses() {
		out = append(out, string(s))
	}
	return out
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
