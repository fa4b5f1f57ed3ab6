package engine

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// An Erasure takes a person out of the records (GDPR, article 17): the address
// and the name are replaced wherever they stand. What was decided, by which
// body, and the journal with its chain of hashes stay as they are.
//
// A name is looked for beside the address, and in what the organisations sent
// that the person wrote for: a namesake elsewhere is somebody else. Only the
// exact name is found, no case of its declension. Results that are official,
// approved evaluations and the plan as it holds are documents of the
// municipality: a name in them is changed by the coordinator, with a reason, or
// not at all; everybody still reads them without it, as the evaluation keeps the
// names it holds. What the plan said before is cleaned, so that a name the
// coordinator amended away does not stay behind. The journal loses who acted and
// is cleaned of the name where people wrote in their own words: it is sealed over
// references to these, and its chain stays whole. Lines from before there were
// references stay as they are.
type Erasure struct {
	Email string // lower case
	Name  string // "" when only the address is known
	Mask  string // what stands in their place
}

// A PersonFile is everything that is stored about a person.
type PersonFile struct {
	Who         Erasure
	Coordinator bool // the municipality's coordinator herself
	Steering    bool // a member of the steering group
	Blocked     bool // mail without a token is set aside
	Names       []string
	Bodies      []Organisation // whose contact the person is
	Imported    []string       // plans whose imported file names the person as a contact
	Accounts    []Account
	Answers     []Proposal // written by, or speaking of the person
	Drafts      int
	Messages    []Message  // to, or speaking of the person, without Raw
	Mails       []Inbound  // from, to, or speaking of the person, without Raw
	Versions    int        // earlier versions of plans and activities that speak of the person
	Decisions   int        // decisions and resolutions that do
	Evaluations int        // drafts of evaluations that do
	Official    []EntryKey // results whose text holds the name or the address: they stay
	Lines       int        // names and texts in the journal that can go
	Noted       []string   // what older lines of the journal are about that hold them: they stay
}

// Counts says in numbers what there is; it holds no personal data.
func (f PersonFile) Counts() map[string]int {
	n := map[string]int{"contacts": 0, "accounts": len(f.Accounts), "answers": len(f.Answers), "drafts": f.Drafts,
		"messages": len(f.Messages), "mails": len(f.Mails), "imported": len(f.Imported), "journal": f.Lines, "versions": f.Versions, "decisions": f.Decisions, "evaluations": f.Evaluations}
	for _, o := range f.Bodies {
		for _, c := range o.Contacts {
			if f.Who.Is(c) {
				n["contacts"]++
			}
		}
	}
	for name, holds := range map[string]bool{"steering": f.Steering, "blocked": f.Blocked} {
		if holds {
			n[name] = 1
		}
	}
	return n
}

// Empty reports whether nothing is stored about the person that could be erased.
func (f PersonFile) Empty() bool {
	for _, n := range f.Counts() {
		if n > 0 {
			return false
		}
	}
	return true
}

// Is reports whether a contact is the person: by the address, or by the name
// where no address is known.
func (e Erasure) Is(c Contact) bool {
	if e.Email != "" {
		return strings.EqualFold(c.Email, e.Email)
	}
	return e.Name != "" && c.Name == e.Name
}

// Clean gives a text without the address and the name.
func (e Erasure) Clean(text string) string {
	return replaceWhole(e.cleanEmail(text), e.Name, e.Mask)
}

// cleanEmail replaces the address in whatever case it is written.
func (e Erasure) cleanEmail(text string) string {
	if e.Email == "" {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i + len(e.Email)
		if end <= len(text) && strings.EqualFold(text[i:end], e.Email) && !inAddress(text, i, end) {
			b.WriteString(e.Mask)
			i = end
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// inAddress reports whether what stands from i to end is only a part of a
// longer address.
func inAddress(text string, i, end int) bool {
	part := func(b byte) bool {
		return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '-'
	}
	return i > 0 && (part(text[i-1]) || text[i-1] == '.') || end < len(text) && part(text[end])
}

// replaceWhole replaces a name where it stands by itself, not as a part of a
// longer word.
func replaceWhole(text, name, mask string) string {
	if name == "" {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, name)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(name):])
		b.WriteString(text[:i])
		if unicode.IsLetter(before) || unicode.IsLetter(after) {
			b.WriteString(name)
		} else {
			b.WriteString(mask)
		}
		text = text[i+len(name):]
	}
}

// Organisation gives a body without the person among its contacts.
func (e Erasure) Organisation(o Organisation) (Organisation, bool) {
	before := len(o.Contacts)
	o.Contacts = slices.DeleteFunc(slices.Clone(o.Contacts), e.Is)
	return o, len(o.Contacts) != before
}

// Municipality gives a municipality that does not know the person: neither in
// its steering group nor among the senders it blocked.
func (e Erasure) Municipality(m Municipality) (Municipality, bool) {
	before := len(m.SteeringGroup) + len(m.Blocked)
	m.SteeringGroup = slices.DeleteFunc(slices.Clone(m.SteeringGroup), e.Is)
	m.Blocked = slices.DeleteFunc(slices.Clone(m.Blocked), func(a string) bool { return e.Email != "" && a == e.Email })
	return m, len(m.SteeringGroup)+len(m.Blocked) != before
}

