package web

import (
	"net/url"
	"strconv"

	"splneno/engine"
)

// postBulk approves the answers that were ticked, of one organisation or of the
// whole page, each as a decision of its own. One that carries a risk, or has
// moved meanwhile, stays in the queue and is counted.
func (s *site) postBulk(v visit) error {
	form := v.r.PostForm
	counts := map[string]int{}
	for _, ticked := range form["vyber"] {
		ref := readRef(ticked)
		if form.Get("skupina") != "vse" && form.Get("skupina") != groupKey(engine.Proposal{EntryKey: ref.Key, Organisation: ref.Organisation}) {
			continue
		}
		outcome, err := approveTicked(v, ref)
		if err != nil {
			return err
		}
		counts[outcome]++
	}
	query, _ := readBack(form.Get("kam"))
	if len(counts) == 0 {
		return v.back(queuePath, merged(query, flash("nic-vybrano")))
	}
	told := url.Values{}
	for word, n := range counts {
		told.Set(word, strconv.Itoa(n))
	}
	return v.back(queuePath+"#fronta", merged(query, told))
}

// approveTicked approves one answer, if nothing speaks against approving it
// unread, and says what became of it: "schvaleno", "jednotlive" for one that is
// to be looked at on its own, "jinak" for one that has moved.
func approveTicked(v visit, ref answerRef) (string, error) {
	item, err := v.office.Answered(v.r.Context(), ref.Key, ref.Organisation)
	if err == nil && ref.Revision == item.Proposal.Revision && item.Proposal.State == engine.Pending && len(item.Risks) > 0 {
		return "jednotlive", nil
	}
	if err == nil {
		err = decide(v, decisionForm{Action: "schvalit", Ref: ref}, item)
	}
	switch engine.CodeOf(err) {
	case engine.Conflict, engine.Invalid, engine.NotFound:
		return "jinak", nil
	default:
		return "schvaleno", err
	}
}
