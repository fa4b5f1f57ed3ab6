package inbox_test

import (
	"mime"
	"regexp"
	"strings"
	"testing"
)

// A dresser turns what somebody typed into the bytes his mail program sends.
type dresser struct {
	letters   map[string]corpusLetter
	templates letterTemplates
	clients   map[string]corpusClient
	notes     map[string]string
	unmarked  bool // the marker line and the mark were lost on the way
}

// ourMarks are the lines of our letter that say where it begins and whose
// answer comes back, in the text and in HTML.
var ourMarks = regexp.MustCompile("(?m)^(<p [^>]*>)?(--- Odpov|Zna\u010dka odpov).*\n")

const (
	letterFrom = "plan@plan.example.cz"
	letterID   = "1f6c2a" // before the token in the Message-ID of our letter
)

// dress gives the mail and its envelope sender.
func (d dresser) dress(t *testing.T, r corpusReply, client string) (raw []byte, from string) {
	t.Helper()
	l := d.letters[r.Letter]
	if r.Mode == "raw" {
		return d.raw(t, r, l), r.Options["env"]
	}
	c, ok := d.clients[client]
	if !ok {
		t.Fatalf("%s: there is no mail program %q", r.ID, client)
	}
	typed, quoted := d.typed(t, r, l), d.quoted(t, r, l, c)
	var head, body string
	switch text, html := c.textBody(typed, quoted), c.htmlBody(typed, quoted); c.Kind {
	case "alternative":
		head, body = multipart("alternative", "alt", leaf(c, "text/plain", d.gateway(r, text, false)), leaf(c, "text/html", d.gateway(r, html, true)))
	case "html":
		head, body = leaf(c, "text/html", d.gateway(r, html, true)).split()
	default:
		head, body = leaf(c, "text/plain", d.gateway(r, text, false)).split()
	}
	head, body = d.wrap(r, head, body)
	return []byte(crlf(d.header(r, l, c) + head + "\n" + body)), l.Addr
}

// typed sorts what was typed to its places.
func (d dresser) typed(t *testing.T, r corpusReply, l corpusLetter) typedText {
	t.Helper()
	own := strings.ReplaceAll(r.Typed, "{{mark}}", lastLine(render(t, d.templates.text, l)))
	sign := r.Signature
	if sign != "" {
		sign = "\n\n" + sign
	}
	switch r.Mode {
	case "bottom":
		return typedText{bottom: own + sign}
	case "inline":
		out := typedText{under: map[string]string{}}
		place := ""
		for _, line := range strings.Split(own, "\n") {
			if p, ok := strings.CutPrefix(line, "@"); ok {
				place = p
			} else if place == "top" {
				out.top = strings.TrimPrefix(out.top+"\n"+line, "\n")
			} else {
				mark := "\x00" + place + "\x00"
				out.under[mark] = strings.TrimPrefix(out.under[mark]+"\n"+line, "\n")
			}
		}
		return out
	}
	return typedText{top: own + sign}
}

// quoted gives the mails under the answer, the newest first.
func (d dresser) quoted(t *testing.T, r corpusReply, l corpusLetter, c corpusClient) []quotedMail {
	t.Helper()
	ours := quotedMail{name: l.Town, addr: letterFrom, to: l.Addr, subject: l.subject(), date: c.Dates[0], text: render(t, d.templates.text, l), html: render(t, d.templates.html, l)}
	if c.Item != "" {
		pattern := strings.NewReplacer("{n}", "${1}", "{t}", "${2}").Replace(c.Item)
		ours.text = itemMarks.ReplaceAllString(render(t, d.templates.flat, l), pattern)
	}
	if d.unmarked {
		ours.text, ours.html = ourMarks.ReplaceAllString(ours.text, ""), ourMarks.ReplaceAllString(ours.html, "")
	}
	if r.Options["thread"] == "" {
		return []quotedMail{ours}
	}
	name, addr, _ := strings.Cut(d.notes["middle-from"], " | ")
	between := quotedMail{name: name, addr: addr, to: l.Addr, subject: "FW: " + l.subject(), date: c.Dates[1], text: d.notes["middle-"+r.Options["thread"]]}
	return []quotedMail{between, ours}
}

func (l corpusLetter) subject() string {
	return l.Town + ": komunitn\u00ed pl\u00e1n za rok 2025 \u2013 odpov\u011b\u010f do 30. 1. 2026"
}

func (d dresser) header(r corpusReply, l corpusLetter, c corpusClient) string {
	h := "Return-Path: <" + l.Addr + ">\nReceived: from mx.example.cz (mx.example.cz [192.0.2.1])\n\tby mail.plan.example.cz with ESMTPS id 4dl; Thu,  8 Jan 2026 10:15:04 +0100 (CET)\n"
	h += "From: " + mime.QEncoding.Encode("utf-8", l.Name) + " <" + l.Addr + ">\n"
	h += "To: " + mime.BEncoding.Encode("utf-8", l.Town) + " <" + l.To + ">\n"
	h += "Subject: " + strings.ReplaceAll(mime.QEncoding.Encode("utf-8", c.Subject+l.subject()), "?= =?", "?=\n =?") + "\n"
	h += "Date: Thu, 8 Jan 2026 10:15:00 +0100\nMessage-ID: <" + r.ID + "." + c.Name + "@" + strings.SplitN(l.Addr, "@", 2)[1] + ">\n"
	if c.Quote != "no" {
		id := "<" + letterID + "." + l.Token + "@plan.example.cz>"
		h += "In-Reply-To: " + id + "\nReferences: " + id + "\n"
	}
	switch r.Options["wrap"] {
	case "group":
		h += "List-Id: Oddeleni <oddeleni.example.cz>\nPrecedence: list\n"
	case "suppress":
		h += "X-Auto-Response-Suppress: All\n"
	}
	return h + c.Mailer + "\nMIME-Version: 1.0\n"
}

// gateway adds what servers on the way write into a text.
func (d dresser) gateway(r corpusReply, text string, html bool) string {
	note := d.notes[r.Options["wrap"]]
	switch {
	case note == "":
		return text
	case html:
		note = "<div>" + strings.ReplaceAll(note, "\n", "<br>") + "</div>\n"
		if r.Options["wrap"] == "banner" {
			return strings.Replace(text, "<body>", "<body>"+note, 1)
		}
		return strings.Replace(text, "</body>", note+"</body>", 1)
	case r.Options["wrap"] == "banner":
		return note + "\n\n" + text
	}
	return text + "\n" + note + "\n"
}

// raw fills in a whole mail of the corpus.
func (d dresser) raw(t *testing.T, r corpusReply, l corpusLetter) []byte {
	t.Helper()
	text := strings.TrimSpace(cutMarks.ReplaceAllString(render(t, d.templates.text, l), ""))
	_, plain, _ := strings.Cut(text, "\n\n")
	id := letterID + "." + l.Token + "@plan.example.cz"
	mail := strings.NewReplacer("{{token}}", l.Token, "{{to}}", l.To, "{{id}}", id, "{{letter}}", "> "+strings.ReplaceAll(text, "\n", "\n> "),
		"{{plain}}", plain, "{{bare}}", ourMarks.ReplaceAllString(text+"\n", ""), "{{html}}", cutMarks.ReplaceAllString(render(t, d.templates.html, l), ""),
		"{{subject}}", mime.QEncoding.Encode("utf-8", l.subject())).Replace(r.Typed + "\n")
	_, encoded := encodeText(orElse(r.Options["charset"], "utf-8"), mail)
	return []byte(crlf(string(encoded)))
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndex(s, "\n")+1:]
}
