package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// postCarry decides about one promise, or lets those that run on anyway go on.
func (s *site) postCarry(v visit) error {
	if v.r.PostForm.Get("action") == "pokracuji" {
		return s.postCarryOn(v)
	}
	get := v.r.PostForm.Get
	f := carryForm{Way: get("krok"), Titles: clean(get("nazvy")), Until: get("den"), Why: clean(get("duvod"))}
	key := engine.EntryKey{Plan: v.r.PathValue("plan"), Period: v.r.PathValue("period"), Activity: get("aktivita")}
	shown, err := strconv.Atoi(get("verze"))
	if err != nil {
		return engine.Errorf(engine.Invalid, "the form does not say what was shown")
	}
	course := f.course()
	if len(f.Faults) == 0 {
		if err = v.office.Settle(v.r.Context(), key, shown, course, v.who); err == nil {
			return v.carryBack("rozhodnuto-dal", 1)
		}
	}
	return s.carryAgain(v, key.Activity, f, err)
}

// carryBack goes back to where the form stood.
func (v visit) carryBack(word string, n int) error {
	done := flashCount(word, n)
	for _, name := range []string{"ukazat", "strana"} {
		if at := v.r.URL.Query().Get(name); at != "" {
			done.Set(name, at)
		}
	}
	return v.back(seasonPath("prevod", v.r.PathValue("plan"), v.r.PathValue("period")), done)
}

// postCarryOn decides that the ticked promises continue, each as a decision of
// its own. What was changed meanwhile stays undecided and is counted.
func (s *site) postCarryOn(v visit) error {
	done, left := 0, 0
	for _, ticked := range v.r.PostForm["vyber"] {
		version, activity, _ := strings.Cut(ticked, ":")
		shown, err := strconv.Atoi(version)
		if err != nil {
			return engine.Errorf(engine.Invalid, "the form does not say what was shown")
		}
		key := engine.EntryKey{Plan: v.r.PathValue("plan"), Period: v.r.PathValue("period"), Activity: activity}
		err = v.office.Settle(v.r.Context(), key, shown, engine.Course{Next: engine.Continue}, v.who)
		switch {
		case err == nil:
			done++
		case engine.CodeOf(err) == engine.Conflict || engine.CodeOf(err) == engine.NotFound:
			left++
		default:
			return err
		}
	}
	if left > 0 {
		return v.carryBack("rozhodnuto-zbylo", left)
	}
	return v.carryBack("rozhodnuto-dal", done)
}

// carryAgain shows the desk with what was typed and why it was not taken. The
// promise it belongs to stands first when it is not on this page any more.
func (s *site) carryAgain(v visit, activity string, f carryForm, err error) error {
	status, reason := http.StatusUnprocessableEntity, "decision.fields"
	if err != nil {
		if engine.CodeOf(err) != engine.Conflict {
			return err
		}
		status, reason = http.StatusConflict, "carry.moved"
	}
	p, err := readCarry(v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Items, func(item carryItem) bool { return item.Activity.ID == activity })
	if i < 0 {
		ctx, plan, period := v.r.Context(), p.Season.Plan, p.Season.Period.ID
		activities, err := v.office.Records.Activities(ctx, plan, activity)
		if err != nil {
			return err
		}
		entries, err := v.office.Records.Entries(ctx, plan, period, activity)
		if err != nil {
			return err
		}
		if activity == "" || len(activities)*len(entries) == 0 {
			return engine.Errorf(engine.NotFound, "season %s has no activity %s", period, activity)
		}
		p.Items = append([]carryItem{{Placed: engine.Placed{Activity: activities[0], Entry: entries[0]}, N: len(p.Items)}}, p.Items...)
		i = 0
	}
	p.Items[i].Form, p.Reason = f, reason
	return s.show(v.w, v.r, status, "carry", p)
}
