package link

import (
	"testing"

	"splneno/engine"
)

func TestSeal(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(key, "https://plan.example.cz")
	if err != nil {
		t.Fatal(err)
	}
	message := []byte("vyhodnoceni 2023")
	seal := s.Sign("klatovy", message)
	if err := seal.Check(message); err != nil {
		t.Errorf("a seal of ours: %v", err)
	}
	if again := s.Sign("klatovy", message); again != seal {
		t.Error("the same message has two seals")
	}
	if other := s.Sign("susice", message); other.Key == seal.Key || other.Fingerprint() == seal.Fingerprint() {
		t.Error("two towns share a key")
	}
	if err := seal.Check([]byte("vyhodnoceni 2024")); engine.CodeOf(err) != engine.Conflict {
		t.Errorf("another message: %v", err)
	}
	for _, bad := range []engine.Seal{{}, {Key: "x", Signature: seal.Signature}, {Key: seal.Key, Signature: "x"}, {Key: seal.Key[:8], Signature: seal.Signature}} {
		if bad.Check(message) == nil {
			t.Errorf("%+v fits", bad)
		}
	}
}
