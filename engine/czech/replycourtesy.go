package czech

import (
	"slices"
	"strings"
)

// courtesies begin a clause that answers nothing. A "*" stands for any ending.
var courtesies = splitPhrases(`dobry den|dobre rano|dobre odpoledne|dobry vecer|hezky den|hezky vecer|pekny den|krasny den|pekny vecer|hezke odpoledne|pekne odpoledne|
	hezky vikend|pekny vikend|hezky zbytek|pekny zbytek|krasny zbytek|prijemny den|prijemny zbytek|ahoj|zdravim|cau|nazdar|vazen*|mila pani|mily pane|hello|hi|dear|guten tag|sehr geehrte*|
	dobry denko|dekuj*|diky za|diky moc|diky|moc dekuj*|velice dekuj*|mockrat dekuj*|predem dekuj*|srdecne dekuj*|dakuj*|vdaka|thank*|many thanks|danke|vielen dank|
	posilam*|zasilam*|zasielam*|posielam*|poslal*|posilame|nize|tady jsou|zde jsou|tu su|zde posilam*|tady posilam*|reaguj*|odpovida*|odpoveda*|odpovedi|nase odpovedi|
	nase vyjadreni|vyjadreni|v priloze*|v prilohe|prikladam*|k vasemu|k vasim|k vasi|na vas*|na zaklade vas*|dle vas*|podle vas*|
	prej*|prajem*|mejte|mej se|v pripade|v pripade dotaz*|kdyby cokoli*|kdybyste|jsem k dispozici|jsme k dispozici|omlouvam*|ospravedl*|predam*|predavam*|preposilam*|
	preposlu|predala jsem|predal jsem|odpovi*|odpovie*|ozv*|dam vedet|dame vedet|posl*|zasl*|poslem*|dopln*|zprava prijata|zpravu jsem*|vasi zpravu*|vas email*|vas e*|mail jsem*|
	potvrzuj*|potvrdzuj*|beru na vedomi|bereme na vedomi|na vedomi|odeslano z*|odoslane z*|sent from|poslano z*|get outlook|gesendet von|tesim*|tesime*|
	na vasi zpravu*|vratim se*|vyridim*|vyridime*|podivam*|podivame*|zjistim*|zjistime*|projdu|projdeme|zasleme|posleme|ahojte|zdravime|vas dotaz*|vase zprava*|dotaz predam*|we will*|i will*|
	rozumim*|zbytek dopln*|zbytek posl*|zbytek zasl*|zbytek doda*|ostatni dopln*|ostatni posl*|ostatni zasl*|ostatni doda*`)

// closings end a letter; a signature follows.
var closings = splitPhrases(`s pozdravem|s pozdravom|s uctou|se srdecnym*|s pratelskym*|s pranim*|zdravi|srdecne zdravi|hezky zdravi|s prateli|best regards|kind regards|regards|
	best wishes|mit freundlichen*|freundliche grusse|mfg|sp|spozdravem|za organizaci|za tym`)

var thanks = wordSet("dekuji dekujeme dakujem dakujeme dekuju")

var attachmentStems = []string{"priloh", "priloz", "attach", "anlage"}

// attachedAnswers are what an attachment may hold instead of the mail.
var attachedAnswers = []string{"odpoved", "vyplnen", "tabul", "formular", "dotaznik", "vyhodnoc", "hodnoc", "stav", "plneni", "vyjadren", "prehled", "podklad", "zprav", "sprav"}

func splitPhrases(s string) (out [][]string) {
	for phrase := range strings.SplitSeq(s, "|") {
		out = append(out, strings.Fields(phrase))
	}
	return out
}

// dropCourtesy marks what answers nothing: greetings, thanks, promises,
// signatures, and the lines of our own that carry a mark.
func (r *replyReader) dropCourtesy() {
	r.dropMarks()
	after, polite := false, false // after a closing; inside a polite sentence
	clauses := r.stretches(0, len(r.p))
	for k, c := range clauses {
		next := len(r.p)
		if k+1 < len(clauses) {
			next = clauses[k+1].from
		}
		closing := r.begins(c, closings)
		switch {
		case r.tells(c):
			r.dropGreeting(c)
			r.dropThanks(c, next)
			after, polite = false, false
			continue
		case closing:
			after = true
		case after && (c.to-c.from > longestSignature || r.begins(c, splitPhrases("ps|p s|poznamka|dodatek|oprava"))):
			after, polite = false, false
			continue
		case after, polite && !c.sentence:
		case c.sentence && r.pointsToAnswers(c):
			r.aside = append(r.aside, r.raw(c.from, c.to))
		case r.begins(c, courtesies) && !r.pointsToAnswers(c):
			polite = true
		default:
			polite = false
			r.dropThanks(c, next)
			continue
		}
		r.looks = r.looks || slices.ContainsFunc(r.p[c.from:c.to], func(p replyPiece) bool { return hasStem(p.fold, attachmentStems) })
		r.drop(c.from, next)
		polite = polite && r.at(c.to).fold != ":"
	}
	r.dropNames()
}

