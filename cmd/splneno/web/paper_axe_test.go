package web

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// The pages that are handed out as files keep nobody out either. They are the
// ones notify/document was looked at with.
func TestPapersKeepNobodyOut(t *testing.T) {
	needAxe(t)
	w := openBrowser(t, newHouse(t), 1280, 900, true)
	pages, err := filepath.Glob("../../../notify/document/testdata/*.html")
	w.must(err)
	if len(pages) < 3 {
		t.Fatalf("only %d pages", len(pages))
	}
	for _, width := range []int64{1280, 800, 320} {
		w.run(chromedp.EmulateViewport(width, 900))
		for _, page := range pages {
			path, err := filepath.Abs(page)
			w.must(err)
			t.Run(filepath.Base(page)+" "+strconv.FormatInt(width, 10), func(t *testing.T) {
				w.run(chromedp.Navigate("file://"+path), chromedp.WaitVisible(chromedp.CSS("h1")))
				w.audit(t, filepath.Base(page))
			})
		}
	}
}