// Account gives the person's account as an empty shell that opens nothing.
func (e Erasure) Account(a Account) (Account, bool) {
	if !e.Is(Contact{Name: a.Name, Email: a.Email}) {
		return a, false
	}
	return Account{ID: a.ID, Name: e.Mask, Email: a.ID + "@erased.invalid", Role: a.Role, From: a.From, Until: a.Until,
		Disabled: true, CreatedAt: a.CreatedAt, Version: a.Version}, true
}

// Proposal gives an answer without who wrote it. Who decided about it did so for
// the municipality, and stays.
func (e Erasure) Proposal(p Proposal) (Proposal, bool) {
	by, answer, question := e.Clean(p.By), e.answer(p.Answer), e.Clean(p.Question)
	changed := by != p.By || !answer.same(p.Answer) || question != p.Question
	p.By, p.Answer, p.Question = by, answer, question
	return p, changed
}

func (e Erasure) answer(a Answer) Answer {
	a.Done, a.Missing = e.Clean(a.Done), e.Clean(a.Missing)
	return a
}

// Draft does the same for an answer page that was not sent.
func (e Erasure) Draft(d Draft) (Draft, bool) {
	by := e.Clean(d.By)
	changed := by != d.By
	answers := map[string]Answer{}
	for id, a := range d.Answers {
		answers[id] = e.answer(a)
		changed = changed || !answers[id].same(a)
	}
	d.By, d.Answers = by, answers
	return d, changed
}

// Message gives a mail of ours without the person. One that was addressed to
// the person keeps only that there was one, and is not sent any more; nor is
// another one that speaks of the person.
func (e Erasure) Message(m Message) (Message, bool) {
	before := m
	m.To, m.Subject, m.Text, m.LastError = e.Clean(m.To), e.Clean(m.Subject), e.Clean(m.Text), e.Clean(m.LastError)
	if e.Email != "" && strings.EqualFold(before.To, e.Email) {
		m.To, m.Subject, m.Text = e.Mask, e.Mask, e.Mask
	}
	if m.To == before.To && e.Key(m) == m.Key && m.Subject == before.Subject && m.Text == before.Text && m.LastError == before.LastError {
		return before, false
	}
	if m.State == Queued || m.State == Retry || m.State == Held || m.State == Unsure {
		m.State, m.LastError, m.NextAt = Failed, e.Mask, time.Time{}
	}
	m.Raw, m.ReturnPath = nil, ""
	return m, true
}

// Key gives the key of a message without the address: in its place stands the
// Message-ID, so that no two of them read alike.
func (e Erasure) Key(m Message) string {
	e.Name, e.Mask = "", m.MessageID
	return e.Clean(m.Key)
}

// Inbound gives a mail that came in without the person. Of one the person sent
// only remains what became of it, and when; in another one the name and the
// address are replaced. Its bytes are to be removed either way.
func (e Erasure) Inbound(in Inbound) (Inbound, bool) {
	if e.Is(in.Mail.From) || e.Email != "" && strings.EqualFold(in.EnvelopeFrom, e.Email) {
		m := in.Mail
		in.EnvelopeFrom, in.EnvelopeTo = "", nil
		in.Mail = Mail{Kind: m.Kind, From: Contact{Name: e.Mask}, Subject: e.Mask, Date: m.Date, Tokens: m.Tokens, Verified: m.Verified,
			Forged: m.Forged, Suspicious: m.Suspicious, Own: e.Mask, BodyHash: m.BodyHash}
		return in, true
	}
	changed := false
	clean := func(s string) string {
		t := e.Clean(s)
		changed = changed || t != s
		return t
	}
	m := in.Mail
	m.From.Name, m.Subject, m.Own, m.Quoted, m.MessageID = clean(m.From.Name), clean(m.Subject), clean(m.Own), clean(m.Quoted), clean(m.MessageID)
	m.Files = slices.Clone(m.Files)
	for i := range m.Files {
		m.Files[i].Name = clean(m.Files[i].Name)
	}
	in.EnvelopeTo = slices.Clone(in.EnvelopeTo)
	for i := range in.EnvelopeTo {
		in.EnvelopeTo[i] = clean(in.EnvelopeTo[i])
	}
	if m.Report != nil {
		r := *m.Report
		r.Recipient, r.Detail = clean(r.Recipient), clean(r.Detail)
		m.Report = &r
	}
	if m.Absence != nil && e.Is(m.Absence.Deputy) {
		a := *m.Absence
		a.Deputy, m.Absence, changed = Contact{}, &a, true
	}
	in.Mail = m
	return in, changed
}

// Imported gives what a plan's file said without the person among the contacts
// of its organisations.
func (e Erasure) Imported(i Imported) (Imported, bool) {
	changed := false
	i.Organisations = slices.Clone(i.Organisations)
	for n, o := range i.Organisations {
		var gone bool
		i.Organisations[n], gone = e.Organisation(o)
		changed = changed || gone
	}
	return i, changed
}
