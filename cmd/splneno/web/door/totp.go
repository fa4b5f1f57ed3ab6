package door

import (
	"bytes"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// step is how long a code is shown; a clock may be wrong by one.
const step = 30 * time.Second

// An Enrolment is what somebody is shown who adds an authenticator.
type Enrolment struct {
	Secret string // as typed by hand, in groups of four
	URL    string // otpauth://…, which a phone opens
	QR     string // the same as a picture, as base64 of a PNG
}

// NewTOTP draws the secret of an authenticator.
func NewTOTP() string {
	k, err := totp.Generate(totp.GenerateOpts{Issuer: "x", AccountName: "x"})
	if err != nil { // it fails for empty names alone
		panic(err)
	}
	return k.Secret()
}

// Enrol shows a secret to whoever is to keep it. issuer and account are what
// the authenticator lists it under.
func Enrol(secret, issuer, account string) (Enrolment, error) {
	raw, err := base32Secret(secret)
	if err != nil {
		return Enrolment{}, err
	}
	k, err := totp.Generate(totp.GenerateOpts{Issuer: cut(strings.ReplaceAll(issuer, ":", " ")), AccountName: cut(account), Secret: raw})
	if err != nil {
		return Enrolment{}, fmt.Errorf("authenticator: %w", err)
	}
	picture, err := k.Image(240, 240)
	if err != nil {
		return Enrolment{}, fmt.Errorf("authenticator: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return Enrolment{}, fmt.Errorf("authenticator: %w", err)
	}
	return Enrolment{Secret: grouped(secret), URL: k.URL(), QR: base64.StdEncoding.EncodeToString(b.Bytes())}, nil
}

// cut keeps a name so short that the picture can hold it.
func cut(name string) string {
	if r := []rune(name); len(r) > 120 {
		return string(r[:120])
	}
	return name
}

// CheckTOTP reports whether a code is one of now, of the step before or of the
// one after, and of a later step than last: no code opens twice. It gives the
// step to be remembered.
func CheckTOTP(secret, code string, last int64, now time.Time) (used int64, ok bool) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, code)
	at := now.Unix() / int64(step/time.Second)
	for n := at - 1; n <= at+1; n++ {
		want := Code(secret, time.Unix(n*int64(step/time.Second), 0))
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && want != "" && n > last {
			used, ok = n, true
		}
	}
	return used, ok
}

// Code gives the code an authenticator shows at now, "" for a damaged secret.
func Code(secret string, now time.Time) string {
	code, err := totp.GenerateCodeCustom(secret, now, totp.ValidateOpts{Period: uint(step / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return ""
	}
	return code
}
