package link

import "net/url"

// PublicURL gives the address of a page everybody may read, by its place below
// the page of the municipality: a plan is at "plan" and its id, an evaluation
// below it at its period.
func (s *Signer) PublicURL(tenant string, place ...string) string {
	address := s.base + "/obec/" + url.PathEscape(tenant)
	for _, p := range place {
		address += "/" + url.PathEscape(p)
	}
	return address
}
