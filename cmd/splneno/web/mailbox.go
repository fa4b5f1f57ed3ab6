package web

import (
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/engine/pattern"
	"splneno/notify/mailbox"
)

// showMailbox lists the demo's mail, newest first.
func (s *site) showMailbox(w http.ResponseWriter, r *http.Request) error {
	list := s.Mailbox.Messages()
	slices.Reverse(list)
	p := newPager(r, mailsAPage, len(list))
	return s.show(w, r, http.StatusOK, "mailbox", mailboxPage{Letters: paged(p, list), Pager: p})
}

// A mailboxPage lists mails of the demo.
type mailboxPage struct {
	Letters []mailbox.Message
	Pager   pager
}

// A mailPage is one mail as its reader sees it.
type mailPage struct {
	mailbox.Message
	Links   []string // in the text: they cannot be followed out of the sandbox
	HasHTML bool
}

func (s *site) mail(r *http.Request) (mailbox.Message, error) {
	n, err := strconv.Atoi(r.PathValue("n"))
	for _, m := range s.Mailbox.Messages() {
		if err == nil && m.Number == n {
			return m, nil
		}
	}
	return mailbox.Message{}, engine.Errorf(engine.NotFound, "the mailbox has no message %s", r.PathValue("n"))
}

var addresses = pattern.New(`https?://[^\s<>"]+[^\s<>".,;:!?)]`)

func (s *site) showMail(w http.ResponseWriter, r *http.Request) error {
	m, err := s.mail(r)
	if err != nil {
		return err
	}
	links := addresses.FindAllString(m.Text(), -1)
	slices.Sort(links)
	return s.show(w, r, http.StatusOK, "mail", mailPage{Message: m, Links: slices.Compact(links), HasHTML: m.HTML() != ""})
}

// mailHTML shows the HTML part alone: it is as untrusted as any mail.
func (s *site) mailHTML(w http.ResponseWriter, r *http.Request) error {
	m, err := s.mail(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", paperPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err = w.Write([]byte(m.HTML()))
	return err
}
