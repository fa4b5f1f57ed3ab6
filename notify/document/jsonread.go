package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"splneno/engine"
)

// The bounds of what is read. A real evaluation of 4,000 activities has 10 MB.
const (
	maxData  = 64 << 20
	maxDepth = 12
)

// ReadEvaluation reads what [Maker.Documents] writes as JSON, and what every
// document carries inside. A name it does not know is refused, not skipped: a
// newer version may have put something there that the digest covers.
func ReadEvaluation(data []byte) (engine.Evaluation, error) {
	j, err := readJSON(data)
	if err != nil {
		return engine.Evaluation{}, err
	}
	return j.value(), nil
}

// readJSON reads the file as it is, with its digest and seal.
func readJSON(data []byte) (jsonEvaluation, error) {
	var j jsonEvaluation
	if len(data) == 0 {
		return j, engine.Errorf(engine.Invalid, "it carries no evaluation: it is none of our documents, or was saved without what it carried")
	}
	if err := checkBounds(data); err != nil {
		return j, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil {
		if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
			return j, engine.Errorf(engine.Invalid, "the data hold %.60s, which this program does not know; a newer version made the file, or it is none of ours", name)
		}
		return j, engine.Errorf(engine.Invalid, "the data are no evaluation of ours: %w", err)
	}
	if j.Municipality == "" && j.PlanID == "" && j.Period == "" {
		return j, engine.Errorf(engine.Invalid, "the data name no municipality, plan and period; they are no evaluation of ours")
	}
	switch state := engine.EvaluationState(j.State); {
	case state != engine.EvaluationDraft && state != engine.EvaluationApproved, state == engine.EvaluationDraft && j.Publicized:
		return j, engine.Errorf(engine.Invalid, "the data say %.60q of how far the evaluation is; one of ours is a draft or approved, and only an approved one is for everybody", j.State)
	}
	return j, nil
}

// checkBounds refuses what is no honest file of ours before it is read.
func checkBounds(data []byte) error {
	switch {
	case len(data) > maxData:
		return engine.Errorf(engine.Invalid, "the data have %d MB; an evaluation has %d at most", len(data)>>20, maxData>>20)
	case !utf8.Valid(data):
		return engine.Errorf(engine.Invalid, "the data are no UTF-8; take the file as it was made")
	}
	return checkNames(data)
}

// checkNames refuses an object that says a thing twice: one reader would take
// the first, another the last, and the digest fits one of them only.
func checkNames(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	var open []map[string]bool // names seen in every object that is open, nil for a list
	name := true               // in an object the next text is a name
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return engine.Errorf(engine.Invalid, "the data are damaged: %w", err)
		}
		if delim, ok := token.(json.Delim); ok {
			switch delim {
			case '{':
				open = append(open, map[string]bool{})
			case '[':
				open = append(open, nil)
			default:
				open = open[:len(open)-1]
			}
			if len(open) == 0 && d.More() || len(open) > maxDepth {
				return engine.Errorf(engine.Invalid, "the data are no evaluation of ours: something follows it, or it is nested too deeply")
			}
			name = true
			continue
		}
		if len(open) == 0 || open[len(open)-1] == nil {
			continue
		}
		if text, ok := token.(string); ok && name {
			// Names that differ in case only mean the same to some readers.
			if text = strings.ToLower(text); open[len(open)-1][text] {
				return engine.Errorf(engine.Invalid, "the data say %.60q twice; they were changed after they were made", text)
			}
			open[len(open)-1][text] = true
			name = false
			continue
		}
		name = true
	}
}

func (j jsonEvaluation) value() engine.Evaluation {
	e := engine.Evaluation{Municipality: j.Municipality, Plan: j.PlanID, PlanTitle: j.Plan, Funding: j.Funding, Levels: engine.Levels(j.Levels),
		Period: engine.Period{ID: j.Period, Start: engine.Date(j.PeriodStart), End: engine.Date(j.PeriodEnd)},
		State:  engine.EvaluationState(j.State), Number: j.Number, Reason: j.Reason, MadeAt: moment(j.MadeAt),
		Totals: engine.Totals(j.Totals), Asked: j.Asked, Answered: j.Answered, Silent: j.Silent, Demo: j.Demo,
		Foreword: j.Foreword, Conclusion: j.Conclusion, Continues: some(j.Continues), Areas: read(j.Areas, jsonArea.value), Changes: some(j.Changes),
		Territory: j.Territory, Approvals: read(j.Approvals, jsonApproval.value), Asking: j.Asking.value(), Unheard: read(j.Unheard, jsonUnheard.value),
		Years: read(j.Years, jsonYear.value), Next: j.Next.value(), Publicized: j.Publicized,
		Services: read(j.Services, func(s jsonService) engine.Service { return engine.Service(s) }),
		Projects: read(j.Projects, func(p jsonProject) engine.Project { return engine.Project(p) }),
		Edits:    read(j.Edits, func(x jsonEdit) engine.Edit { return engine.Edit{Key: x.Key, Before: x.Before, After: some(x.After)} }),
		Changed:  read(j.Changed, func(x jsonRowChange) engine.RowChange { return engine.RowChange{ID: x.ID, Fields: some(x.Fields)} })}
	if len(j.StatusNames) > 0 {
		e.StatusNames = j.StatusNames
	}
	if j.Frozen != nil {
		e.FrozenAt, e.FrozenBy, e.Hash, e.First = moment(j.Frozen.At), j.Frozen.By, j.Frozen.Hash, j.Frozen.First
	}
	return e
}

// statement is what the seal of an evaluation is put on. It must not be changed:
// documents that are out in the world bear seals of it. The digest covers the
// rest, which town and plan and period among it.
func statement(e engine.Evaluation, digest string) []byte {
	lines := []string{"splneno evaluation 1", string(e.State), strconv.Itoa(e.Number), e.Hash, instant(e.FrozenAt), e.FrozenBy, digest}
	b, err := json.Marshal(slices.Concat(lines, []string{e.Municipality, e.Plan, e.Period.ID}))
	if err != nil {
		panic(err) // unreachable: texts can always be written
	}
	return b
}
