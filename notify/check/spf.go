package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"splneno/engine"
)

// maxLookups is how many questions a receiver asks for one SPF record, those of
// included records counted; behind them he takes the record for broken (RFC
// 7208, 4.6.4). So we ask no more either.
const maxLookups = 10

// SPF looks at the record that says which servers may send mail of a domain, as
// a receiver counts and reads it.
func SPF(ctx context.Context, dns Resolver, domain string) Finding {
	name := "SPF of " + domain
	s := &spf{ctx: ctx, dns: dns}
	record, err := s.record(domain)
	var ending string
	if err == nil {
		ending, err = s.read(domain, record)
	}
	given := line(record)
	if given != "" {
		given += " "
	}
	switch engine.CodeOf(err) {
	case "":
	case engine.Unavailable:
		return unanswered(name, err)
	case engine.NotFound:
		return Finding{name, Fail, line(err.Error()), `publish one: "v=spf1 mx -all" with every server that sends your mail`}
	default:
		return Finding{name, Fail, given + "– " + line(err.Error()), "mend the record; receivers take it for broken"}
	}
	switch ending {
	case "-all", "~all":
	case "+all":
		s.careful("everybody may send in your name (+all)")
	case "?all":
		s.careful("it refuses nobody (?all)")
	default:
		s.careful("it does not say what holds for all others")
	}
	found := fmt.Sprintf("%s– %d of %d lookups", given, s.lookups, maxLookups)
	if len(s.doubts) > 0 {
		return Finding{name, Warn, found + "; " + strings.Join(s.doubts, "; "), "let the record end with -all or ~all and name your servers by a, mx, ip4, ip6 or include"}
	}
	return Finding{name, OK, found, ""}
}

// An spf is one record being read, with those it includes.
type spf struct {
	ctx     context.Context
	dns     Resolver
	lookups int
	doubts  []string // what is allowed and should not be
}

func (s *spf) careful(doubt string) {
	if doubt = line(doubt); !slices.Contains(s.doubts, doubt) {
		s.doubts = append(s.doubts, doubt)
	}
}

// record gives the one SPF record of a domain.
func (s *spf) record(domain string) (string, error) {
	found, err := texts(s.ctx, s.dns, domain, func(record string) bool {
		version, _, _ := strings.Cut(record, " ")
		return strings.EqualFold(version, "v=spf1")
	})
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", engine.Errorf(engine.NotFound, "%.100s has no SPF record", domain)
	case len(found) > 1:
		return strings.Join(found, " | "), engine.Errorf(engine.Invalid, "%.100s has %d SPF records and may have one", domain, len(found))
	}
	return found[0], nil
}

// read follows a record and gives how it ends: "-all", "~all", "?all", "+all",
// or "" when it does not say. Its errors are what receivers call a permanent
// error (Invalid), or Unavailable.
func (s *spf) read(domain, record string) (ending string, err error) {
	redirect := ""
	for _, term := range strings.Fields(record)[1:] {
		if m := modifier.FindStringSubmatch(term); m != nil {
			if strings.EqualFold(m[1], "redirect") {
				if redirect != "" || m[2] == "" {
					return "", wrong(domain, term)
				}
				redirect = m[2]
			}
			continue
		}
		how, kind, value, err := parseTerm(domain, term)
		if err != nil {
			return "", err
		}
		if ending != "" {
			continue // nobody reads behind "all"
		}
		if kind == "all" {
			ending = how + "all"
		} else if err := s.mechanism(kind, value); err != nil {
			return "", err
		}
	}
	if ending != "" || redirect == "" {
		return ending, nil
	}
	return s.follow("redirect", redirect)
}

// mechanism counts the question a mechanism costs, and asks it where the answer
// is another record.
func (s *spf) mechanism(kind, value string) error {
	switch kind {
	case "ip4", "ip6":
		return nil
	case "include":
		ending, err := s.follow(kind, value)
		if ending == "+all" {
			s.careful(fmt.Sprintf("everybody may send in your name (+all at %.100s)", value))
		}
		return err
	case "ptr":
		s.careful("ptr is slow and not to be used any more")
	}
	return s.ask()
}

func (s *spf) ask() error {
	if s.lookups++; s.lookups > maxLookups {
		return engine.Errorf(engine.Invalid, "it costs more than the %d lookups receivers make", maxLookups)
	}
	return nil
}

// follow reads the record of another domain. A name made from the mail itself
// is counted and not asked.
func (s *spf) follow(kind, domain string) (string, error) {
	if err := s.ask(); err != nil {
		return "", err
	}
	if strings.Contains(domain, "%") {
		s.careful(fmt.Sprintf("%s of %.100s depends on the mail and was not followed", kind, domain))
		return "-all", nil
	}
	record, err := s.record(domain)
	if engine.CodeOf(err) == engine.NotFound {
		return "", engine.Errorf(engine.Invalid, "%s of %.100s, which has no SPF record", kind, domain)
	}
	if err != nil {
		return "", err
	}
	return s.read(domain, record)
}
