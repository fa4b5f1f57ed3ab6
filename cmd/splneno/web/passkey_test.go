package web

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// authenticator gives the browser one that lies in the computer and is always
// unlocked.
func (w window) authenticator() step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
				HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}})
		return err
	})
}

// Somebody invited chooses a password, adds a passkey, signs out, and comes
// back with the passkey alone.
func TestPasskeyInTheBrowser(t *testing.T) {
	h := newHouseAt(t, "localhost", nil)
	w := openBrowser(t, h, 1280, 900, true)
	at := func(path string) step { return chromedp.Navigate(h.signer.Base() + path) }
	w.run(w.authenticator(), at("/stul/pozvani/"+invitation), chromedp.WaitVisible(chromedp.CSS("#nove")), w.fits(), w.picture("invite"),
		chromedp.SendKeys(chromedp.CSS("#nove"), "zelena konev v lese"), chromedp.SendKeys(chromedp.CSS("#znovu"), "zelena konev v lese"),
		chromedp.Click(chromedp.CSS("main button")),
		chromedp.WaitVisible(chromedp.CSS("form[data-passkey] button")), w.fits(), w.picture("second-factor"),
		chromedp.SendKeys(chromedp.CSS("#jmeno"), "notebook"), chromedp.Click(chromedp.CSS("form[data-passkey] button")),
		chromedp.WaitVisible(chromedp.CSS(".codes")), w.fits(), w.picture("recovery-codes"))
	if a := h.account("eva"); len(a.Secrets.Passkeys) != 1 || a.Secrets.Passkeys[0].Name != "notebook" {
		t.Fatalf("%+v", a.Secrets)
	}
	w.run(at("/stul/ucet"), chromedp.WaitVisible(chromedp.CSS("table")), w.fits(), w.picture("account"))
	w.run(w.signOut()...)
	w.run(at("/stul/prihlaseni?dal=/stul/ucet"), chromedp.WaitVisible(chromedp.CSS("form[data-passkey] button")), w.picture("signin"),
		chromedp.Click(chromedp.CSS("form[data-passkey] button")), chromedp.WaitVisible(chromedp.CSS("table")))
	all, err := h.office.Records.Sessions(context.Background(), "eva")
	h.must(err)
	if len(all) != 1 || !all[0].Strong {
		t.Errorf("sessions: %+v", all)
	}
	// The password alone asks for the passkey, as there is no authenticator.
	w.run(w.signOut()...)
	w.run(at("/stul/prihlaseni"),
		chromedp.SendKeys(chromedp.CSS("#email"), "eva@example.cz"), chromedp.SendKeys(chromedp.CSS("#heslo"), "zelena konev v lese"),
		chromedp.Click(chromedp.CSS("main form.narrow button")), chromedp.WaitVisible(chromedp.CSS("#kod")), w.picture("signin-second"),
		chromedp.Click(chromedp.CSS("form[data-passkey] button")), chromedp.WaitVisible(chromedp.CSS(".tiles")))
}

// The pages of the door on the narrowest phone, in both languages.
func TestDoorOnAPhone(t *testing.T) {
	h := newHouse(t)
	h.add("klatovy", engine.Account{ID: "x", Name: "Jan " + hostile, Email: "velmi.dlouha.adresa.nekoho.na.uradu@mestsky-urad-dolni-horni.example.cz",
		Role: engine.RoleSubstitute, StandsFor: "Hana", From: "2024-02-01", Until: "2024-03-01", CreatedAt: h.now().Add(-time.Hour)})
	w := openBrowser(t, h, 320, 640, true)
	for _, tag := range []string{"cs", "en"} {
		w.run(w.goTo("/stul/prihlaseni"), w.fits(), w.picture("narrow-signin-"+tag), w.goTo("/stul/pozvani/"+invitation), w.fits(), w.picture("narrow-invite-"+tag))
		w.run(w.typeSignIn()...)
		h.wait(time.Minute)
		for _, page := range []string{"/stul/ucet", "/stul/ucet/overeni", "/stul/nastaveni/ucty", "/stul/nastaveni/ucty/x"} {
			w.run(w.goTo(page), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits(), w.picture("narrow-"+tag+pictureName(page)))
		}
		w.run(w.goTo("/stul/ucet"), chromedp.WaitVisible(chromedp.CSS("h1")))
		w.run(w.signOut()...)
		w.run(chromedp.Click(chromedp.CSS(`.language button`)), chromedp.WaitVisible(chromedp.CSS(`html[lang="`+otherTag(tag)+`"] .cards`)))
	}
}

func pictureName(path string) string {
	name := []rune(path)
	for i, r := range name {
		if r == '/' {
			name[i] = '-'
		}
	}
	return string(name)
}
