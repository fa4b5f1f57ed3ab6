package engine

import (
	"cmp"
	"regexp"
	"strings"
	"time"
)

// An Erased says that a person was erased, to whoever holds the key: by
// references nobody else finds the person by. A copy made before still holds the
// person; with this it can be told whom to erase again.
type Erased struct {
	Tenant string
	At     time.Time
	Who    string // reference of the address, or of the name where none was known
	Named  string // reference of the name that was erased with the address, "" for none
}

// The keys under which the journal keeps them.
const (
	erasedWho   = "who"
	erasedNamed = "named"
	erasedAgain = "again" // when the person had been erased before, in a later copy
)

// Note puts the erasure into what the journal says of it; first is when it was
// done for the first time, zero for just now.
func (e Erased) Note(detail map[string]string, first time.Time) {
	detail[erasedWho] = e.Who
	if e.Named != "" {
		detail[erasedNamed] = e.Named
	}
	if !first.IsZero() {
		detail[erasedAgain] = first.UTC().Format(time.RFC3339Nano)
	}
}

// ErasedBy gives the erasure a line of the journal tells of. One that was
// repeated bears the time of the first.
func ErasedBy(tenant string, l JournalLine) (Erased, bool) {
	if l.Event != PersonErased || l.Detail[erasedWho] == "" {
		return Erased{}, false
	}
	e := Erased{Tenant: tenant, At: l.At.UTC().Truncate(time.Microsecond), Who: l.Detail[erasedWho], Named: l.Detail[erasedNamed]}
	if first, err := time.Parse(time.RFC3339Nano, l.Detail[erasedAgain]); err == nil {
		e.At = first
	}
	return e, true
}

// erasedMark begins an erasure where it is written down.
const erasedMark = "splneno-erased"

// String writes it down as [ReadErased] reads it.
func (e Erased) String() string {
	return strings.Join([]string{erasedMark, e.Tenant, e.At.UTC().Format(time.RFC3339Nano), e.Who, cmp.Or(e.Named, "-")}, " ")
}

var erasedForm = regexp.MustCompile(`(?m)^` + erasedMark + ` (\S+) (\S+) ([0-9a-f]{64}) (-|[0-9a-f]{64})\s*$`)

// ReadErased finds the erasures in a text, one a line.
func ReadErased(text string) (out []Erased) {
	for _, f := range erasedForm.FindAllStringSubmatch(text, -1) {
		at, err := time.Parse(time.RFC3339Nano, f[2])
		if err == nil {
			out = append(out, Erased{f[1], at, f[3], strings.TrimPrefix(f[4], "-")})
		}
	}
	return out
}
