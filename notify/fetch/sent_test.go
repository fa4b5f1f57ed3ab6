package fetch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/mailtest"
)

const sentID = "0123456789abcdef0123456789abcdef"

var sentToken = strings.Repeat("ab", 16)

// sentMail is a mail of ours as it lies among the sent ones.
func sentMail(id string) string {
	return "Message-ID: <" + id + "@zdar.example>\r\nTo: Charita <info@charita.example>\r\nSubject: plan\r\nDate: Tue, 02 Jan 2024 08:00:00 +0100\r\n\r\ntext\r\n"
}

var january = time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)

// sending makes the peer one with a folder of sent mail.
func sending(p *peer, folder string) {
	p.script["LIST"] = func(c *peerConn, _ string) (bool, error) {
		return true, errors.Join(c.say(`* LIST (\HasNoChildren) "/" INBOX`), c.say(`* LIST (\HasNoChildren %s) "/" "Posta"`, folder), c.ok())
	}
	p.script["UID SEARCH"] = func(c *peerConn, _ string) (bool, error) {
		return true, errors.Join(c.say("* SEARCH 10 11"), c.ok())
	}
	p.script["UID FETCH"] = func(c *peerConn, _ string) (bool, error) {
		raw := sentMail(sentID + "." + sentToken)
		head := raw[:strings.Index(raw, "text")]
		return true, errors.Join(c.say("* 1 FETCH (UID 10 INTERNALDATE \" 3-Jan-2024 09:00:00 +0000\" BODY[HEADER.FIELDS (MESSAGE-ID TO SUBJECT DATE)] {%d}\r\n%s)", len(head), head),
			c.say("* 2 FETCH (UID 11 INTERNALDATE \" 3-Jan-2024 09:00:00 +0000\" BODY[HEADER.FIELDS (MESSAGE-ID TO SUBJECT DATE)] {2}\r\n\r\n)"), c.ok())
	}
}

func TestSentIsOnlyRead(t *testing.T) {
	p := newPeer(t, one, two)
	sending(p, `\Sent`)
	got, err := New(p.account(), time.Now, nil).Sent(context.Background(), january)
	want := []engine.SentMail{{ID: sentID + "@zdar.example", Token: sentToken, To: "info@charita.example", Subject: "plan", At: time.Date(2024, 1, 3, 9, 0, 0, 0, time.UTC)}}
	if diff := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	said := strings.Join(p.said, "\n")
	if !strings.Contains(said, `EXAMINE "Posta"`) || !strings.Contains(said, "2-Jan-2024") || !strings.Contains(said, "BODY.PEEK[HEADER.FIELDS") {
		t.Error(said)
	}
	for _, verb := range []string{"SELECT", "UID STORE", "UID MOVE", "UID COPY", "UID EXPUNGE", "CREATE"} {
		if p.count(verb) != 0 {
			t.Errorf("%s was said:\n%s", verb, said)
		}
	}
}

func TestSentFails(t *testing.T) {
	tests := map[string]struct {
		change func(*peer)
		reason error
	}{
		"no folder":      {func(p *peer) { sending(p, `\Marked`) }, errNoSent},
		"list refused":   {func(p *peer) { p.script["LIST"] = refuse }, nil},
		"search refused": {func(p *peer) { p.script["UID SEARCH"] = refuse }, nil},
		"fetch refused":  {func(p *peer) { p.script["UID FETCH"] = refuse }, nil},
		"silence":        {func(p *peer) { p.script["UID SEARCH"] = func(*peerConn, string) (bool, error) { return true, nil } }, errSilent},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, one)
			sending(p, `\Sent`)
			tt.change(p)
			f := New(p.account(), time.Now, nil)
			f.silence = 300 * time.Millisecond
			_, err := f.Sent(context.Background(), january)
			if engine.CodeOf(err) != engine.Unavailable || tt.reason != nil && !errors.Is(err, tt.reason) || strings.Contains(err.Error(), "tajne") {
				t.Error(err)
			}
		})
	}
}

// A real server: what lies in its folder of sent mail is read, and stays as it was.
func TestSentOfDovecot(t *testing.T) {
	d := mailtest.NewDovecot(t)
	c, err := imapclient.DialInsecure(d.IMAP, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := errors.Join(c.Login(d.User, d.Password).Wait(), c.Create("Sent", nil).Wait()); err != nil {
		t.Fatal(err)
	}
	put := func(raw string, at time.Time) {
		cmd := c.Append("Sent", int64(len(raw)), &imap.AppendOptions{Time: at})
		_, err := cmd.Write([]byte(raw))
		err = errors.Join(err, cmd.Close())
		if _, late := cmd.Wait(); errors.Join(err, late) != nil {
			t.Fatal(err, late)
		}
	}
	put(sentMail(sentID), january.AddDate(0, 0, -9)) // before anybody asks for
	for i := range 2*sentBatch + 3 {
		put(sentMail(fmt.Sprintf("%032x", i)), january.AddDate(0, 0, 1))
	}
	for _, box := range []string{"INBOX", "Sent"} {
		a := dovecotAccount(d)
		a.Mailbox = box
		got, err := New(a, time.Now, nil).Sent(context.Background(), january)
		if err != nil || len(got) != 2*sentBatch+3 || !slices.ContainsFunc(got, func(m engine.SentMail) bool { return m.ID == fmt.Sprintf("%032x@zdar.example", 7) }) {
			t.Errorf("%s: %d mails, %v", box, len(got), err)
		}
	}
	box, err := c.Status("Sent", &imap.StatusOptions{NumMessages: true, NumUnseen: true}).Wait()
	if err != nil || *box.NumMessages != 2*sentBatch+4 || *box.NumUnseen != 2*sentBatch+4 {
		t.Errorf("afterwards %+v, %v", box, err)
	}
}
