package example

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"splneno/engine"
)

//go:embed answers-2023.json
var answers2023 []byte

//go:embed answers-2024.json
var answers2024 []byte

// A Script is what the people of the demo say and do. All of it is invented.
type Script struct {
	Municipality struct {
		Name          string   `json:"name"`
		Sender        string   `json:"sender"`
		ReplyTo       string   `json:"reply_to"`
		Coordinator   Person   `json:"coordinator"`
		SteeringGroup []Person `json:"steering_group"`
	} `json:"municipality"`
	Tour []struct {
		Href     string `json:"href"` // {answer}, {season} and {code} are filled in
		Title    string `json:"title"`
		Sentence string `json:"sentence"`
	} `json:"tour"`
	Answering
}

// An Answering is what the organisations say about one year.
type Answering struct {
	Writer   string                  `json:"writer"`   // who fills the answer pages in
	Writers  map[string]string       `json:"writers"`  // who does for an organisation where somebody else does, by id
	Silent   []string                `json:"silent"`   // organisations that never answer
	Slow     []string                `json:"slow"`     // organisations that answer the last reminder
	Repliers map[string]Replier      `json:"repliers"` // organisations that press Reply, by id
	Mails    []ScriptMail            `json:"mails"`    // what else comes in
	Answers  map[string]ScriptAnswer `json:"answers"`  // by activity
}

// A ScriptMail is a mail somebody, or his program, writes on a day.
type ScriptMail struct {
	On           engine.Date `json:"on"`
	Program      string      `json:"program"`
	Organisation string      `json:"organisation"` // id
	Writer       string      `json:"writer"`
	Subject      string      `json:"subject"`
}

// A Replier is how an organisation answers by mail.
type Replier struct {
	Program string `json:"program"` // its mail program
	Writer  string `json:"writer"`
}

// A Person is an invented role with an address.
type Person struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Contact gives the person as the engine knows contacts.
func (p Person) Contact() engine.Contact { return engine.Contact{Name: p.Name, Email: p.Email} }

// A ScriptAnswer is what is answered about one activity and what the
// coordinator makes of it.
type ScriptAnswer struct {
	Status    engine.State    `json:"status"`
	Qualifier string          `json:"qualifier"`
	Done      string          `json:"done"`
	Missing   string          `json:"missing"`
	Next      engine.NextStep `json:"next"`
	Return    string          `json:"return"` // the question it is returned with
	Then      string          `json:"then"`   // what is answered to that
	Typed     string          `json:"typed"`  // what a reply says instead
	Waits     bool            `json:"waits"`  // the coordinator has not come to it yet
	Reopen    string          `json:"reopen"` // why the result is taken back later
	Corrected *ScriptAnswer   `json:"corrected"`
}

// Answer gives it as the engine knows answers.
func (a ScriptAnswer) Answer() engine.Answer {
	return engine.Answer{Status: a.Status, Qualifier: a.Qualifier, Done: a.Done, Missing: a.Missing}
}

// Answers2023 gives the script of the demo's year.
func Answers2023() (Script, error) {
	var s Script
	if err := json.Unmarshal(answers2023, &s); err != nil {
		return s, fmt.Errorf("demo script: %w", err)
	}
	return s, nil
}

// Answers2024 gives what the organisations say about the year after.
func Answers2024() (Answering, error) {
	var a Answering
	if err := json.Unmarshal(answers2024, &a); err != nil {
		return a, fmt.Errorf("demo script of 2024: %w", err)
	}
	return a, nil
}
