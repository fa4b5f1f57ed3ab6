package web

import (
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

// String gives the field's value, "plan/period/organisation/revision/activity":
// only ids of activities hold slashes.
func (a answerRef) String() string {
	return strings.Join([]string{url.PathEscape(a.Key.Plan), url.PathEscape(a.Key.Period), url.PathEscape(a.Organisation), strconv.Itoa(a.Revision), a.Key.Activity}, "/")
}

// readRef reads a field's value. What cannot be read names no answer, and is
// not found; revision 0 is none, and a conflict.
func readRef(value string) answerRef {
	part := append(strings.SplitN(value, "/", 5), "", "", "", "", "")
	for i := range 3 {
		part[i], _ = url.PathUnescape(part[i])
	}
	n, _ := strconv.Atoi(part[3])
	return answerRef{Key: engine.EntryKey{Plan: part[0], Period: part[1], Activity: part[4]}, Organisation: part[2], Revision: n}
}

// Page gives the way to the page of the answer.
func (a answerRef) Page() string {
	return "/stul/rozhodnuti?odpoved=" + slashes.Replace(url.QueryEscape(a.String()))
}

// slashes gives back the slashes, which a query may hold.
var slashes = strings.NewReplacer("%2F", "/")

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
