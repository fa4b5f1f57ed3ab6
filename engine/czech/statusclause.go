package czech

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A clause is what the words of one clause say together.
type clause struct {
	status    Status // "" when nothing is said
	opposite  Status // what the negation of status is
	qualifier string
	doubt     bool // somebody could read it otherwise
	oppDoubt  bool
	sure      bool // status was said by a word that needs no other
	signs     [unsure + 1]bool
	share     int // percent, -1 when none is printed
}

// readClause reads one clause word by word, longest phrase first.
func readClause(words []string) clause {
	c := clause{share: -1}
	for len(words) > 0 {
		words = words[c.take(words):]
	}
	c.negate()
	c.weaken()
	if c.signs[inForm] {
		c.qualifier = engine.AnotherForm
		c.doubt = c.doubt || c.status != fulfilled && c.status != partial && c.status != ""
	}
	return c
}

var (
	plainYear   = pattern.New(`^(?:19|20)\d\d$`)
	percentWord = pattern.New(`^(\d+)%$`)
)

// take reads the sign at the first word and gives how many words it took.
func (c *clause) take(words []string) int {
	if s, n := signAt(words); n > 0 {
		c.signs[s.sign] = true
		c.doubt = c.doubt || s.doubtful && s.sign != says
		if s.sign == says {
			c.say(s.status, unknown, s.doubtful, true)
		}
		return n
	}
	word := words[0]
	if m := percentWord.FindStringSubmatch(word); m != nil {
		c.share = number(m[1])
		return 1
	}
	if p, negated, ok := participleOf(word); ok {
		if negated {
			c.say(p.no, unknown, p.noDoubt, true)
		} else {
			c.say(p.yes, p.no, p.yesDoubt, p.noDoubt)
		}
		return 1
	}
	c.doubt = c.doubt || !neutralWords[word] && !plainYear.MatchString(word)
	return 1
}

// say takes in a status. Where a task goes stands above that it goes on or
// waits: "přesunuto do dalšího plánu". Any other two are one too many.
func (c *clause) say(status, opposite Status, doubt, oppDoubt bool) {
	goesOn := []Status{inProgress, Postponed}
	switch {
	case c.status == "":
		c.status, c.opposite, c.oppDoubt, c.sure = status, opposite, oppDoubt, !doubt
	case c.status == status:
		c.sure = c.sure || !doubt
	case status == CarriedOver && slices.Contains(goesOn, c.status):
		c.doubt = c.doubt || c.sure || doubt
		c.status, c.opposite, c.oppDoubt, c.sure = status, opposite, oppDoubt, true
	case c.status == CarriedOver && slices.Contains(goesOn, status):
		c.doubt = c.doubt || !doubt
	default:
		c.status, c.doubt = unknown, true
	}
}

// negate turns a status round where the clause denies it.
func (c *clause) negate() {
	c.doubt = c.doubt || c.signs[unsure]
	if c.status != "" && !c.sure && !(c.signs[ongoing] && c.status == inProgress) {
		c.doubt = true
	}
	if !c.signs[not] {
		return
	}
	if c.status == "" {
		c.doubt = true
		return
	}
	if c.signs[wholly] && c.status == fulfilled { // "není zcela splněno"
		c.status, c.doubt = partial, true
		return
	}
	c.status, c.doubt = c.opposite, c.doubt || c.oppDoubt
}

// weaken applies what is said about how much, how long and when.
func (c *clause) weaken() {
	said := c.status
	switch {
	case c.share >= 0:
		c.portion()
	case c.signs[mostly]:
		c.doubt = true
		if said == fulfilled {
			c.status = partial
		}
	case c.signs[partly] && (said == "" || said == fulfilled):
		c.status = partial
	case c.signs[partly] && said == unfulfilled:
		c.status, c.doubt = partial, true
	case c.signs[partly] && said != inProgress:
		c.doubt = true
	}
	if c.signs[ongoing] {
		c.doubt = c.doubt || said != "" && said != inProgress || c.status == partial
		if said == "" && c.status == "" || said == inProgress || said == fulfilled {
			c.status = Ongoing
		}
	}
	if c.signs[will] {
		c.doubt = c.doubt || c.status != inProgress && c.status != planned
		if c.status == fulfilled || c.status == inProgress || c.status == "" {
			c.status = planned
		}
	}
	if c.signs[stillIs] && c.status != "" {
		c.doubt = c.doubt || !slices.Contains([]Status{inProgress, planned, Ongoing, Suspended}, c.status)
	}
}

// portion reads "splněno z 80 %".
func (c *clause) portion() {
	switch {
	case c.share == 100 && (c.status == fulfilled || c.status == ""):
		c.doubt = c.doubt || c.status == ""
		c.status = fulfilled
	case c.share > 0 && c.share < 100 && (c.status == fulfilled || c.status == ""):
		c.doubt = c.doubt || c.status == ""
		c.status = partial
	default:
		c.doubt = true
	}
}

const longestSign = 4 // words

// signAt finds the longest sign the words begin with.
func signAt(words []string) (statusSign, int) {
	for n := min(longestSign, len(words)); n > 0; n-- {
		if s, ok := signs[strings.Join(words[:n], " ")]; ok {
			return s, n
		}
		for _, s := range openSigns {
			if spells(strings.Fields(s.words), words[:n]) {
				return s, n
			}
		}
	}
	return statusSign{}, 0
}

// spells compares word by word; a "*" stands for any ending.
func spells(pattern, words []string) bool {
	return slices.EqualFunc(pattern, words, func(p, w string) bool {
		stem, open := strings.CutSuffix(p, "*")
		return p == w || open && strings.HasPrefix(w, stem)
	})
}

var (
	signs, openSigns = func() (map[string]statusSign, []statusSign) {
		closed, open := map[string]statusSign{}, []statusSign{}
		for _, s := range statusSigns {
			if closed[s.words] = s; strings.Contains(s.words, "*") {
				open = append(open, s)
			}
		}
		return closed, open
	}()

	participleForms = func() map[string]participle {
		forms := map[string]participle{}
		for _, p := range participles {
			for _, ending := range endings {
				forms[p.stem+ending] = p
			}
			if strings.HasSuffix(p.stem, "l") {
				forms[p.stem+"i"] = p // "splnili" is no noun
			}
		}
		return forms
	}()
)

// participleOf knows a participle with and without "ne".
func participleOf(word string) (p participle, negated, ok bool) {
	if p, ok = participleForms[word]; ok {
		return p, false, true
	}
	stem, negated := strings.CutPrefix(word, "ne")
	p, ok = participleForms[stem]
	return p, true, ok && negated
}
