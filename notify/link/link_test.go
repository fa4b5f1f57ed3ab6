package link

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"splneno/engine"
)

func signer(t testing.TB, fill byte) *Signer {
	t.Helper()
	s, err := New(bytes.Repeat([]byte{fill}, keyLen), "https://plan.example.cz/")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var request = engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita", Round: 1, LinkSerial: 1}

func TestTokenNamesOneRequest(t *testing.T) {
	s := signer(t, 7)
	base := s.Token("klatovy", request)
	if len(base) != 32 || base != s.Token("klatovy", request) {
		t.Fatalf("token %q is not 32 characters, or not stable", base)
	}
	vary := map[string]func(r *engine.Request){
		"plan":         func(r *engine.Request) { r.Plan = "kps" },
		"period":       func(r *engine.Request) { r.Period = "2024" },
		"organisation": func(r *engine.Request) { r.Organisation = "charit" },
		"serial":       func(r *engine.Request) { r.LinkSerial = 2 },
		"shifted":      func(r *engine.Request) { r.Plan, r.Period = "kpss2", "023" },
	}
	seen := map[string]string{base: "base", s.Token("sušice", request): "tenant", signer(t, 8).Token("klatovy", request): "key"}
	for name, change := range vary {
		r := request
		change(&r)
		token := s.Token("klatovy", r)
		if other, ok := seen[token]; ok {
			t.Errorf("%s and %s give the same token", name, other)
		}
		seen[token] = name
	}
	if len(seen) != 8 {
		t.Errorf("%d different tokens, want 8", len(seen))
	}
}

func TestHashRefusesForeignTokens(t *testing.T) {
	s := signer(t, 7)
	token := s.Token("klatovy", request)
	hash, err := s.Hash(token)
	if err != nil || len(hash) != 64 {
		t.Fatalf("own token refused: %q, %v", hash, err)
	}
	bad := []string{"", "x", token[:31], token + "A", token + "\n", token[:16] + "\n" + token[16:], " " + token[1:],
		strings.Repeat("A", 32), signer(t, 8).Token("klatovy", request)}
	for _, b := range bad {
		if _, err := s.Hash(b); engine.CodeOf(err) != engine.NotFound {
			t.Errorf("Hash(%q) = %v, want NotFound", b, err)
		}
	}
	for range 20000 {
		raw := make([]byte, 32)
		for i := range raw {
			raw[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[rand.IntN(64)]
		}
		if _, err := s.Hash(string(raw)); err == nil {
			t.Fatalf("a random token passes: %s", raw)
		}
	}
}

func FuzzHash(f *testing.F) {
	s := signer(f, 7)
	token := s.Token("klatovy", request)
	f.Add(token, uint(0))
	f.Add("", uint(77))
	f.Fuzz(func(t *testing.T, other string, bit uint) {
		if _, err := s.Hash(other); err == nil && other != token {
			t.Errorf("a token never signed passes: %q", other)
		}
		flipped := []byte(token)
		flipped[bit/8%uint(len(flipped))] ^= 1 << (bit % 8)
		if _, err := s.Hash(string(flipped)); err == nil {
			t.Errorf("a flipped token passes: %q", flipped)
		}
	})
}

func TestURLs(t *testing.T) {
	s := signer(t, 7)
	if got := s.AnswerURL("abc"); got != "https://plan.example.cz/o/abc" {
		t.Error(got)
	}
	if got := s.DeskURL(); got != "https://plan.example.cz/stul" {
		t.Error(got)
	}
	if _, err := New(s.key, "plan.example.cz"); engine.CodeOf(err) != engine.Invalid {
		t.Error("an address without a scheme is accepted:", err)
	}
}

func TestSecretsAreSealedForOnePurpose(t *testing.T) {
	s := signer(t, 7)
	for _, secret := range []string{"", "JBSWY3DPEHPK3PXP", strings.Repeat("Žluťoučký ", 500)} {
		sealed := s.Seal("totp/klatovy/1", []byte(secret))
		if again := s.Seal("totp/klatovy/1", []byte(secret)); again == sealed {
			t.Error("two seals are the same")
		}
		got, err := s.Open("totp/klatovy/1", sealed)
		if err != nil || string(got) != secret {
			t.Errorf("%q came back as %q: %v", secret, got, err)
		}
		if _, err := s.Open("totp/klatovy/2", sealed); engine.CodeOf(err) != engine.Invalid {
			t.Error("opened for another purpose")
		}
		if _, err := signer(t, 8).Open("totp/klatovy/1", sealed); engine.CodeOf(err) != engine.Invalid {
			t.Error("opened with another key")
		}
		for i := range sealed[:min(80, len(sealed))] {
			flipped := []byte(sealed)
			flipped[i] ^= 1
			if _, err := s.Open("totp/klatovy/1", string(flipped)); err == nil {
				t.Errorf("opened though altered at %d", i)
			}
		}
	}
	for _, bad := range []string{"", "x", "AAAA", strings.Repeat("A", 43)} {
		if _, err := s.Open("x", bad); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("Open(%q): %v", bad, err)
		}
	}
}

func TestNewSecretsDiffer(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if a == b || len(a) != 43 || SecretHash(a) == SecretHash(b) || len(SecretHash(a)) != 64 || strings.Contains(SecretHash(a), a) {
		t.Error(a, b)
	}
}

func TestKeys(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseKey(" " + FormatKey(key) + "\n")
	if err != nil || !bytes.Equal(key, back) {
		t.Errorf("key does not come back: %v", err)
	}
	for _, bad := range []string{"", "secretsecret", FormatKey(key) + "="} {
		if _, err := ParseKey(bad); engine.CodeOf(err) != engine.Invalid || (bad != "" && strings.Contains(err.Error(), bad)) {
			t.Errorf("ParseKey(%q) = %v", bad, err)
		}
	}
	if f := signer(t, 7).Fingerprint(); len(f) != 8 || f == signer(t, 8).Fingerprint() {
		t.Errorf("fingerprint %q", f)
	}
}
