package inbox

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// The words, folded, by which servers say that a mail waits, or that it failed.
var (
	delayedWords = pattern.New(`this is a warning (?:message )?only|warning: message \S+ delayed|has (?:not yet been|not been) delivered (?:to all of its recipients|yet)|not yet been delivered|delivery (?:\S+ ){0,6}delayed|status notification \(delay\)` +
		`|delivery (?:attempts )?will continue|still being retried|will (?:keep trying|be retried)|doruceni (?:\S+ ){0,6}(?:zpozd|opozd|odloz|pozdrz)|(?:zatim|dosud|doposud) (?:\S+ ){0,4}(?:nedorucen|nebyla dorucena|nepodarilo dorucit)|pokus\S* o doruceni (?:\S+ ){0,4}(?:pokracovat|opakova)|zpozdeni doruceni|odoslanie je oneskorene|verzogert`)
	failedWords = pattern.New(`qmail-send program|(?:could|can)(?:not| not) be delivered|wasn't able to deliver|unable to deliver|delivery (?:has |to \S+ )?(?:\S+ ){0,6}fail|undeliver|failure notice|mail delivery failed|returned (?:mail|to sender)|delivery status notification \(failure\)|address(?:es)? (?:\S+ )?failed` +
		`|ne(?:po)?darilo (?:\S+ ){0,3}(?:dorucit|odeslat)|(?:nemohla|nemohl|nemuze|nebylo mozne|nelze)(?: \S+){0,4} dorucit|nemohla byt dorucena|nemohl byt dorucen|nebyla? dorucen|nedoruc|doruceni (?:\S+ ){0,8}(?:nezdarilo|selhalo)|nepodarilo sa (?:\S+ ){0,3}doruc|nebolo mozne (?:\S+ ){0,3}doruc|unzustellbar|nicht zugestellt werden`)
	copyBegins = pattern.New(`(?i)--- below this line is a copy|-+ ?(?:this is a copy of|original message|the header of the original|transcript of)|original message headers:|message-id:|-+ ?puvodni zprava|kopie (?:hlavick|puvodni)`)
	addresses  = pattern.New(`[A-Za-z0-9!#$%&'*+/=?^_{|}~.-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z0-9-]*[A-Za-z]`)
)

// proseReport reads a report that is text only. The words decide: what a server
// says in others is no report to us, and a person looks at it.
func proseReport(msg message) (r engine.DeliveryReport, ok bool) {
	text := msg.text
	if at := copyBegins.FindStringIndex(text); at != nil && at[0] > 0 {
		text = text[:at[0]]
	}
	text = text[:min(len(text), maxProse)]
	switch said := czech.Fold(msg.get("Subject") + "\n" + text); {
	case delayedWords.MatchString(said):
		r.Action = "delayed"
	case failedWords.MatchString(said):
		r.Action = "failed"
	default:
		return r, false
	}
	r.Recipient = proseRecipient(msg, text)
	r.Detail = proseDetail(text, r.Recipient)
	for _, words := range []string{r.Detail, text} {
		if r.Status == "" {
			r.Status = statusOf("", words)
		}
	}
	if r.Status == "" && r.Action == "failed" && nobody.MatchString(czech.Fold(text)) {
		r.Status = "5.1.1"
	}
	return r, true
}

// maxProse is how much of a report is read. What it says stands at the top.
const maxProse = 8 << 10

// proseRecipient gives the address that is spoken of: the first that is neither
// a server's nor ours.
func proseRecipient(msg message, text string) string {
	if failed := typedAddress(msg.get("X-Failed-Recipients")); failed != "" {
		return failed
	}
	ours := strings.ToLower(msg.get("To") + " " + msg.get("Delivered-To") + " " + msg.get("From"))
	for _, a := range addresses.FindAllString(text, -1) {
		if a = strings.ToLower(strings.Trim(a, "'.")); !daemon(a) && !strings.Contains(ours, a) {
			return a
		}
	}
	return ""
}

var codeLine = pattern.New(`^[45][0-5]\d[ -]`)

// proseDetail gives the line with the code, else the line after the address.
func proseDetail(text, recipient string) string {
	lines := strings.Split(text, "\n")
	for _, coded := range []pattern.Pattern{enhanced, codeLine} {
		for _, line := range lines {
			if line = strings.TrimSpace(line); coded.MatchString(line) {
				return shortLine(line, maxDetail)
			}
		}
	}
	after := false
	for _, line := range lines {
		if after && strings.TrimSpace(line) != "" {
			return shortLine(line, maxDetail)
		}
		after = after || recipient != "" && strings.Contains(strings.ToLower(line), recipient)
	}
	return ""
}
