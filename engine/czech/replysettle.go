package czech

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// settle gives one answer per item, in order.
func (r *replyReader) settle(d draft) engine.ReplyReading {
	answers := map[string]engine.ReplyAnswer{}
	groups := map[string][]claim{}
	for _, c := range d.claims {
		groups[c.item] = append(groups[c.item], c)
	}
	for item, claims := range groups {
		answers[item] = r.merge(item, claims)
	}
	left := r.spread(d, answers)
	var out engine.ReplyReading
	for _, a := range answers {
		out.Answers = append(out.Answers, a)
	}
	slices.SortFunc(out.Answers, inOrder)
	out.Certain = len(out.Answers) > 0
	for _, a := range out.Answers {
		out.Certain = out.Certain && a.Certain
	}
	if text := strings.Join(left, "\n"); text != "" || len(out.Answers) == 0 && r.looks {
		if text == "" {
			text = trimText(r.text)
		}
		out.Answers = append(out.Answers, engine.ReplyAnswer{Status: engine.StateUnknown, Text: text, Lack: r.lacking(saying{status: unknown, text: text})})
		out.Certain = false
	}
	out.Nothing = len(out.Answers) == 0
	return out
}

// spread gives what is said of all, or of the rest, to the items nothing else
// was said of, not to those that stand where nothing could be read. Of two such
// sayings that differ nobody can tell.
func (r *replyReader) spread(d draft, answers map[string]engine.ReplyAnswer) (left []string) {
	left = d.left
	if len(d.whole) == 0 {
		return left
	}
	w := d.whole[0]
	for _, o := range d.whole[1:] {
		if o.status != w.status || o.qualifier != w.qualifier {
			for _, c := range d.whole {
				left = append(left, c.whole)
			}
			return left
		}
	}
	a := engine.ReplyAnswer{Item: "*", Status: engine.State(w.status), Qualifier: w.qualifier, Text: w.text, Lack: w.lack, Certain: true}
	if r.items == nil {
		answers["*"] = a
		return left
	}
	for _, it := range r.items {
		a.Item = strconv.Itoa(it.Number)
		if _, said := answers[a.Item]; said {
			continue
		}
		answers[a.Item] = a
		if text, ok := d.loose[a.Item]; ok {
			answers[a.Item] = engine.ReplyAnswer{Item: a.Item, Status: engine.StateUnknown, Text: text}
		}
	}
	return left
}

// merge settles what was said of one item.
func (r *replyReader) merge(item string, claims []claim) engine.ReplyAnswer {
	if slices.ContainsFunc(claims, func(c claim) bool { return c.part != "" }) {
		return r.mergeParts(item, claims)
	}
	if said := slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return c.silent }); len(said) > 0 {
		claims = said
	}
	for k := len(claims) - 1; k > 0; k-- {
		if claims[k].correct {
			claims = claims[k:]
			break
		}
	}
	first := claims[0]
	a := engine.ReplyAnswer{Item: item, Status: engine.State(first.status), Qualifier: first.qualifier, Certain: true}
	var texts, wholes []string
	for _, c := range claims {
		a.Certain = a.Certain && c.sure && c.certain
		a.Lack = a.Lack || c.lack
		texts, wholes = appendNew(texts, c.text), appendNew(wholes, c.whole)
		if c.status != first.status || c.qualifier != first.qualifier || !c.certain {
			a.Status, a.Qualifier, a.Certain = engine.StateUnknown, "", false
		}
	}
	a.Text = strings.Join(texts, "\n")
	if a.Status == engine.StateUnknown {
		a.Text = strings.Join(wholes, "\n")
	}
	return a
}

// mergeParts gives an item the status all its lettered parts share.
func (r *replyReader) mergeParts(item string, claims []claim) engine.ReplyAnswer {
	a := r.merge(item, withoutParts(claims))
	labels := map[string]bool{}
	for _, c := range claims {
		labels[c.part] = true
	}
	for _, part := range r.items[claims[0].index].Parts {
		a.Certain = a.Certain && labels[Fold(part)]
	}
	if a.Status == engine.StateUnknown {
		a.Text = ""
		for _, c := range claims {
			a.Text = strings.TrimPrefix(a.Text+"\n"+c.words, "\n")
		}
	}
	return a
}

func withoutParts(claims []claim) []claim {
	out := slices.Clone(claims)
	for k := range out {
		out[k].part = ""
	}
	return out
}

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// inOrder sorts by number, then codes, then "*".
func inOrder(a, b engine.ReplyAnswer) int {
	x, errX := strconv.Atoi(a.Item)
	y, errY := strconv.Atoi(b.Item)
	switch {
	case errX == nil && errY == nil:
		return cmp.Or(x-y, strings.Compare(a.Item, b.Item))
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	case a.Item == "*":
		return 1
	case b.Item == "*":
		return -1
	}
	return strings.Compare(a.Item, b.Item)
}
