package link

import (
	"crypto/hmac"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
)

// typable leaves out I, O, 0 and 1, which people mistake for one another.
var typable = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// DeskCode gives the code that opens the desk, the same as long as the key is:
// 80 bits as sixteen characters in groups of four.
func (s *Signer) DeskCode() string {
	c := typable.EncodeToString(s.mac("desk")[:10])
	return c[:4] + "-" + c[4:8] + "-" + c[8:12] + "-" + c[12:]
}

// CheckDeskCode reports whether somebody typed the desk code; case, spaces and
// dashes do not matter.
func (s *Signer) CheckDeskCode(typed string) bool {
	bare := strings.NewReplacer("-", "", " ", "")
	return hmac.Equal([]byte(bare.Replace(strings.ToUpper(typed))), []byte(bare.Replace(s.DeskCode())))
}

// SessionToken gives the value of a session cookie of that kind, good until
// expires (whole seconds).
func (s *Signer) SessionToken(kind string, expires time.Time) string {
	end := binary.BigEndian.AppendUint64(nil, uint64(expires.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(end, s.mac("session", kind, string(end))...))
}

// CheckSession reports whether the cookie value was signed here for that kind
// and has not expired at now.
func (s *Signer) CheckSession(token, kind string, now time.Time) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) < 8 {
		return false
	}
	end := int64(binary.BigEndian.Uint64(raw))
	return hmac.Equal(raw[8:], s.mac("session", kind, string(raw[:8]))) && now.Unix() < end
}
