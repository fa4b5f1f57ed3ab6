package web

import (
	"net/url"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// boardSize is how many organisations one page of the board shows.
const boardSize = 25

// A board says who has answered in a season and who has not.
type board struct {
	seasonProgress
	Bodies   int // organisations asked
	Answered int // of them, those that answered anything
	Silent   int
	Filters  []boardFilter
	Filter   string
	Query    string
	Rows     []boardRow
	Pager    pager
	MayAsk   bool
	Ticks    bool // some of the rows may be asked again
}

// A boardFilter is one way to see a part of the board.
type boardFilter struct {
	Key, Href string
	Count     int
	Current   bool
}

// A boardRow is one organisation on the board.
type boardRow struct {
	workflows.BoardRow
	Flags   bodyFlags
	Outcome engine.MessageState // of the last letter, "" while there is none
	Refused engine.Refusal      // why it would not be asked again
}

// boardFilters are the parts of the board: a word of the address, the key of
// its name, and which rows it holds.
var boardFilters = []struct {
	word, key string
	holds     func(r workflows.BoardRow) bool
}{
	{"", "board.all", func(workflows.BoardRow) bool { return true }},
	{"mlci", "board.silent", func(r workflows.BoardRow) bool { return r.Stands() == engine.StandsSilent }},
	{"odpovedely", "board.answered", func(r workflows.BoardRow) bool { return r.Own > 0 }},
	{"potize", "board.trouble", workflows.BoardRow.Trouble},
}

func newBoard(v visit, p seasonProgress, bodies map[string]engine.Organisation) (*board, error) {
	q := v.r.URL.Query()
	b := &board{seasonProgress: p, Filter: q.Get("jen"), Query: strings.TrimSpace(q.Get("hledat")), MayAsk: v.may(engine.RightDecide, v.today())}
	all, err := v.office.Board(v.r.Context(), p.Season, bodies)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Own > 0 {
			b.Answered++
		}
		if r.Stands() == engine.StandsSilent {
			b.Silent++
		}
	}
	b.Bodies = len(all)
	shown := b.part(all)
	b.Pager = newPager(v.r, boardSize, len(shown))
	return b, b.fill(v, paged(b.Pager, pressing(v.tongue, b.Pager, shown)))
}

// pressing puts the rows that need most first, and what is on the page in the
// order of names: the rest is never seen, and sorting names is slow.
func pressing(t *tongue, p pager, rows []workflows.BoardRow) []workflows.BoardRow {
	out := make([]workflows.BoardRow, 0, len(rows))
	for _, s := range engine.Standpoints() {
		before := len(out)
		for _, r := range rows {
			if r.Stands() == s {
				out = append(out, r)
			}
		}
		if before < p.To() && len(out) > p.Offset() {
			sorted(t, out[before:], func(r workflows.BoardRow) string { return r.Body.Name })
		}
	}
	return out
}

// part gives the rows the filter and the search leave, and counts the others.
func (b *board) part(all []workflows.BoardRow) (shown []workflows.BoardRow) {
	current := 0
	for i, f := range boardFilters {
		if f.word == b.Filter {
			current = i
		}
	}
	wanted := strings.Fields(czech.Fold(b.Query))
	shown = make([]workflows.BoardRow, 0, len(all))
	for i, f := range boardFilters {
		n := 0
		for _, r := range all {
			if !f.holds(r) {
				continue
			}
			n++
			if i == current && called(r.Body, wanted) {
				shown = append(shown, r)
			}
		}
		q := url.Values{"plan": {b.Season.Plan}, "obdobi": {b.Season.Period.ID}}
		if f.word != "" {
			q.Set("jen", f.word)
		}
		b.Filters = append(b.Filters, boardFilter{Key: f.key, Count: n, Current: i == current, Href: "/stul?" + q.Encode() + "#odpovedi"})
	}
	b.Filter = boardFilters[current].word
	return shown
}

// called reports whether an organisation goes by all the words, each in its name
// or one of its other names, without regard to diacritics.
func called(o engine.Organisation, words []string) bool {
	if len(words) == 0 {
		return true
	}
	names := czech.Fold(o.Name + " " + strings.Join(o.Aliases, " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(names, w) })
}

// fill adds to the rows shown what became of their last letters, and who of
// them may be asked again.
func (b *board) fill(v visit, rows []workflows.BoardRow) error {
	outcomes, err := v.office.Delivered(v.r.Context(), rows)
	if err != nil {
		return err
	}
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	c := engine.Case{Municipality: m, Season: b.Season}
	for _, r := range rows {
		c.Organisation, c.Request = r.Body, r.Request
		row := boardRow{BoardRow: r, Flags: flagsOf(r.Body, v.today()), Outcome: outcomes[r.Request.Organisation], Refused: engine.MayAskAgain(c, r.Owed, v.today())}
		b.Ticks = b.Ticks || row.Refused == "" && b.MayAsk
		b.Rows = append(b.Rows, row)
	}
	return nil
}

// Again gives the way to asking all that are silent.
func (b *board) Again() string {
	q := url.Values{"plan": {b.Season.Plan}, "obdobi": {b.Season.Period.ID}, "koho": {"mlci"}}
	return "/stul/znovu?" + q.Encode()
}

// Page gives the way to the organisation.
func (r boardRow) Page() string { return bodyPath(r.Body.ID) }

func bodyPath(id string) string { return "/stul/organizace/" + url.PathEscape(id) }

// Sign stands beside the word of a standpoint.
func (r boardRow) Sign() string {
	switch r.Stands() {
	case engine.StandsAnswered:
		return "✓"
	case engine.StandsPartly, engine.StandsReturned:
		return "◐"
	case engine.StandsSilent:
		return "✗"
	}
	return "○"
}

// Tone gives the colour of a standpoint, as the state of an entry it is like.
func (r boardRow) Tone() engine.State {
	switch r.Stands() {
	case engine.StandsAnswered:
		return engine.Fulfilled
	case engine.StandsPartly, engine.StandsReturned:
		return engine.Partial
	case engine.StandsSilent:
		return engine.Unfulfilled
	}
	return engine.Planned
}

// sentSign stands beside the word of a message's outcome.
func sentSign(s engine.MessageState) string {
	switch s {
	case engine.Sent:
		return "✓"
	case engine.Failed, engine.Bounced, engine.Held, engine.Stopped:
		return "✗"
	case engine.Unsure:
		return "?"
	case engine.Queued, engine.Retry:
	}
	return "…"
}
