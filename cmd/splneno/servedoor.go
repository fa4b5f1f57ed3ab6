package main

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"splneno/cmd/splneno/web"
	"splneno/cmd/splneno/web/door"
	"splneno/engine"
)

// singleSignOn is where people sign in with the account of their office.
type singleSignOn struct {
	Issuer     string `env:"SPLNENO_OIDC_ISSUER" placeholder:"URL" help:"Issuer of OpenID Connect, for Entra ID https://login.microsoftonline.com/DIRECTORY/v2.0. It is trusted to ask for a second factor."`
	Client     string `env:"SPLNENO_OIDC_CLIENT" placeholder:"ID" help:"What the issuer calls this program."`
	SecretFile string `env:"SPLNENO_OIDC_SECRET_FILE" placeholder:"FILE" help:"File with the secret the issuer gave."`
}

// doors gives the pages what the flags say about signing in.
func (s serveCommand) doors(pages *web.Server) error {
	networks, err := s.networks()
	if err != nil {
		return err
	}
	pages.Proxies = networks
	secret, err := s.Oidc.secret()
	if err != nil || secret == "" {
		return err
	}
	pages.SSO = &door.SSO{Issuer: s.Oidc.Issuer, Client: s.Oidc.Client, Secret: secret,
		Back: pages.Signer.Base() + "/stul/prihlaseni/sso", Now: pages.Office(pages.Tenant).Now}
	return nil
}

// networks gives the proxies whose word about where people come from counts.
func (s serveCommand) networks() ([]netip.Prefix, error) {
	return networks(s.Proxy, "of a proxy")
}

// secret gives what the issuer gave, "" when there is no single sign-on.
func (s singleSignOn) secret() (string, error) {
	if s == (singleSignOn{}) {
		return "", nil
	}
	if s.Issuer == "" || s.Client == "" || s.SecretFile == "" {
		return "", engine.Errorf(usage, "a single sign-on needs --oidc-issuer, --oidc-client and --oidc-secret-file")
	}
	secret, err := readSmall(s.SecretFile)
	if err != nil {
		return "", engine.Errorf(engine.Invalid, "the file of --oidc-secret-file cannot be read: %w", err)
	}
	text := strings.TrimSpace(string(secret))
	return text, need(text != "", "the file of --oidc-secret-file is empty; write the secret into it")
}

// networks reads addresses and networks; whose they are goes into the error.
func networks(texts []string, whose string) (out []netip.Prefix, err error) {
	for _, text := range texts {
		network, err := netip.ParsePrefix(text)
		if one, bare := netip.ParseAddr(text); bare == nil {
			network, err = one.Prefix(one.BitLen())
		}
		if err != nil {
			return nil, engine.Errorf(usage, "%q is no address or network %s; write it as 10.0.0.5 or 10.0.0.0/24", text, whose)
		}
		out = append(out, network)
	}
	return out, nil
}

// adviseFirst says how the first account is made while there is none.
func (in *installation) adviseFirst(ctx context.Context, c *command, w *world) error {
	all, err := in.db.Tenant(c.Tenant).Accounts(ctx)
	if engine.OutageOf(err) != nil {
		return nil // it was there a moment ago and will be again
	}
	if err != nil || len(all) > 0 {
		return err
	}
	towns, err := in.db.AcrossTenants().Tenants(ctx)
	switch {
	case engine.OutageOf(err) != nil:
		return nil
	case err == nil && len(towns) == 0:
		_, err = fmt.Fprintln(w.out, "There is no municipality yet. How one is set up: splneno help install")
	case err == nil && slices.Contains(towns, c.Tenant): // what others have is not asked: a region has many
		_, err = fmt.Fprintln(w.out, "Nobody can sign in yet. Make the first account: splneno account add --name NAME --email ADDRESS")
	}
	return err
}
