package engine

import (
	"encoding/json"
	"slices"
	"time"
)

// A Bundle is an evaluation as one town hands it to its region: approved, as
// told, and sealed by the town.
type Bundle struct {
	Town       string // what the region tells towns apart by: given by the region, the same for as long as the town seals with one key
	Name       string
	District   string
	Region     string
	Evaluation Evaluation
	Seal       Seal
	TakenAt    time.Time // when the region took it in
	Version    int
}

// Message gives what the seal of a bundle is put on: whose it is, and the frozen
// evaluation by its hash.
func (b Bundle) Message() ([]byte, error) {
	return json.Marshal(struct {
		What, Name, District, Region, Hash, FrozenBy string
		FrozenAt                                     time.Time
	}{"splneno bundle 1", b.Name, b.District, b.Region, b.Evaluation.Hash, b.Evaluation.FrozenBy, b.Evaluation.FrozenAt.UTC()})
}

// Check says what is wrong with a bundle: an evaluation nobody approved, one
// that was changed since, or a seal that does not fit. Whose the key is must be
// known from elsewhere.
func (b Bundle) Check() error {
	e := b.Evaluation
	switch {
	case e.State != EvaluationApproved:
		return Errorf(Invalid, "the evaluation in the bundle is not approved; only an approved one goes to the region")
	case e.Plan == "" || e.Period.ID == "" || e.Period.Start == "" || e.Period.End < e.Period.Start || e.Number < 1 || b.Name == "":
		return Errorf(Invalid, "the bundle does not say whose evaluation of which plan and period it is")
	}
	if !e.adds() {
		return Errorf(Invalid, "the sums of the evaluation in the bundle are not those of its rows; ask %s for it again", b.Name)
	}
	hash, err := e.Digest()
	if err != nil {
		return err
	}
	if hash != e.Hash || !e.WordsFit() {
		return Errorf(Conflict, "the evaluation in the bundle was changed after it was approved: its hash does not fit; ask %s for it again", b.Name)
	}
	message, err := b.Message()
	if err != nil {
		return err
	}
	return b.Seal.Check(message)
}

// adds reports whether the counts of an evaluation are those of its rows.
func (e Evaluation) adds() bool {
	var all Totals
	for _, a := range e.Areas {
		var area Totals
		for _, m := range a.Measures {
			var measure Totals
			for _, r := range m.Activities {
				measure.Add(r)
			}
			if measure != m.Totals {
				return false
			}
			area = area.plus(measure)
		}
		if area != a.Totals {
			return false
		}
		all = all.plus(area)
	}
	return all == e.Totals
}

// Head gives the bundle without the rows of its evaluation.
func (b Bundle) Head() Bundle {
	b.Evaluation = b.Evaluation.Head()
	b.Evaluation.Asking, b.Evaluation.Foreword, b.Evaluation.Conclusion = Asking{}, "", ""
	return b
}

// sameSeason reports whether two bundles speak of the same plan and period of one town.
func (b Bundle) sameSeason(o Bundle) bool {
	return b.Town == o.Town && b.Evaluation.Plan == o.Evaluation.Plan && b.Evaluation.Period.ID == o.Evaluation.Period.ID
}

// A BundleFate says what becomes of a bundle that is handed in.
type BundleFate string

// The fates.
const (
	BundleNew      BundleFate = "new"
	BundleNewer    BundleFate = "newer"     // replaces an older number
	BundleSame     BundleFate = "same"      // is there already
	BundleChanged  BundleFate = "changed"   // the same number, said otherwise: under another key, of another district or after an erasure
	BundleOlder    BundleFate = "older"     // refused: a newer number is there
	BundleOtherKey BundleFate = "other_key" // refused: a town of this name seals with another key
)

// A Newcomer says who hands a bundle in whose key is not known here though
// there is a town of that name.
type Newcomer string

// The newcomers.
const (
	Nobody      Newcomer = ""             // not known: refused
	SameTown    Newcomer = "same_town"    // the town we know, with a new key
	AnotherTown Newcomer = "another_town" // another town of the same name
)

// Receive places a bundle among those a region has, by heads: it gives the
// bundle as it is to be stored, and what becomes of it. slug makes an id of a
// name. A key that is known is that of the town it is known of, whatever name
// the town has now.
func (b Bundle) Receive(have []Bundle, as Newcomer, slug func(string) string) (Bundle, BundleFate) {
	b.Town, b.Version = slug(b.Name), 0
	key := slices.IndexFunc(have, func(o Bundle) bool { return o.Seal.Key == b.Seal.Key })
	name := slices.IndexFunc(have, func(o Bundle) bool { return o.Town == b.Town })
	switch {
	case key >= 0:
		b.Town = have[key].Town
	case name >= 0 && as == AnotherTown:
		b.Town += "-" + b.Seal.Fingerprint()
	case name >= 0 && as != SameTown:
		return b, BundleOtherKey
	}
	i := slices.IndexFunc(have, b.sameSeason)
	if i < 0 {
		return b, BundleNew
	}
	b.Version = have[i].Version
	there, here := have[i].Evaluation, b.Evaluation
	switch {
	case there.Number > here.Number:
		return b, BundleOlder
	case there.Number < here.Number:
		return b, BundleNewer
	case there.Hash == here.Hash && have[i].District == b.District && have[i].Seal == b.Seal:
		return b, BundleSame
	}
	return b, BundleChanged
}
