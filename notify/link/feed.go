package link

import (
	"cmp"
	"crypto/hmac"
	"encoding/base32"
	"strconv"
	"strings"
)

// feedSpelling has no letter that could end the name.
var feedSpelling = base32.StdEncoding.WithPadding(base32.NoPadding)

// feedLen is how many bytes of a feed's name cannot be guessed.
const feedLen = 15

// town begins the name of the whole town's feed.
const town = "obec"

// FeedToken gives the name under which a calendar of terms is fetched: of an
// organisation, or of the whole town for "". It is another one once the serial
// is raised.
func (s *Signer) FeedToken(tenant, organisation string, serial int) string {
	secret := feedSpelling.EncodeToString(s.mac("feed", tenant, organisation, strconv.Itoa(serial))[:feedLen])
	return cmp.Or(organisation, town) + "-" + strings.ToLower(secret)
}

// FeedOf says whose calendar a name is, if it was made here with this serial.
func (s *Signer) FeedOf(tenant, name string, serial int) (organisation string, ok bool) {
	i := strings.LastIndexByte(name, '-')
	if i < 0 {
		return "", false
	}
	if hmac.Equal([]byte(name), []byte(s.FeedToken(tenant, "", serial))) {
		return "", true
	}
	organisation = name[:i]
	return organisation, hmac.Equal([]byte(name), []byte(s.FeedToken(tenant, organisation, serial)))
}

// FeedURL gives the address of a calendar.
func (s *Signer) FeedURL(name string) string { return s.base + "/kalendar/" + name + ".ics" }
