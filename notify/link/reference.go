package link

import "encoding/hex"

// Reference gives a name for a text in 64 hexadecimal digits: always the same
// one, and another in another town. Who does not hold the key cannot find out
// whose it is, not even by trying.
func (s *Signer) Reference(tenant, text string) string {
	return hex.EncodeToString(s.mac("reference", tenant, text))
}
