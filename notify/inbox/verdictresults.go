package inbox

import (
	"net/netip"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"

	"splneno/engine/pattern"
)

// relayResults gives what the topmost Authentication-Results of our own relay
// say. A relay writes above what it received, so anything further down may be
// the sender's own invention; and what stands below the mark of a strange
// server was written before our relay saw the mail.
func (r *Reader) relayResults(fields []field) []authres.Result {
	for _, f := range fields {
		switch f.name {
		case "Received":
			if !r.ownHop(f.raw) {
				return nil
			}
		case "Authentication-Results":
			plain, ok := withoutComments(f.raw)
			if ok && strings.Contains(authorOf(plain), "=") {
				plain = Microsoft365 + "; " + plain
			}
			if ok && r.isRelay(authorOf(plain)) {
				return parseResults(plain)
			}
		}
	}
	return nil
}

// Microsoft365 among the relays trusts the mail servers of Microsoft 365, for a
// mailbox that lies there. They sign their results with no name; whatever names
// them so stands above the mark of the first server outside of theirs.
const Microsoft365 = "microsoft365"

// betweenMicrosoft is the Received field of mail that goes from hand to hand
// within Microsoft 365. The one by which it came in is none: their results stand
// above that.
var betweenMicrosoft = pattern.New(`(?i)^\s*from\s+[a-z0-9.-]+\.(?:outlook|office365)\.com\s.*\sby\s+[a-z0-9.-]+\.(?:outlook|office365)\.com(?:\s|$)`)

// authorOf gives the name a server signs its results with.
func authorOf(results string) string {
	id, _, _ := strings.Cut(results, ";")
	if words := strings.Fields(id); len(words) > 0 {
		return words[0]
	}
	return ""
}

func (r *Reader) isRelay(name string) bool {
	for _, relay := range r.Relays {
		if relay != "" && strings.EqualFold(name, relay) {
			return true
		}
	}
	return false
}

var (
	receivedFrom = pattern.New(`(?i)^\s*from\s`)
	receivedBy   = pattern.New(`(?i)(?:^|\s)by\s+\[?([^\s;()\]]+)`)
)

// ownHop reports whether a Received field is of our own servers: of the domain
// of a relay, or of a name that exists inside a house only. A field without
// "from" is a server's note to itself.
func (r *Reader) ownHop(received string) bool {
	plain, ok := withoutComments(received)
	if !ok {
		return false
	}
	if !receivedFrom.MatchString(plain) {
		return true
	}
	by := receivedBy.FindStringSubmatch(plain)
	if by == nil {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(by[1], "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsPrivate() || ip.IsLoopback()
	}
	for _, relay := range r.Relays {
		if aligned(host, relay) || strings.EqualFold(relay, Microsoft365) && betweenMicrosoft.MatchString(plain) {
			return true
		}
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	return !icann && !strings.Contains(suffix, ".")
}

// parseResults reads Authentication-Results whose comments are gone. Nothing is
// believed when somebody's words seem to be mixed in.
func parseResults(plain string) []authres.Result {
	_, claims, _ := strings.Cut(plain, ";")
	methods := map[string]bool{}
	for claim := range strings.SplitSeq(claims, ";") {
		words := strings.Fields(claim)
		if len(words) == 0 || len(words) == 1 && words[0] == "none" {
			continue
		}
		method, ok := properties(words)
		if !ok || methods[method] && method != "dkim" {
			return nil
		}
		methods[method] = true
	}
	_, results, err := authres.Parse(plain)
	if err != nil {
		return nil
	}
	return results
}

// properties gives the method of a claim. ok is false when the claim has a
// word that is no property, or says one twice.
func properties(words []string) (method string, ok bool) {
	seen := map[string]bool{}
	for _, word := range words {
		key, _, ok := strings.Cut(strings.ToLower(word), "=")
		if !ok || seen[key] {
			return "", false
		}
		seen[key] = true
	}
	method, _, _ = strings.Cut(strings.ToLower(words[0]), "=")
	return method, true
}

// withoutComments takes comments out of a field and puts "_" for quoted text: in
// both a server repeats words of strangers. ok is false when one does not end,
// or when the field has signs that no server writes.
func withoutComments(s string) (plain string, ok bool) {
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ' && c != '\t' || c == 0x7f:
			return "", false
		case c == '\\' && (quoted || depth > 0):
			i++
		case c == '"' && depth == 0:
			if quoted = !quoted; quoted {
				b.WriteByte('_')
			}
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return "", false
			}
			b.WriteByte(' ')
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String(), depth == 0 && !quoted
}
