package web

import (
	"net/http"
	"net/url"
	"strconv"
)

// A sheet of up to wholeSheet activities is one page. A longer one is divided
// into parts of at most partSize: a page of sixty forms is slow on a phone and
// hard to finish.
const (
	wholeSheet = 15
	partSize   = 12
)

// A sheetPart is one of the pages a long sheet is divided into.
type sheetPart struct {
	Number, From, To int // of the part; of its first and last item
	Here             bool
	Owed             bool // something on it is still to be answered
	Drafted          bool // something on it is begun and not sent
}

// divide leaves on the sheet the items of one part. A part that is not there is
// the first on which something is owed. A short sheet stays whole.
func (s *sheet) divide(part int) {
	if s.Total <= wholeSheet {
		return
	}
	s.Parts = s.allParts()
	if part < 1 || part > len(s.Parts) {
		part = 1
		for i := len(s.Parts); i > 0; i-- {
			if s.Parts[i-1].Owed {
				part = i
			}
		}
	}
	here := &s.Parts[part-1]
	here.Here, s.Part, s.First, s.Last = true, part, here.From, here.To
	var kept []sheetGroup
	for _, g := range s.Groups {
		items := g.Items
		g.Items = nil
		for _, i := range items {
			if i.Number >= here.From && i.Number <= here.To {
				g.Items = append(g.Items, i)
			}
		}
		if len(g.Items) > 0 {
			kept = append(kept, g)
		}
	}
	s.Groups = kept
}

// allParts gives parts of much the same size.
func (s *sheet) allParts() []sheetPart {
	count := (s.Total + partSize - 1) / partSize
	size := (s.Total + count - 1) / count
	var parts []sheetPart
	for from := 1; from <= s.Total; from += size {
		parts = append(parts, sheetPart{Number: len(parts) + 1, From: from, To: min(from+size-1, s.Total)})
	}
	s.each(func(i *sheetItem) {
		p := &parts[(i.Number-1)/size]
		p.Owed = p.Owed || i.owed()
		p.Drafted = p.Drafted || i.Drafted
	})
	return parts
}

// nextOwed gives the number of the next part on which something is owed, 0 when
// there is none.
func (s *sheet) nextOwed() int {
	for _, p := range s.Parts {
		if p.Number > s.Part && p.Owed {
			return p.Number
		}
	}
	return 0
}

// partOf reads which part of the sheet is asked for, 0 for none.
func partOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("cast"))
	if err != nil {
		return 0
	}
	return n
}

// way gives the address of a part of the sheet, with the code word of what is
// said on it and the place to go to.
func (in call) way(part int, word, place string) string {
	q := url.Values{}
	if part > 0 {
		q.Set("cast", strconv.Itoa(part))
	}
	if word != "" {
		q.Set("zprava", word)
	}
	return (&url.URL{Path: "/o/" + in.token, RawQuery: q.Encode(), Fragment: place}).String()
}
