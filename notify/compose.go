package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"

	"splneno/engine"
)

// A Composer phrases letters in Czech. It is safe for concurrent use.
type Composer struct {
	zone    *time.Location
	phrases phrases
}

// NewComposer reads the templates.
func NewComposer() (*Composer, error) {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	p, err := readPhrases("templates/cs")
	if err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	return &Composer{zone: zone, phrases: p}, nil
}

// Compose gives the mail of a letter: Kind, To, From, Subject, MessageID, Text,
// Raw and Hash. The same letter and Message-ID give the same bytes. Invalid
// means that the addressee cannot be written to, and names him; every other
// error is about the municipality's own settings or about the letter.
func (c *Composer) Compose(l engine.Letter, messageID string) (engine.Message, error) {
	l = cleanLetter(l)
	if err := checkParties(l, messageID); err != nil {
		return engine.Message{}, err
	}
	m, err := c.phrases.mail(l)
	if err != nil {
		return engine.Message{}, fmt.Errorf("compose %s: %w", l.Kind, err)
	}
	m.id, m.date, m.letter = messageID, l.Date.In(c.zone, 8, 0), l
	raw, err := m.render()
	if err == nil {
		err = m.verify(raw)
	}
	if err != nil {
		return engine.Message{}, fmt.Errorf("compose %s: %w", l.Kind, err)
	}
	sum := sha256.Sum256(raw)
	return engine.Message{Kind: l.Kind, To: l.To.Email, From: l.Sender, Subject: m.subject, MessageID: messageID,
		Text: m.withoutLink(), Raw: raw, Hash: hex.EncodeToString(sum[:])}, nil
}

var (
	messageIDs = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}$`)
	links      = regexp.MustCompile(`^https?://[!-~]{1,500}$`)
	fileTypes  = regexp.MustCompile(`^[a-z]+/[a-z0-9.+-]+(; charset=utf-8)?$`)
	fileNames  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)
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

func nameOf(c engine.Contact, organisation string) string {
	if organisation != "" {
		return organisation
	}
	return c.Name
}

// withoutLink is the text as it may be kept: the link is a secret.
func (m mail) withoutLink() string {
	if m.letter.Link == "" {
		return m.text
	}
	return strings.ReplaceAll(m.text, m.letter.Link, m.linkWord)
}
