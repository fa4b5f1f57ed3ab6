package link

import "net/url"

// PublicURL gives the address of a page everybody may read; see [PublicPath].
func (s *Signer) PublicURL(tenant string, place ...string) string {
	return s.base + PublicPath(tenant, place...)
}

// PublicPath gives the path of a page everybody may read, by its place below the
// page of the municipality: a plan is at "plan" and its id, an evaluation below
// it at its period.
func PublicPath(tenant string, place ...string) string {
	path := "/obec/" + url.PathEscape(tenant)
	for _, p := range place {
		path += "/" + url.PathEscape(p)
	}
	return path
}
