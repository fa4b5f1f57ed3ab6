package engine

import (
	"slices"
	"time"
)

// An InboundState says what became of a mail that came in. Every one ends in a
// state people can see and count; none is dropped.
type InboundState string

// The states of an incoming mail.
const (
	InboundReceived  InboundState = "received"  // stored, not yet understood
	InboundAnswer    InboundState = "answer"    // became proposals
	InboundHeld      InboundState = "held"      // in the holding pen: a person must look
	InboundAutomatic InboundState = "automatic" // out of office, read receipt, calendar, loop
	InboundBounce    InboundState = "bounce"    // about a mail of ours that did not arrive, or not yet
	InboundList      InboundState = "list"      // of a mailing list
	InboundDuplicate InboundState = "duplicate" // came before
	InboundIgnored   InboundState = "ignored"   // a person said it is nothing
	InboundBlocked   InboundState = "blocked"   // of a sender a person blocked
)

// InboundStates lists the states in the order people read them.
func InboundStates() []InboundState {
	return []InboundState{InboundHeld, InboundReceived, InboundAnswer, InboundAutomatic, InboundBounce, InboundList,
		InboundDuplicate, InboundIgnored, InboundBlocked}
}

// An Inbound is a mail that came in: its bytes first, and once it was read,
// what was understood. The bytes are kept as they came.
type Inbound struct {
	ID           string // SHA-256 of Raw in hex: the same bytes are stored once
	Raw          []byte
	Via          string // the way in: "imap", "lmtp", "smtp", "pipe", "folder"
	EnvelopeFrom string
	EnvelopeTo   []string
	ReceivedAt   time.Time
	State        InboundState
	Mail         Mail
	Plan         string // the request it belongs to; of a held mail, the guess
	Period       string
	Organisation string
	Note         HeldReason // why it is held, "" when it is not
	Same         string     // natural key of the mail across its copies, "" before it was read
	DecidedBy    string     // who assigned, ignored or blocked it
	DecidedAt    time.Time
	Attempts     int
	NextAt       time.Time // when it may be read, or end of the lease of the node that reads it
	Version      int
}

// A HeldReason says why a mail waits in the holding pen.
type HeldReason string

// The reasons.
const (
	HeldNoToken     HeldReason = "no_token"     // nothing in it says whose answer it is
	HeldForged      HeldReason = "forged"       // the check of the sender failed
	HeldSuspicious  HeldReason = "suspicious"   // its header is not that of an honest mail
	HeldUnreadable  HeldReason = "unreadable"   // it cannot be taken apart, or exceeds a bound
	HeldClosed      HeldReason = "closed"       // the season is over, or the link was revoked
	HeldEmpty       HeldReason = "empty"        // nothing was written, or nothing but courtesy
	HeldNothingOwed HeldReason = "nothing_owed" // text without an item, and no item waits for an answer
)

// MaxMail is the size of the largest mail that is taken in, in bytes.
const MaxMail = 25 << 20

// An Arrival is a mail at the door, before it is stored.
type Arrival struct {
	Raw  []byte
	Via  string
	From string   // envelope sender, "" for the null sender and where there is no envelope
	To   []string // envelope recipients
}

// A MailKind says what sort of mail it is.
type MailKind string

// The kinds.
const (
	MailAnswer    MailKind = "answer"    // a person wrote it
	MailAutomatic MailKind = "automatic" // a program wrote it for a person
	MailBounce    MailKind = "bounce"    // a mail server reports about a mail of ours
	MailList      MailKind = "list"      // a mailing list or newsletter
	MailOther     MailKind = "other"     // it cannot be read
)

// A Mail is what was read of an incoming mail. It says nothing of what may be
// done with it. All texts are UTF-8 with "\n" and without control characters.
type Mail struct {
	Kind       MailKind
	From       Contact   // Email in lower case; zero when there is not exactly one sender
	Subject    string    // one line
	MessageID  string    // without brackets
	InReplyTo  []string  // In-Reply-To, then References from the last, without brackets
	Date       time.Time // as the writer's clock said; zero when it cannot be read
	Tokens     []string  // reply tokens signed here, by where they stood: envelope, To and Cc, InReplyTo, text
	Verified   bool      // the domain of From is authenticated
	Forged     bool      // the trusted relay says that it is not what it claims
	Suspicious []string  // what is wrong with the header, in code words: "two_from"
	Unreadable string    // why it cannot be read, "" when it can
	Own        string    // what the writer wrote
	Quoted     string    // what was quoted and is not counted
	Files      []File
	Report     *DeliveryReport // of a bounce
	Absence    *Absence        // of an out-of-office reply
	BodyHash   string          // SHA-256 of what was written, the same for every copy
}

// A File is an attachment of an incoming mail. Its bytes stay in the mail.
type File struct {
	Part    int    // its place among the parts of the mail, from 0
	Name    string // safe to show and to save under
	Type    string // as the mail says: "application/pdf"
	Size    int    // bytes
	Hash    string // SHA-256 in hex
	Problem FileProblem
}

// A FileProblem says why a file is no evidence, "" when it is.
type FileProblem string

// The problems.
const (
	FileType      FileProblem = "type"      // a kind that runs, or that nobody can open
	FileSize      FileProblem = "size"      // too large
	FileWinmail   FileProblem = "winmail"   // a closed format of Outlook
	FileInfected  FileProblem = "infected"  // malware was found in it: it is handed out to nobody
	FileUnchecked FileProblem = "unchecked" // the scanner could not look at it
)

// Infected reports whether malware was found in a file of the mail.
func (m Mail) Infected() bool {
	return slices.ContainsFunc(m.Files, func(f File) bool { return f.Problem == FileInfected })
}

// A DeliveryReport is what a mail server says about a mail of ours (RFC 3464).
type DeliveryReport struct {
	Action    string // "failed", "delayed", "delivered", "relayed", "expanded"
	Status    string // "5.1.1", "" when it is not said
	Recipient string // lower case
	Detail    string // in the server's words, one line
	MessageID string // of our mail, without brackets
}

// Hard reports whether the address itself is refused for good: a second try
// would end the same way.
func (r DeliveryReport) Hard() bool {
	return r.Action == "failed" && len(r.Status) > 3 && r.Status[0] == '5' && (r.Status[2] == '1' || r.Status[:4] == "5.2." && r.Status != "5.2.2")
}

// An Absence is what an out-of-office reply says.
type Absence struct {
	Until  Date    // the last day away, "" when it is not said
	Deputy Contact // who stands in, zero when nobody is named
}

// A ReplyItem is an activity a reply may speak about.
type ReplyItem struct {
	Number int    // as in the mail
	Code   string // id of the activity: "1.1/2", "1.1a"
	Title  string
	Parts  []string // labels of lettered parts: "a", "b"
	Period Period   // what is asked about; the zero one is not told
}

// A ReplyAnswer is what a reply says of one item.
type ReplyAnswer struct {
	Item      string // number or code as written; "*" for all the reply does not name; "" when it cannot be told
	Status    State  // StateUnknown when none can be told
	Qualifier string
	Text      string // what was done, or what is missing
	Lack      bool   // the text says what is missing, or why
	Certain   bool   // nobody could read the item or the status otherwise
}

// A ReplyReading is a reply understood.
type ReplyReading struct {
	Answers []ReplyAnswer
	Nothing bool // nothing was written but courtesy
	Certain bool // every answer is, no text is left over, and there is one
}
