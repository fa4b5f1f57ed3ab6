package document

import (
	"reflect"

	"splneno/engine"
	"splneno/notify/paper"
)

// method says how the evaluation came about: only what is recorded.
func (b *builder) method() []paper.Block {
	e := b.e
	out := []paper.Block{b.heading("metody", "heading method", nil, 1)}
	out = append(out, b.free("method/period", b.say("method period", e))...)
	if reflect.ValueOf(e.Asking).IsZero() && e.Asked == 0 {
		out = append(out, b.free("method/unasked", b.say("method unasked", nil))...)
	} else {
		out = append(out, b.asking()...)
	}
	out = append(out, b.free("method/approval", b.say("method approval", nil))...)
	out = append(out, b.free("method/silence", b.say("method silence", b.word("no_answer")))...)
	out = append(out, b.free("method/shares", b.say("method shares", nil))...)
	if len(e.Approvals) > 0 {
		out = append(out, b.tell("method decided", nil), itemised(e.Approvals, func(a engine.Approval) string { return b.say("decided", a) }))
	}
	return out
}

// asking says when letters left and how answers came.
func (b *builder) asking() []paper.Block {
	var out []paper.Block
	if text := b.say("method asked", b.e); text != "" {
		out = b.free("method/asked", text)
	}
	if len(b.e.Asking.Letters) > 0 {
		out = append(out, b.tell("method letters", b.e))
	}
	if len(b.e.Asking.Channels) > 0 {
		out = append(out, b.tell("method channels", nil),
			itemised(b.e.Asking.Channels, func(c engine.ChannelCount) string { return b.say("channel", c) }))
	}
	return out
}

// itemised gives a list with a line for each.
func itemised[T any](all []T, line func(T) string) paper.List {
	var l paper.List
	for _, one := range all {
		l.Items = append(l.Items, paper.Plain(line(one)))
	}
	return l
}
