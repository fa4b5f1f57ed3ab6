package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

const meetingsAt = season + "/jednani"

// A meeting is called, changed, sent and cancelled at the desk; what is typed
// wrongly is blamed where it stands, and nothing typed is lost.
func TestMeetingAtTheDesk(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.must(h.office.Report(t.Context(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"}, engine.Answer{Status: engine.Unfulfilled, Missing: "Nekonal se."}, "", "telefon", who))
	page := h.get(meetingsAt)
	for _, want := range []string{`value="1.2/2" checked`, `value="1.1/1" checked`, `name="program"`, `value="14:00"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the proposal lacks %s", want)
		}
	}
	wrong := meetingFields("2020-01-01")
	wrong.Set("cas", "ve dve")
	wrong.Set("misto", "")
	wrong.Set("odeslat", "2024-03-10")
	wrong.Set("program", "Volby predsedkyne")
	back := h.post(meetingsAt, wrong).body
	for _, want := range []string{`id="den-chyba"`, `id="cas-chyba"`, `id="misto-chyba"`, "Volby predsedkyne", `value="ve dve"`, `value="2024-03-10"`, `value="1.2/2" checked`} {
		if !strings.Contains(back, want) {
			t.Errorf("the form came back without %s", want)
		}
	}
	unknown := meetingFields("2024-03-15")
	unknown.Set("dalsi", "1.1/1, 9.9")
	if back = h.post(meetingsAt, unknown).body; !strings.Contains(back, `id="dalsi-chyba"`) || !strings.Contains(back, `value="1.1/1, 9.9"`) {
		t.Error("an unknown code is not blamed, or was lost")
	}
	sunday := meetingFields("2024-03-15")
	sunday.Set("odeslat", "2024-03-10")
	if back = h.post(meetingsAt, sunday).body; !strings.Contains(back, `id="odeslat-chyba"`) {
		t.Error("a Sunday is not blamed")
	}

	h.post(meetingsAt, meetingFields("2024-03-15")).want(t, 303)
	if page = h.get(meetingsAt + "/1"); !strings.Contains(page.body, "8. 3. 2024") && !strings.Contains(page.body, "8.\u00a03.\u00a02024") {
		t.Error("the page does not say when the papers leave")
	}
	if !strings.Contains(h.get("/stul").body, meetingsAt+"/1") || !strings.Contains(h.get("/stul/obdobi/ap2023/2023").body, meetingsAt+"/1") {
		t.Error("neither overview nor year lead to the meeting")
	}
	m := h.meeting(1)
	f := meetingFields("2024-03-18")
	f.Set("action", "ulozit")
	f.Set("verze", "99")
	h.post(meetingsAt+"/1", f).want(t, 409)
	f.Set("verze", fmt.Sprint(m.Version))
	f.Set("odeslat", string(m.SendOn))
	h.post(meetingsAt+"/1", f).want(t, 303)
	if m = h.meeting(1); m.Day != "2024-03-18" || m.SendOn != "2024-03-11" {
		t.Errorf("changed to %+v", m)
	}
	h.post(meetingsAt+"/1", url.Values{"action": {"poslat"}, "verze": {fmt.Sprint(m.Version)}}).want(t, 303)
	h.post(meetingsAt+"/1", url.Values{"action": {"zrusit"}, "verze": {fmt.Sprint(m.Version + 1)}}).want(t, 422)
	h.post(meetingsAt+"/1", url.Values{"action": {"zrusit"}, "verze": {fmt.Sprint(m.Version + 1)}, "duvod": {"Nemoc."}}).want(t, 303)
	if m = h.meeting(1); !m.Cancelled() || m.Sending != 2 {
		t.Errorf("cancelled: %+v", m)
	}
	if page = h.get(meetingsAt + "/1"); strings.Contains(page.body, `value="poslat"`) || strings.Contains(page.body, `value="ulozit"`) {
		t.Error("a cancelled meeting can be sent or changed")
	}
}

func (h *house) meeting(id int) engine.Meeting {
	h.t.Helper()
	m, err := h.office.Meeting(h.t.Context(), "ap2023", "2023", id)
	h.must(err)
	return m
}

// What the meeting decided is written down in one form, becomes the decisions
// about its activities, and leaves the rest of them open.
func TestResolutionOfAMeeting(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.must(h.office.Report(t.Context(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/2"}, engine.Answer{Status: engine.Unfulfilled, Missing: "Nekonal se."}, "", "telefon", who))
	h.post(meetingsAt, meetingFields("2024-02-20")).want(t, 303)
	h.wait(40 * 24 * time.Hour)
	h.signIn()
	form := season + "/usneseni?jednani=1"
	page := h.get(form).body
	for _, want := range []string{`value="Ridici skupina"`, `value="2024-02-20"`, `name="krok-1.2/2"`, `name="krok-1.1/1"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	h.get(season+"/usneseni?jednani=7").want(t, 404)
	f := resolutionFields("1/2024")
	f.Set("den", "2024-02-20")
	f.Set("krok-1.2/2", "postpone")
	if back := h.post(form, f).body; !strings.Contains(back, `id="chyba-j0"`) {
		t.Error("a postponed activity without its day is not blamed")
	}
	f.Set("den-1.2/2", "2024-09-30")
	h.post(form, f).want(t, 303)
	if e := h.entry("1.2/2"); e.NextStep != engine.Postpone || e.PostponedTo != "2024-09-30" {
		t.Errorf("decided %s until %s", e.NextStep, e.PostponedTo)
	}
	list, err := h.office.Records.Resolutions(t.Context(), "ap2023", "2023")
	h.must(err)
	if len(list) != 1 || list[0].Meeting != 1 || len(list[0].Items) != 1 {
		t.Fatalf("%+v", list)
	}
	page = h.get(meetingsAt + "/1").body
	if !strings.Contains(page, season+"/usneseni/1") || strings.Count(page, h.say("meeting.undecided")+"</td>") != 1 {
		t.Error("the meeting does not say what is decided and what is not")
	}
	if page = h.get(form).body; strings.Contains(page, `name="krok-1.2/2"`) || !strings.Contains(page, `name="krok-1.1/1"`) {
		t.Error("what is decided is offered again")
	}
}

func (h *house) say(key string) string { return loadCatalogue()[key]["cs"].Plain }

// The calendar of the town shows meetings with their hour and place, under the
// name they have in the mails to the members.
func TestMeetingInTheFeed(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(meetingsAt, meetingFields("2024-07-01")).want(t, 303)
	feed := strings.ReplaceAll(h.get("/kalendar/"+h.signer.FeedToken("klatovy", "", 0)+".ics").body, "\r\n ", "")
	for _, want := range []string{"UID:" + h.meeting(1).UID("klatovy"), "DTSTART:20240701T120000Z", "LOCATION:radnice", "STATUS:CONFIRMED"} {
		if !strings.Contains(feed, want+"\r\n") {
			t.Errorf("the feed lacks %s:\n%s", want, feed)
		}
	}
	body := h.get("/kalendar/" + h.signer.FeedToken("klatovy", "charita", 0) + ".ics").body
	if strings.Contains(body, "LOCATION") {
		t.Error("an organisation is told of the steering group's meetings")
	}
}

func TestMeetingPictures(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	h.post(meetingsAt, meetingFields("2024-03-15")).want(t, 303)
	h.post(meetingsAt+"/1", url.Values{"action": {"poslat"}, "verze": {"1"}}).want(t, 303)
	for _, width := range []int64{1280, 320} {
		w := openBrowser(t, h, width, 900, true)
		h.wait(time.Minute) // no code of the authenticator opens twice
		w.enter()
		for name, page := range map[string]string{"meetings": meetingsAt, "meeting": meetingsAt + "/1", "resolve": season + "/usneseni?jednani=1"} {
			w.run(w.goTo(page), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits(), w.picture(fmt.Sprintf("%s-%d", name, width)))
		}
	}
}
