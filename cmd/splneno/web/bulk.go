package web

import (
	"strconv"
	"strings"

	"splneno/engine"
)

// postBulk approves the answers that were ticked, each as a decision of its
// own. What cannot be approved stays in the queue and is counted.
func (s *site) postBulk(v visit) error {
	form := v.r.PostForm
	approved, left := 0, 0
	for _, ticked := range form["vyber"] {
		shown, activity, _ := strings.Cut(ticked, ":")
		f := decisionForm{Action: "schvalit", Key: engine.EntryKey{Plan: form.Get("plan"), Period: form.Get("obdobi"), Activity: activity},
			Organisation: form.Get("organizace")}
		f.Shown, _ = strconv.Atoi(shown)
		item, err := v.office.Answered(v.r.Context(), f.Key, f.Organisation)
		if err == nil && !(queueItem{QueueItem: item}).Sure() {
			err = engine.Errorf(engine.Invalid, "this answer is to be looked at on its own")
		}
		if err == nil {
			err = decide(v, f, item)
		}
		switch engine.CodeOf(err) {
		case engine.Conflict, engine.Invalid, engine.NotFound:
			left++
		case "":
			if err != nil {
				return err
			}
			approved++
		default:
			return err
		}
	}
	switch {
	case approved+left == 0:
		return v.back("/stul", flash("nic-vybrano"))
	case left > 0:
		return v.back("/stul", flashCount("zbylo", left))
	}
	return v.back("/stul", flashCount("schvaleno", approved))
}
