package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// A LetterKind says what a letter is for. A letter to an organisation may hold
// items for several reasons; its kind is the most pressing one.
type LetterKind string

// The kinds of letter.
const (
	LetterRequest    LetterKind = "request"    // please say how it stands
	LetterReminder   LetterKind = "reminder"   // you were asked and have not answered
	LetterDeadline   LetterKind = "deadline"   // a promised term comes near
	LetterReturned   LetterKind = "returned"   // the coordinator asks you to complete an answer
	LetterEscalation LetterKind = "escalation" // to the coordinator: these are silent
	LetterDigest     LetterKind = "digest"     // to the coordinator, mornings
	LetterRollUp     LetterKind = "rollup"     // to the steering group: the evaluation
	LetterPack       LetterKind = "pack"       // to the steering group: the papers of its meeting
	LetterWitness    LetterKind = "witness"    // to witnesses outside the house: the head of the journal
	LetterReceipt    LetterKind = "receipt"    // to whoever replied: this is how it was understood
)

// A Letter is what is to be said to one person, before anybody phrases it.
// Composing the same letter twice gives the same text.
type Letter struct {
	Kind         LetterKind
	To           Contact
	Organisation string // name of the body addressed
	Municipality string
	Coordinator  Contact
	Sender       string
	Plan         string // title
	Funding      string
	Period       Period
	Date         Date   // the local day it is written
	AnswerBy     Date   // "" where no answer is asked
	Link         string // answer page, desk or document; "" for who cannot follow links
	ReplyTo      string // where replies go, with the token in it; "" for the coordinator
	ReplyToken   string // stands in the Message-ID and the text; "" where no reply is read
	InReplyTo    string // receipt: Message-ID of the mail it answers
	Files        []File // receipt: what came with it
	Rung         int    // of a reminder: 1 first, 2 last
	LateDays     int    // days by which downtime made it late
	Items        []LetterItem
	Silent       []SilentBody   // escalation
	Counts       map[string]int // digest: what waits, by name
	Totals       Totals         // roll-up
	Hash         string         // roll-up: of the frozen evaluation
	Number       int            // roll-up: restatement number
	Attachments  []Attachment   // roll-up and papers of a meeting
	Pack         *Pack          // papers of a meeting
	Head         *JournalHead   // witness, and in the digest where there is none: the head of the journal
	Words        MailText       // the municipality's own, around what the letter must say
}

// A LetterItem is one activity in a letter.
type LetterItem struct {
	Number   int // as in the request: answers name it
	Reason   LetterKind
	Activity string // id
	Measure  string // code, and title where it says more than the activity's
	Title    string
	Deadline string // as printed
	Due      Date   // what falls due in the period, "" when nothing
	Question string // returned: what the coordinator asks
	Answered bool
	Read     *ReplyAnswer // receipt: how the reply was understood
}

// A SilentBody is an organisation that has not answered.
type SilentBody struct {
	Organisation string
	Asked        []Date // days mail was sent
	Open         int    // activities without an answer
	OnBehalf     bool   // it has no address: the coordinator answers for it
	Returns      Date   // it reads no mail before this day, and is written to then; "" when it does
}

// An Attachment is a document sent with a letter. Name is ASCII, 60 at most.
type Attachment struct {
	Name, Type string
	Data       []byte
}

// A MessageState is the outcome of a message so far.
type MessageState string

// The outcomes (dependencies.md M3).
const (
	Queued  MessageState = "queued"
	Sent    MessageState = "sent"
	Retry   MessageState = "retry"   // refused for now, or never reached the final dot
	Failed  MessageState = "failed"  // refused for good
	Unsure  MessageState = "unsure"  // the connection died after the final dot
	Held    MessageState = "held"    // not to leave until a person releases it
	Bounced MessageState = "bounced" // sent, and reported as not delivered
	Stopped MessageState = "stopped" // a person decided that it never leaves
)

// A Bounce names a message that was not delivered. It counts only for mail to
// the organisation whose token the report carried.
type Bounce struct {
	Organisation string // id
	MessageID    string // as in [Message]
	Detail       string // in the server's words
}

// An Outcome is what became of one attempt to send: Sent, Retry, Failed or
// Unsure, and why in the server's words.
type Outcome struct {
	State  MessageState
	Detail string
}

// A Message is a letter rendered once to bytes, on its way. The same bytes are
// sent however often; Key is natural, so the same occasion is never said twice.
type Message struct {
	Key          string
	Kind         LetterKind
	Organisation string // id, "" for coordinator and steering group mail
	To           string
	From         string
	Subject      string
	MessageID    string // without the reply token that stands in the bytes
	ReturnPath   string // envelope sender, where bounces go; "" for From; cleared once it is sent
	Text         string // what was said, without secrets; stays after sending
	Raw          []byte // what is sent; cleared once it is sent
	Hash         string // SHA-256 of Raw
	State        MessageState
	Attempts     int
	NextAt       time.Time // next attempt, or end of the lease of the node that has it
	CreatedAt    time.Time
	TriedAt      time.Time // when it was first taken to be sent, since a person let it go; zero before
	SentAt       time.Time
	LastError    string
}

// MessageID gives the Message-ID of the message with this key: the same for the
// same occasion, so a copy is recognised, and no guess for anybody else as long
// as the key holds a secret part.
func MessageID(tenant, key, domain string) string {
	h := sha256.Sum256([]byte(tenant + "\x00" + key))
	return hex.EncodeToString(h[:16]) + "@" + domain
}
