package planfile

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// A statusCell is where a row's status stands, and what shares its lines.
type statusCell struct {
	before string // the responsible party on the same line
	status string
	rest   string // the first words of the narrative
	lines  int    // how many lines the cell runs over
}

const longestParty = 4 // words on the line of a status

// statusAt reads the status column at line i. Only a line that begins with a
// status word counts, or one after a gap with nothing but a short name or a
// responsible party before it.
func statusAt(lines []line, i int) (statusCell, bool) {
	before, status, rest, ok := czech.CutStatus(lines[i].text)
	if !ok {
		return statusCell{}, false
	}
	if before != "" {
		name := czech.IsName(before) && len(strings.Fields(before)) <= longestParty
		if i == 0 || !lines[i-1].blank() || !name && !czech.IsParty(before, nil) {
			return statusCell{}, false
		}
	}
	cell := statusCell{before, status, rest, 1}
	if rest == "" {
		cell.unwrap(lines[i+1:])
	}
	return cell, true
}

func isStatusLine(lines []line, i int) bool {
	_, ok := statusAt(lines, i)
	return ok
}

// unwrap takes the lines of a status that is wrapped: its qualifier in brackets.
func (c *statusCell) unwrap(after []line) {
	const longest = 3
	joined := c.status
	for n, l := range after {
		if n >= longest || l.blank() {
			return
		}
		joined += " " + l.text
		if _, q, ok := czech.ReadStatus(joined); ok && q != "" {
			c.status, c.lines = joined, n+2
			return
		}
	}
}

// row reads one row from its lines; the first is where it begins.
func (b *builder) row(s section, lines []line, st start) engine.ActivityDraft {
	a := newRow(s, lines[0])
	at := 0
	for at < len(lines) && !isStatusLine(lines, at) {
		at++
	}
	cell, _ := statusAt(lines, at)
	end := 0 // of the first group of lines: the activity's cell
	for end < at && !lines[end].blank() {
		end++
	}
	activity, responsible := lines[:end], lines[end:at]
	narrative := append([]line{{no: lines[at].no, text: cell.rest}}, lines[at+cell.lines:]...)
	activity, narrative = b.rejoin(&a, activity, narrative)

	if cell.before != "" && !czech.IsParty(cell.before, b.known) {
		b.warn(lines[at].no, lines[at].text, "taken for the responsible party and the status, though the party is not known")
		a.Unsure = append(a.Unsure, "responsible", "status")
	}
	a.StatusRaw = cell.status
	sourced(&a, "status", lines[at].no)
	a.Status, a.Qualifier, _ = czech.ReadStatus(cell.status)
	b.describeRow(&a, s, activity, st)
	raw, no := czech.Squeeze(joinText(responsible)+" "+cell.before), firstNumber(append(responsible, lines[at]))
	b.responsible(&a, raw, no)
	if raw != "" {
		sourced(&a, "responsible", no)
	}
	a.Narrative = narrate(narrative)
	if a.Narrative != "" {
		sourced(&a, "narrative", firstNumber(narrative))
	}
	if a.Narrative == "" {
		a.Unsure = append(a.Unsure, "narrative")
		b.warn(a.Line, a.Title, "no narrative is printed; the row before may speak for both")
	}
	a.Deadline = czech.ReadDeadline("", 0)
	return a
}

// firstNumber is the number of the first line that is not blank, 0 when none is.
func firstNumber(lines []line) int {
	for _, l := range lines {
		if !l.blank() {
			return l.no
		}
	}
	return 0
}

func joinText(lines []line) string {
	var texts []string
	for _, l := range lines {
		if !l.blank() {
			texts = append(texts, l.text)
		}
	}
	return strings.Join(texts, " ")
}

