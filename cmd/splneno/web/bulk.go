package web

import (
	"net/url"
	"strconv"

	"splneno/engine"
	"splneno/workflows"
)

// postBulk approves the answers that were ticked, of one organisation or of the
// whole page, each as a decision of its own. One that carries a risk, or has
// moved meanwhile, stays in the queue and is counted.
func (s *site) postBulk(v visit) error {
	form := v.r.PostForm
	var ticks []workflows.Tick
	for _, ticked := range form["vyber"] {
		ref := readRef(ticked)
		if form.Get("skupina") == "vse" || form.Get("skupina") == groupKey(engine.Proposal{EntryKey: ref.Key, Organisation: ref.Organisation}) {
			ticks = append(ticks, workflows.Tick{Key: ref.Key, Organisation: ref.Organisation, Shown: ref.Revision})
		}
	}
	query, _ := readBack(form.Get("kam"))
	if len(ticks) == 0 {
		return v.back(queuePath, merged(query, flash("nic-vybrano")))
	}
	t, err := v.office.ApproveTicked(v.r.Context(), ticks, v.who)
	if err != nil {
		return err
	}
	told := url.Values{}
	for word, n := range map[string]int{"schvaleno": t.Approved, "jednotlive": t.Risky, "jinak": t.Moved} {
		if n > 0 {
			told.Set(word, strconv.Itoa(n))
		}
	}
	return v.back(queuePath+"#fronta", merged(query, told))
}
