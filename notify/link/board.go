package link

import (
	"encoding/base64"
	"strconv"
)

// BoardToken gives the token that opens the board of a season's results to one
// member of the steering group, named by the e-mail address; always the same
// for the same serial, and another one when the serial is raised. Who checks a
// token makes it again for everybody it may be of.
func (s *Signer) BoardToken(tenant, plan, period, member string, serial int) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("board", tenant, plan, period, member, strconv.Itoa(serial))[:bodyLen+checkLen])
}

// BoardURL gives the address of the board behind a token.
func (s *Signer) BoardURL(token string) string { return s.base + "/prehled/" + token }
