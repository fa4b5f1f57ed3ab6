package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/sentbox"
	"splneno/workflows"
)

// folderTime is how long the folder of sent mail is waited for: the browser is
// answered within a minute.
const folderTime = 45 * time.Second

// postHold decides about held messages, or looks through the sent mail.
func (s *site) postHold(v visit) error {
	upload, err := uploadedWithin(v.r, "posta", maxSent)
	if err != nil {
		return err
	}
	ctx, key := v.r.Context(), v.r.FormValue("zprava")
	switch v.r.FormValue("action") {
	case "poslat":
		return s.heldDone(v, "zprava-uvolnena", v.office.Release(ctx, key, v.who))
	case "odesla":
		return s.heldDone(v, "zprava-odesla", s.markLeft(v, key))
	case "nikdy":
		return s.heldDone(v, "zprava-zastavena", v.office.Stop(ctx, key, v.who))
	case "jiste":
		return s.markFound(v, engine.TraceLeft)
	case "psano":
		return s.markFound(v, engine.TraceWritten)
	case "soubor":
		return s.checkFile(v, upload)
	case "slozka":
		return s.checkFolder(v)
	}
	return engine.Errorf(engine.Invalid, "the form does not say what to do with the messages on hold")
}

// heldDone goes back to the list.
func (s *site) heldDone(v visit, word string, err error) error {
	if err != nil {
		return err
	}
	return v.back(holdPath, flash(word))
}

// markLeft takes the time at which a check found that the message left.
func (s *site) markLeft(v visit, key string) error {
	r, err := v.office.HoldReport(v.r.Context())
	if err != nil {
		return err
	}
	left := engine.Left{Key: key}
	for _, m := range r.Messages {
		if m.Key == key {
			left.At = m.LeftAt
		}
	}
	return v.office.MarkLeft(v.r.Context(), []engine.Left{left}, v.who)
}

func (s *site) markFound(v visit, t engine.Trace) error {
	n, err := v.office.MarkFound(v.r.Context(), t, v.who)
	if err != nil {
		return err
	}
	return v.back(holdPath, flashCount("pozastaveni-oznaceno", n))
}

// checkFile looks through a file somebody uploaded.
func (s *site) checkFile(v visit, file []byte) error {
	if len(file) == 0 {
		return s.holdAgain(v, http.StatusUnprocessableEntity, "posta", "hold.no_file")
	}
	hold, err := v.office.Records.Hold(v.r.Context())
	if err != nil {
		return err
	}
	mails, _, err := sentbox.Read(strings.NewReader(string(file)), workflows.CopiedAt(hold).In(v.office.Zone))
	if engine.CodeOf(err) == engine.Invalid || err == nil && len(mails) == 0 {
		return s.holdAgain(v, http.StatusUnprocessableEntity, "posta", "hold.nothing_in_it")
	}
	if err != nil {
		return err
	}
	return s.checked(v, mails, "file")
}

// checkFolder looks through the folder of sent mail of the mailbox of replies.
func (s *site) checkFolder(v visit) error {
	if s.SentMail == nil {
		return engine.Errorf(engine.NotFound, "this server has no mailbox whose sent mail could be looked through")
	}
	hold, err := v.office.Records.Hold(v.r.Context())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), folderTime)
	defer cancel()
	mails, err := s.SentMail(ctx, workflows.CheckSince(hold))
	if err != nil {
		s.Log.Error("folder of sent mail", "error", err)
		return s.holdAgain(v, http.StatusUnprocessableEntity, "slozka", "hold.imap_failed")
	}
	return s.checked(v, mails, "imap")
}

func (s *site) checked(v visit, mails []engine.SentMail, source string) error {
	if _, err := v.office.CheckSent(v.r.Context(), mails, source, v.who); err != nil {
		return err
	}
	return v.back(holdPath, flash("pozastaveni-zkontrolovano"))
}

func (s *site) holdAgain(v visit, status int, field, fault string) error {
	p, err := s.readHold(v)
	if err != nil {
		return err
	}
	p.Faults[field], p.Reason = fault, "decision.fields"
	return s.show(v.w, v.r, status, "hold", p)
}

// postHoldEnd ends the hold after a word of confirmation, for as many messages
// as were shown.
func (s *site) postHoldEnd(v visit) error {
	seen, err := strconv.Atoi(v.r.PostForm.Get("pocet"))
	if err != nil {
		return engine.Errorf(engine.Invalid, "the form does not say how many messages were shown")
	}
	p, err := s.readHold(v)
	if err != nil {
		return err
	}
	if p.Note = v.r.PostForm.Get("poznamka"); v.r.PostForm.Get("potvrzeni") == "" {
		p.Faults["potvrzeni"], p.Reason = "fault.confirm", "decision.fields"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "hold-end", p)
	}
	err = v.office.ReleaseHold(v.r.Context(), p.Note, seen, v.who)
	if engine.CodeOf(err) == engine.Conflict && p.Hold.Holds() {
		if p, err = s.readHold(v); err != nil {
			return err
		}
		p.Reason, p.Note = "hold.moved", v.r.PostForm.Get("poznamka")
		return s.show(v.w, v.r, http.StatusConflict, "hold-end", p)
	}
	if err != nil {
		return err
	}
	return v.back("/stul", flashCount("pozastaveni-ukonceno", seen))
}
