package web

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

func readAll(h *house, res *http.Response) reply {
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Error(err)
	}
	return reply{res.StatusCode, res.Header, string(body)}
}

// Every form of the desk, filled in as it should be: whoever has not the right
// is refused and nothing at all is stored, and whoever has it is not. A route
// that is new has to be given a form here.
func TestValidFormByRole(t *testing.T) {
	var server site
	server.Server = &Server{}
	for _, r := range server.table() {
		method, _, _ := strings.Cut(r.pattern, " ")
		if r.right == "" || method != http.MethodPost || r.pattern == "POST /stul/odhlaseni" || r.pattern == "POST /stul/ucet/overeni" {
			continue
		}
		t.Run(strings.ReplaceAll(r.pattern, "/", "|"), func(t *testing.T) {
			h := newHouse(t)
			h.busy()
			h.readies(r.pattern)
			people := h.settle()
			form, path := h.validForms()[r.pattern], h.paths()[r.pattern]
			if form == nil || path == "" {
				t.Fatal("this route has no form in validForms")
			}
			before := h.dump("")
			for _, p := range people {
				if p.may(r.right) {
					continue
				}
				if got := h.postAs(p.cookie, path, form); got.status != http.StatusForbidden {
					t.Errorf("by %s: %d", p.name, got.status)
				}
			}
			if after := h.dump(""); after != before {
				t.Errorf("somebody without the right stored:\n%s", changed(before, after))
			}
			got := h.postAs(h.session("klatovy", "koordinatorka", true), path, form)
			if got.status != http.StatusOK && got.status != http.StatusSeeOther {
				t.Errorf("the coordinator is answered %d:\n%.2500s", got.status, main(got.body))
			}
			if lines := changed(before, h.dump("")); !strings.Contains(lines, "journal ") {
				t.Errorf("the form is not in order: nothing was decided, %d to %q\n%s", got.status, got.head.Get("Location"), lines)
			}
		})
	}
}

// The day after the last one a substitute decides nothing any more, signed in
// before or after midnight.
func TestRightsEndWithTheirDay(t *testing.T) {
	h := newHouse(t)
	h.busy()
	day := engine.DateOf(h.now())
	h.add("klatovy", engine.Account{ID: "zastup", Name: "Z", Email: "zastup@example.cz", Role: engine.RoleSubstitute, StandsFor: "H", From: day, Until: day})
	form := h.validForms()["POST /stul/rozhodnuti"]
	h.wait(14 * time.Hour) // 23:00
	cookies := []string{h.session("klatovy", "zastup", true)}
	h.wait(time.Hour)
	cookies = append(cookies, h.session("klatovy", "zastup", true))
	before := h.dump("")
	for _, c := range cookies {
		h.postAs(c, "/stul/rozhodnuti", form).want(t, 403)
	}
	if h.dump("") != before {
		t.Error("a substitute decided after the last day")
	}
}
