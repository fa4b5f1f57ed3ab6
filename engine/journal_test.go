package engine_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"splneno/engine"
)

// chain is a journal of n lines.
func chain(n int) []engine.JournalLine {
	var lines []engine.JournalLine
	prev := ""
	for i := range n {
		l := engine.JournalLine{At: at("2024-01-10").Add(time.Duration(i) * time.Hour), Actor: jana.String(), Event: "approved",
			Subject: fmt.Sprintf("kpss-dubovice/2023/1.1/%d", i), Detail: map[string]string{"from": "planned", "to": "fulfilled"}}.Seal(int64(i+1), prev)
		lines, prev = append(lines, l), l.Hash
	}
	return lines
}

func verify(lines []engine.JournalLine) error {
	var c engine.JournalCheck
	for _, l := range lines {
		if err := c.Next(l); err != nil {
			return err
		}
	}
	return nil
}

func TestJournalIsSound(t *testing.T) {
	lines := chain(12)
	for i := range lines { // as a database gives it back
		lines[i].At = lines[i].At.UTC()
	}
	if err := verify(lines); err != nil {
		t.Error(err)
	}
}

// Each attack on each line is found, at the latest on the line behind it.
func TestJournalFindsEveryAttack(t *testing.T) {
	attacks := map[string]func(l []engine.JournalLine, i int) []engine.JournalLine{
		"time": func(l []engine.JournalLine, i int) []engine.JournalLine {
			l[i].At = l[i].At.Add(time.Microsecond)
			return l
		},
		"actor":       func(l []engine.JournalLine, i int) []engine.JournalLine { l[i].Actor = charita.String(); return l },
		"event":       func(l []engine.JournalLine, i int) []engine.JournalLine { l[i].Event = "reported"; return l },
		"subject":     func(l []engine.JournalLine, i int) []engine.JournalLine { l[i].Subject += "0"; return l },
		"detail":      func(l []engine.JournalLine, i int) []engine.JournalLine { l[i].Detail["to"] = "partial"; return l },
		"more detail": func(l []engine.JournalLine, i int) []engine.JournalLine { l[i].Detail["reason"] = ""; return l },
		"less detail": func(l []engine.JournalLine, i int) []engine.JournalLine { delete(l[i].Detail, "to"); return l },
		"hash": func(l []engine.JournalLine, i int) []engine.JournalLine {
			l[i].Hash = "0" + l[i].Hash[1:] + "0"
			return l
		},
		"resealed": func(l []engine.JournalLine, i int) []engine.JournalLine {
			l[i].Subject = "jiný"
			l[i] = l[i].Seal(l[i].Seq, l[i].Prev)
			return l
		},
		"deleted": func(l []engine.JournalLine, i int) []engine.JournalLine { return slices.Delete(l, i, i+1) },
		"cut out": func(l []engine.JournalLine, i int) []engine.JournalLine {
			return slices.Delete(l, i, min(i+3, len(l)-1))
		},
		"repeated": func(l []engine.JournalLine, i int) []engine.JournalLine { return slices.Insert(l, i, l[i]) },
		"put in": func(l []engine.JournalLine, i int) []engine.JournalLine {
			return slices.Insert(l, i, engine.JournalLine{Event: "approved"}.Seal(l[i].Seq, l[i].Prev))
		},
		"swapped": func(l []engine.JournalLine, i int) []engine.JournalLine { l[i], l[i+1] = l[i+1], l[i]; return l },
		"deleted and renumbered": func(l []engine.JournalLine, i int) []engine.JournalLine {
			l = slices.Delete(l, i, i+1)
			for j := i; j < len(l); j++ {
				l[j].Seq--
			}
			return l
		},
	}
	for name, attack := range attacks {
		for i := range 8 {
			if err := verify(attack(chain(9), i)); engine.CodeOf(err) != engine.Conflict {
				t.Errorf("%s at line %d: %v", name, i+1, err)
			}
		}
	}
}

// Text moved over the border between two fields is another line: their lengths
// are part of what is hashed.
func TestJournalFieldBorders(t *testing.T) {
	r := dice(t, 11)
	seen := map[string]string{}
	part := func() string {
		s := ""
		for range r.IntN(4) {
			s += []string{"1", ":", "0", "a", "1:a", "ř"}[r.IntN(6)]
		}
		return s
	}
	for range 50_000 {
		l := engine.JournalLine{At: at("2024-01-10"), Actor: part(), Event: part(), Subject: part(), Detail: map[string]string{}}
		for range r.IntN(3) {
			l.Detail[part()] = part()
		}
		l = l.Seal(int64(1+r.IntN(2)), part())
		text := fmt.Sprintf("%d|%q|%q|%q|%q|%q", l.Seq, l.Actor, l.Event, l.Subject, l.Detail, l.Prev)
		if other, ok := seen[l.Hash]; ok && other != text {
			t.Fatalf("two lines with one hash:\n%s\n%s", other, text)
		}
		seen[l.Hash] = text
	}
	if len(seen) < 10_000 {
		t.Fatalf("only %d different lines", len(seen))
	}
}

