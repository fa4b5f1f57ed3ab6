package link

import "testing"

func TestFeedToken(t *testing.T) {
	s := signer(t, 7)
	for _, id := range []string{"", "charita", "charita-2", "koordinator", "obec"} {
		name := s.FeedToken("klatovy", id, 0)
		if got, ok := s.FeedOf("klatovy", name, 0); !ok || got != id {
			t.Errorf("%q is of %q, %v", name, got, ok)
		}
		for i := range name {
			flipped := []byte(name)
			flipped[i] ^= 1
			if _, ok := s.FeedOf("klatovy", string(flipped), 0); ok {
				t.Errorf("%q passes for %q", flipped, name)
			}
		}
		_, tenant := s.FeedOf("susice", name, 0)
		_, serial := s.FeedOf("klatovy", name, 1)
		_, key := signer(t, 8).FeedOf("klatovy", name, 0)
		_, bare := s.FeedOf("klatovy", id, 0)
		if tenant || serial || key || bare {
			t.Errorf("%q opens another tenant's, a later or a foreign feed: %v %v %v %v", name, tenant, serial, key, bare)
		}
	}
	if got := s.FeedURL("-abc"); got != "https://plan.example.cz/kalendar/-abc.ics" {
		t.Error(got)
	}
}
