package engine

// An Erasure takes a person out of the records (GDPR, article 17): the address
// and the name are replaced wherever they stand. What was decided, by which
// body, and the journal with its chain of hashes stay as they are.
type Erasure struct {
	Email string // lower case
	Name  string // "" when only the address is known
}
