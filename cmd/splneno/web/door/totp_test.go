package door

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTOTP(t *testing.T) {
	// The secret and the times of RFC 6238, appendix B, in six digits.
	secret := "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"} {
		if got := Code(secret, time.Unix(at, 0)); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
	now := time.Unix(1111111109, 0)
	for shift, ok := range map[time.Duration]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		code := Code(secret, now.Add(shift*step))
		if _, got := CheckTOTP(secret, code, 0, now); got != ok {
			t.Errorf("a code %d steps away: %v", shift, got)
		}
	}
	used, ok := CheckTOTP(secret, " 081 804", 0, now)
	if !ok {
		t.Fatal("a code with spaces is refused")
	}
	if _, ok := CheckTOTP(secret, "081804", used, now); ok {
		t.Error("a code opens twice")
	}
	if _, ok := CheckTOTP(secret, Code(secret, now.Add(-step)), used, now); ok {
		t.Error("an older code opens after a newer one")
	}
	if _, ok := CheckTOTP(secret, Code(secret, now.Add(step)), used, now.Add(step)); !ok {
		t.Error("the next code does not open")
	}
	for _, bad := range []string{"", "00000", "0818041", "abcdef", "08180\u0664"} {
		if _, ok := CheckTOTP(secret, bad, 0, now); ok {
			t.Errorf("%q opens", bad)
		}
	}
	if _, ok := CheckTOTP("not base32!", "", 0, now); ok {
		t.Error("a damaged secret opens with nothing")
	}
}

func TestEnrolment(t *testing.T) {
	secret := NewTOTP()
	if NewTOTP() == secret || len(secret) != 32 {
		t.Errorf("secret %q", secret)
	}
	e, err := Enrol(secret, "M\u011bsto \u017d\u010f\u00e1r: KPSS", "jana@example.cz")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(e.URL)
	if err != nil || u.Scheme != "otpauth" || u.Query().Get("secret") != secret || !strings.Contains(u.Query().Get("issuer"), "KPSS") {
		t.Errorf("%s %v", e.URL, err)
	}
	raw, err := base64.StdEncoding.DecodeString(e.QR)
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(raw)); err != nil || picture.Bounds().Dx() != 240 || len(raw) > 8000 {
		t.Errorf("the picture: %d bytes, %v", len(raw), err)
	}
	if strings.ReplaceAll(e.Secret, " ", "") != secret || strings.Count(e.Secret, " ") != 7 {
		t.Errorf("typed by hand: %q", e.Secret)
	}
	if _, err := Enrol("1", "x", "y"); err == nil || strings.Contains(err.Error(), `"1"`) {
		t.Errorf("a damaged secret: %v", err)
	}
}

func TestRecovery(t *testing.T) {
	codes, hashes := NewRecovery()
	if len(codes) != 8 || len(hashes) != 8 || strings.ContainsAny(strings.Join(codes, ""), "IO01") {
		t.Fatalf("%v", codes)
	}
	typed := " " + strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))
	rest, ok := UseRecovery(hashes, typed)
	if !ok || len(rest) != 7 || slices.Contains(rest, hashes[3]) || len(hashes) != 8 {
		t.Errorf("%v %d", ok, len(rest))
	}
	if _, ok := UseRecovery(rest, codes[3]); ok {
		t.Error("a code opens twice")
	}
	if _, ok := UseRecovery(nil, ""); ok {
		t.Error("nothing opens")
	}
}
