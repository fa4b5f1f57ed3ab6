package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// A history is a random year of mail and decisions, the same for the same seed.
type history struct {
	*attacked
	dice  *rand.Rand
	lines []string
	last  [][]byte // mail that came before
	done  map[string]int
}

func (h *history) one(list []string) string { return list[h.dice.IntN(len(list))] }

// write is a mail of somebody: a contact, a stranger with a token, a spoofer, a
// program, a copy of an earlier one, or noise.
func (h *history) write() []byte {
	i := h.dice.IntN(3)
	text := h.one(h.lines)
	if h.dice.IntN(2) == 0 {
		text += "\r\n" + h.one(h.lines)
	}
	text = strings.ReplaceAll(text, "%d", strconv.Itoa(100+h.mails))
	switch h.dice.IntN(9) {
	case 0, 1, 2:
		return h.reply("zdar", i, text)
	case 3:
		return h.mail("kdosi@jinde.example", h.address(i), "", text)
	case 4:
		return h.mail(contact(i), "odpovedi@zdar.example", "", text)
	case 5:
		return h.sample(i, h.one([]string{"kind/automatic/exchange-cs.eml", "report/postfix-unknown-user.eml", "report/exim-report.eml"}), "info@charita.example.cz")
	case 6:
		if len(h.last) > 0 {
			return append([]byte("Received: by jinde.example\r\n"), h.last[h.dice.IntN(len(h.last))]...)
		}
	case 7:
		return h.mail(contact(i), h.address(i), results("mx.jinde.example", "fail", "x")+"From: druhy@jinde.example\r\n", text)
	}
	noise := h.reply("zdar", i, text)
	for range 1 + h.dice.IntN(20) {
		noise[h.dice.IntN(len(noise))] = byte(h.dice.IntN(256))
	}
	return noise
}

// decide lets the coordinator do something, rightly or not. What she may not do
// is refused with a code.
func (h *history) decide() error {
	ctx, o := h.t.Context(), h.office("zdar")
	i, item := h.dice.IntN(3), 1+h.dice.IntN(2)
	k := engine.EntryKey{Plan: "p", Period: "2023", Activity: fmt.Sprintf("1.1/%d", 2*i+item)}
	mails := h.inbox("zdar")
	var id string
	if len(mails) > 0 {
		id = mails[h.dice.IntN(len(mails))].ID
	}
	switch h.dice.IntN(8) {
	case 0, 1, 2:
		item, err := o.Answered(ctx, k, body(i))
		if err != nil {
			return err
		}
		a := item.Proposal.Answer
		if !a.Status.Known() {
			a.Status = engine.States()[h.dice.IntN(len(engine.States()))]
		}
		h.done["approve"]++
		return o.Approve(ctx, k, body(i), engine.Verdict{Shown: item.Proposal.Revision - h.dice.IntN(8)/7, Answer: a}, asker)
	case 3:
		item, err := o.Answered(ctx, k, body(i))
		if err != nil {
			return err
		}
		return o.Return(ctx, k, body(i), item.Proposal.Revision, "Kolik?", asker)
	case 4:
		return o.Reopen(ctx, k, "omyl", asker)
	case 5:
		return o.Assign(ctx, id, "p", "2023", body(i), asker)
	case 6:
		return o.Ignore(ctx, id, asker)
	}
	return o.Block(ctx, id, asker)
}

// Whatever comes in and whatever the coordinator decides: mail moves nothing
// official, an approved answer stays as it was approved, every state is one the
// lifecycle knows, and the journal leads to all of it.
func TestRandomMailAndDecisions(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		h := &history{attacked: attack(t, 3, "zdar"), dice: rand.New(rand.NewPCG(10, seed)), lines: told(t, "answers.txt"), done: map[string]int{}}
		for step := range 120 {
			h.at = h.at.Add(time.Duration(h.dice.IntN(36*60)) * time.Minute)
			if h.dice.IntN(3) == 0 {
				err := h.decide()
				if err != nil && engine.CodeOf(err) == "" {
					t.Fatalf("seed %d, step %d: %v", seed, step, err)
				}
				h.done[string(engine.CodeOf(err))]++
				continue
			}
			official, approved := h.official("zdar"), h.approved()
			raw := h.write()
			h.last = append(h.last, raw)
			h.bring(raw)
			h.tick()
			if h.official("zdar") != official || h.approved() != approved {
				t.Fatalf("seed %d, step %d: a mail moved what is official:\n%s", seed, step, raw)
			}
		}
		entries, err := h.db.Tenant("zdar").Entries(t.Context(), "p", "2023")
		h.must(err)
		for _, e := range entries {
			if !e.State.Known() || e.State.Final() && e.ApprovedBy == "" {
				t.Errorf("seed %d: %s is %s, approved by %q", seed, e.Activity, e.State, e.ApprovedBy)
			}
		}
		states := map[engine.InboundState]int{}
		for _, in := range h.inbox("zdar") {
			states[in.State]++
		}
		if states[engine.InboundReceived] != 0 {
			t.Errorf("seed %d: %d mails were never read", seed, states[engine.InboundReceived])
		}
		t.Logf("seed %d: %v; decisions %v", seed, states, h.done)
		h.verify()
	}
}

// approved is every answer that was approved, as one text.
func (a *attacked) approved() string {
	a.t.Helper()
	var out []engine.Proposal
	for _, p := range a.proposals("zdar") {
		if p.State == engine.Approved {
			out = append(out, p)
		}
	}
	return a.text(out)
}
