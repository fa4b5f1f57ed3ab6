package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/notify/mailbox"
)

// people are the organisations of the demo: they read their mail and answer on
// the answer page, over HTTP like anybody; some press Reply instead.
type people struct {
	*demo
	read  int           // mails already read
	inbox []inboxLetter // letters not answered yet
}

// An inboxLetter is a letter with a link somebody will follow on a day.
type inboxLetter struct {
	to, link string
	mail     mailbox.Message
	on       engine.Date
}

// answer does what the organisations do on a day.
func (p *people) answer(ctx context.Context, day engine.Date) error {
	if err := p.readMail(ctx, day); err != nil {
		return err
	}
	var later []inboxLetter
	for _, l := range p.inbox {
		if l.on > day {
			later = append(later, l)
			continue
		}
		if err := p.visit(ctx, l, day); err != nil {
			return fmt.Errorf("%s: %w", l.to, err)
		}
	}
	p.inbox = later
	return p.others(ctx, day)
}

// readMail takes new letters in. The silent ones do nothing; the slow ones wait
// for the third letter; the others answer within two weeks. A deadline reminder
// during the year is read and left, as it usually is.
func (p *people) readMail(ctx context.Context, day engine.Date) error {
	messages := p.box.Messages()
	for _, m := range messages[p.read:] {
		link := findLink(m.Text(), p.url+"/o/")
		if link == "" || day <= p.season.Period.End {
			continue
		}
		c, _, err := p.office.AnswerSheet(ctx, strings.TrimPrefix(link, p.url+"/o/"))
		if err != nil {
			return err
		}
		id := c.Organisation.ID
		n := slices.IndexFunc(p.inbox, func(l inboxLetter) bool { return l.link == link })
		switch {
		case slices.Contains(p.script.Silent, id) || n >= 0:
			continue
		case slices.Contains(p.script.Slow, id) && c.Request.Step < 3:
			continue
		}
		wait := 2 + len(id)%9
		p.inbox = append(p.inbox, inboxLetter{to: id, link: link, mail: m, on: engine.NewWorkdays(nil).Add(day, wait)})
	}
	p.read = len(messages)
	return nil
}

// findLink gives the first address in a text that begins so.
func findLink(text, prefix string) string {
	i := strings.Index(text, prefix)
	if i < 0 {
		return ""
	}
	link, _, _ := strings.Cut(text[i:], "\n")
	return strings.Fields(link)[0]
}

// visit opens the answer page and sends what the script says about the items
// this body leads and nobody has answered, and about those that were returned.
func (p *people) visit(ctx context.Context, l inboxLetter, day engine.Date) error {
	c, _, err := p.office.AnswerSheet(ctx, strings.TrimPrefix(l.link, p.url+"/o/"))
	if err != nil {
		return err
	}
	said := p.says(c, l.to)
	if len(said) == 0 {
		return nil
	}
	if by, ok := p.script.Repliers[l.to]; ok {
		return p.reply(l, c, by, said, day)
	}
	form := url.Values{"action": {"odeslat"}, "kdo": {cmp.Or(p.script.Writers[l.to], p.script.Writer)}}
	for n, a := range said {
		fill(a, form, strconv.Itoa(n))
	}
	if err := post(ctx, l.link, form); err != nil {
		return err
	}
	p.say("%s  %s answered about %d of %d", day, c.Organisation.Name, len(said), len(c.Entries))
	return nil
}

// says gives what a body has to say, by the number of the item.
func (p *people) says(c engine.Case, body string) map[int]example.ScriptAnswer {
	said := map[int]example.ScriptAnswer{}
	for i, e := range c.Entries {
		a, ok := p.script.Answers[e.Activity]
		if !ok {
			continue
		}
		returned := slices.ContainsFunc(c.Proposals, func(q engine.Proposal) bool {
			return q.Activity == e.Activity && q.State == engine.Returned
		})
		if returned {
			a.Done = a.Then
		} else if !e.AnsweredAt.IsZero() || p.lead(e) != body {
			continue
		}
		said[i+1] = a
	}
	return said
}

// lead gives the body that answers about an entry: the first asked that is not
// one of the silent.
func (p *people) lead(e engine.Entry) string {
	for _, id := range e.Askees {
		if !slices.Contains(p.script.Silent, id) {
			return id
		}
	}
	return ""
}

// post sends a form as a browser would.
func post(ctx context.Context, link string, form url.Values) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(res.Body, 2000))
		return fmt.Errorf("the answer page said %s: %s", res.Status, body)
	}
	return nil
}

// fill puts an answer into the form's fields of the item with this number.
func fill(a example.ScriptAnswer, form url.Values, number string) {
	choice := string(a.Status)
	if a.Qualifier != "" {
		choice = a.Qualifier
	}
	form.Set("a"+number+"-stav", choice)
	form.Set("a"+number+"-hotovo", a.Done)
	form.Set("a"+number+"-chybi", a.Missing)
}
