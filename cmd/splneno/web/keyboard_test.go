package web

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// onFocus says what has the focus: "" for nothing, otherwise its tag and name,
// and whether it can be seen that it has it.
const onFocus = `(() => {
	const on = document.activeElement;
	if (!on || on === document.body) return "";
	const style = getComputedStyle(on), box = on.getBoundingClientRect();
	const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
	const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
	return on.tagName.toLowerCase() + "#" + on.id + " " + (on.getAttribute("name") || on.getAttribute("href") || "") + (seen ? "" : " HAS NO OUTLINE") + (inside ? "" : " IS OUT OF SIGHT");
})()`

// focused gives what has the focus; it must be seen.
func (w window) focused() string {
	w.t.Helper()
	on, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](onFocus))
	w.must(err)
	return on
}

// tabTo presses Tab until the focus is on what the selector names. Everything on
// the way shows that it has it.
func (w window) tabTo(selector string) {
	w.t.Helper()
	for range 300 {
		w.run(chromedp.KeyEvent(kb.Tab))
		w.inSight()
		there, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](fmt.Sprintf("document.activeElement.matches(%q)", selector)))
		w.must(err)
		if there {
			return
		}
	}
	w.t.Fatalf("three hundred tabs do not lead to %s", selector)
}

// inSight wants what has the focus to show it, once the page has scrolled to it.
func (w window) inSight() {
	w.t.Helper()
	on := ""
	w.run(w.until("a focus that is seen", func() bool {
		on = w.focused()
		return !strings.Contains(on, " IS OUT OF SIGHT")
	}))
	if strings.Contains(on, " HAS NO OUTLINE") {
		w.t.Errorf("%s: nobody sees where the focus is", on)
	}
}

// types types a text into what has the focus.
func (w window) types(text string) {
	w.t.Helper()
	w.run(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}
