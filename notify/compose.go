package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A Composer phrases letters in Czech. It is safe for concurrent use.
type Composer struct {
	zone    *time.Location
	phrases func() phrases // read with the first letter: for most of the year none is written
}

// NewComposer gives the composer of our letters.
func NewComposer() (*Composer, error) {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	return &Composer{zone: zone, phrases: sync.OnceValue(func() phrases { return readPhrases("templates/cs") })}, nil
}

// Compose gives the mail of a letter: Kind, To, From, Subject, MessageID,
// ReturnPath, Text, Raw and Hash. The same letter and Message-ID give the same
// bytes. In the bytes the Message-ID also holds the reply token; Text holds
// neither token nor link. Invalid means that the addressee cannot be written to,
// and names him; every other error is about the municipality's own settings or
// about the letter.
func (c *Composer) Compose(l engine.Letter, messageID string) (engine.Message, error) {
	l = c.withEvent(cleanLetter(l))
	if err := checkParties(l, messageID); err != nil {
		return engine.Message{}, err
	}
	m, err := c.phrases().mail(l)
	if err != nil {
		return engine.Message{}, fmt.Errorf("compose %s: %w", l.Kind, err)
	}
	m.id, m.date, m.letter = wireID(messageID, l.ReplyToken), l.Date.In(c.zone, 8, 0), l
	raw, err := m.render()
	if err == nil {
		err = m.verify(raw)
	}
	if err != nil {
		return engine.Message{}, fmt.Errorf("compose %s: %w", l.Kind, err)
	}
	sum := sha256.Sum256(raw)
	return engine.Message{Kind: l.Kind, To: l.To.Email, From: l.Sender, Subject: m.subject, MessageID: messageID,
		ReturnPath: l.ReplyTo, Text: m.withoutSecrets(), Raw: raw, Hash: hex.EncodeToString(sum[:])}, nil
}

// wireID puts the reply token into a Message-ID: the mail programs of those who
// reply send it back even when they lose the address.
func wireID(messageID, token string) string {
	if token == "" {
		return messageID
	}
	local, domain, _ := strings.Cut(messageID, "@")
	return local + "." + token + "@" + domain
}

var (
	messageIDs = pattern.New(`^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}$`)
	links      = pattern.New(`^https?://[!-~]{1,500}$`)
	tokens     = pattern.New(`^[a-z2-7]{32}$`)
	fileTypes  = pattern.New(`^[a-z]+/[a-z0-9.+-]+(; charset=utf-8)?$`)
	fileNames  = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)
)

// checkParties refuses what must never reach a header.
func checkParties(l engine.Letter, messageID string) error {
	if why := refuseAddress(l.To.Email); why != "" {
		return engine.Errorf(engine.Invalid, "the address of %s %s; correct it and try again", nameOf(l.To, l.Organisation), why)
	}
	if why := refuseAddress(l.Sender); why != "" {
		return engine.Errorf(engine.Unavailable, "the sender address of %s %s; correct the settings", l.Municipality, why)
	}
	if why := refuseAddress(l.Coordinator.Email); why != "" {
		return engine.Errorf(engine.Unavailable, "the address of the coordinator of %s %s; correct the settings", l.Municipality, why)
	}
	if _, err := engine.ParseDate(string(l.Date)); err != nil {
		return fmt.Errorf("compose: a letter without a day: %w", err)
	}
	if !messageIDs.MatchString(messageID) {
		return fmt.Errorf("compose: %q is no Message-ID", messageID)
	}
	if err := checkReply(l); err != nil {
		return err
	}
	if l.Link != "" && !links.MatchString(l.Link) {
		return fmt.Errorf("compose: the link of the letter is no web address")
	}
	for _, a := range l.Attachments {
		if !fileNames.MatchString(a.Name) || !fileTypes.MatchString(a.Type) {
			return fmt.Errorf("compose: %q of type %q cannot be attached", a.Name, a.Type)
		}
	}
	return nil
}

// checkReply refuses a letter that its addressee could not answer, or whose
// answer nobody could tell from another.
func checkReply(l engine.Letter) error {
	if l.ReplyTo != "" {
		if why := refuseAddress(l.ReplyTo); why != "" {
			return engine.Errorf(engine.Unavailable, "the address for replies of %s %s; correct the settings", l.Municipality, why)
		}
	}
	if l.ReplyToken != "" && !tokens.MatchString(l.ReplyToken) {
		return fmt.Errorf("compose: the reply token of the letter is not of our making")
	}
	if !toOrganisation(l) {
		return nil
	}
	if l.Link == "" && l.ReplyTo == "" {
		return fmt.Errorf("compose: a letter of kind %q that offers neither a link nor a reply", l.Kind)
	}
	if l.ReplyTo != "" && l.ReplyToken == "" {
		return fmt.Errorf("compose: a letter of kind %q to be replied to without a reply token", l.Kind)
	}
	return nil
}

// asks reports whether a letter asks for answers.
func asks(l engine.Letter) bool {
	switch l.Kind {
	case engine.LetterRequest, engine.LetterReminder, engine.LetterDeadline, engine.LetterReturned:
		return true
	}
	return false
}

// toOrganisation reports whether a letter goes to who is asked, and can be
// answered.
func toOrganisation(l engine.Letter) bool { return asks(l) || l.Kind == engine.LetterReceipt }

// byReply reports whether a reply to the letter is read as an answer.
func byReply(l engine.Letter) bool { return l.ReplyTo != "" && toOrganisation(l) }

func nameOf(c engine.Contact, organisation string) string {
	if organisation != "" {
		return organisation
	}
	return c.Name
}

// withoutSecrets is the text as it may be kept: who has the link or the reply
// token can speak for the organisation.
func (m mail) withoutSecrets() string {
	text := m.text
	for _, hide := range [][2]string{{m.letter.Link, m.linkWord}, {m.letter.ReplyToken, m.tokenWord}} {
		if hide[0] != "" {
			text = strings.ReplaceAll(text, hide[0], hide[1])
		}
	}
	return text
}
