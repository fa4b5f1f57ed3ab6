package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"splneno/engine"
)

// occasionsShown is how many mails a page of a day shows.
const occasionsShown = 20

// An occasionsPage lists the mails of one day, or those of one body, each with
// the forms that move or stop it.
type occasionsPage struct {
	seasonHead
	Day       engine.Date // "" on the page of a body
	Body      *engine.Organisation
	Rows      []occasionRow
	Pager     pager
	Moved     []movedRow // of the body: what was stopped or moved
	Muted     bool
	Cap       int
	Written   []engine.Date
	Feed      string
	Reason    string
	Gone      bool // something changed while the form was filled in
	CanDecide bool
}

// An occasionRow is one mail that will leave.
type occasionRow struct {
	engine.Mailing
	N     int // on the page
	Name  string
	Typed string // the day typed, where it was not taken
	Fault string
}

// Called gives the key of the catalogue that names its kind.
func (r occasionRow) Called() string {
	return "kind." + strings.TrimPrefix(kindCount{r.Kind, r.Rung, 1}.Key(), "mailing.")
}

// Because gives the key of the sentence that says why.
func (r occasionRow) Because() string { return "why." + r.Why() }

// Field gives its keys as a form carries them.
func (r occasionRow) Field() string { return strings.Join(r.Keys, " ") }

// A movedRow is a decision of the coordinator that can be taken back.
type movedRow struct {
	Key string // as in Request.Moves
	Day engine.Date
}

// Word gives the key of the catalogue that names the occasion.
func (r movedRow) Word() string { return occasionWord(r.Key) }

// Due gives the term an occasion reminds of, "" for none.
func (r movedRow) Due() engine.Date {
	if parts := strings.Split(r.Key, "/"); parts[0] == "deadline" && len(parts) == 3 {
		return engine.Date(parts[1])
	}
	return ""
}

// occasionWord names an occasion by its key.
func occasionWord(key string) string {
	parts := strings.Split(key, "/")
	if parts[0] == "again" {
		return "occasion.again"
	}
	if parts[0] == "rung" {
		return "occasion.rung" + parts[len(parts)-1]
	}
	return "occasion.deadline"
}

func (s *site) showDay(v visit) error {
	return s.dayWith(v, http.StatusOK, occasionRow{}, "")
}

// dayWith shows the page of the path, a day's or a body's; typed is the row a
// form was not taken of.
func (s *site) dayWith(v visit, status int, typed occasionRow, reason string) error {
	head, f, err := s.seasonHead(v)
	if err != nil {
		return err
	}
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	p := occasionsPage{seasonHead: head, Cap: m.Policy.SeasonCap, Reason: reason, Gone: status == http.StatusConflict, CanDecide: v.may(engine.RightDecide, v.today())}
	var list []engine.Mailing
	if id := v.r.PathValue("id"); id != "" {
		if err := p.ofBody(v, id); err != nil {
			return err
		}
		p.Feed = s.Signer.FeedURL(s.Signer.FeedToken(v.tenant, id, m.Settings.LinkSerial))
		list = f.of(id)
	} else {
		if p.Day, err = engine.ParseDate(v.r.PathValue("day")); err != nil {
			return engine.Errorf(engine.NotFound, "there is no day %q", v.r.PathValue("day"))
		}
		list = f.on(p.Day)
	}
	p.Pager = newPager(v.r, occasionsShown, len(list))
	if err := p.rows(v, paged(p.Pager, list), typed); err != nil {
		return err
	}
	return s.show(v.w, v.r, status, "occasions", p)
}

// ofBody reads what a body's page shows beside its mails.
func (p *occasionsPage) ofBody(v visit, id string) error {
	ctx := v.r.Context()
	r, err := v.office.Records.Request(ctx, p.Season.Plan, p.Season.Period.ID, id)
	if err != nil {
		return err
	}
	found, err := v.office.Records.Organisations(ctx, id)
	if err != nil || len(found) == 0 {
		return err
	}
	p.Body, p.Muted, p.Written = &found[0], r.Muted(), r.Written
	for key, day := range r.Moves {
		if key != engine.Mute {
			p.Moved = append(p.Moved, movedRow{key, day})
		}
	}
	slices.SortFunc(p.Moved, func(a, b movedRow) int { return strings.Compare(a.Key, b.Key) })
	return nil
}

func (p *occasionsPage) rows(v visit, list []engine.Mailing, typed occasionRow) error {
	var ids []string
	for _, m := range list {
		ids = append(ids, m.Organisation)
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := v.office.Records.Organisations(v.r.Context(), ids...)
	if err != nil {
		return err
	}
	names := engine.OrganisationsByID(found)
	for i, m := range list {
		row := occasionRow{Mailing: m, N: i + 1, Name: names[m.Organisation].Name, Typed: string(m.Day)}
		if typed.Organisation == m.Organisation && typed.Field() == row.Field() {
			row.Typed, row.Fault = typed.Typed, typed.Fault
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// BodyWay gives the way to a body's mails in the season.
func (h seasonHead) BodyWay(id string) string {
	return h.Address() + "/organizace/" + url.PathEscape(id)
}

// postMove moves, stops or restores a mail, or all mails of a body.
func (s *site) postMove(v visit) error {
	get := v.r.PostForm.Get
	row := occasionRow{Mailing: engine.Mailing{Organisation: get("organizace"), Keys: strings.Fields(get("klic"))}, Typed: clean(get("den"))}
	move, word := engine.Move{Keys: row.Keys}, ""
	switch get("action") {
	case "presunout":
		word = "presunuto"
		if day, err := engine.ParseDate(row.Typed); err != nil {
			row.Fault = "fault.day"
		} else {
			move.Day = day
		}
	case "neposilat":
		word = "neposila-se"
	case "vratit":
		word, move.Undo = "presun-zpet", true
	case "nepsat":
		word, move.Keys = "nepise-se", []string{engine.Mute}
	case "psat":
		word, move.Keys, move.Undo = "pise-se", []string{engine.Mute}, true
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the letters")
	}
	if row.Fault == "" {
		err := v.office.MoveLetters(v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period"), row.Organisation, move, v.who)
		switch engine.CodeOf(err) {
		case "":
			return v.back(v.r.URL.EscapedPath(), flash(word))
		case engine.Conflict:
			return s.dayWith(v, http.StatusConflict, row, "move.moved")
		case engine.Invalid:
			row.Fault = "fault.move_day"
		default:
			return err
		}
	}
	return s.dayWith(v, http.StatusUnprocessableEntity, row, "fault.form")
}
