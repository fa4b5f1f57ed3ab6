package web

import (
	"context"
	"testing"

	"splneno/engine"
)

// What a town that rests says to everybody who comes: behind a link, at the desk,
// on the board, to the public, and to somebody who signs in.
func TestRestingPagesKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := evaluated(t)
	h.publishes(1)
	board := "/prehled/" + h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0)
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	for _, kind := range []engine.HoldKind{engine.HoldSuspended, engine.HoldMoved} {
		h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "hold", Hold: &engine.Hold{Kind: kind, Since: h.now()}}))
		w.examine(t, string(kind)+" link", w.goTo(h.path("charita")), everyLook)
		for name, path := range map[string]string{"desk": "/stul", "board": board, "public": publicHome, "front": "/"} {
			w.examine(t, string(kind)+" "+name, w.goTo(path), twoLooks)
		}
	}
}
