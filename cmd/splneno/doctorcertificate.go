package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"

	"splneno/notify/check"
)

// certificate looks at the certificate under which people reach the pages, as
// their browser would.
func (e *examination) certificate(ctx context.Context) []check.Finding {
	const name = "certificate of --url"
	u, err := url.Parse(e.c.URL)
	if err != nil || u.Scheme != "https" {
		return []check.Finding{finding(name, check.OK, "", "none: the address is not https, which is enough on this machine alone")}
	}
	port := u.Port()
	if port == "" {
		port = "443"
	}
	dialer := tls.Dialer{Config: &tls.Config{ServerName: u.Hostname(), RootCAs: e.roots, Time: e.w.now, MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	var refused *tls.CertificateVerificationError
	switch {
	case errors.As(err, &refused):
		return []check.Finding{finding(name, check.Fail, "have it renewed for this name, and let the proxy send it with the whole chain", "browsers refuse it: %s", oneLine(refused.Err.Error()))}
	case err != nil:
		return []check.Finding{finding(name, check.Warn, "look at it from another computer: a firewall may keep this one from seeing the address", "not looked at: %s", oneLine(err.Error()))}
	}
	defer conn.Close()
	secure, ok := conn.(*tls.Conn)
	if !ok {
		return nil // a tls.Dialer gives nothing else
	}
	state := secure.ConnectionState()
	leaf := state.PeerCertificates[0]
	return []check.Finding{check.Encryption(name, tls.VersionName(state.Version), leaf.DNSNames, leaf.NotAfter, e.w.now())}
}
