package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

// A sealed mail is what the house's reader finds in the bytes of one: what was
// read of it, and its attachments by part.
type sealed struct {
	Mail engine.Mail
	Data map[int]string
}

// opener reads mails the fixture sealed.
type opener struct{}

func (opener) Read(_ context.Context, in engine.Inbound) (engine.Mail, error) {
	var s sealed
	err := json.Unmarshal(in.Raw, &s)
	return s.Mail, err
}

func (opener) File(in engine.Inbound, part int) ([]byte, error) {
	var s sealed
	err := json.Unmarshal(in.Raw, &s)
	return []byte(s.Data[part]), err
}

// receives lets mails of testdata/inbox.json come in, one after the other, and
// be read. It gives the id of the last.
func (h *house) receives(names ...string) (id string) {
	h.t.Helper()
	body, err := os.ReadFile("testdata/inbox.json")
	h.must(err)
	mails := map[string]sealed{}
	h.must(json.Unmarshal(body, &mails))
	for _, name := range names {
		s, ok := mails[name]
		if !ok {
			h.t.Fatalf("testdata has no mail %q", name)
		}
		for i, organisation := range s.Mail.Tokens {
			r, err := h.office.Records.Request(context.Background(), "ap2023", "2023", organisation)
			h.must(err)
			s.Mail.Tokens[i] = h.signer.ReplyToken("klatovy", r)
			s.Mail.Quoted = strings.NewReplacer("{link}", h.signer.AnswerURL(h.signer.Token("klatovy", r)), "{token}", strings.ToUpper(s.Mail.Tokens[i])).Replace(s.Mail.Quoted)
		}
		raw, err := json.Marshal(s)
		h.must(err)
		h.must(h.office.Receive(context.Background(), engine.Arrival{Raw: raw, Via: "imap"}))
		h.must(h.office.Understand(context.Background()))
		sum := sha256.Sum256(raw)
		id = hex.EncodeToString(sum[:])
	}
	return id
}

// inbound gives a mail as it stands.
func (h *house) inbound(id string) engine.Inbound {
	h.t.Helper()
	in, err := h.office.Records.Inbound(context.Background(), id)
	h.must(err)
	return in
}

// tells checks the status and what the page says, as a reader without
// diacritics would spell it.
func (r reply) tells(t testing.TB, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d\n%.3000s", r.status, status, main(r.body))
	}
	body := czech.Fold(r.body)
	for _, text := range texts {
		if !strings.Contains(body, czech.Fold(text)) {
			t.Errorf("the page does not say %q:\n%.6000s", text, main(r.body))
		}
	}
}

// hides checks that the page says none of the texts.
func (r reply) hides(t testing.TB, texts ...string) {
	t.Helper()
	body := czech.Fold(r.body)
	for _, text := range texts {
		if strings.Contains(body, czech.Fold(text)) {
			t.Errorf("the page says %q:\n%.6000s", text, main(r.body))
		}
	}
}

// newestMail gives the page of the newest mail, or one of a mail nobody sent.
func (h *house) newestMail() string {
	h.t.Helper()
	list, err := h.office.Records.Inbox(context.Background(), 1)
	h.must(err)
	if len(list) == 0 {
		return "/stul/prichozi/" + strings.Repeat("0", 64)
	}
	return "/stul/prichozi/" + list[0].ID
}
