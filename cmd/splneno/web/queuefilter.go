package web

import (
	"context"
	"net/url"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
	"splneno/workflows"
)

// A queueForm is what the queue was asked to show, as it stands in the address.
type queueForm struct {
	Organisation string // id, or words of a name
	Area         string // code, allAreas, or "" for the areas of the account
	Season       string // "plan/period"
	Only         string // onlyRiskless, onlyAsked or "" for all
	Page         string
}

const (
	onlyRiskless = "bez-rizika"
	onlyAsked    = "znovu"
	allAreas     = "vse"
)

func readQueueForm(q url.Values) queueForm {
	f := queueForm{Organisation: clean(q.Get("organizace")), Area: q.Get("oblast"), Season: q.Get("sezona"), Only: q.Get("jen"), Page: q.Get("strana")}
	if f.Only != onlyRiskless && f.Only != onlyAsked {
		f.Only = ""
	}
	return f
}

// query gives the address's query for the same view.
func (f queueForm) query() url.Values {
	out := url.Values{}
	for key, v := range map[string]string{"organizace": f.Organisation, "oblast": f.Area, "sezona": f.Season, "jen": f.Only, "strana": f.Page} {
		if v != "" {
			out.Set(key, v)
		}
	}
	return out
}

// With gives the way to the first page of the queue with other kinds shown.
func (f queueForm) With(only string) string {
	f.Only, f.Page = only, ""
	return queuePath + "?" + f.query().Encode()
}

const queuePath = "/stul/odpovedi"

// anchors are the places of a queue's page: the whole, or an answer by its
// place. Once an answer is decided, its place is that of the one that follows.
var anchors = pattern.New(`^(p[0-9]{1,2}|fronta)$`)

// readBack reads where a form asks to be sent on to: a view of the queue and a
// place on it. It never leads out of the queue.
func readBack(field string) (query url.Values, place string) {
	view, place, _ := strings.Cut(field, "#")
	q, _ := url.ParseQuery(view)
	if !anchors.MatchString(place) {
		place = "fronta"
	}
	return readQueueForm(q).query(), place
}

// filter turns the form into what records are asked for. none is true when an
// organisation was asked for that there is not.
func (f queueForm) filter(ctx context.Context, o *workflows.Office, a engine.Account) (out engine.QueueFilter, none bool, err error) {
	out.Plan, out.Period, _ = strings.Cut(f.Season, "/")
	out.Asked, out.Sure = f.Only == onlyAsked, f.Only == onlyRiskless
	switch {
	case f.Area == allAreas:
	case f.Area != "":
		out.Areas = []string{f.Area}
	default:
		out.Areas = a.Follows()
	}
	if f.Organisation == "" {
		return out, false, nil
	}
	out.Organisations, err = bodiesLike(ctx, o, f.Organisation)
	return out, len(out.Organisations) == 0, err
}

// bodiesLike gives the ids of the organisations with this id, or whose name or
// alias holds all the words.
func bodiesLike(ctx context.Context, o *workflows.Office, asked string) ([]string, error) {
	exact, err := o.Records.Organisations(ctx, asked)
	if err != nil || len(exact) > 0 {
		return idsOf(exact), err
	}
	all, err := o.Records.Organisations(ctx)
	var found []engine.Organisation
	words := strings.Fields(czech.Fold(asked))
	for _, body := range all {
		if holds(czech.Fold(body.Name+" "+strings.Join(body.Aliases, " ")), words) {
			found = append(found, body)
		}
	}
	return idsOf(found), err
}

func idsOf(bodies []engine.Organisation) (ids []string) {
	for _, b := range bodies {
		ids = append(ids, b.ID)
	}
	return ids
}

func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
