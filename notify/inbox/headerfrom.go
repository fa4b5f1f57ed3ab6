package inbox

import (
	"io"
	"mime"
	"net/mail"
	"strings"

	"golang.org/x/text/unicode/norm"

	"splneno/engine"
	"splneno/engine/pattern"
)

// readFrom gives the one sender. The raw field is parsed and not the decoded
// one: an encoded name may decode to brackets and another address.
func readFrom(msg message) (from engine.Contact, fault string) {
	var fields []field
	for _, f := range msg.fields {
		if f.name == "From" {
			fields = append(fields, f)
		}
	}
	switch len(fields) {
	case 0:
		return from, "no_from"
	case 1:
		return readSender(fields[0].raw)
	}
	return from, "two_from"
}

// readSender reads the value of a From field.
func readSender(raw string) (from engine.Contact, fault string) {
	if len(raw) > maxFrom {
		return from, "bad_from"
	}
	parser := mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charsetReader}}
	list, err := parser.ParseList(toUTF8([]byte(raw), ""))
	if err != nil || len(list) != 1 || isGroup(raw) ||
		!plainAddress.MatchString(list[0].Address) || len(list[0].Address) > maxAddress {
		return from, "bad_from"
	}
	from.Email = strings.ToLower(list[0].Address)
	from.Name = shortLine(list[0].Name, maxName)
	if named := addressShaped.FindString(norm.NFKC.String(from.Name)); named != "" && !strings.EqualFold(named, from.Email) {
		from.Name = "" // nobody is to read it as the sender
		return from, "bad_from"
	}
	return from, ""
}

// The longest a From field, an address and a name may be.
const (
	maxFrom    = 10000
	maxAddress = 254
	maxName    = 200
)

var (
	plainAddress  = pattern.New(`^[!#-'*+./-9=?A-Z^-~-]+@[0-9A-Za-z._-]+$`)
	addressShaped = pattern.New(`[^\s"'(),:;<>@\[\]]+@[^\s"'(),:;<>@\[\]]+\.[\pL\pN-]+`)
	quotedOrNoted = pattern.New(`"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)`)
)

// isGroup reports whether the field is a named group of addresses, or routes
// through other servers: only these have a colon outside quotes and comments.
func isGroup(raw string) bool {
	return strings.ContainsAny(quotedOrNoted.ReplaceAllString(raw, ""), ":;")
}

// charsetReader lets names in every charset be read. In one that is not known
// the name comes out wrong, and the address is read all the same.
func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	name, err := io.ReadAll(r)
	return strings.NewReader(toUTF8(name, charset)), err
}

// shortLine makes a text one clean line of at most limit characters.
func shortLine(s string, limit int) string {
	s = cleanLine(s)
	if r := []rune(s); len(r) > limit {
		return strings.TrimSpace(string(r[:limit]))
	}
	return s
}