func FuzzJournalFieldBorders(f *testing.F) {
	f.Add("jana", "approved", "2023/1.1/1", "to", "fulfilled", 3)
	f.Add("1:a", "", "0:", "1", ":", 1)
	f.Fuzz(func(t *testing.T, actor, event, subject, key, value string, cut int) {
		l := engine.JournalLine{At: at("2024-01-10"), Actor: actor, Event: event, Subject: subject, Detail: map[string]string{key: value}}
		all := actor + event
		n := min(max(cut, 0), len(all))
		moved := l
		moved.Actor, moved.Event = all[:n], all[n:]
		if same := moved.Actor == actor; (l.Seal(1, "").Hash == moved.Seal(1, "").Hash) != same {
			t.Fatalf("%q and %q against %q and %q: same line %v", actor, event, moved.Actor, moved.Event, same)
		}
	})
}

// An erasure leaves the chain whole, and is counted; whoever blanks a name by
// hand, puts another one in, or undoes a reference is found.
func TestJournalWithoutAPerson(t *testing.T) {
	hidden := func() []engine.JournalLine {
		var lines []engine.JournalLine
		n, prev := 0, ""
		for i := range 6 {
			l := engine.JournalLine{At: at("2024-01-10"), Actor: jana.String(), Event: "reopened", Subject: fmt.Sprint(i), Detail: map[string]string{"to": "partial", "reason": "asked by " + jana.Name}}
			if i%3 != 1 { // another line is of a program that knew no references
				l = l.Hide(func() string { n++; return fmt.Sprint("salt", n) })
			}
			l = l.Seal(int64(i+1), prev)
			lines, prev = append(lines, l), l.Hash
		}
		return lines
	}
	whole := func(lines []engine.JournalLine) error {
		var c engine.JournalCheck
		for _, l := range lines {
			if err := c.Next(l); err != nil {
				return err
			}
		}
		return c.Whole()
	}
	if err := whole(hidden()); err != nil {
		t.Fatal(err)
	}
	lines, gone := hidden(), 0
	for i := range lines {
		var n int
		lines[i], n = engine.Erasure{Name: jana.Name, Mask: "***"}.Line(lines[i], []string{jana.Name})
		gone += n
		if again, m := (engine.Erasure{Name: jana.Name, Mask: "***"}).Line(lines[i], []string{jana.Name}); m != 0 || again.Hash != lines[i].Hash {
			t.Errorf("line %d loses the person twice", i+1)
		}
	}
	if err := whole(lines); engine.CodeOf(err) != engine.Conflict {
		t.Errorf("names that are gone without a line that says so: %v", err)
	}
	told := engine.JournalLine{At: at("2024-02-01"), Actor: "coordinator:x", Event: engine.PersonErased, Detail: map[string]string{engine.ErasedLines: fmt.Sprint(gone)}}
	lines = append(lines, told.Seal(7, lines[5].Hash))
	if err := whole(lines); err != nil || gone != 8 {
		t.Errorf("%d gone: %v", gone, err)
	}
	for name, attack := range map[string]func(l *engine.JournalLine){
		"another actor":       func(l *engine.JournalLine) { l.Actor = charita.String() },
		"a blanked actor":     func(l *engine.JournalLine) { l.Actor = "" },
		"a blanked salt":      func(l *engine.JournalLine) { l.ActorSalt = "" },
		"both":                func(l *engine.JournalLine) { l.Actor, l.ActorSalt = "", "" },
		"another reference":   func(l *engine.JournalLine) { *l = l.Hide(func() string { return "x" }) },
		"another reason":      func(l *engine.JournalLine) { l.Detail["reason"] = "none" },
		"no reason":           func(l *engine.JournalLine) { delete(l.Detail, "reason") },
		"a loose reason":      func(l *engine.JournalLine) { l.Words = nil },
		"a reference as text": func(l *engine.JournalLine) { l.Detail["reason"] = "ref " + l.Words["reason"].Ref; l.Words = nil },
		"a reason unsealed":   func(l *engine.JournalLine) { l.Words["reason"] = engine.Reference{Ref: l.Words["reason"].Ref} },
		"as an old line":      func(l *engine.JournalLine) { l.Actor, l.ActorRef, l.ActorSalt = "", "", "" },
	} {
		lines := hidden()
		attack(&lines[3])
		if err := whole(lines); engine.CodeOf(err) != engine.Conflict {
			t.Errorf("%s is not found: %v", name, err)
		}
	}
}
