package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

func TestSpans(t *testing.T) {
	summer, winter, leap := engine.Span{From: "07-01", To: "08-31"}, engine.Span{From: "12-20", To: "01-05"}, engine.Span{From: "02-29", To: "02-29"}
	for _, c := range []struct {
		span engine.Span
		day  engine.Date
		want bool
	}{
		{summer, "2024-06-30", false}, {summer, "2024-07-01", true}, {summer, "2023-08-31", true}, {summer, "2023-09-01", false},
		{winter, "2023-12-19", false}, {winter, "2023-12-20", true}, {winter, "2023-12-31", true}, {winter, "2024-01-01", true}, {winter, "2024-01-05", true}, {winter, "2024-01-06", false},
		{leap, "2024-02-29", true}, {leap, "2023-02-28", false}, {leap, "2023-03-01", false},
		{engine.Span{From: "02-29", To: "03-02"}, "2023-03-01", true}, {engine.Span{From: "02-20", To: "02-29"}, "2023-02-28", true},
		{engine.Span{From: "01-01", To: "12-31"}, "2024-02-29", true},
	} {
		if got := c.span.Holds(c.day); got != c.want {
			t.Errorf("%v holds %s: %v", c.span, c.day, got)
		}
	}
}

func TestWindowsThatCannotBe(t *testing.T) {
	for _, w := range []engine.Window{
		{Weekdays: []int{0}}, {Weekdays: []int{6}}, {Weekdays: []int{-1}},
		{Quiet: []engine.Span{{From: "07-1", To: "08-31"}}}, {Quiet: []engine.Span{{From: "02-30", To: "03-31"}}}, {Quiet: []engine.Span{{From: "", To: "03-31"}}},
		{Quiet: []engine.Span{{From: "01-01", To: "12-31"}}}, {Quiet: []engine.Span{{From: "03-01", To: "01-15"}}}, {Quiet: []engine.Span{{From: "2024-01-01", To: "01-15"}}},
	} {
		wantCode(t, w.Check(), engine.Invalid)
	}
	for _, w := range []engine.Window{{}, {Weekdays: []int{3}, Quiet: []engine.Span{{From: "07-01", To: "08-31"}, {From: "12-20", To: "01-05"}}}, {Quiet: []engine.Span{{From: "02-29", To: "02-29"}}}} {
		if err := w.Check(); err != nil {
			t.Errorf("%v: %v", w, err)
		}
	}
}

// keeps gives the body of the book a window.
func (b *book) keeps(id string, w engine.Window) {
	o := b.organisations[id]
	o.Window = w
	b.organisations[id] = o
}

// Asked on 10 January 2024, a Wednesday; by the ladder 24 January, 1 and 9 February.
func TestLettersKeepTheWindow(t *testing.T) {
	tests := []struct {
		name   string
		window engine.Window
		want   []string
	}{
		{"Mondays only", engine.Window{Weekdays: []int{1}}, []string{"2024-01-15 request 1.1/1:request", "2024-01-29 reminder 1.1/1:reminder",
			"2024-02-05 reminder 1.1/1:reminder", "2024-02-12 escalated, 1 open"}},
		{"a short closure", engine.Window{Quiet: []engine.Span{{From: "01-22", To: "01-26"}}}, []string{"2024-01-10 request 1.1/1:request",
			"2024-01-29 reminder 1.1/1:reminder", "2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"nobody is in on the day to answer by", engine.Window{Quiet: []engine.Span{{From: "01-29", To: "02-04"}}}, []string{"2024-01-10 request 1.1/1:request",
			"2024-02-05 reminder 1.1/1:reminder", "2024-02-06 reminder 1.1/1:reminder", "2024-02-14 escalated, 1 open"}},
		{"over the new year", engine.Window{Quiet: []engine.Span{{From: "12-20", To: "01-12"}}}, []string{"2024-01-15 request 1.1/1:request",
			"2024-01-24 reminder 1.1/1:reminder", "2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"longer than anybody waits: the coordinator knows, and the body is asked when it is back", engine.Window{Quiet: []engine.Span{{From: "01-05", To: "02-29"}}},
			[]string{"2024-01-10 escalated, 1 open", "2024-03-01 request 1.1/1:request late 0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := asked(t, "1.1/1")
			b.keeps(mess, tt.window)
			got := b.days(mess, "2024-01-10", "2024-12-31", nil, nil)
			for i, want := range tt.want {
				if want, prefix := strings.CutSuffix(want, " late 0"); i < len(got) && got[i] != want && !(prefix && strings.HasPrefix(got[i], want)) {
					t.Errorf("%d: %q, want %q", i, got[i], want)
				}
			}
			if len(got) < len(tt.want) {
				t.Errorf("said %q", got)
			}
		})
	}
}

// anyWindow gives a window that can be stored.
func anyWindow(r *rand.Rand) engine.Window {
	for {
		var w engine.Window
		for day := 1; day <= 5; day++ {
			if r.IntN(3) == 0 {
				w.Weekdays = append(w.Weekdays, day)
			}
		}
		for range r.IntN(4) {
			from := engine.NewDate(2024, 1, 1+r.IntN(366))
			w.Quiet = append(w.Quiet, engine.Span{From: string(from)[5:], To: string(from.AddDays(r.IntN(90)))[5:]})
		}
		if w.Check() == nil {
			return w
		}
	}
}

// Whatever the window, the deadlines, the outages and the absences: nobody is
// written to outside it, nobody waits for ever, and the ladder ends.
func TestNobodyIsWrittenToOutsideItsWindow(t *testing.T) {
	for seed := range uint64(150) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := dice(t, seed)
			w := anyWindow(r)
			due := by(engine.NewDate(2023, 12, 31).AddDays(-r.IntN(120)))
			b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mess, due), promise("1.1/2", "1.1", mess, engine.Deadline{}))
			b.keeps(mess, w)
			o := b.organisations[mess]
			o.Contacts = slices.Clone(o.Contacts)
			if r.IntN(3) == 0 {
				o.Contacts[0].AwayUntil = engine.NewDate(2024, 1, 1+r.IntN(60))
			}
			b.organisations[mess] = o
			off := engine.NewDate(2023, 2, 1+r.IntN(500))
			down := func(d engine.Date) bool { return d >= off && d <= off.AddDays(r.IntN(40)) }
			b.days(mess, "2023-02-01", "2024-01-09", nil, down)
			b.ask("2024-01-10", "2024-01-10")
			b.days(mess, "2024-01-10", "2025-12-31", nil, down)
			asked := false
			for _, d := range b.requests[mess].Written {
				asked = asked || d >= "2024-01-10"
				if !w.Opens(d) || !engine.NewWorkdays(nil).Works(d) {
					t.Errorf("written to on %s, %s, outside %+v", d, d.Weekday(), w)
				}
			}
			if !asked {
				t.Errorf("never asked within %+v", w)
			}
			if next := b.requests[mess].NextOn; next != "" {
				t.Errorf("something is still due on %s", next)
			}
			if n := len(b.requests[mess].Written); n > 8 {
				t.Errorf("%d letters", n)
			}
		})
	}
}
