package main

import (
	"context"
	"os"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// readReplyCommand reads a mail.
type readReplyCommand struct {
	File string `arg:"" help:"A mail as a file, with its header."`
}

// Help gives the example of --help.
func (readReplyCommand) Help() string {
	return "Example: splneno read reply odpoved.eml\nWith a database (--db) the token in the mail says what was asked; without one, numbers and codes stand for themselves."
}

// A replyJSON is what read reply prints (design.md).
type replyJSON struct {
	Kind     engine.MailKind `json:"kind"`
	Answers  []answerJSON    `json:"answers"`
	Own      string          `json:"own"`
	Quoted   string          `json:"quoted"`
	Trust    engine.Channel  `json:"trust"`
	Certain  bool            `json:"certain"`
	Verified bool            `json:"verified"`
	Wrong    []string        `json:"wrong,omitempty"`
	Report   *reportJSON     `json:"report,omitempty"`
	Absence  *absenceJSON    `json:"absence,omitempty"`
	Files    []fileJSON      `json:"files,omitempty"`
}

type reportJSON struct {
	Action    string `json:"action"`
	Status    string `json:"status"`
	Recipient string `json:"recipient"`
	Detail    string `json:"detail"`
}

type absenceJSON struct {
	Until  engine.Date `json:"until"`
	Deputy string      `json:"deputy"`
	Email  string      `json:"email"`
}

type fileJSON struct {
	Name    string             `json:"name"`
	Type    string             `json:"type"`
	Size    int                `json:"size"`
	Problem engine.FileProblem `json:"problem"`
}

type answerJSON struct {
	Item      string       `json:"item"`
	Status    engine.State `json:"status"`
	Qualifier string       `json:"qualifier,omitempty"`
	Text      string       `json:"text"`
	Certain   bool         `json:"certain"`
}

// Run reads and prints; it stores nothing.
func (r readReplyCommand) Run(ctx context.Context, c *command, w *world) error {
	raw, err := os.ReadFile(r.File)
	if err != nil {
		return engine.Errorf(engine.Invalid, "the mail cannot be read: %w", err)
	}
	reader, err := c.reader(nil)
	if err != nil {
		return err
	}
	var found *engine.Case
	in := engine.Inbound{Raw: raw, ReceivedAt: w.now()}
	read := func(*installation, *workflows.Office) (err error) {
		if in.Mail, err = reader.Read(ctx, in); err == nil && !in.Mail.Date.IsZero() {
			in.ReceivedAt = in.Mail.Date // a file is read as on the day it was written
			in.Mail, err = reader.Read(ctx, in)
		}
		return err
	}
	if databaseThere(c.DB) {
		err = c.with(ctx, w.now, func(place *installation, o *workflows.Office) (err error) {
			reader = place.reader
			if err := read(place, o); err != nil {
				return err
			}
			found, err = o.CaseOfMail(ctx, in.Mail)
			return err
		})
	} else {
		err = read(nil, nil)
	}
	if err != nil {
		return err
	}
	return printReply(w, in.Mail, found)
}

func printReply(w *world, m engine.Mail, found *engine.Case) error {
	out := replyJSON{Kind: m.Kind, Answers: []answerJSON{}, Own: m.Own, Quoted: m.Quoted, Trust: engine.ByNone, Verified: m.Verified,
		Wrong: m.Suspicious}
	if r := m.Report; r != nil {
		out.Report = &reportJSON{r.Action, r.Status, r.Recipient, r.Detail}
	}
	if a := m.Absence; a != nil {
		out.Absence = &absenceJSON{a.Until, a.Deputy.Name, a.Deputy.Email}
	}
	for _, f := range m.Files {
		out.Files = append(out.Files, fileJSON{f.Name, f.Type, f.Size, f.Problem})
	}
	if m.Unreadable != "" {
		out.Wrong = append(out.Wrong, m.Unreadable)
	}
	if m.Forged {
		out.Wrong = append(out.Wrong, "forged")
	}
	var items []engine.ReplyItem
	var words map[string]string
	switch {
	case found != nil:
		items, words, out.Trust = found.ReplyItems(), found.Municipality.StatusWords, found.TrustIn(m)
	case len(m.Tokens) > 0:
		out.Trust = engine.ByToken
	}
	if m.Kind == engine.MailAnswer && strings.TrimSpace(m.Own) != "" {
		reading := czech.ReadReply(m.Own, items, words)
		out.Certain = reading.Certain && !reading.Nothing
		for _, a := range reading.Answers {
			out.Answers = append(out.Answers, answerJSON{a.Item, a.Status, a.Qualifier, a.Text, a.Certain})
		}
	}
	return w.json(out)
}
