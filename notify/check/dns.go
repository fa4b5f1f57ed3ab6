package check

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"splneno/engine"
)

// A Resolver asks the DNS; [net.Resolver] is one.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupHost(ctx context.Context, host string) ([]string, error)
}

// absent reports whether an error only says that there is no such record.
func absent(err error) bool {
	var d *net.DNSError
	return errors.As(err, &d) && d.IsNotFound
}

// unanswered is the finding when the DNS did not say anything: then nothing is
// known, good or bad.
func unanswered(name string, err error) Finding {
	return Finding{name, Warn, line(err.Error()), "try again, or ask the DNS from another place"}
}

// rooted gives a name as it is for the whole world: without the dot this machine
// would try it in its own domains too.
func rooted(name string) string { return strings.TrimSuffix(name, ".") + "." }

// texts gives the TXT records of a name that are of one kind. Its errors are
// Unavailable; a name without records has none.
func texts(ctx context.Context, dns Resolver, name string, kind func(string) bool) (found []string, err error) {
	all, err := dns.LookupTXT(ctx, rooted(name))
	if err != nil && !absent(err) {
		return nil, engine.Errorf(engine.Unavailable, "the DNS gives no answer about %.100s: %w", name, err)
	}
	for _, record := range all {
		if kind(record) {
			found = append(found, record)
		}
	}
	return found, nil
}

// tags reads a record of the form "v=DMARC1; p=none". ok is false when a part
// has no "=" or a tag stands twice.
func tags(record string) (values map[string]string, ok bool) {
	values = map[string]string{}
	for part := range strings.SplitSeq(record, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, value, found := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		if _, twice := values[name]; twice || !found {
			return values, false
		}
		values[name] = strings.TrimSpace(value)
	}
	return values, true
}

// maxHosts is how many mail servers of a domain are looked up.
const maxHosts = 10

// MX looks at the servers that take mail for a domain, and whether they have an
// address.
func MX(ctx context.Context, dns Resolver, domain string) Finding {
	name := "MX of " + domain
	// An error beside records only means that some could not be understood.
	all, err := dns.LookupMX(ctx, rooted(domain))
	switch {
	case len(all) == 0 && err != nil && !absent(err):
		return unanswered(name, err)
	case len(all) == 0:
		return withoutMX(ctx, dns, name, domain)
	case len(all) == 1 && all[0].Host == ".":
		return Finding{name, Fail, "the domain says that it takes no mail (0 .)", "publish the MX record of your mail server, or take replies at another domain"}
	}
	var given, lost []string
	for _, mx := range all[:min(len(all), maxHosts)] {
		given = append(given, fmt.Sprintf("%d %s", mx.Pref, strings.TrimSuffix(mx.Host, ".")))
		if _, err := dns.LookupHost(ctx, rooted(mx.Host)); absent(err) {
			lost = append(lost, strings.TrimSuffix(mx.Host, "."))
		}
	}
	found := line(strings.Join(given, ", "))
	switch len(lost) {
	case 0:
		return Finding{name, OK, found, ""}
	case len(given):
		return Finding{name, Fail, found + ", and none of them has an address", "publish A or AAAA records for these names"}
	}
	return Finding{name, Warn, found + ", without an address: " + line(strings.Join(lost, ", ")), "publish A or AAAA records for these names, or take them out"}
}

// withoutMX judges a domain whose mail goes to the address of its own name.
func withoutMX(ctx context.Context, dns Resolver, name, domain string) Finding {
	const publish = "publish the MX record of your mail server"
	switch _, err := dns.LookupHost(ctx, rooted(domain)); {
	case absent(err):
		return Finding{name, Fail, "neither an MX record nor an address: replies cannot come in", publish}
	case err != nil:
		return unanswered(name, err)
	}
	return Finding{name, Warn, "no MX record; mail goes to the address of the domain itself", publish}
}
