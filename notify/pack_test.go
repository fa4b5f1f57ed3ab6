package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/eml"
)

// packLetter is an invitation to a meeting that decides about n activities.
func packLetter(n int) engine.Letter {
	l := letter(engine.LetterPack, 0)
	l.To, l.Organisation, l.AnswerBy, l.Date = engine.Contact{Name: "Členka řídící skupiny", Email: "clenka@rs.example.cz"}, "Město Klatovy", "", "2024-03-08"
	l.Link = "https://plan.mukt.example.cz/prehled/" + strings.Repeat("Ab-_", 8)
	l.Attachments = []engine.Attachment{{Name: "pack-2023.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7\n")}}
	l.Pack = &engine.Pack{UID: "0123456789abcdef@splneno.invalid", Draft: true, Names: map[string]string{"unfulfilled": "nezdařilo se"},
		Meeting: engine.Meeting{ID: 1, Body: "Řídící skupina komunitního plánování", Day: "2024-03-15", Time: "14:00", Place: "zasedací síň, náměstí Míru 62; 2. patro",
			Agenda: []string{"Zahájení a schválení programu", "Vyhodnocení plnění plánu za rok 2023 – projednání a schválení", "Různé a závěr"}, Sending: 1}}
	for i := range n {
		l.Pack.Items = append(l.Pack.Items, engine.ActivityResult{ID: fmt.Sprintf("1.1/%d", i+1), Title: "Zázemí pro osobní asistenci",
			Status: engine.Partial, Missing: "Zbývá dokončit bezbariérový vstup."})
	}
	if n > 1 {
		l.Pack.Items[1].Status, l.Pack.Items[0].NoAnswer, l.Pack.Items[0].Missing = engine.Unfulfilled, true, ""
	}
	return l
}

// packLetters are the golden letters about a meeting.
func packLetters() map[string]engine.Letter {
	moved := packLetter(0)
	moved.LateDays, moved.Pack.Draft, moved.Pack.Meeting.Sending = 2, false, 2
	moved.Pack.Changes = []string{engine.ChangedDay, engine.ChangedTime, engine.ChangedPlace, engine.ChangedAgenda, engine.ChangedItems}
	moved.Pack.Meeting.Told = engine.Invitation{Day: "2024-03-12", Time: "9:30", Place: "knihovna"}
	moved.Pack.TooBig, moved.Attachments = true, nil
	off := packLetter(2)
	off.Link, off.Attachments, off.Pack.Meeting.Sending = "", nil, 2
	off.Pack.Meeting.CancelledAt, off.Pack.Meeting.Reason = time.Date(2024, 3, 11, 9, 0, 0, 0, time.UTC), "nemoc předsedkyně"
	off.Pack.Meeting.Told = off.Pack.Meeting.Invitation()
	return map[string]engine.Letter{"pack": packLetter(3), "pack-moved": moved, "pack-cancelled": off, "pack-many": packLetter(32)}
}

// The file for the calendar names the meeting for ever, its hour in every zone,
// and no line is too long.
func TestInvitationEvent(t *testing.T) {
	m, err := composer(t).Compose(packLetter(2), id)
	if err != nil {
		t.Fatal(err)
	}
	mail, err := eml.Read(m.Raw)
	if err != nil {
		t.Fatal(err)
	}
	file := mail.Attachments[len(mail.Attachments)-1]
	text := string(file.Data)
	for _, want := range []string{"METHOD:PUBLISH\r\n", "UID:0123456789abcdef@splneno.invalid\r\n", "DTSTART:20240315T130000Z\r\n", "STATUS:CONFIRMED\r\n",
		`LOCATION:zasedací síň\, náměstí Míru 62\; 2. patro` + "\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the event lacks %q:\n%s", want, text)
		}
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets: %s", len(line), line)
		}
	}
	if file.Name != "jednani.ics" || strings.Contains(text, "example.cz") {
		t.Errorf("the file %s names somebody:\n%s", file.Name, text)
	}
	off := packLetters()["pack-cancelled"]
	if m, err = composer(t).Compose(off, id); err != nil {
		t.Fatal(err)
	}
	if mail, err = eml.Read(m.Raw); err != nil || !strings.Contains(string(mail.Attachments[0].Data), "SEQUENCE:1\r\nSTATUS:CANCELLED\r\n") {
		t.Errorf("a cancelled meeting stays in calendars (%v)", err)
	}
}
