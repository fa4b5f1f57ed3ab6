package country

import (
	_ "embed"
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"sync"

	"splneno/engine"
)

//go:embed words.json
var wordsFile []byte

// words are the pieces everything is made of.
var words = sync.OnceValue(func() (w lexicon) {
	if err := json.Unmarshal(wordsFile, &w); err != nil {
		panic("country: words.json: " + err.Error())
	}
	return w
})

// A lexicon is words.json.
type lexicon struct {
	Stems, Ends, Rivers               []string
	Town, Coordinator                 string
	Steering, Houses, Writers         []string
	Bodies                            []bodyName
	Areas, Measures                   []string
	Verbs, Services, Groups, Targets  []string
	Details, Deadlines                []string
	Indicators                        []engine.Indicator
	Plan, Council, Territory, Funding string
	Done, Missing                     map[engine.State][]string
	Typed                             map[engine.State]string
	Questions                         []string
	Reported, Source, Again           string
	Stranger, Absence                 struct{ Subject, Text string }
	Letter, Greeting                  string
	Resolution, Foreword, Conclusion  string
}

type bodyName struct {
	Name string
	Kind engine.PartyKind
}

// dice gives the randomness of one thing: the same for the same names, whatever
// was asked for before.
func dice(seed uint64, names ...string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(names, "\x00")))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// one gives one of a list.
func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
