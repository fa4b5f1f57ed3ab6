package notify

import (
	"slices"
	"strings"
	"unicode"

	"splneno/engine"
)

// The longest a name or a text of a user may be in a letter; what is beyond is
// cut. Plans print nothing near it.
const (
	maxName = 200
	maxText = 2000
	maxEcho = 200 // of a reply, in its receipt
)

// cleanLetter makes every text of a user one line without control, format and
// direction characters, so that none can begin a header, a line or a paragraph.
// Addresses and the link are not touched: they are refused when they are wrong.
func cleanLetter(l engine.Letter) engine.Letter {
	l.To, l.Coordinator = cleanContact(l.To), cleanContact(l.Coordinator)
	for _, s := range []*string{&l.Organisation, &l.Municipality, &l.Plan, &l.Period.ID, &l.Hash} {
		*s = oneLine(*s, maxName)
	}
	l.Funding = oneLine(l.Funding, maxText)
	l.Items = slices.Clone(l.Items)
	for i := range l.Items {
		it := &l.Items[i]
		it.Measure, it.Title = oneLine(it.Measure, maxText), oneLine(it.Title, maxText)
		it.Deadline, it.Question = oneLine(it.Deadline, maxText), oneLine(it.Question, maxText)
		if it.Read != nil {
			read := *it.Read
			read.Text = oneLine(read.Text, maxEcho)
			it.Read = &read
		}
	}
	l.Pack = cleanPack(l.Pack)
	l.Files = slices.Clone(l.Files)
	for i := range l.Files {
		l.Files[i].Name = oneLine(l.Files[i].Name, maxName)
	}
	l.Silent = slices.Clone(l.Silent)
	for i := range l.Silent {
		l.Silent[i].Organisation = oneLine(l.Silent[i].Organisation, maxName)
	}
	return l
}

func cleanContact(c engine.Contact) engine.Contact {
	c.Name, c.Role = oneLine(c.Name, maxName), oneLine(c.Role, maxName)
	return c
}

func oneLine(s string, limit int) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}