const longestSignature = 9 // pieces of one clause of a signature

func (r *replyReader) drop(from, to int) {
	for i := from; i < to; i++ {
		r.dropped[i] = true
	}
}

// ourLines begin lines that stand only in our mails.
var ourLines = splitPhrases(`znacka odpoved*|termin podle planu|v tomto obdobi melo`)

// dropMarks drops the lines of our mail, with its mark or without.
func (r *replyReader) dropMarks() {
	for i := 0; i < len(r.p); i++ {
		measure := r.p[i].fold == "opatreni" && r.at(i+1).fold == ":" && !r.statusAt(i+2)
		if r.at(i-1).kind != aLine || !measure && !slices.ContainsFunc(ourLines, func(p []string) bool { return spells(p, r.words(i, len(p))) }) {
			continue
		}
		for i < len(r.p) && r.p[i].kind != aLine {
			r.dropped[i] = true
			i++
		}
	}
}

// begins compares the first words of a clause.
func (r *replyReader) begins(c stretch, phrases [][]string) bool {
	words := r.words(c.from, 3)
	words = words[:min(len(words), c.to-c.from)]
	return slices.ContainsFunc(phrases, func(p []string) bool { return len(words) >= len(p) && spells(p, words[:len(p)]) })
}

// tells says that a clause may answer something.
func (r *replyReader) tells(c stretch) bool {
	where := clauseStart
	if c.sentence {
		where = lineStart
	}
	if m, ok := r.mentionAt(c.from, where, 0, false); ok && !m.open {
		return true
	}
	for i := c.from; i < c.to; i++ {
		p := r.p[i]
		if p.kind == aNumber && r.statusAt(i+1) || (p.kind == aWord || p.kind == aMark) && r.signAtPiece(i) {
			return true
		}
	}
	return false
}

// signAtPiece says that piece i begins a status, a denial or a lack.
func (r *replyReader) signAtPiece(i int) bool {
	f := r.p[i].fold
	_, short := shortAnswers[f]
	_, foreign := plainForeign[f]
	if short || foreign || hasStem(f, lackStems) || denies(f) && !strings.HasPrefix(f, "neva") {
		return true
	}
	if r.p[i].kind != aWord {
		return false
	}
	if s, n := signAt(r.words(i, longestSign)); n > 0 && slices.Contains([]sign{says, not, partly, mostly, inForm, ongoing}, s.sign) {
		return true
	}
	_, _, ok := participleOf(f)
	return ok
}

// dropGreeting drops the greeting that stands before an answer without a mark:
// "Dobrý den 1 ano".
func (r *replyReader) dropGreeting(c stretch) {
	if !r.begins(c, courtesies[:20]) {
		return
	}
	i := c.from + 1
	for i < c.to && (i == c.from+1 && r.p[i].kind == aWord && !r.signAtPiece(i) || r.upper(i) && !r.signAtPiece(i)) {
		i++
	}
	r.drop(c.from, i)
}

// dropThanks drops thanks at the end of a clause that no mark parts from it.
func (r *replyReader) dropThanks(c stretch, next int) {
	for i := c.from + 1; i < c.to; i++ {
		if thanks[r.p[i].fold] || i+1 < c.to && spells([]string{"s", "pozdrav*"}, r.words(i, 2)) {
			r.drop(i, next)
			return
		}
	}
}

// pointsToAnswers says that the clause sends the reader to an attachment for
// the answers.
func (r *replyReader) pointsToAnswers(c stretch) bool {
	attached, answers := false, false
	for _, p := range r.p[c.from:c.to] {
		attached = attached || hasStem(p.fold, attachmentStems)
		answers = answers || hasStem(p.fold, attachedAnswers)
	}
	return attached && answers
}

// dropNames drops the lines at the end that are a name and nothing else.
func (r *replyReader) dropNames() {
	end := len(r.p)
	for range 3 {
		for end > 0 && (r.dropped[end-1] || r.p[end-1].kind == aLine) {
			end--
		}
		from := end
		for from > 0 && r.p[from-1].kind != aLine && !r.dropped[from-1] {
			from--
		}
		if !r.nameLike(from, end) {
			return
		}
		r.drop(from, end)
		end = from
	}
}

func (r *replyReader) nameLike(from, to int) bool {
	const longest = 8 // pieces
	words := 0
	for i := from; i < to; i++ {
		if r.p[i].kind == aNumber || r.p[i].kind == aMark && !strings.Contains(".,", r.p[i].fold) || r.p[i].kind == aWord && !r.upper(i) || r.signAtPiece(i) {
			return false
		}
		if r.p[i].kind == aWord {
			words++
		}
	}
	before := from - 1
	for before > 0 && r.p[before].kind == aLine && !r.dropped[before] {
		before--
	}
	least := 2
	if before >= 0 && r.dropped[before] { // after a farewell one name is enough
		least = 1
	}
	return words >= least && words < 5 && to-from <= longest
}
