package link

import "testing"

func TestBoardTokenNamesOneMember(t *testing.T) {
	s := signer(t, 7)
	base := s.BoardToken("klatovy", "kpss", "2023", "rs@example.cz", 1)
	if len(base) != 32 || base != s.BoardToken("klatovy", "kpss", "2023", "rs@example.cz", 1) {
		t.Fatalf("token %q is not 32 characters, or not stable", base)
	}
	seen := map[string]bool{base: true}
	for _, other := range []string{s.BoardToken("susice", "kpss", "2023", "rs@example.cz", 1), s.BoardToken("klatovy", "kps", "s2023", "rs@example.cz", 1),
		s.BoardToken("klatovy", "kpss", "2024", "rs@example.cz", 1), s.BoardToken("klatovy", "kpss", "2023", "jina@example.cz", 1),
		s.BoardToken("klatovy", "kpss", "2023", "rs@example.cz", 2), signer(t, 8).BoardToken("klatovy", "kpss", "2023", "rs@example.cz", 1)} {
		if seen[other] {
			t.Errorf("two boards have the token %s", other)
		}
		seen[other] = true
	}
	if _, err := s.Hash(base); err == nil {
		t.Error("the token of a board opens an answer page")
	}
	if got := s.BoardURL("abc"); got != "https://plan.example.cz/prehled/abc" {
		t.Error(got)
	}
}
