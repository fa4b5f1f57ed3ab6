package web

import (
	"net/http"
	"net/url"
	"strings"
)

// An openPage is a page everybody may read, machines too: it says where they
// learn of news, and where they find the data it is made of.
type openPage interface {
	Feed() string
	Data() string
}

// openLinks are what the head of such a page names: the one address among all
// that open it, the feed and the data.
type openLinks struct{ Canonical, Feed, Data string }

// canonical gives the one address of a public page: of all ways to spell it, and
// without what does not choose what it shows.
func (s *site) canonical(r *http.Request) string {
	place := strings.Split(strings.TrimPrefix(r.URL.Path, "/obec/"), "/")
	address, asked, q := s.Signer.PublicURL(place[0], place[1:]...), r.URL.Query(), url.Values{}
	if asked.Has("opatreni") {
		q.Set("oblast", asked.Get("oblast"))
		q.Set("opatreni", asked.Get("opatreni"))
	}
	if page := newPager(r, 1, 1<<30).Page; page > 1 {
		q.Set("strana", asked.Get("strana"))
	}
	if len(q) == 0 {
		return address
	}
	return address + "?" + q.Encode()
}
