package web

import (
	"net/http"
	"net/url"
	"strconv"
)

// A pager is the place of a page in a long list. Templates show it with
// {{template "pager" .Pager}}.
type pager struct {
	Page, Size, All int // Page from 1
	query           url.Values
	path            string
}

// newPager reads which page is asked for; a page that is not there is the last.
func newPager(r *http.Request, size, all int) pager {
	p := pager{Page: 1, Size: size, All: all, query: r.URL.Query(), path: r.URL.Path}
	p.query.Del("zprava")
	p.query.Del("n")
	if n, err := strconv.Atoi(p.query.Get("strana")); err == nil {
		p.Page = max(1, min(n, p.Last()))
	}
	return p
}

// Last gives the number of the last page.
func (p pager) Last() int { return max(1, (p.All+p.Size-1)/p.Size) }

// From and To give the first and the last item shown, counted from 1.
func (p pager) From() int { return min(p.All, (p.Page-1)*p.Size+1) }

// To gives the last item shown.
func (p pager) To() int { return min(p.All, p.Page*p.Size) }

// Offset gives how many items come before the page.
func (p pager) Offset() int { return (p.Page - 1) * p.Size }

// Previous and Next give the ways to the neighbours, "" where there is none.
func (p pager) Previous() string { return p.way(p.Page - 1) }

// Next gives the way to the following page.
func (p pager) Next() string { return p.way(p.Page + 1) }

func (p pager) way(page int) string {
	if page < 1 || page > p.Last() {
		return ""
	}
	p.query.Set("strana", strconv.Itoa(page))
	return (&url.URL{Path: p.path, RawQuery: p.query.Encode()}).String()
}

// paged gives the part of a list that is on the page.
func paged[T any](p pager, list []T) []T {
	return list[min(len(list), p.Offset()):min(len(list), p.Offset()+p.Size)]
}
