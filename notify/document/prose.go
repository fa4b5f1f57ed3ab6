package document

import (
	"strconv"
	"strings"

	"splneno/engine/pattern"
	"splneno/notify/paper"
)

// A block is a paragraph, or a list when it has items.
type block struct {
	Text  string
	Items []string
}

var bullet = pattern.New(`^\s*[\x{2022}\x{2023}\x{25aa}*\-\x{2013}]\s+`)

// blocks takes a narrative apart into paragraphs and lists, as people write them.
func blocks(s string) []block {
	var out []block
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r", "\n"), "\n") {
		mark := bullet.FindString(line)
		text := strings.TrimSpace(line[len(mark):])
		switch last := len(out) - 1; {
		case text == "":
		case mark == "":
			out = append(out, block{Text: text})
		case last >= 0 && out[last].Items != nil:
			out[last].Items = append(out[last].Items, text)
		default:
			out = append(out, block{Items: []string{text}})
		}
	}
	return out
}

// number writes a figure with a decimal comma and thousands apart.
func number(v float64) string {
	whole, part, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "\u00a0" + whole[i:]
	}
	if part != "" {
		return whole + "," + part
	}
	return whole
}

// edited gives what a paragraph with a key says: as the coordinator rewrote it,
// or as we do. What came of one paragraph keeps its key.
func (b *builder) edited(key, text string) []paper.Para {
	after := []string{text}
	if b.rewritten[key] {
		if edit, fits := b.e.Edited(key, text); fits {
			after = edit.After
		}
	}
	var out []paper.Para
	for _, t := range after {
		out = append(out, paper.Para{Key: key, Spans: []paper.Span{{Text: t}}})
	}
	return out
}

// free gives a sentence of ours that may be rewritten.
func (b *builder) free(key, text string) []paper.Block {
	var out []paper.Block
	for _, p := range b.edited(key, text) {
		out = append(out, p)
	}
	return out
}

// prose gives a text people wrote. Its paragraphs are numbered below the key.
func (b *builder) prose(key, text string) []paper.Block {
	var out []paper.Block
	n := 0
	next := func(text string) []paper.Para {
		n++
		return b.edited(key+"/"+strconv.Itoa(n), text)
	}
	for _, piece := range blocks(text) {
		if piece.Items == nil {
			for _, p := range next(piece.Text) {
				out = append(out, p)
			}
			continue
		}
		var list paper.List
		for _, item := range piece.Items {
			list.Items = append(list.Items, next(item)...)
		}
		if len(list.Items) > 0 {
			out = append(out, list)
		}
	}
	return out
}

// led gives a text with words of ours before it, which stand out: "Co chybí: …".
// They belong to the first paragraph: whoever rewrites it has both.
func (b *builder) led(key, lead, text string) []paper.Block {
	pieces := blocks(text)
	switch {
	case len(pieces) == 0:
		return nil
	case pieces[0].Items != nil:
		return append([]paper.Block{paper.Para{Spans: []paper.Span{{Text: strings.TrimSpace(lead), Bold: true}}}}, b.prose(key, text)...)
	}
	out := b.prose(key, lead+strings.TrimSpace(text))
	if len(out) == 0 {
		return nil
	}
	if p, ok := out[0].(paper.Para); ok {
		if rest, ours := strings.CutPrefix(p.Text(), lead); ours {
			p.Spans = []paper.Span{{Text: lead, Bold: true}, {Text: rest}}
			out[0] = p
		}
	}
	return out
}

// unkeyed gives a text as it stands elsewhere: it is rewritten there.
func unkeyed(text []paper.Block) []paper.Block {
	for i, block := range text {
		switch block := block.(type) {
		case paper.Para:
			block.Key = ""
			text[i] = block
		case paper.List:
			for k := range block.Items {
				block.Items[k].Key = ""
			}
		}
	}
	return text
}
