package workflows

import (
	"context"
	"iter"
	"time"

	"splneno/engine"
)

// Records is what the workflows need from a store, for one municipality. A
// thing that is not there is a NotFound. Lists come in a stable order. Where a
// list takes ids, none means all.
type Records interface {
	AccountRecords
	PlanRecords
	DeskRecords
	SeasonRecords
	EvaluationRecords
	BodyRecords
	HandoverRecords
	MailRecords
	HoldRecords
	RegionRecords
	MeetingRecords
	RetentionRecords

	// Tenant gives the id of the municipality these records belong to.
	Tenant() string
	// Commit writes Changes in order, all of them whole or nothing at all; see
	// [engine.Change]. None of them may rest on another one's.
	Commit(ctx context.Context, changes ...engine.Change) error

	Municipality(ctx context.Context) (engine.Municipality, error)
	Plans(ctx context.Context) ([]engine.Plan, error)
	Plan(ctx context.Context, id string) (engine.Plan, error)
	Activities(ctx context.Context, plan string, ids ...string) ([]engine.Activity, error)
	// Imported gives a plan as its file said it when it was last imported.
	Imported(ctx context.Context, plan string) (engine.Imported, error)
	Organisations(ctx context.Context, ids ...string) ([]engine.Organisation, error)
	Seasons(ctx context.Context) ([]engine.Season, error)
	Season(ctx context.Context, plan, period string) (engine.Season, error)

	Entries(ctx context.Context, plan, period string, activities ...string) ([]engine.Entry, error)

	Requests(ctx context.Context, plan, period string) ([]engine.Request, error)
	// RequestsDue gives requests whose NextOn is day or before, oldest first.
	RequestsDue(ctx context.Context, day engine.Date, limit int) ([]engine.Request, error)
	// Request gives the place of one organisation in a season.
	Request(ctx context.Context, plan, period, organisation string) (engine.Request, error)
	// RequestByLink finds a request by the hash of its token.
	RequestByLink(ctx context.Context, hash string) (engine.Request, error)

	// RequestByReply finds a request by the hash of its reply token.
	RequestByReply(ctx context.Context, hash string) (engine.Request, error)

	// AddInbound stores a mail that came in; fresh is false when the same bytes
	// are there already, and then nothing is stored.
	AddInbound(ctx context.Context, in engine.Inbound) (fresh bool, err error)
	// ClaimInbound hands out mails of the state received that may be read at
	// now, oldest first and without Raw, as ClaimMessages does. Commit of a Change with one of
	// them is a Conflict when somebody else has claimed it since.
	ClaimInbound(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Inbound, error)
	// Inbound gives one mail with its bytes.
	Inbound(ctx context.Context, id string) (engine.Inbound, error)
	// InboundSame gives the mail with this natural key that is no duplicate,
	// without Raw.
	InboundSame(ctx context.Context, same string) (engine.Inbound, error)
	// Inbox lists mails of the states named, newest first, without Raw.
	Inbox(ctx context.Context, limit int, states ...engine.InboundState) ([]engine.Inbound, error)
	// InboxCounts says how many mails there are in each state.
	InboxCounts(ctx context.Context) (map[engine.InboundState]int, error)
	// InboundByID gives the mails with these ids that are there, without Raw.
	InboundByID(ctx context.Context, ids []string) ([]engine.Inbound, error)

	// Proposals gives every revision of every answer of the season, or of the
	// activities named, oldest first.
	Proposals(ctx context.Context, plan, period string, activities ...string) ([]engine.Proposal, error)
	// PendingProposals gives what waits for the coordinator, over all seasons.
	PendingProposals(ctx context.Context) ([]engine.Proposal, error)

	// Draft gives an answer page saved but not sent, empty when there is none.
	Draft(ctx context.Context, r engine.Request) (engine.Draft, error)
	// SaveDraft keeps it. Drafts are not official and leave no journal line.
	SaveDraft(ctx context.Context, r engine.Request, d engine.Draft, at time.Time) error

	// Evaluations gives the drafts and the frozen ones, by number.
	Evaluations(ctx context.Context, plan, period string) ([]engine.Evaluation, error)

	// HasMessage reports whether the occasion with this key was already said.
	HasMessage(ctx context.Context, key string) (bool, error)
	// Messages lists messages of the states named, newest first, without Raw.
	Messages(ctx context.Context, limit int, states ...engine.MessageState) ([]engine.Message, error)
	// ClaimMessages hands out up to limit messages due at now; nobody else gets
	// them before the lease ends. Attempts is the fencing token.
	ClaimMessages(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Message, error)
	// SettleMessage records an outcome. It is a Conflict when another node has
	// claimed the message since; then the outcome is not recorded.
	SettleMessage(ctx context.Context, m engine.Message) error

	// Cursors gives the instants up to which the occurrences of rules are stored,
	// of all rules that were ever computed.
	Cursors(ctx context.Context) (map[string]time.Time, error)
	// AddStretches stores what rules owed (occurrences already there stay as they
	// are) and moves their cursors in the same transaction, all or nothing. It is
	// a Conflict when another node moved one of them first.
	AddStretches(ctx context.Context, stretches []engine.Stretch) error
	// ClaimOccurrences hands out due occurrences as ClaimMessages does, none
	// while an earlier one is due or in somebody's hands and has not failed.
	ClaimOccurrences(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Occurrence, error)
	// SettleOccurrence records what became of it, fenced as SettleMessage is.
	SettleOccurrence(ctx context.Context, o engine.Occurrence) error
	// Occurrences lists the ledger, newest first.
	Occurrences(ctx context.Context, limit int) ([]engine.Occurrence, error)

	// Journal calls each for every line in order, from seq on.
	Journal(ctx context.Context, from int64, each func(engine.JournalLine) error) error
}

