package engine

import (
	"slices"
	"time"
)

// A RecordKind is a kind of record that goes after its period. The words do not
// change: settings and pages name them.
type RecordKind string

// The kinds. What is official is none of them: answers, entries, decisions,
// evaluations and the journal stay.
const (
	KeepBytes       RecordKind = "mail_bytes"  // mails that came in, as they came, with their attachments
	KeepReplies     RecordKind = "replies"     // what was read of mails that became answers
	KeepOtherMail   RecordKind = "other_mail"  // and of those that did not
	KeepLetters     RecordKind = "letters"     // text, subject and address of what was sent
	KeepFailures    RecordKind = "failures"    // what servers said of letters that did not arrive, and their bytes
	KeepDrafts      RecordKind = "drafts"      // answer pages saved and never sent
	KeepSessions    RecordKind = "sessions"    // sign-ins that ended
	KeepInvitations RecordKind = "invitations" // invitations nobody followed
	KeepSecrets     RecordKind = "secrets"     // what closed accounts proved themselves with
	KeepCalendar    RecordKind = "calendar"    // the ledger of the calendar
	KeepContacts    RecordKind = "contacts"    // persons of organisations that ended
	KeepProposed    RecordKind = "proposed"    // persons out-of-office replies named, and nobody accepted
)

// A KeepBasis says what a default rests on.
type KeepBasis string

// The bases. Where no act names a period, it is our choice, and says so.
const (
	BasisPrinciple KeepBasis = "gdpr"   // GDPR, article 5: no longer than the purpose needs; the number is ours
	BasisChoice    KeepBasis = "choice" // ours
)

// A KeepRule is how a kind of record is kept where the municipality said nothing.
type KeepRule struct {
	Kind   RecordKind
	Months int
	Basis  KeepBasis
	season bool // what a season in progress may need is kept, however old
}

// KeepRules lists all kinds with their defaults.
func KeepRules() []KeepRule {
	return []KeepRule{
		{KeepBytes, 12, BasisPrinciple, true},
		{KeepReplies, 36, BasisChoice, true},
		{KeepOtherMail, 6, BasisPrinciple, true},
		{KeepLetters, 36, BasisChoice, true},
		{KeepFailures, 12, BasisChoice, true},
		{KeepDrafts, 6, BasisPrinciple, true},
		{KeepSessions, 1, BasisPrinciple, false},
		{KeepInvitations, 1, BasisPrinciple, false},
		{KeepSecrets, 1, BasisPrinciple, false},
		{KeepCalendar, 24, BasisChoice, false},
		{KeepContacts, 24, BasisPrinciple, true},
		{KeepProposed, 6, BasisPrinciple, true},
	}
}

// A Retention says for how many months kinds of record are kept, where that is
// not the default; [KeepForever] is without end.
type Retention map[RecordKind]int

// KeepForever is the period of what never goes.
const KeepForever = -1

// longestKept is the longest period anybody can mean, in months.
const longestKept = 1200

// Check says what is wrong with periods as they were given.
func (r Retention) Check() error {
	for kind, months := range r {
		if !slices.ContainsFunc(KeepRules(), func(k KeepRule) bool { return k.Kind == kind }) {
			return Errorf(Invalid, "%q is no kind of record that goes after a time; see splneno retention", kind)
		}
		if months != KeepForever && (months < 1 || months > longestKept) {
			return Errorf(Invalid, "%s cannot be kept for %d months; give 1 to %d, or keep it without end", kind, months, longestKept)
		}
	}
	return nil
}

// Months gives the period of a kind, [KeepForever] for none.
func (r Retention) Months(k KeepRule) int {
	if months, chosen := r[k.Kind]; chosen {
		return months
	}
	return k.Months
}

// PurgePortion is how many records of a kind one Change lets go.
const PurgePortion = 500

// A Purge is what of a kind is to go: all from before an instant.
type Purge struct {
	Kind   RecordKind
	Before time.Time
	Idle   bool // no season is in progress: what bears no date may go, too
}

// Purges says what is to go at a time. Nothing that came up since the oldest
// season in progress began goes with those that belong to seasons; heads are
// the evaluations of all seasons, with or without their rows.
func (r Retention) Purges(now time.Time, seasons []Season, heads []Evaluation) []Purge {
	since, busy := Unfinished(seasons, heads)
	var out []Purge
	for _, k := range KeepRules() {
		months := r.Months(k)
		if months == KeepForever {
			continue
		}
		p := Purge{Kind: k.Kind, Before: now.AddDate(0, -months, 0), Idle: !busy}
		if k.season && busy && since.Before(p.Before) {
			p.Before = since
		}
		out = append(out, p)
	}
	return out
}

// Unfinished gives the beginning of the oldest season that is not done with:
// prepared, open, or with an evaluation that nobody approved.
func Unfinished(seasons []Season, heads []Evaluation) (since time.Time, busy bool) {
	for _, s := range seasons {
		if s.State == SeasonCancelled || s.State == SeasonClosed && !draftStands(s, heads) {
			continue
		}
		began := s.OpenedAt
		if began.IsZero() {
			began = s.Period.Start.In(time.UTC, 0, 0)
		}
		if !busy || began.Before(since) {
			since, busy = began, true
		}
	}
	return since, busy
}

// draftStands reports whether the newest evaluation of a season is a draft.
func draftStands(s Season, heads []Evaluation) bool {
	newest := Evaluation{}
	for _, e := range heads {
		if e.Plan == s.Plan && e.Period.ID == s.Period.ID && e.Number >= newest.Number {
			newest = e
		}
	}
	return newest.State == EvaluationDraft
}

// A Stock says what is there of a kind of record.
type Stock struct {
	Kind   RecordKind
	Due    int       // how many would go
	Oldest time.Time // of all that are there and do not wait; zero for none, or where none bears a date

	Undated bool // there are some of whose date only the record itself tells
}

// Stocks says it of every kind.
type Stocks map[RecordKind]Stock

// Rests reports whether certainly nothing of what is there is past its period at
// a time, whatever seasons are in progress.
func (r Retention) Rests(there Stocks, at time.Time) bool {
	return !slices.ContainsFunc(r.Purges(at, nil, nil), func(p Purge) bool {
		k := there[p.Kind]
		return k.Undated || !k.Oldest.IsZero() && k.Oldest.Before(p.Before)
	})
}

// Account gives an account without what its period has passed for.
func (p Purge) Account(a Account) (Account, bool) {
	day := DateOf(p.Before)
	switch {
	case p.Kind == KeepInvitations && a.InviteHash != "" && a.InviteUntil.Before(p.Before):
		a.InviteHash, a.InviteUntil = "", time.Time{}
		return a, true
	case p.Kind == KeepSecrets && (a.Disabled || a.Until != "" && a.Until < day) && a.CreatedAt.Before(p.Before) && !a.Secrets.empty():
		a.Secrets = Secrets{}
		return a, true
	}
	return a, false
}

// Organisation gives an organisation without persons whose period has passed.
func (p Purge) Organisation(o Organisation) (Organisation, bool) {
	day := DateOf(p.Before)
	gone := func(c Contact) bool {
		switch p.Kind {
		case KeepContacts:
			return o.Ended != "" && o.Ended < day
		case KeepProposed:
			return c.Proposed && (c.ProposedOn != "" && c.ProposedOn < day || c.ProposedOn == "" && p.Idle)
		}
		return false
	}
	before := len(o.Contacts)
	o.Contacts = slices.DeleteFunc(slices.Clone(o.Contacts), gone)
	return o, len(o.Contacts) != before
}
