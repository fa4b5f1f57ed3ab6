package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// An Asking is how and when an evaluation was asked about: what its chapter on
// methods says.
type Asking struct {
	Day      Date      // the day the status requests were made, "" where nobody was asked by mail
	AnswerBy Date      // the last day most of them were to be answered by
	Letters  []MailDay // days on which letters left to the bodies
	Channels []ChannelCount
}

// A MailDay is a day on which letters left, and to how many bodies.
type MailDay struct {
	Day    Date
	Bodies int
}

// A ChannelCount says how many of the answers an evaluation rests on came by a channel.
type ChannelCount struct {
	Channel Channel
	Answers int
}

// An Unheard body was written to and owes an answer about units nobody answered
// about, or about those each answers about.
type Unheard struct {
	Organisation string
	Written      []Date // days letters left to it
	Activities   []string
}

// A YearTotals is what became of the promises of one period.
type YearTotals struct {
	Period string
	Totals Totals
}

// A NextPart is the part of the plan that is to be done after the period: what
// goes on and what is new.
type NextPart struct {
	Title string // of the plan that holds it, where that is another one
	Year  int    // the year it is for, 0 when none can be said
	Rows  []NextRow
}

// A NextRow is one activity of the next part. ID is "" for what has no code yet.
type NextRow struct {
	ID, Title   string
	From        []string // ids of the rows of this evaluation it goes on from; none for a new one
	Responsible string
	Deadline    string
}

// A RowChange says what a restatement tells otherwise about one row.
type RowChange struct {
	ID     string
	Fields []string // by name, in the order of a row: "status", "narrative", …; "new" or "gone" for a row that came or went
}

// A Proof is the line of the journal behind an official result: whoever has the
// journal, or one of its heads, can hold it against that.
type Proof struct {
	Line int64 // 0 where there is none
	Hash string
}

// Told gives the evaluation as documents have it: of what the organisations
// wrote in their own words only the hash, and no list of people. What was
// approved stays.
func (e Evaluation) Told() Evaluation {
	e.People = nil
	e.Areas = slices.Clone(e.Areas)
	for i := range e.Areas {
		e.Areas[i].Measures = slices.Clone(e.Areas[i].Measures)
		for j := range e.Areas[i].Measures {
			m := &e.Areas[i].Measures[j]
			m.Activities = slices.Clone(m.Activities)
			for k := range m.Activities {
				m.Activities[k].Answers = told(m.Activities[k].Answers)
			}
		}
	}
	return e
}

// told leaves out the texts whose hash stands beside them. An evaluation made
// before there were such hashes keeps its texts: its digest covers them.
func told(answers []GivenAnswer) []GivenAnswer {
	out := slices.Clone(answers)
	for i := range out {
		if out[i].TextHash != "" {
			out[i].Text = ""
		}
	}
	return out
}

// textHash gives the hash of an answer's own words, "" for none.
func textHash(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// WordsFit reports whether the answers' own words, where they stand, are those
// their hashes were made of: a digest covers the hashes alone.
func (e Evaluation) WordsFit() bool {
	for _, r := range e.Rows() {
		for _, a := range r.Answers {
			if a.Text != "" && a.TextHash != "" && textHash(a.Text) != a.TextHash {
				return false
			}
		}
	}
	return true
}
