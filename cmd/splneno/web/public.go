package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"splneno/engine"
	"splneno/notify/link"
	"splneno/workflows"
)

// errUnpublished answers whoever asks for what is not there and for what is not
// for everybody: alike, so that nobody learns which of the two it is.
var errUnpublished = engine.Errorf(engine.NotFound, "there is no such page; perhaps nothing was published here")

// A publication is an evaluation everybody may read, without its rows.
type publication struct {
	Season engine.Season
	Head   engine.Evaluation // as everybody may read it
	people []string          // names it may hold, which are for nobody
	key    string            // names it among all towns; another version of it has another
}

func newPublication(tenant string, s engine.Season, head engine.Evaluation) publication {
	return publication{Season: s, Head: head, people: head.People, key: fmt.Sprintf("%q %q %q %d %d", tenant, head.Plan, head.Period.ID, head.Number, head.Version)}
}

// Address gives the way to the evaluation below a town's page.
func (p publication) Address(tenant string) string {
	return link.PublicPath(tenant, "plan", p.Season.Plan, p.Season.Period.ID)
}

// A publicVisit is somebody who reads what a town has published. Whoever is
// signed in is nobody here: these pages are the same for all.
type publicVisit struct {
	visit
	town engine.Municipality
	list []publication // the newest period first, of a period the plan's newest
}

// enterTown finds the town of an address and what it has published. One that has
// published nothing is not found.
func (s *site) enterTown(w http.ResponseWriter, r *http.Request) (publicVisit, error) {
	v := publicVisit{visit: visit{scene: sceneOf(r), w: w, r: r}}
	tenant := r.PathValue("tenant")
	towns, err := s.Tenants(r.Context())
	if err != nil {
		return v, err
	}
	if !slices.Contains(towns, tenant) {
		return v, errUnpublished
	}
	v.office = s.Office(tenant)
	if v.list, err = s.published(r.Context(), v.office); err != nil {
		return v, err
	}
	if len(v.list) == 0 {
		return v, errUnpublished
	}
	if err := s.awake(r.Context(), tenant); err != nil {
		sceneOf(r).behindKey(tenant)
		return v, err
	}
	if v.town, err = v.office.Records.Municipality(r.Context()); err != nil {
		return v, err
	}
	return v, nil
}

// published lists what a town has published.
func (s *site) published(ctx context.Context, office *workflows.Office) ([]publication, error) {
	seasons, err := office.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	seasons = slices.DeleteFunc(seasons, func(s engine.Season) bool { return s.Published == 0 })
	if len(seasons) == 0 {
		return nil, nil
	}
	heads, err := office.Records.EvaluationHeads(ctx)
	if err != nil {
		return nil, err
	}
	var out []publication
	for _, e := range slices.Backward(heads) {
		i := slices.IndexFunc(seasons, func(s engine.Season) bool {
			return s.Plan == e.Plan && s.Period.ID == e.Period.ID && s.Published == e.Number
		})
		if i < 0 || e.State != engine.EvaluationApproved {
			continue
		}
		p := newPublication(office.Records.Tenant(), seasons[i], e)
		if p.Head, err = s.heads.get(ctx, p.key, office.Now(), func(ctx context.Context) (engine.Evaluation, error) {
			print, err := office.PublicPrint(ctx, e)
			return print.Evaluation, err
		}); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// headsKept is how many heads of evaluations are kept, for all towns.
const headsKept = 500

// publishedWhole reads a publication with its rows.
func publishedWhole(ctx context.Context, office *workflows.Office, p publication) (engine.Evaluation, error) {
	all, err := office.Records.Evaluations(ctx, p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return engine.Evaluation{}, err
	}
	i := slices.IndexFunc(all, func(e engine.Evaluation) bool { return e.Number == p.Head.Number })
	if i < 0 {
		return engine.Evaluation{}, errUnpublished
	}
	return all[i], nil
}

// of gives the publications of a plan, the newest period first.
func (v publicVisit) of(plan string) (out []publication) {
	for _, p := range v.list {
		if p.Season.Plan == plan {
			out = append(out, p)
		}
	}
	return out
}

// maskedRows gives rows of a publication as everybody may read them.
func (v publicVisit) maskedRows(p publication, rows []engine.ActivityResult) ([]engine.ActivityResult, error) {
	e := engine.Evaluation{Plan: p.Season.Plan, Period: p.Season.Period, State: p.Head.State, People: p.people}
	e.Areas = []engine.AreaResult{{Measures: []engine.MeasureResult{{Activities: rows}}}}
	print, err := v.office.PublicPrint(v.r.Context(), e)
	return print.Evaluation.Rows(), err
}

// showPublic answers with a page everybody may read. The town of the address is
// the town of the page only now, when there is something to read.
func (s *site) showPublic(v publicVisit, since time.Time, name string, body any) error {
	sceneOf(v.r).behindKey(v.office.Records.Tenant())
	page, err := s.render(v.r, name, body)
	if err != nil {
		return err
	}
	v.w.Header().Set("Vary", "Cookie")
	return hand(v, "text/html; charset=utf-8", since, page.Bytes())
}

// hand gives out what everybody may keep for a minute, and says whether it is
// still what they kept before. since is zero where taking something back changes
// it too.
func hand(v publicVisit, kind string, since time.Time, body []byte) error {
	return handTagged(v, kind, tagOf(body), since, body)
}

// tagOf gives what tells a body from another.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return strconv.Quote(hex.EncodeToString(sum[:12]))
}

func handTagged(v publicVisit, kind, tag string, since time.Time, body []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "public, max-age=60")
	h.Set("ETag", tag)
	http.ServeContent(v.w, v.r, "", since, bytes.NewReader(body))
	return nil
}

// robots lets machines read what was published, and nothing else.
func robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("User-agent: *\nAllow: /obec/\nAllow: /static/\nAllow: /logo/\nAllow: /schema/\nDisallow: /\n"))
	return err
}

// attempt makes something; a panic in it is an error, as nobody else would
// catch it.
func attempt[T any](ctx context.Context, make func(context.Context) (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(err, fmt.Errorf("panic: %v", p))
		}
	}()
	return make(ctx)
}
