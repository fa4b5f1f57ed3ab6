package engine

import "fmt"

// CountOf says a number with the word for what is counted, as the ledger, errors
// and the command line have it: "1 letter", "2 letters". What towns read is
// counted by engine/czech, which has more forms.
func CountOf[N int | int64](n N, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}
