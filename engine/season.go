package engine

import (
	"strings"
	"time"
)

// A Period is what one evaluation covers: a year, or a span of years.
type Period struct {
	ID         string // "2023", "2008-2013"
	Start, End Date
}

// Year gives the period of one calendar year.
func Year(year int) Period {
	return Period{ID: NewDate(year, 1, 1).YearString(), Start: NewDate(year, 1, 1), End: NewDate(year, 12, 31)}
}

// Holds reports whether the year belongs to the period.
func (p Period) Holds(year int) bool {
	return p.Start != "" && p.Start.Year() <= year && year <= p.End.Year()
}

// YearString gives the year of d in four digits.
func (d Date) YearString() string { return string(d)[:4] }

// A Preset is the rhythm of a municipality's year (domain.md 5).
type Preset string

// The presets.
const (
	AfterYear Preset = "after_year" // ask in January for last year, draft in February
	Autumn    Preset = "autumn"     // ask in September of the running year, draft in October
)

// Serves reports whether a question asked on day belongs to the period.
func (p Preset) Serves(period Period, day Date) bool {
	if p == Autumn {
		return day.Year() == period.End.Year()
	}
	return day.Year() == period.End.Year()+1
}

// A Municipality is the tenant: the town whose plans these are, and what it
// decided about its year. Everything else belongs to one municipality.
type Municipality struct {
	Name          string // "Město Klatovy"
	Coordinator   Contact
	SteeringGroup []Contact
	Sender        string // From address of its mail
	Preset        Preset
	DaysOff       []Date            // beside public holidays: nothing is sent, nothing falls due
	Schedule      map[string]string // calendar rule → cron spec, where it differs from the preset
	Policy        Policy
	Columns       map[string]string // heading of a sheet → what its columns hold, as chosen the last time
	StatusWords   map[string]string // its own words of statuses → canonical ("zelená": "fulfilled")
	ReplyTo       string            // where replies come in, "odpovedi+{token}@mesto.cz"; "" when answers by reply are not taken
	Blocked       []string          // senders whose mail without a token is set aside, lower case
	Settings      Settings
	Keep          Retention // how long kinds of record are kept, where that is not the default
	Witness       []string  // addresses outside the house the head of the journal is mailed to
	Version       int
}

// Settings are what a municipality chose about how it appears.
type Settings struct {
	MailTexts   map[LetterKind]MailText // its own words around what a letter must say
	StatusNames map[string]string       // count of [Totals.Shares] → the word its evaluations print
	Logo        []byte                  // PNG or JPEG
	LogoType    string
	Funding     string          // publicity line of what carries none of its own
	DaysOffWhy  map[Date]string // day off → why it is one, "" where nobody said
	District    string          // the municipality with extended powers it belongs to
	Region      string
	LinkSerial  int // raised to end every link of the steering group's board and every calendar feed
}

// A MailText is a municipality's own words in letters of one kind; "" keeps ours.
type MailText struct {
	Subject, Opening, Closing string
}

// A Window says when a body reads its mail. The zero Window is any working day.
type Window struct {
	Weekdays []int  // 1 Monday … 5 Friday; none is all
	Quiet    []Span // every year: a school's summer, the week after Christmas
}

// A Span is the days from one day of the year to another, "07-01" to "08-31";
// it may reach over the new year.
type Span struct {
	From, To string
	Why      string
}

// ReplyAddress gives the address replies with this token go to. Without
// "{token}" in ReplyTo, mail servers know no extension, and the token travels in
// the Message-ID and the text alone.
func (m Municipality) ReplyAddress(token string) string {
	return strings.ReplaceAll(m.ReplyTo, "{token}", token)
}

// TakesAt reports whether an address is one replies come in at, whatever token
// it carries.
func (m Municipality) TakesAt(address string) bool {
	before, after, extended := strings.Cut(strings.ToLower(m.ReplyTo), "{token}")
	address = strings.ToLower(address)
	if !extended {
		return before != "" && address == before
	}
	return strings.HasPrefix(address, before) && strings.HasSuffix(address, after) && len(address) > len(before)+len(after)
}

// A SeasonState says how far a season is.
type SeasonState string

// The states of a season. Nothing leaves before it is open; links live while it is.
const (
	SeasonPrepared  SeasonState = "prepared" // everything is set, nothing leaves
	SeasonOpen      SeasonState = "open"
	SeasonClosed    SeasonState = "closed"
	SeasonCancelled SeasonState = "cancelled" // prepared and never opened; may be prepared again
)

// A Season is the asking about and evaluating of one plan for one period.
type Season struct {
	Plan     string
	Period   Period
	State    SeasonState
	OpenedAt time.Time
	AskOn    Date // the day it is asked about, where it is not the calendar's
	DraftOn  Date // the day its evaluation is drafted, where it is not the calendar's
	AskedOn  Date // the day the status requests were made, "" before
	ClosedAt time.Time

	Published   int       // number of the evaluation everybody may read, 0 for none
	PublishedAt time.Time // since when
	Version     int
}

// Begun says why nothing becomes official about a season that was not opened,
// nil about any other.
func (s Season) Begun() error {
	switch s.State {
	case SeasonPrepared:
		return Errorf(Conflict, "season %s of plan %s is only prepared; open it first", s.Period.ID, s.Plan)
	case SeasonCancelled:
		return Errorf(Conflict, "season %s of plan %s was cancelled before it was opened; prepare it again and open it first", s.Period.ID, s.Plan)
	case SeasonOpen, SeasonClosed:
	}
	return nil
}

// A Request is an organisation's place in a season: all its activities, one
// link, and what it is still to be told. There is one per season and
// organisation, made when the season opens. Its items are numbered from 1 in
// this order for as long as it lives.
type Request struct {
	Plan, Period string
	Organisation string   // id
	Activities   []string // ids
	Round        int      // 0 until the status request, then raised each time it is asked anew
	AskedOn      Date     // the day this round was due to begin
	AnswerBy     Date
	Step         int             // rungs of the ladder already taken in this round
	NextOn       Date            // the day something is due to be said, "" when nothing is
	LookedOn     Date            // deadlines up to this day have been reminded of
	Written      []Date          // days it was written to; for the caps and for the record
	LinkHash     string          // SHA-256 of the token; the token itself is kept nowhere
	ReplyHash    string          // SHA-256 of the token replies carry, "" until a letter carried one
	LinkSerial   int             // raised when link and reply token are replaced
	Revoked      bool            // the link no longer opens
	AnsweredAt   time.Time       // when the last open item was answered, zero before
	Moves        map[string]Date // occasions the coordinator moved to another day, "" for stopped; see moves.go
	Version      int
}
