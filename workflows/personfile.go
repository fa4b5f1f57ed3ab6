package workflows

import (
	"encoding/json"
	"time"

	"splneno/engine"
)

// A personDocument is what is stored about a person, to be handed over (GDPR,
// article 15 and 20). The names of its fields are for programs and stay.
type personDocument struct {
	Made     time.Time       `json:"made"`
	Town     string          `json:"municipality"`
	Email    string          `json:"email,omitempty"`
	Names    []string        `json:"names"`
	Contacts []personContact `json:"contacts"`
	Accounts []personAccount `json:"accounts"`
	Steering bool            `json:"steering_group"`
	Blocked  bool            `json:"blocked_sender"`
	Answers  []personAnswer  `json:"answers"`
	Drafts   int             `json:"unsent_drafts"`
	Sent     []personMessage `json:"mail_to_or_about"`
	Received []personMail    `json:"mail_from_or_about"`
	Versions int             `json:"named_in_earlier_versions_of_plans"`
	Decided  int             `json:"named_in_decisions"`
	Drafted  int             `json:"named_in_drafts_of_evaluations"`
	Official []string        `json:"named_in_results"`
	Lines    int             `json:"names_and_texts_in_the_journal"`
	Noted    []string        `json:"named_in_older_journal_lines_about"`
}

type personContact struct {
	Organisation string      `json:"organisation"`
	Name         string      `json:"name"`
	Email        string      `json:"email"`
	Role         string      `json:"role,omitempty"`
	Deputy       bool        `json:"deputy"`
	Proposed     bool        `json:"proposed"`
	AwayUntil    engine.Date `json:"away_until,omitempty"`
}

type personAccount struct {
	Name     string      `json:"name"`
	Email    string      `json:"email"`
	Role     engine.Role `json:"role"`
	From     engine.Date `json:"from,omitempty"`
	Until    engine.Date `json:"until,omitempty"`
	Disabled bool        `json:"disabled"`
	Created  time.Time   `json:"created"`
}

type personAnswer struct {
	Activity     string         `json:"activity"`
	Organisation string         `json:"organisation"`
	By           string         `json:"by"`
	At           time.Time      `json:"at"`
	Channel      engine.Channel `json:"channel"`
	Status       engine.State   `json:"status"`
	Done         string         `json:"done,omitempty"`
	Missing      string         `json:"missing,omitempty"`
	Question     string         `json:"question,omitempty"`
}

type personMessage struct {
	To      string    `json:"to"`
	Subject string    `json:"subject"`
	Made    time.Time `json:"made"`
	Sent    time.Time `json:"sent,omitzero"`
	State   string    `json:"state"`
	Text    string    `json:"text"`
}

type personMail struct {
	From     string    `json:"from"`
	Subject  string    `json:"subject"`
	Received time.Time `json:"received"`
	State    string    `json:"state"`
	Text     string    `json:"text"`
}

// PersonDocument writes what is stored about a person as JSON. Nothing secret
// is in it: no password, no link, no token.
func PersonDocument(f engine.PersonFile, town string, at time.Time) ([]byte, error) {
	d := personDocument{Made: at, Town: town, Email: f.Who.Email, Names: f.Names, Steering: f.Steering, Blocked: f.Blocked, Drafts: f.Drafts,
		Versions: f.Versions, Decided: f.Decisions, Drafted: f.Evaluations, Lines: f.Lines, Noted: f.Noted}
	for _, o := range f.Bodies {
		for _, c := range o.Contacts {
			if f.Who.Is(c) {
				d.Contacts = append(d.Contacts, personContact{o.Name, c.Name, c.Email, c.Role, c.Deputy, c.Proposed, c.AwayUntil})
			}
		}
	}
	for _, a := range f.Accounts {
		d.Accounts = append(d.Accounts, personAccount{a.Name, a.Email, a.Role, a.From, a.Until, a.Disabled, a.CreatedAt})
	}
	for _, p := range f.Answers {
		d.Answers = append(d.Answers, personAnswer{p.Plan + "/" + p.Period + "/" + p.Activity, p.Organisation, p.By, p.At, p.Channel,
			p.Answer.Status, p.Answer.Done, p.Answer.Missing, p.Question})
	}
	for _, m := range f.Messages {
		d.Sent = append(d.Sent, personMessage{m.To, m.Subject, m.CreatedAt, m.SentAt, string(m.State), m.Text})
	}
	for _, in := range f.Mails {
		d.Received = append(d.Received, personMail{in.Mail.From.Email, in.Mail.Subject, in.ReceivedAt, string(in.State), in.Mail.Own})
	}
	for _, k := range f.Official {
		d.Official = append(d.Official, k.Plan+"/"+k.Period+"/"+k.Activity)
	}
	return json.MarshalIndent(d, "", "  ")
}
