package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/notify/clam"
	"splneno/notify/fetch"
	"splneno/notify/link"
	"splneno/store"
	"splneno/store/postgres"
)

// configCheckCommand says what is wrong with the settings.
type configCheckCommand struct {
	File  string       `arg:"" optional:"" settings:"" placeholder:"FILE" help:"File of settings to check. Default: the one that would be used."`
	Serve serveCommand `embed:""`
	Sent  string       `name:"sent" env:"SPLNENO_SENT" secret:"" placeholder:"URL" help:"Folder of sent mail: imaps://user:password@host/Sent. It is only read."`
}

// Help says what is not looked at.
func (configCheckCommand) Help() string {
	return "Example: splneno config check splneno.yaml\n" +
		"Nothing is connected to and nothing is changed; splneno doctor tries what is set. Exits with 1 when something is wrong."
}

// Run checks and prints.
func (k configCheckCommand) Run(c *command, w *world) error {
	faults := slices.Concat(c.conf.faults, c.conf.strangers(os.Environ()), k.Serve.faults(c))
	if err := checkSent(k.Sent); err != nil {
		faults = append(faults, "sent: "+err.Error())
	}
	for _, s := range faults {
		fmt.Fprintln(w.out, s)
	}
	for _, s := range c.conf.warnings {
		fmt.Fprintln(w.out, "warning:", s)
	}
	if len(faults) > 0 {
		return engine.Errorf(engine.Invalid, "the settings need mending; what is wrong stands above, one to a line: %d", len(faults))
	}
	_, err := fmt.Fprintln(w.out, "Configuration is fine.")
	return err
}

// strangers gives a sentence for every variable that looks like a setting and
// is none.
func (conf *configuration) strangers(environ []string) (out []string) {
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		rest, ours := strings.CutPrefix(name, "SPLNENO_")
		if !ours || name == "SPLNENO_CONFIG" || conf.isVariable(name) {
			continue
		}
		near := "SPLNENO_" + strings.ToUpper(strings.ReplaceAll(conf.nearest(rest), "-", "_"))
		out = append(out, fmt.Sprintf("environment: there is no variable %s; did you mean %s?", oneLine(name), near))
	}
	slices.Sort(out)
	return out
}

func (conf *configuration) isVariable(name string) bool {
	return slices.ContainsFunc(conf.settings, func(s setting) bool {
		return name == s.env() || s.secret() && (name == s.env()+"_FILE" || name == s.env()+"_PASSWORD_FILE")
	})
}

// faults looks at every value as far as that can be done without asking
// anybody, and gives a sentence for each that cannot be used.
func (s serveCommand) faults(c *command) (out []string) {
	for _, look := range []struct {
		name string
		err  error
	}{
		{"db", checkDatabase(c.DB)},
		{"key", c.checkKey()},
		{"tenant", need(c.Tenant != "", "is empty; write the short name of the municipality")},
		{"url", checkURL(c.URL, s.Listen)},
		{"smtp", c.checkMailServer()},
		{"oauth", c.checkSignIn()},
		{"clamd", c.checkScanner()},
		{"listen", checkListen(s.Listen)},
		{"imap", s.Ways.checkMailbox(c)},
		{"lmtp", checkDoor(s.Ways.LMTP)},
		{"smtp-in", checkDoor(s.Ways.SMTPIn)},
		{"smtp-in-cert", s.Ways.checkCertificate()},
		{"mail-drop", checkFolder(s.Ways.MailDrop)},
		{"proxy", errorOf(s.networks())},
		{"metrics-from", errorOf(networks(s.MetricsFrom, "of who reads metrics"))},
		{"oidc", errorOf(s.Oidc.secret())},
	} {
		if look.err != nil {
			out = append(out, look.name+": "+look.err.Error())
		}
	}
	return out
}

func errorOf[V any](_ V, err error) error { return err }

// need is an error unless something holds.
func need(holds bool, format string, args ...any) error {
	if holds {
		return nil
	}
	return engine.Errorf(engine.Invalid, format, args...)
}

