package web

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"splneno/engine"
)

// An answerRef names one revision of an answer: what a decision binds to. It
// travels in one form field and in addresses.
type answerRef struct {
	Key          engine.EntryKey
	Organisation string
	Revision     int
}

func refOf(p engine.Proposal) answerRef {
	return answerRef{Key: p.EntryKey, Organisation: p.Organisation, Revision: p.Revision}
}

// String gives the field's value.
func (a answerRef) String() string {
	return url.Values{"plan": {a.Key.Plan}, "obdobi": {a.Key.Period}, "aktivita": {a.Key.Activity}, "organizace": {a.Organisation},
		"revize": {strconv.Itoa(a.Revision)}}.Encode()
}

// readRef reads a field's value. What cannot be read names no answer, and is
// not found.
func readRef(value string) answerRef {
	q, _ := url.ParseQuery(value)
	n, _ := strconv.Atoi(q.Get("revize")) // 0 is no revision: then it is a conflict
	return answerRef{Key: engine.EntryKey{Plan: q.Get("plan"), Period: q.Get("obdobi"), Activity: q.Get("aktivita")},
		Organisation: q.Get("organizace"), Revision: n}
}

// Page gives the way to the page of the answer.
func (a answerRef) Page() string { return "/stul/rozhodnuti?" + a.String() }

// Anchor gives the answer's place on a page of the queue, the same for every
// revision.
func (a answerRef) Anchor() string {
	h := fnv.New32a()
	for _, part := range []string{a.Key.Plan, a.Key.Period, a.Key.Activity, a.Organisation} {
		_, _ = h.Write([]byte(part + "\x00")) // a hash never fails
	}
	return fmt.Sprintf("o%08x", h.Sum32())
}

func seasonPath(room, plan, period string) string {
	return "/stul/" + room + "/" + url.PathEscape(plan) + "/" + url.PathEscape(period)
}

// entryPath gives the way to the page of an entry. The ids of activities hold
// slashes, which stay.
func entryPath(k engine.EntryKey) string {
	parts := strings.Split(k.Activity, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return seasonPath("aktivity", k.Plan, k.Period) + "/" + strings.Join(parts, "/")
}
