package inbox

import (
	"context"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"

	"splneno/engine"
)

// verdict says whether the domain of the sender is authenticated, and whether
// the trusted relay says that the mail is forged. A mail the relay calls forged
// is never verified, whatever its signatures say.
func (r *Reader) verdict(ctx context.Context, msg message, from engine.Contact) (verified, forged bool) {
	_, domain, _ := strings.Cut(from.Email, "@")
	results := r.relayResults(msg.fields)
	if relayRefuses(results) {
		return false, true
	}
	if domain == "" {
		return false, false
	}
	return relayVouches(results, domain) || r.signed(ctx, msg, from.Email), false
}

// relayVouches reports whether the relay authenticated the domain.
func relayVouches(results []authres.Result, domain string) bool {
	for _, result := range results {
		switch a := result.(type) {
		case *authres.DMARCResult:
			if a.Value == authres.ResultPass && strings.EqualFold(strings.TrimSuffix(a.From, "."), domain) {
				return true
			}
		case *authres.DKIMResult:
			signer := a.Domain
			if signer == "" {
				signer = domainOf(a.Identifier)
			}
			if a.Value == authres.ResultPass && aligned(signer, domain) {
				return true
			}
		case *authres.SPFResult:
			if a.Value == authres.ResultPass && aligned(domainOf(a.From), domain) {
				return true
			}
		}
	}
	return false
}

// relayRefuses reports whether the relay found the mail to be forged: the policy
// of the domain failed, or both things a policy rests on did.
func relayRefuses(results []authres.Result) bool {
	var dkimFail, dkimPass, spfFail bool
	for _, result := range results {
		switch a := result.(type) {
		case *authres.DMARCResult:
			if a.Value == authres.ResultFail {
				return true
			}
		case *authres.DKIMResult:
			dkimFail = dkimFail || a.Value == authres.ResultFail
			dkimPass = dkimPass || a.Value == authres.ResultPass
		case *authres.SPFResult:
			spfFail = a.Value == authres.ResultFail || a.Value == authres.ResultHardFail
		}
	}
	return dkimFail && !dkimPass && spfFail
}

// domainOf gives the domain of an address, or of a domain.
func domainOf(address string) string {
	return strings.Trim(address[strings.LastIndex(address, "@")+1:], "<>.")
}

// aligned reports whether two domains are of one owner, as far as their names
// can say.
func aligned(a, b string) bool {
	a, b = strings.ToLower(strings.TrimSuffix(a, ".")), strings.ToLower(strings.TrimSuffix(b, "."))
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	ownerA, errA := publicsuffix.EffectiveTLDPlusOne(a)
	ownerB, errB := publicsuffix.EffectiveTLDPlusOne(b)
	return errA == nil && errB == nil && ownerA == ownerB
}
