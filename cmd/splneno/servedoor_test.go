package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/web"
	"splneno/engine"
	"splneno/notify/link"
	"splneno/workflows"
)

func TestWhatIsMissingBeforeAnybodySignsIn(t *testing.T) {
	p := newProgram(t)
	advice := func() string {
		t.Helper()
		c, out := &command{DB: "sqlite:splneno.db", URL: "http://127.0.0.1:8080", Tenant: "mesto"}, new(strings.Builder)
		err := c.with(t.Context(), time.Now, func(in *installation, _ *workflows.Office) error {
			return in.adviseFirst(t.Context(), c, &world{out: out})
		})
		if err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := advice(); !strings.HasPrefix(got, "There is no municipality yet. ") {
		t.Errorf("nothing is set up: %q", got)
	}
	for _, missing := range [][]string{{"municipality"}, {"account", "add", "--name", "Jan", "--email", "kpss@zdar.example"}} {
		if out, code := p.says(missing...); code != exitFailed || !strings.Contains(out, "there is no municipality mesto; splneno tenant list shows") {
			t.Errorf("%s: exit %d\n%s", missing, code, out)
		}
	}
	for _, tenant := range []string{"zdar", "mesto"} {
		if out, code := p.says("municipality", "--tenant", tenant, "--name", "Zdar", "--coordinator", "kpss@zdar.example", "--sender", "kpss@zdar.example"); code != exitDone {
			t.Fatal(out)
		}
		if got := advice(); strings.HasPrefix(got, "Nobody can sign in yet. ") != (tenant == "mesto") || tenant != "mesto" && got != "" {
			t.Errorf("%s is set up: %q", tenant, got)
		}
	}
}

func TestDoorsOfServe(t *testing.T) {
	key, err := link.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	signer, err := link.New(key, "https://plan.example")
	if err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("tajne\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		s    serveCommand
		code engine.Code
	}{
		"nothing":     {},
		"proxies":     {s: serveCommand{Proxy: []string{"10.0.0.5", "10.1.0.0/16", "2001:db8::/32"}}},
		"no proxy":    {s: serveCommand{Proxy: []string{"proxy.example"}}, code: usage},
		"whole":       {s: serveCommand{Oidc: singleSignOn{"https://login.example", "splneno", secret}}},
		"no client":   {s: serveCommand{Oidc: singleSignOn{"https://login.example", "", secret}}, code: usage},
		"no such key": {s: serveCommand{Oidc: singleSignOn{"https://login.example", "splneno", secret + "x"}}, code: engine.Invalid},
	} {
		pages := &web.Server{Signer: signer, Office: func(string) *workflows.Office { return &workflows.Office{} }}
		if err := c.s.doors(pages); engine.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if len(pages.Proxies) != len(c.s.Proxy) && c.code == "" {
			t.Errorf("%s: %v", name, pages.Proxies)
		}
		if name == "whole" && (pages.SSO.Secret != "tajne" || pages.SSO.Back != "https://plan.example/stul/prihlaseni/sso") {
			t.Errorf("%+v", pages.SSO)
		}
	}
}