// rejoin brings home what a page break tore from the activity's cell. It is
// sure where a bracket was left open: the piece that closes it, and a tag right
// behind it, belong to the activity. Both are still reported.
func (b *builder) rejoin(a *engine.ActivityDraft, activity, narrative []line) (cell, rest []line) {
	missing := depth(joinText(activity))
	if missing <= 0 {
		return activity, narrative
	}
	for i, l := range narrative {
		if !strings.HasPrefix(l.raw, " ") || l.blank() {
			continue
		}
		if end := closing(narrative, i, missing); end > 0 {
			end = withTag(narrative, i, end)
			b.warn(l.no, joinText(narrative[i:end]), "joined to the activity across a page break, since its bracket was open")
			a.Unsure = append(a.Unsure, "details")
			return append(activity[:len(activity):len(activity)], narrative[i:end]...), append(narrative[:i:i], narrative[end:]...)
		}
	}
	b.warn(a.Line, joinText(activity), "the activity ends in an open bracket; its rest is not found")
	return activity, narrative
}

// depth counts brackets left open, negative when more close.
func depth(s string) int { return strings.Count(s, "(") - strings.Count(s, ")") }

// closing gives the end of the piece from i on that closes the open brackets,
// 0 when the lines up to the next blank one do not.
func closing(lines []line, i, open int) int {
	const longest = 20
	for last := min(len(lines), i+longest); i < last && !lines[i].blank(); i++ {
		if open += depth(lines[i].text); open <= 0 {
			return i + 1
		}
	}
	return 0
}

// withTag stretches the piece from i to end over a tag in it or right behind it.
func withTag(lines []line, i, end int) int {
	tagged := false
	for ; i < len(lines); i++ {
		if _, ok := czech.ReadTag(lines[i].text); ok {
			tagged = true
		} else if i >= end && (!tagged || lines[i].blank()) {
			break
		}
	}
	return max(i, end)
}

var (
	label   = pattern.New(`^(\d{1,2}\.) ?`)
	opening = pattern.New(`(?:^|\s)\(`)
)

// describeRow reads the activity's cell: label, title, details in brackets,
// ":" bullets and tags. A row without a title is called as its measure.
func (b *builder) describeRow(a *engine.ActivityDraft, s section, lines []line, st start) {
	var title, items []string
	var titled, detailed []int // the lines they were read from
	tagging := false
	for _, l := range lines {
		code, isTag := czech.ReadTag(l.text)
		switch {
		case l.blank():
		case isTag:
			a.Tags, tagging = append(a.Tags, code), true
		case tagging: // the title of the measure the tag names
		case bullet.MatchString(l.text):
			detailed = append(detailed, l.no)
			items = append(items, strings.TrimSpace(strings.TrimPrefix(l.text, ":")))
		case len(items) > 0:
			items[len(items)-1] += " " + l.text
		default:
			title = append(title, l.text)
			titled = append(titled, l.no)
			if opening.MatchString(l.text) {
				detailed = append(detailed, l.no)
			}
		}
	}
	text := strings.Join(title, " ")
	if st.number > 0 {
		a.Label = label.FindStringSubmatch(text)[1]
		text = label.ReplaceAllString(text, "")
	}
	a.Title, a.Details = cutBrackets(text)
	a.Title = strings.TrimRight(a.Title, " :")
	a.Details = append(a.Details, items...)
	if a.Title == "" {
		a.Title, titled = s.measure.Title, []int{s.line}
	}
	sourced(a, "title", titled[0])
	if len(a.Details) > 0 && len(detailed) > 0 {
		sourced(a, "details", slices.Min(detailed))
	}
}

// cutBrackets takes the bracketed groups at the end of a title off.
func cutBrackets(text string) (title string, details []string) {
	at := opening.FindStringIndex(text)
	if at == nil {
		return text, nil
	}
	open, from := 0, 0
	for i, r := range text {
		switch {
		case r == '(':
			if open == 0 {
				from = i + 1
			}
			open++
		case r == ')' && open > 0:
			if open--; open == 0 && from > at[0] {
				details = append(details, strings.TrimSpace(text[from:i]))
			}
		}
	}
	if open > 0 {
		details = append(details, strings.TrimSpace(text[from:]))
	}
	return strings.TrimSpace(text[:at[0]]), details
}
