package web

import (
	"testing"

	"splneno/engine"
)

// The desk of a region at both widths and in both languages: axe finds nothing,
// and nothing scrolls sideways.
func TestRegionInABrowser(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	h.signIn()
	for _, name := range []string{"Mesto Klatovy", "Mesto Susice", "Statutarni mesto s neobycejne dlouhym nazvem nad Radbuzou"} {
		h.delivers(h.file(h.delivery(name, name, 1, 4)), "").want(t, 303)
	}
	h.post("/stul/kraj/nastaveni", map[string][]string{"verze": {"0"}, "plan": {"ap2023"}, "obvody": {"Klatovy\nTachov"}, "slovo-fulfilled": {"Hotovo"}}).want(t, 303)
	h.post("/stul/kraj/oblasti", map[string][]string{"verze": {"1"}, "co": {"mesto-klatovy/0", "mesto-klatovy/1"}, "kam-0": {"1"}, "kam-1": {"-"}}).want(t, 303)
	h.delivers(h.file(h.delivery("Mesto Klatovy", "jine", 2, 4)), engine.Nobody).want(t, 422)
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	w.everyWay(t, func(t *testing.T) {
		for _, path := range []string{"/stul/kraj", "/stul/kraj/oblasti", "/stul/kraj/oblasti?jen=vse", "/stul/kraj/mezery", "/stul/kraj/nastaveni"} {
			w.axe(t, path)
		}
	})
}
