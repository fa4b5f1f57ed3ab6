package main

import (
	"context"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/store/planfile"
	"splneno/workflows"
)

// readCommand shows how a phrase is understood.
type readCommand struct {
	Deadline readDeadlineCommand `cmd:"" help:"How a term is read, as JSON."`
	Status   readStatusCommand   `cmd:"" help:"How words about a status are read, as JSON."`
	Reply    readReplyCommand    `cmd:"" help:"How a mail that answers is read, as JSON."`
}

// readDeadlineCommand reads a term.
type readDeadlineCommand struct {
	Text []string `arg:"" help:"The term as the plan prints it."`
	Year int      `help:"Year of the plan, for a term that names none."`
}

// Help gives the example of --help.
func (readDeadlineCommand) Help() string {
	return "Example: splneno read deadline --year 2024 'a), b) 2023 c) do 30. 6.'"
}

// Run reads and prints.
func (r readDeadlineCommand) Run(w *world) error {
	return planfile.WriteDeadlineJSON(w.out, czech.ReadDeadline(strings.Join(r.Text, " "), r.Year))
}

// readStatusCommand reads words about a status.
type readStatusCommand struct {
	Text []string          `arg:"" help:"A word or a sentence, Czech or Slovak."`
	Word map[string]string `placeholder:"WORD=STATUS" help:"A word of your own and the status it means; repeat for each. Added to those of the municipality."`
}

// Help gives the example of --help.
func (readStatusCommand) Help() string {
	return "Example: splneno read status 'úkol stále trvá'"
}

// Run reads and prints.
func (r readStatusCommand) Run(ctx context.Context, c *command, w *world) error {
	own := map[string]string{}
	if databaseThere(c.DB) {
		err := c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
			m, err := o.Records.Municipality(ctx)
			if engine.CodeOf(err) == engine.NotFound {
				return nil
			}
			for word, status := range m.StatusWords {
				own[word] = status
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for word, status := range r.Word {
		if !knownStatus(status) {
			return engine.Errorf(usage, "%q is no status; a word can mean %s", status, statusList())
		}
		own[word] = status
	}
	s := czech.ReadStatusPhrase(strings.Join(r.Text, " "), own)
	return w.json(struct {
		Status    czech.Status `json:"status"`
		Qualifier string       `json:"qualifier"`
		Certain   bool         `json:"certain"`
		Raw       string       `json:"raw"`
	}{s.Status, s.Qualifier, s.Certain, s.Raw})
}

func knownStatus(status string) bool {
	for _, s := range czech.Statuses() {
		if string(s) == status {
			return true
		}
	}
	return false
}

func statusList() string {
	var names []string
	for _, s := range czech.Statuses() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}