// A Composer phrases a letter as a mail: To, From, Subject, Text, Raw and Hash
// are filled in. The same letter and Message-ID give the same bytes.
type Composer interface {
	Compose(l engine.Letter, messageID string) (engine.Message, error)
}

// A Sender hands the stored bytes of a message to a mail server.
type Sender interface {
	Send(ctx context.Context, m engine.Message) engine.Outcome
}

// Links makes and reads the links of answer pages.
type Links interface {
	// Token gives the token of a request; always the same for the same serial.
	Token(tenant string, r engine.Request) string
	// Hash gives what is stored of a token. A token that was never signed here
	// is NotFound, without asking anybody.
	Hash(token string) (string, error)
	// AnswerURL gives the address of the answer page behind a token.
	AnswerURL(token string) string
	// ReplyToken gives the token replies to a request carry, in lower-case
	// letters and digits; it opens no page.
	ReplyToken(tenant string, r engine.Request) string
	// ReplyHash gives what is stored of a reply token, as Hash does of a link's.
	ReplyHash(token string) (string, error)
	// DeskURL gives the address of the coordinator's desk.
	DeskURL() string
	// BoardToken gives the token that opens the board of a season's results to
	// one member of the steering group; another serial ends it.
	BoardToken(tenant, plan, period, member string, serial int) string
	// BoardURL gives the address of the board behind a token.
	BoardURL(token string) string
	// PublicURL gives the address of a page everybody may read, by its place
	// below the page of the municipality.
	PublicURL(tenant string, place ...string) string
	// Reference gives a name for a text in 64 hexadecimal digits, always the same
	// one; without the key nobody can tell whose it is by trying.
	Reference(tenant, text string) string
	// Sign puts the seal of a municipality on a message: always the same one.
	Sign(tenant string, message []byte) engine.Seal
}

// A Reader takes an incoming mail apart within bounds of time and memory. What
// cannot be read is a Mail of kind other that says why; an error means that the
// reading may be tried again.
type Reader interface {
	Read(ctx context.Context, in engine.Inbound) (engine.Mail, error)
	// File gives the bytes of an attachment.
	File(in engine.Inbound, part int) ([]byte, error)
}

// Documents makes the documents of an evaluation that are handed to people.
type Documents interface {
	RegionDocuments

	// Documents makes the whole set, or those with these names, each when it is
	// asked for: the set of a large plan is dozens of megabytes. What several need
	// is made once. An error is the last it gives.
	Documents(p engine.Print, names ...string) iter.Seq2[engine.Attachment, error]
	// Document makes the one with this name, or NotFound.
	Document(p engine.Print, name string) (engine.Attachment, error)
	// Names gives the whole set without bytes, and needs no rows.
	Names(e engine.Evaluation) []engine.Attachment
	// Pack makes the papers of a meeting about the evaluation: the invitation
	// with the agenda, what is to be decided, and a short roll-up.
	Pack(m engine.Meeting, p engine.Print) ([]engine.Attachment, error)
	// Edits reads a Word document of this evaluation that somebody worked on, and
	// says what it would change; p is the newest evaluation as it is printed.
	Edits(file []byte, p engine.Print) (engine.Takeover, error)
	// Standing says which paragraphs rewritten before still fit what we would
	// write today, and which are conflicts.
	Standing(p engine.Print) (engine.Takeover, error)
}