// checkDatabase looks at the address of the database, and at the folder of a file.
func checkDatabase(dsn string) error {
	scheme, file, _ := strings.Cut(dsn, ":")
	switch scheme {
	case "sqlite":
		if kind := store.NetworkDrive(file); kind != "" {
			return need(false, "the file lies on a network drive (%s), on which SQLite loses data; name one on a disk of this computer, or use PostgreSQL", kind)
		}
		st, err := os.Stat(filepath.Dir(file))
		return need(file != "" && err == nil && st.IsDir(), "the folder %s for the database does not exist; make it, or name another", filepath.Dir(file))
	case "postgres", "postgresql":
		_, err := postgres.ParseAddress(dsn)
		return err
	}
	return need(false, "must begin with sqlite: or postgres://, as in sqlite:splneno.db")
}

// checkKey looks at the key without making one.
func (c *command) checkKey() error {
	file := c.keyFile()
	text, err := readSmall(file)
	if _, gone := os.Stat(file); errors.Is(gone, os.ErrNotExist) {
		if c.Key == "" {
			return nil // it will lie beside the database
		}
		st, err := os.Stat(filepath.Dir(file))
		return need(err == nil && st.IsDir(), "the folder %s for the key does not exist; make it, or name another file", filepath.Dir(file))
	}
	if err != nil {
		return engine.Errorf(engine.Invalid, "%s cannot be read: %w", file, err)
	}
	_, err = link.ParseKey(strings.TrimSpace(string(text)))
	return err
}

// checkURL looks at the address people reach the pages under. Beyond this
// machine it must be encrypted: links and passwords travel over it.
func checkURL(address, listen string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return need(false, "must be an address as https://plan.mesto.cz")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return need(false, "must hold no user, no ? and no #; write it as https://plan.mesto.cz")
	}
	host, _, err := net.SplitHostPort(listen)
	inside := onThisMachine(u.Hostname()) && (err != nil || onThisMachine(host))
	return need(u.Scheme == "https" || inside, "must begin with https:// when others than this machine reach the pages; put a TLS proxy before them")
}

// onThisMachine reports whether a host cannot be reached from elsewhere.
func onThisMachine(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func (c *command) checkMailServer() error {
	if c.SMTP == "" {
		return nil // mail waits, which is allowed
	}
	_, err := c.mailServer()
	return err
}

func (c *command) checkSignIn() error {
	_, err := c.tokens("somebody@mesto.example")
	return err
}

func (c *command) checkScanner() error {
	if c.Post.Clamd == "" {
		return nil
	}
	_, err := clam.New(c.Post.Clamd)
	return err
}

func (ways waysIn) checkMailbox(c *command) error {
	if ways.IMAP == "" {
		return nil
	}
	_, err := ways.account(c)
	return err
}

// checkSent looks at the address of the folder of sent mail.
func checkSent(address string) error {
	if address == "" {
		return nil
	}
	_, err := fetch.ParseURL(address)
	return err
}

// checkCertificate looks at the certificate of incoming SMTP.
func (ways waysIn) checkCertificate() error {
	switch {
	case ways.SMTPIn == "" && (ways.SMTPCert != "" || ways.SMTPKey != ""):
		return need(false, "is given without smtp-in; nothing would use it")
	case (ways.SMTPCert == "") != (ways.SMTPKey == ""):
		return need(false, "a certificate needs both smtp-in-cert and smtp-in-key")
	}
	_, err := ways.certificate("smtp")
	return err
}

// checkListen looks at an address of this machine.
func checkListen(address string) error {
	host, port, err := net.SplitHostPort(address)
	_, bad := strconv.ParseUint(port, 10, 16)
	return need(err == nil && bad == nil && !strings.ContainsAny(host, "/ "), "%q is no address to listen on; write it as 127.0.0.1:8080", address)
}

// checkDoor looks at an address mail servers bring mail to.
func checkDoor(address string) error {
	if path, unix := strings.CutPrefix(address, "unix:"); unix {
		return checkFolder(filepath.Dir(path))
	}
	if address == "" {
		return nil
	}
	return checkListen(address)
}

// checkFolder looks at a folder that must be there.
func checkFolder(dir string) error {
	if dir == "" {
		return nil
	}
	st, err := os.Stat(dir)
	return need(err == nil && st.IsDir(), "the folder %s does not exist; make it", dir)
}
