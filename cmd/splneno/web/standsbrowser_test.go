package web

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// The page of a town that rests, behind a link: nothing scrolls sideways, in both
// languages.
func TestARestingTownInABrowser(t *testing.T) {
	h := newHouse(t)
	link := h.path("charita")
	for _, width := range []int64{1280, 320} {
		w := openBrowser(t, h, width, 800, true)
		for _, kind := range []engine.HoldKind{engine.HoldSuspended, engine.HoldMoved} {
			h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "hold", Hold: &engine.Hold{Kind: kind, Since: h.now()}}))
			for _, tag := range []string{"en", "cs"} {
				w.run(w.goTo(link), chromedp.Click(chromedp.CSS(fmt.Sprintf(`button[lang=%q]`, tag))), chromedp.WaitVisible(chromedp.CSS(fmt.Sprintf(`html[lang=%q] h1`, tag))),
					w.fits(), w.picture(fmt.Sprintf("%s-%d-%s", kind, width, tag)))
			}
		}
	}
}
