package notify

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/czech"
)

// An answer is a link that opens a mail in which every item already has one
// status. It is for those whose mail gateway breaks links to pages.
type answer struct {
	Word, URL string
}

// maxMailto is how long such a link may be. Mail programs on Windows cut or
// refuse addresses of about 2000 characters.
const maxMailto = 1900

// answers gives a link for each status an organisation can report. What is sent
// holds the mark of the letter, so it is known even if the address is not.
func answers(l engine.Letter, subject, mark string) (out []answer) {
	if !asks(l) {
		return nil
	}
	for _, status := range []engine.State{engine.Fulfilled, engine.Partial, engine.Unfulfilled, engine.InProgress} {
		word := czech.StatusWord(status, "")
		for _, lines := range []string{eachItem(l.Items, word), allItems(l.Items, word)} {
			if u, ok := mailto(l.ReplyTo, "Re: "+subject, lines+"\r\n"+mark); ok {
				out = append(out, answer{Word: word, URL: u})
				break
			}
		}
	}
	return out
}

// eachItem writes a line for every item, to be finished by hand.
func eachItem(items []engine.LetterItem, word string) string {
	var b strings.Builder
	for _, it := range items {
		fmt.Fprintf(&b, "%d: %s – \r\n", it.Number, word)
	}
	return b.String()
}

// allItems writes one line for all items. It names their numbers: items that
// the letter does not ask about may have another answer.
func allItems(items []engine.LetterItem, word string) string {
	var numbers []string
	for _, it := range items {
		numbers = append(numbers, fmt.Sprint(it.Number))
	}
	return fmt.Sprintf("%s: %s – \r\n", strings.Join(numbers, ", "), word)
}

// mailto gives a mailto link (RFC 6068), its subject, which is one line,
// shortened until the link is short enough. It gives none when the body alone is too long.
func mailto(address, subject, body string) (string, bool) {
	local, domain, _ := strings.Cut(address, "@")
	room := maxMailto - len("mailto:@?subject=&body=") - len(percent(local)+domain+percent(body))
	if room < 0 {
		return "", false
	}
	for i, r := range subject {
		if room -= percentLen(r); room < 0 {
			subject = subject[:i]
			break
		}
	}
	return "mailto:" + percent(local) + "@" + domain + "?subject=" + percent(subject) + "&body=" + percent(body), true
}

// percent encodes all but letters, digits and four harmless signs. A plus sign
// is encoded too: some mail programs take it for a space.
func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// percentLen is how long percent makes a character.
func percentLen(r rune) int {
	if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.~", r) {
		return 1
	}
	return 3 * utf8.RuneLen(r)
}
