package inbox

import (
	"cmp"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// readReport reads a delivery report (RFC 3464, and the forms servers use that
// do not follow it); nil when the mail is none. A report proves nothing: whose
// mail it is about says the MessageID, if anything does.
func readReport(msg message) *engine.DeliveryReport {
	r, ok := statusReport(msg)
	if !ok && (daemonWrote(msg) || msg.get("X-Failed-Recipients") != "") {
		r, ok = proseReport(msg)
	}
	if !ok {
		return nil
	}
	r.MessageID = reportedID(msg)
	return &r
}

// maxStatus is how much of a part that programs read is looked at.
const maxStatus = 64 << 10

// statusReport reads the machine-readable part. The first recipient that failed
// is reported, else the first.
func statusReport(msg message) (engine.DeliveryReport, bool) {
	var found *engine.DeliveryReport
	for _, p := range msg.parts {
		if p.kind != "message/delivery-status" && p.kind != "message/global-delivery-status" {
			continue
		}
		for _, group := range statusGroups(string(p.data[:min(len(p.data), maxStatus)])) {
			if r, ok := recipientReport(group); ok && (found == nil || found.Action != "failed" && r.Action == "failed") {
				found = &r
			}
		}
	}
	if found == nil {
		return engine.DeliveryReport{}, false
	}
	return *found, true
}

// statusGroups gives the fields of the mail and of each recipient, names in
// lower case.
func statusGroups(text string) (groups []map[string]string) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	group, name := map[string]string{}, ""
	for line := range strings.SplitSeq(text+"\n\n", "\n") {
		switch {
		case strings.TrimSpace(line) == "":
			if len(group) > 0 {
				groups = append(groups, group)
			}
			group, name = map[string]string{}, ""
		case (line[0] == ' ' || line[0] == '\t') && name != "":
			group[name] += " " + strings.TrimSpace(line)
		default:
			key, value, _ := strings.Cut(line, ":")
			if name = strings.ToLower(strings.TrimSpace(key)); group[name] == "" {
				group[name] = strings.TrimSpace(value)
			}
		}
	}
	return groups
}

// recipientReport reads what is said of one recipient. Of the two addresses the
// original one is ours; the final one may be where it was forwarded to.
func recipientReport(group map[string]string) (r engine.DeliveryReport, ok bool) {
	r.Recipient = typedAddress(group["original-recipient"])
	if r.Recipient == "" {
		r.Recipient = typedAddress(group["final-recipient"])
	}
	_, detail, typed := strings.Cut(group["diagnostic-code"], ";")
	if !typed {
		detail = group["diagnostic-code"]
	}
	r.Detail = shortLine(toUTF8([]byte(detail), ""), maxDetail)
	r.Status = statusOf(group["status"], r.Detail)
	r.Action = actionOf(group["action"], r.Status)
	return r, r.Action != "" && (r.Recipient != "" || group["final-recipient"] != "")
}

const maxDetail = 300

// typedAddress reads "rfc822; info@charita.example", "" for another type.
func typedAddress(value string) string {
	if _, address, ok := strings.Cut(value, ";"); ok {
		value = address
	}
	value = strings.ToLower(strings.Trim(firstWord(value), "<>"))
	if len(value) > maxAddress || !plainAddress.MatchString(value) {
		return ""
	}
	return value
}

// actionOf gives the action, as the status says it when it is not said.
func actionOf(action, status string) string {
	switch action = strings.ToLower(firstWord(action)); {
	case action == "failed", action == "delayed", action == "delivered", action == "relayed", action == "expanded":
		return action
	case strings.HasPrefix(status, "5"):
		return "failed"
	case strings.HasPrefix(status, "4"):
		return "delayed"
	case strings.HasPrefix(status, "2"):
		return "delivered"
	}
	return ""
}

var (
	enhanced = pattern.New(`(?:^|[^\d.])([245]\.[0-7]\.\d{1,3})(?:[^\d.]|\.\D|\.?$)`)
	general  = pattern.New(`(?:^|[^\d.@-])([45])[0-5]\d(?:[^\d.]|\.?$)`)
	nobody   = pattern.New(`(?:user|recipient|mailbox|address|account|alias)s? (?:\S+ )?(?:(?:is |was )?unknown|(?:does not|doesn't|doesnt) exist|not found|unavailable|invalid)|(?:no such|unknown|invalid) (?:user|recipient|mailbox|address|account|local)|no mailbox here|recipnotfound|(?:adresat|prijemce|schranka|adresa|uzivatel)\S*(?: \S+){0,3} ne(?:existuje|byla? nalezen)|neexistujici|nenalezen|neznam[ya] (?:adresat|prijemce|uzivatel)`)
	full     = pattern.New(`over ?quota|quota exceeded|mailbox (?:\S+ )?(?:is )?full|storage limit|prekrocen\S* (?:\S+ )?(?:kvot|limit|velikost)|plna schranka|schranka (?:\S+ ){0,3}plna`)
)

// statusOf gives the status said, or a closer one that the server's words say.
func statusOf(said, words string) string {
	status := ""
	if found := enhanced.FindStringSubmatch(said); found != nil {
		status = found[1]
	}
	if status != "" && !strings.HasSuffix(status, ".0.0") {
		return status
	}
	if found := enhanced.FindStringSubmatch(words); found != nil && (status == "" || found[1][0] == status[0]) && !strings.HasSuffix(found[1], ".0.0") {
		return found[1]
	}
	class := ""
	if status != "" {
		class = status[:1]
	} else if found := general.FindStringSubmatch(words); found != nil {
		class = found[1]
	}
	switch folded := czech.Fold(words); {
	case full.MatchString(folded):
		return cmp.Or(class, "5") + ".2.2"
	case class == "5" && nobody.MatchString(folded):
		return "5.1.1"
	case class != "" && status == "":
		return class + ".0.0"
	}
	return status
}

var idLine = pattern.New(`(?im)^[ \t>|]*message-id:\s*<([^<>\s]{1,500})>`)

// reportedID gives the Message-ID of the mail the report is about: of the copy,
// or of its header, that came with the report, or from the text.
func reportedID(msg message) string {
	for _, p := range msg.parts {
		switch p.kind {
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers":
			copied, _ := new(taker).header(p.data)
			if id := firstID(first(copied, "Message-Id").value); id != "" {
				return id
			}
		}
	}
	if found := idLine.FindStringSubmatch(msg.text); found != nil {
		return found[1]
	}
	return ""
}
