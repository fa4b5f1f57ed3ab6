package postgres

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"splneno/engine"
)

// An Address says where a database is and who asks. It prints without the
// password.
type Address struct {
	User, Database string
	password       string
	network, place string // as net.Dial takes them
	application    string
	tls            *tls.Config // nil: not encrypted
}

// String gives "user@place/database".
func (a Address) String() string { return a.User + "@" + a.place + "/" + a.Database }

// ParseAddress reads postgres://user:password@host:port/database?sslmode=…
//
// sslmode is disable or verify-full, with sslrootcert for an authority of one's
// own; without it the connection is plain on this machine and refused elsewhere.
// host=/directory finds the server's socket as psql does. Anything else is Invalid.
func ParseAddress(dsn string) (Address, error) {
	u, err := url.Parse(dsn)
	if err != nil { // err would repeat the password
		return Address{}, engine.Errorf(engine.Invalid, "the database address cannot be read; write postgres://user:password@host:port/database, with %%-escapes for special characters")
	}
	if u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return Address{}, engine.Errorf(engine.Invalid, "%q is no address of PostgreSQL; it begins with postgres://", u.Scheme)
	}
	a := Address{User: u.User.Username(), Database: strings.TrimPrefix(u.Path, "/"), application: u.Query().Get("application_name")}
	a.password, _ = u.User.Password()
	if a.application == "" {
		a.application = "splneno"
	}
	if a.User == "" || a.Database == "" {
		return Address{}, engine.Errorf(engine.Invalid, "the database address lacks the user or the database; write postgres://user:password@host:port/database")
	}
	for name := range u.Query() {
		if !strings.Contains(" sslmode sslrootcert host port application_name ", " "+name+" ") {
			return Address{}, engine.Errorf(engine.Invalid, "the database address has an unknown setting %q; known are sslmode, sslrootcert, host, port and application_name", name)
		}
	}
	host := a.locate(u)
	a.tls, err = encryption(u.Query(), host, a.network == "unix")
	return a, err
}

// locate fills in where to dial and gives the host's name.
func (a *Address) locate(u *url.URL) string {
	first := func(values ...string) string {
		for _, v := range values {
			if v != "" {
				return v
			}
		}
		return ""
	}
	host := first(u.Query().Get("host"), u.Hostname(), "localhost")
	port := first(u.Query().Get("port"), u.Port(), "5432")
	if !strings.HasPrefix(host, "/") {
		a.network, a.place = "tcp", net.JoinHostPort(host, port)
		return host
	}
	a.network, a.place = "unix", host
	if !strings.HasPrefix(filepath.Base(host), ".s.PGSQL.") {
		a.place = filepath.Join(host, ".s.PGSQL."+port)
	}
	return host
}

// encryption reads sslmode. The modes between disable and verify-full are
// refused: they encrypt towards whoever answers.
func encryption(q url.Values, host string, socket bool) (*tls.Config, error) {
	mode := q.Get("sslmode")
	if ip := net.ParseIP(host); mode == "" && (socket || host == "localhost" || ip != nil && ip.IsLoopback()) {
		mode = "disable"
	}
	switch mode {
	case "disable":
		return nil, nil
	case "verify-full":
		conf := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
		return conf, addAuthority(conf, q.Get("sslrootcert"))
	}
	return nil, engine.Errorf(engine.Invalid, "the address of PostgreSQL at %s says sslmode %q; write sslmode=verify-full, or sslmode=disable on a network you trust", host, mode)
}

// addAuthority trusts the certificates in the file instead of the system's.
func addAuthority(conf *tls.Config, file string) error {
	if file == "" {
		return nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return engine.Errorf(engine.Invalid, "sslrootcert of the database address cannot be read: %w", err)
	}
	conf.RootCAs = x509.NewCertPool()
	if !conf.RootCAs.AppendCertsFromPEM(pem) {
		return engine.Errorf(engine.Invalid, "sslrootcert %s of the database address holds no certificate in PEM form", file)
	}
	return nil
}
