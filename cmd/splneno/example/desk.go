package example

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"splneno/engine"
)

//go:embed desk.json
var desk []byte

// A Desk is what the coordinator of the demo decides beside the answers.
type Desk struct {
	Foreword   string `json:"foreword"` // of the first evaluation
	Conclusion string `json:"conclusion"`
	Reworded   struct {
		From string `json:"from"`
		To   string `json:"to"`
	} `json:"reworded"` // in the Word document of its draft
	Published  engine.Date `json:"published"`
	Meetings   []Meeting   `json:"meetings"`
	Region     Region      `json:"region"`
	Town       Town        `json:"town"`       // another one of the region
	Resolution Resolution  `json:"resolution"` // about it
	NextPlan   struct {
		Title string      `json:"title"`
		Start engine.Date `json:"start"`
		End   engine.Date `json:"end"`
	} `json:"next_plan"`
	Approval struct {
		Body   string      `json:"body"`
		Day    engine.Date `json:"day"`
		Place  string      `json:"place"`
		Reason string      `json:"reason"`
	} `json:"approval"` // of the next plan
	Amendment Amendment `json:"amendment"` // of the next plan
	Ended     struct {
		Organisation string      `json:"organisation"`
		Day          engine.Date `json:"day"`
		Successor    string      `json:"successor"`
	} `json:"ended"`
	Quiet struct {
		Organisation string `json:"organisation"`
		From         string `json:"from"`
		To           string `json:"to"`
		Why          string `json:"why"`
	} `json:"quiet"`
	Opening string `json:"opening"` // of the yearly request
	Closing string `json:"closing"`
	Partial string `json:"partial"` // the town's word for what is fulfilled in part
	Funding string `json:"funding"`
	DaysOff []struct {
		Day engine.Date `json:"day"`
		Why string      `json:"why"`
	} `json:"days_off"`
	Moved struct {
		Organisation string `json:"organisation"`
		By           int    `json:"by"` // days
	} `json:"moved"` // the request of the season that is prepared
	Stopped struct {
		Organisation string `json:"organisation"`
	} `json:"stopped"` // its first reminder
	Accounts []struct {
		Name  string      `json:"name"`
		Email string      `json:"email"`
		Role  engine.Role `json:"role"`
		For   string      `json:"for"`
		From  engine.Date `json:"from"`
		Until engine.Date `json:"until"`
	} `json:"accounts"` // invited, beside the coordinator's own
}

// A Meeting of the steering group is called about the season of that time.
type Meeting struct {
	Called engine.Date `json:"called"`
	Day    engine.Date `json:"day"`
	Time   string      `json:"time"`
	Place  string      `json:"place"`
}

// A Town is another municipality of the demo's database.
type Town struct {
	Tenant      string `json:"tenant"`
	Name        string `json:"name"`
	District    string `json:"district"`
	Coordinator Person `json:"coordinator"`
	Sender      string `json:"sender"`
	Plan        string `json:"plan"` // id
}

// A Region takes in on a day what its towns deliver, and reads it in its way.
type Region struct {
	Town
	Day       engine.Date             `json:"day"`
	Districts []string                `json:"districts"`
	Results   []engine.RegionalResult `json:"results"`
	Areas     []engine.AreaMapping    `json:"areas"`
}

// A Resolution is typed in from the minutes.
type Resolution struct {
	Day    engine.Date `json:"day"`
	Number string      `json:"number"`
	Body   string      `json:"body"`
	Text   string      `json:"text"`
	Items  []struct {
		Activity string          `json:"activity"`
		Next     engine.NextStep `json:"next"`
		Note     string          `json:"note"`
	} `json:"items"`
}

// An Amendment changes one activity and adds another.
type Amendment struct {
	Day         engine.Date `json:"day"`
	Body        string      `json:"body"`
	Activity    string      `json:"activity"`
	Deadline    string      `json:"deadline"`
	Reason      string      `json:"reason"`
	Measure     string      `json:"measure"`
	Title       string      `json:"title"`
	Responsible string      `json:"responsible"`
	NewDeadline string      `json:"new_deadline"`
	NewReason   string      `json:"new_reason"`
}

// TheDesk gives what she decides.
func TheDesk() (Desk, error) {
	var d Desk
	if err := json.Unmarshal(desk, &d); err != nil {
		return d, fmt.Errorf("demo desk: %w", err)
	}
	return d, nil
}
