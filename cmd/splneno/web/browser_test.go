package web

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// A step is one thing done in the browser.
type step = chromedp.Action[chromedp.Void]

// A window is a real browser at the house's front door.
type window struct {
	*house
	ctx context.Context
}

// openBrowser starts Chromium with a fresh profile. Without one the test is
// skipped, unless SPLNENO_TEST_FULL=1 says that everything must run.
func openBrowser(t *testing.T, h *house, width, height int64, script bool) window {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		if os.Getenv("SPLNENO_TEST_FULL") == "1" {
			t.Fatal("SPLNENO_TEST_FULL=1 and no Chromium in PATH")
		}
		t.Skip("NOT TESTED in a browser: no Chromium in PATH")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.NoFirstRun,
		chromedp.Flag("force-prefers-reduced-motion", true)) // a page that is still scrolling is clicked beside the button
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	w := window{house: h, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil { // the first call has no time limit: it starts the browser
		t.Fatal(err)
	}
	w.run(chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		// As a window somebody looks at: without it no page has the focus at first.
		if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
		return err
	}))
	return w
}

// run does the steps, each bounded.
func (w window) run(steps ...step) {
	w.t.Helper()
	for n, s := range steps {
		ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
		err := chromedp.Do(ctx, s)
		cancel()
		if err != nil {
			w.t.Fatalf("step %d: %v\n%s", n+1, err, w.seen())
		}
	}
}

// seen is what the page says, for whoever reads that a step failed.
func (w window) seen() string {
	ctx, cancel := context.WithTimeout(w.ctx, 5*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.pathname + "\n" + document.body.innerText`))
	if err != nil {
		return err.Error()
	}
	return text
}

// goTo opens a page of the house.
func (w window) goTo(path string) step { return chromedp.Navigate(w.server.URL + path) }

// says waits until the page's main part holds the text; it works without
// script, too, as it asks the browser and not the page.
func (w window) says(text string) step {
	return chromedp.WaitVisible(`//main//*[contains(text(), "` + text + `")]`)
}

// until waits for what the page does by itself, which it says to nobody.
func (w window) until(what string, done func() bool) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		poll := time.NewTicker(50 * time.Millisecond)
		defer poll.Stop()
		for !done() {
			select {
			case <-ctx.Done():
				return fmt.Errorf("%s: %w", what, ctx.Err())
			case <-poll.C:
			}
		}
		return nil
	})
}

// picture keeps a screenshot of the whole page among what the test leaves
// behind, if anybody asked for that: go test -artifacts -outputdir FOLDER.
func (w window) picture(name string) step {
	return chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		if asked := flag.Lookup("test.artifacts"); asked == nil || asked.Value.String() != "true" {
			return nil
		}
		png, err := chromedp.FullScreenshot(100)(ctx, p)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(w.t.ArtifactDir(), name+".png"), png, 0o600)
	})
}

// fits checks that the page does not scroll sideways.
func (w window) fits() step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		m, err := chromedp.Call(ctx, page.GetLayoutMetrics, cdp.Empty{})
		if err == nil && m.CSSContentSize.Width > float64(m.CSSLayoutViewport.ClientWidth) {
			w.t.Errorf("the page is %v wide in a window of %v", m.CSSContentSize.Width, m.CSSLayoutViewport.ClientWidth)
		}
		return err
	})
}

// fillSheet answers the first and the third item as a person does.
func (w window) fillSheet() []step {
	return []step{
		w.goTo(w.path("charita")), w.says("Vyplňuje se za organizaci"), w.fits(),
		chromedp.Click(chromedp.CSS(`input[name="a1-stav"][value="partial"]`)),
		chromedp.SendKeys(chromedp.CSS(`#a1-hotovo`), "Služba jezdí v šesti obcích."),
		chromedp.SendKeys(chromedp.CSS(`#a1-chybi`), "Chybí víkendy."),
		chromedp.SendKeys(chromedp.CSS(`#a1-cislo-0`), "57,5"),
		chromedp.Click(chromedp.CSS(`input[name="a3-stav"][value="fulfilled"]`)),
	}
}

