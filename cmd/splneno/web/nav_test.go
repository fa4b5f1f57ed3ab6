package web

import (
	"slices"
	"testing"

	"splneno/engine"
)

func TestNavigationMarksWhereYouAre(t *testing.T) {
	me := engine.Account{ID: "1", Role: engine.RoleCoordinator}
	for path, want := range map[string]string{
		"/stul": "nav.home", "/stul/odpovedi": "nav.queue", "/stul/plan/ap2023": "nav.plan", "/stul/planovani": "", "/stul/posta": "nav.mail",
		"/stul/posta/zprava": "nav.mail", "/stul/prichozi/0": "nav.mail", "/stul/vyhodnoceni/ap2023/2023": "nav.evaluations", "/stul/prevod/ap2023/2023": "nav.evaluations",
		"/stul/aktivity/ap2023/2023": "nav.seasons", "/stul/nastaveni/ucty": "nav.settings", "/stul/predani": "nav.settings", "/stul/ucet": "", "/stul/hledat": "nav.plan", "/stul/znovu": "nav.home", "/stul/rozhodnuti": "nav.queue", "/stul/odpovedi/odpoved": "nav.queue", "/": "", "/pristupnost": "",
	} {
		var marked []string
		for _, n := range navOf(me, "2024-01-23", path) {
			if n.Current {
				marked = append(marked, n.Key)
			}
		}
		if want == "" && len(marked) > 0 || want != "" && !slices.Equal(marked, []string{want}) {
			t.Errorf("%s marks %q, want %q", path, marked, want)
		}
	}
	if ways := navOf(engine.Account{ID: "1", Role: engine.RoleReader}, "2024-01-23", "/stul/vyhodnoceni"); len(ways) != 1 || !ways[0].Current {
		t.Errorf("a reader has the ways %+v", ways)
	}
	if ways := navOf(engine.Account{}, "2024-01-23", "/"); len(ways) != 0 {
		t.Errorf("nobody has the ways %+v", ways)
	}
}
