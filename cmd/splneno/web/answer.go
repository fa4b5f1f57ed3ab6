package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// A call is one request to an answer page behind a link that is alive.
type call struct {
	token  string
	office *workflows.Office
	c      engine.Case
	draft  engine.Draft
	page   sheet
}

// open finds what is behind the token of the address. It changes nothing.
func (s *site) open(r *http.Request) (call, error) {
	in := call{token: r.PathValue("token")}
	hash, err := s.Signer.Hash(in.token)
	if err != nil {
		return in, err
	}
	tenant, err := s.TenantOf(r.Context(), hash)
	if err != nil {
		return in, err
	}
	// The page is this town's, and whoever opens it sees what the organisation sees.
	sceneOf(r).behindKey(tenant)
	if err := s.awake(r.Context(), tenant); err != nil {
		return in, err
	}
	in.office = s.Office(tenant)
	if in.c, in.draft, err = in.office.AnswerSheet(r.Context(), in.token); err != nil {
		return in, tellSuccessor(r.Context(), in, err)
	}
	last, err := lastResults(r.Context(), in.office, in.c.Plan.ID, in.c.Season.Period, in.c.Activities)
	if err != nil {
		return in, err
	}
	in.page = newSheet(in.token, in.c, in.draft, last)
	return in, nil
}

func (s *site) showSheet(w http.ResponseWriter, r *http.Request) error {
	in, err := s.open(r)
	if err != nil {
		return err
	}
	in.page.divide(partOf(r))
	return s.show(w, r, http.StatusOK, "sheet", in.page)
}

// postSheet takes the page: to send, to save, to go to another part of it, or
// to open or empty one item.
func (s *site) postSheet(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	in, err := s.open(r)
	if err != nil {
		return err
	}
	in.page.divide(partOf(r))
	f := readSheet(in.c, r.PostForm)
	action, item, _ := strings.Cut(r.PostForm.Get("action"), "-")
	switch action {
	case "odeslat":
		return s.send(w, r, in, f)
	case "ulozit":
		return s.save(w, r, in, f, in.way(in.page.Part, "ulozeno", ""))
	case "cast":
		return s.part(w, r, in, f, item)
	case "upravit", "vymazat":
		return s.turn(w, r, in, f, action, item)
	}
	return engine.Errorf(engine.Invalid, "the form does not say whether to send or to save")
}

// send hands the answers in. Whatever is wrong, what was typed is kept as a
// draft and shown again.
func (s *site) send(w http.ResponseWriter, r *http.Request, in call, f sheetForm) error {
	sub := f.submission(in.c)
	f.judge(&in.page, true)
	if len(sub.Answers) == 0 {
		in.page.Problem = "problem.nothing"
	}
	draft := f.draft(in.c, in.draft)
	if in.page.Problem != "" || len(in.page.Faults) > 0 {
		if err := in.office.SaveDraft(r.Context(), in.token, draft); err != nil {
			return s.again(w, r, in, f, err)
		}
		return s.again(w, r, in, f, nil)
	}
	if err := handIn(r.Context(), in, sub); err != nil {
		return s.again(w, r, in, f, err)
	}
	for id := range sub.Answers {
		delete(draft.Answers, id)
	}
	if len(draft.Answers) > 0 { // another person's unsent items
		if err := in.office.SaveDraft(r.Context(), in.token, draft); err != nil {
			return err
		}
	}
	to := "/o/" + in.token + "/prehled"
	if next := in.page.nextOwed(); next > 0 {
		to = in.way(next, "cast-odeslana", "")
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// handIn tries again when an entry moved meanwhile: an answer is only a
// proposal, so it stands whatever somebody else did.
func handIn(ctx context.Context, in call, sub engine.Submission) error {
	return persist(func() error { return in.office.Answer(ctx, in.token, sub) })
}

// part saves the page and goes to another part of it.
func (s *site) part(w http.ResponseWriter, r *http.Request, in call, f sheetForm, number string) error {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(in.page.Parts) {
		return engine.Errorf(engine.Invalid, "the page has no part %q", number)
	}
	word := ""
	if len(f.draft(in.c, in.draft).Answers) > 0 {
		word = "cast-ulozena"
	}
	return s.save(w, r, in, f, in.way(n, word, ""))
}

// save keeps the page for later and goes on to another. The page's own script
// saves quietly and only wants to know whether it worked.
func (s *site) save(w http.ResponseWriter, r *http.Request, in call, f sheetForm, to string) error {
	f.judge(&in.page, false)
	err := in.office.SaveDraft(r.Context(), in.token, f.draft(in.c, in.draft))
	if r.PostForm.Get("tise") != "" && err == nil {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if err != nil || len(in.page.Faults) > 0 {
		return s.again(w, r, in, f, err)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// turn saves the page and opens the fields of one item with its earlier answer
// in them, or empties them.
func (s *site) turn(w http.ResponseWriter, r *http.Request, in call, f sheetForm, action, item string) error {
	n, err := strconv.Atoi(item)
	if err != nil || n < 1 || n > len(in.c.Activities) {
		return engine.Errorf(engine.Invalid, "the page has no item %q", item)
	}
	d := f.draft(in.c, in.draft)
	id := in.c.Activities[n-1].ID
	delete(d.Answers, id)
	for _, p := range in.c.Proposals {
		if action == "upravit" && p.Activity == id {
			d.Answers[id] = p.Answer
		}
	}
	if err := in.office.SaveDraft(r.Context(), in.token, d); err != nil {
		return s.again(w, r, in, f, err)
	}
	http.Redirect(w, r, in.way(in.page.Part, "", "a"+item), http.StatusSeeOther)
	return nil
}

// again shows the page as it was typed, and why it was not taken: err, or the
// faults already marked on it.
func (s *site) again(w http.ResponseWriter, r *http.Request, in call, f sheetForm, err error) error {
	f.refill(&in.page)
	status := http.StatusUnprocessableEntity
	if err != nil {
		if engine.CodeOf(err) == engine.Gone {
			return err
		}
		t := s.trouble(r, err)
		status, in.page.Problem, in.page.ProblemID = t.Status, "problem.unsaved", t.ID
	}
	return s.show(w, r, status, "sheet", in.page)
}