func TestAnswerOnAPhone(t *testing.T) {
	for name, script := range map[string]bool{"with script": true, "without script": false} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			w := openBrowser(t, h, 390, 844, script)
			picture := "phone-" + strings.ReplaceAll(name, " ", "-")
			w.run(w.goTo(w.path("charita")), w.says("Vyplňuje se za organizaci"), w.picture(picture+"-empty"))
			w.run(w.fillSheet()...)
			w.run(chromedp.Click(chromedp.CSS(`button[value="odeslat"]`)), // the name and one text are missing
				w.says("Opravte prosím 2 místa."), w.fits(), w.picture(picture+"-faults"),
				chromedp.SendKeys(chromedp.CSS(`#a3-hotovo`), "Katalog vyšel v září."),
				chromedp.SendKeys(chromedp.CSS(`#kdo`), "Jan Zkušební"),
				chromedp.Click(chromedp.CSS(`button[value="odeslat"]`)),
				w.says("Děkujeme, odpovědi máme"), w.fits(), w.picture(picture+"-receipt"))
			got := h.proposals()
			if len(got) != 2 || got[0].Answer.Missing != "Chybí víkendy." || got[1].Answer.Done != "Katalog vyšel v září." {
				t.Errorf("proposals: %+v", got)
			}
			w.run(w.goTo(w.path("charita")), w.says("Vaše odpověď z"), w.fits(), w.picture(picture+"-after"))
		})
	}
}

func TestDraftIsSavedWhileTyping(t *testing.T) {
	h := newHouse(t)
	w := openBrowser(t, h, 1280, 900, true)
	w.run(w.fillSheet()...)
	r, err := h.office.Records.Request(context.Background(), "ap2023", "2023", "charita")
	h.must(err)
	var d engine.Draft
	w.run(w.says("Rozepsané odpovědi jsou uložené"), w.picture("desktop-saved"),
		// On a slow machine the first pause comes before everything is typed.
		w.until("the whole draft is saved", func() bool {
			d, err = h.office.Records.Draft(context.Background(), r)
			h.must(err)
			return len(d.Answers) == 2
		}),
		w.goTo(w.path("charita")), w.says("Rozepsáno, zatím neodesláno"))
	if d.Answers["1.1/1"].Missing != "Chybí víkendy." || len(d.Answers) != 2 || len(h.proposals()) != 0 {
		t.Errorf("draft: %+v", d)
	}
}

func TestConflictAndEvaluationInTheBrowser(t *testing.T) {
	h := newHouse(t)
	p := h.path("charita")
	h.post(p, answers()).want(t, 303)
	w := openBrowser(t, h, 1280, 900, false)
	w.run(w.signIn()...)
	w.run(w.goTo("/stul/odpovedi"), w.says("Odpovědi ke schválení"))
	newer := answers()
	newer.Set("a1-stav", "fulfilled")
	newer.Set("a1-hotovo", "Od ledna jezdí služba i o víkendu, celkem v sedmi obcích.")
	newer.Set("a1-chybi", "")
	h.post(p, newer).want(t, 303)
	w.run(chromedp.Click(chromedp.CSS(`[data-key="a"]`)), w.says("Organizace mezitím odpověděla znovu"), w.fits(), w.picture("conflict"),
		chromedp.Click(chromedp.CSS(`button[value="schvalit"]`)), w.says("Schválena 1 odpověď."),
		w.goTo("/stul/aktivity/ap2023/2023"), w.says("Aktivity v období"), w.fits(), w.picture("activities"),
		w.goTo("/stul/vyhodnoceni/ap2023/2023"), chromedp.Click(chromedp.CSS(`button[value="obnovit"]`)),
		w.says("Koncept odpovídá současnému stavu."), w.fits(), w.picture("evaluation"),
		w.goTo("/stul/posta"), w.says("Odeslaná pošta"), w.fits(), w.picture("outbox"), w.goTo("/"), w.says("Prohlídka ukázky"), w.fits(), w.picture("start"))
	if h.entry("1.1/1").State != engine.Fulfilled {
		t.Error("the newest answer was not approved")
	}
}

func TestNarrowestPhone(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	w := openBrowser(t, h, 360, 740, true)
	w.run(w.goTo("/stul/prihlaseni"), w.fits())
	w.run(w.signIn()...)
	w.run(w.says("Přehled"), w.fits(), w.picture("narrow-desk"))
	for _, path := range []string{"/", h.path("charita"), h.path("zla"), h.path("charita") + "/prehled", "/stul/aktivity/ap2023/2023", "/stul/vyhodnoceni/ap2023/2023", "/stul/posta", "/posta", "/nikam"} {
		w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits())
	}
}
