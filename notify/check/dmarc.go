package check

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/net/publicsuffix"

	"splneno/engine/pattern"
)

var dmarcVersion = pattern.New(`^v[ \t]*=[ \t]*DMARC1[ \t]*(;|$)`)

// DMARC looks at what a domain asks receivers to do with mail that only claims
// to be from it. Where the domain says nothing, the one it belongs to speaks.
func DMARC(ctx context.Context, dns Resolver, domain string) Finding {
	name := "DMARC of " + domain
	const publish = `publish a record at _dmarc.`
	place, policy := domain, "p"
	found, err := texts(ctx, dns, "_dmarc."+domain, dmarcVersion.MatchString)
	owner, ownerErr := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(domain))
	if err == nil && len(found) == 0 && ownerErr == nil && owner != strings.ToLower(domain) {
		place, policy = owner, "sp"
		found, err = texts(ctx, dns, "_dmarc."+owner, dmarcVersion.MatchString)
	}
	switch {
	case err != nil:
		return unanswered(name, err)
	case len(found) == 0:
		return Finding{name, Warn, "no record: receivers decide alone what is forged", publish + place + `: "v=DMARC1; p=quarantine"`}
	case len(found) > 1:
		return Finding{name, Warn, fmt.Sprintf("%d records, which count as none: %s", len(found), line(strings.Join(found, " | "))), "leave one record at _dmarc." + place}
	}
	given := line(found[0])
	if place != domain {
		given = "of " + place + ": " + given
	}
	values, ok := tags(found[0])
	word := values[policy]
	if word == "" {
		word = values["p"]
	}
	switch strings.ToLower(word) {
	case "none":
		return Finding{name, Warn, given + " – policy none: forged mail is delivered", "when its reports look good, raise the policy to quarantine, then to reject"}
	case "quarantine", "reject":
		if ok {
			return Finding{name, OK, given + " – policy " + strings.ToLower(word), ""}
		}
	}
	return Finding{name, Warn, given + " – it cannot be read and counts as none", "mend the record at _dmarc." + place}
}
