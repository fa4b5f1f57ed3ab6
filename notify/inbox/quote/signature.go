package quote

import (
	"strings"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// What ends a letter, and what programs and servers add to it. All folded, all
// at the beginning of a line.
var (
	closingWords = pattern.New(`^(?:s |se )(?:(?:pratelskym|uctivym|srdecnym|pozdravem|pozdravom|pozdravy|uctou|pranim|pratanim|podekovanim|dikem|diky)\b)|^mnoho zdaru|^(?:mit )?(?:freundlichen|besten|herzlichen) gru|^mfg\b|^(?:best |kind |warm )?regards\b|^(?:yours )?sincerely\b|^best wishes`)
	// These begin letters too: a name or the end must follow.
	courtesyWords = pattern.New(`^(?:dekuji|dekujeme|diky(?:$|[,.!]| za| moc| predem| vam| a)|dakujem|dakujeme|thanks|thank you|danke|srdecne|zdravim?(?:$|[,.!]|(?: \pL+\.?){1,3}$)|(?:(?:preji|prejeme|prajem|prajeme)(?: vam)? )?(?:hezky|pekny|krasny|prijemny|hezkeho|pekneho) (?:zbytek |zvysok )?(?:den|dne|dna|vikend|vecer|tyden|tyzden))(?:\PL|$)`)
	// A wish for the day begins letters too, but behind an answer it ends one.
	wishWords   = pattern.New(`(?:^|[ ,])(?:hezky|pekny|krasny|prijemny|hezkeho|pekneho|krasneho|prijemneho) (?:zbytek |zvysok )?(?:den|dne|dna|vikend|vikendu|vecer|tyden|tyzden)(?:\PL|$)`)
	byDevice    = pattern.New(`^(?:odeslano|odoslane|odoslano|poslano|poslane|zaslano|sent|gesendet|von mein\w*) (?:z|ze|zo|from|von|using|with|via|pomoci|mit|iphone|ipad)\b|^(?:ziskat|ziskajte|ziskejte|get|holen sie sich|laden sie) outlook\b|^outlook (?:pro|pre|for|fur) |^vygenerovano z mobil`)
	deviceName  = pattern.New(`iphon|ipad|telefon|galaxy|samsung|mobil|android|outlook|seznam|aplikac|\bapp\b|proton|mail|xiaomi|huawei|windows|\bmac|yahoo|centrum|tablet|smartphone|zariadeni|zarizeni|handy|\bios\b`)
	legalNotice = pattern.New(`^[*( ]*(?:` +
		`(?:tato|tuto) (?:e-?mailova )?(?:zprava|zpravu|sprava|spravu|komunikace) (?:je |a (?:jeji|vsechny|pripadne|veskere|jej)|vcetne|muze|moze|obsahuje duver|byla zkontrol|zkontrol|neobsahuje|nepredstavuje|neni |vcitane)|` +
		`(?:tento|tenhle) e-?mail (?:je |a (?:jeho|vsechny|pripadne|veskere|jakekoli)|vcetne|muze|moze|obsahuje duver|byl zkontrol|zkontrol|neobsahuje|nepredstavuje|neni |bol skontrol)|` +
		`(?:obsah|informace obsazene v|informacie obsiahnute v) (?:teto|tohoto|tomto|tejto|tohto)\b|dovolujeme si (?:vas|vam) (?:upozornit|oznamit)|` +
		`(?:informace|informacie) o (?:zpracovani|spracuvani|spracovani) osob|(?:zpracovani|spracovani|spracuvanie) osobn|` +
		`(?:tuto|tento) (?:zpravu|e-?mail|spravu) (?:zkontrol|skontrol)|` +
		`(?:zprava|e-?mail|sprava) (?:neobsahuje|byla zkontrol|bola skontrol|byl zkontrol)|(?:bez viru|virus-?free|virenfrei|neobsahuje viry)|` +
		`(?:myslete|myslite|myslime) na (?:zivotni|zivotne|nase|prirodu|planetu|budoucnost)|(?:setrete|setrime|chrante|chranme) (?:zivotni|zivotne|prirodu|nase|lesy)|` +
		`(?:nez|skor nez|pred|kym) (?:tento|tuto|vytisten|vytiskn|vytlac)|(?:prosim,? |prosime,? )?zvazte|` +
		`pokud nejste (?:zamyslen|urcen|opravnen|adres|prijem)|ak nie ste |please consider|this (?:e-?mail|message)\b|` +
		`the information (?:contained )?in this|the content of this|if you are not the|diese (?:e-?mail|nachricht)|disclaimer|confidentiality` + `)`)
	postscript   = pattern.New(`^p\. ?s\.|^ps\b|^dodatek\b`)
	contactData  = pattern.New(`@|www\.|https?:|\b\d{3} ?\d{3} ?\d{3}\b|\b\d{3} \d{2} \pL|^[*| ]*(?:tel|mob|fax|gsm|e-?mail|ico?|dic|web|ds|datova schranka|t|m|e|w|phone)\b ?[.:]`)
	answerWord   = pattern.New(`^(?:ano|ne|nie|jo|hotovo|ok|done|yes|vse|vsechno|vsechny|vsetko|vsetky|oba|obe|zbytek|ostatni)\b`)
	sentenceWord = pattern.New(`\b(?:jsme|jsem|bude|budou|mame|neni|jsou|sme|som|nie je|sa|se|byl|byla|bylo|byly|byli|bol|bola|bolo|boli|kvuli|protoze|chybi|chyba|viz|beru|bereme|will|is|are|was|have|werden|wird|ist|habe|haben)\b`)
)

// cutSignatures takes signatures and what programs add out of every answer
// between from and end. What looks like an answer below a signature stays one.
func (p *parting) cutSignatures(from, end int) {
	for i := from; i < end; i++ {
		if p.places[i] != mine {
			continue
		}
		to := i
		for to < end && p.places[to] == mine {
			to++
		}
		p.cutSignature(i, to)
		p.cutCard(i, to)
		i = to
	}
}

// cutSignature works on one answer: the lines from i to end.
func (p *parting) cutSignature(i, end int) {
	for begin := i; i < end; {
		switch l := p.lines[i]; {
		case l.blank() || !mayEnd(l):
			i++
		case p.ends == maxEnds:
			return
		case isByDevice(l):
			p.places[i] = signature
			if i++; i < end && strings.HasPrefix(p.lines[i].folded, "<http") {
				p.places[i] = signature
			}
		case isLegal(l):
			i = p.cut(i, end, answersShortly)
		case isRule(l) && (l.text == "-- " || p.card(i+1, end)):
			i = p.cut(i, end, answers)
		case p.closes(begin, i, end):
			i = p.cut(i, end, answers)
		default:
			i++
		}
	}
}

// longestNotice is how many lines of a signature or notice are looked at; nobody
// answers below more.
const longestNotice = 500

// cut takes the lines from i on away, until one that is an answer or begins
// what has its own rules.
func (p *parting) cut(i, end int, kept func(line) bool) int {
	notice := isLegal(p.lines[i])
	for first := i; i < end; i++ {
		l := p.lines[i]
		if looked := i > first && i-first < longestNotice; looked && (kept(l) || !notice && isLegal(l)) {
			break
		}
		if !l.blank() {
			p.places[i] = signature
		}
	}
	return i
}

// closes reports whether line i is where a letter ends: a closing with names and
// addresses below it, up to the end or to an answer that was added.
func (p *parting) closes(begin, i, end int) bool {
	l := p.lines[i]
	words := strings.Fields(l.folded)
	if len(words) > 12 || answers(l) {
		return false
	}
	if closingWords.MatchString(l.folded) || wishWords.MatchString(l.folded) && p.wrote(begin, i) {
		return p.signed(i+1, end)
	}
	if !courtesyWords.MatchString(l.folded) || sentenceWord.MatchString(l.folded) {
		return false
	}
	return nextSaid(p.lines[:end], i+1) == end || p.card(i+1, end)
}

// wrote reports whether more than a greeting stands between two lines.
func (p *parting) wrote(from, to int) bool {
	for i := from; i < to; i++ {
		if p.places[i] == mine && (answers(p.lines[i]) || len(strings.Fields(p.lines[i].folded)) > 3) {
			return true
		}
	}
	return false
}

// card reports whether a signature begins at the next line and goes on to the
// end.
func (p *parting) card(i, end int) bool {
	next := nextSaid(p.lines[:end], i)
	if next == end {
		return false
	}
	l := p.lines[next]
	return (isName(l) || closingWords.MatchString(l.folded) || isByDevice(l) || isLegal(l)) && p.signed(next, end)
}

// The most lines a signature has, and the most bytes one of them.
const (
	signatureLines = 12
	signatureWidth = 100
)

// signed reports whether all that follows looks like a signature.
func (p *parting) signed(i, end int) bool {
	p.ends++
	n := 0
	for end = min(end, i+5*signatureLines); i < end; i++ {
		l := p.lines[i]
		switch {
		case l.blank() || isRule(l):
		case answers(l) || isLegal(l):
			return true
		case n == signatureLines || !isCard(l):
			return false
		default:
			n++
		}
	}
	return true
}

// maxEnds is how many endings of letters are weighed in one mail.
const maxEnds = 200

// openings are the words with which endings begin.
var openings = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(`s se mnoho mit freundlichen besten herzlichen mfg best kind warm regards yours sincerely
		dekuji dekujeme diky dik dakujem dakujeme thanks thank danke srdecne zdravi zdravim zdravime preji prejeme prajem prajeme
		hezky pekny krasny prijemny hezkeho pekneho odeslano odoslane odoslano poslano poslane zaslano sent gesendet von
		ziskat ziskajte ziskejte get holen laden outlook vygenerovano tato tuto tento tenhle obsah informace informacie dovolujeme
		zpracovani spracovani spracuvanie zprava e-mail email sprava bez virus-free virus virenfrei neobsahuje myslete myslite myslime
		setrete setrime chrante chranme nez skor pred kym prosim prosime zvazte pokud ak please this the if diese disclaimer confidentiality`) {
		set[word] = true
	}
	return set
}()

// mayEnd asks cheaply what the patterns ask dearly.
func mayEnd(l line) bool {
	word, _, _ := strings.Cut(strings.TrimLeft(l.folded, "*( "), " ")
	return openings[strings.TrimRight(word, ",.:!")] || isRule(l)
}

func isLegal(l line) bool { return mayEnd(l) && legalNotice.MatchString(l.folded) }

// cutCard takes away a signature without a closing: the last paragraph of an
// answer, if it begins with a name and holds an address.
func (p *parting) cutCard(begin, end int) {
	for end > begin && (p.lines[end-1].blank() || p.places[end-1] == signature) {
		end--
	}
	i, addressed := end, false
	for i > begin && end-i <= signatureLines && !p.lines[i-1].blank() && p.places[i-1] == mine && isCard(p.lines[i-1]) && !answers(p.lines[i-1]) {
		i--
		addressed = addressed || contactData.MatchString(p.lines[i].folded)
	}
	if addressed && isName(p.lines[i]) && (i == begin || p.lines[i-1].blank()) {
		p.cut(i, end, answers)
	}
}

// isCard reports whether a line may stand in a signature: short, and no sentence.
func isCard(l line) bool {
	words := len(strings.Fields(l.folded))
	if len(l.folded) > signatureWidth {
		return false
	}
	return contactData.MatchString(l.folded) || words <= 8 && !sentenceWord.MatchString(l.folded) && !(words >= 4 && strings.ContainsAny(l.folded[len(l.folded)-1:], ".!?:"))
}

// What people are, folded, and a verb in the past, which no signature has.
var (
	roleWords = pattern.New(`^[(]?(?:bc|mgr|ing|phdr|mudr|judr|rndr|paeddr|thdr|doc|prof)\b|\b(?:vedouc\w{1,3}|veduc\w{1,3}|reditel\w*|riaditel\w*|koordinator\w*|starost\w*|mistostarost\w*|tajemni\w*|predsed\w*|referent\w*|jednatel\w*|manazer\w*|asistent\w*|metodi[ck]\w*|pracovni[ck]\w*)\b`)
	pastVerb  = pattern.New(`(?:^|[ (])\p{Ll}{2,}(?:la|lo|li|ly)\b`)
)

// isName reports whether a short line names a person or what he is: every longer
// word begins with a capital, or one is a title or an office.
func isName(l line) bool {
	if roleWords.MatchString(l.folded) && len(strings.Fields(l.folded)) <= 8 && !pastVerb.MatchString(l.said) && !answers(l) {
		return true
	}
	words := strings.FieldsFunc(l.said, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	capitals := 0
	for _, w := range words {
		if startsLower(w) && len(w) > 2 {
			return false
		}
		capitals++
	}
	return capitals > 0 && capitals <= 8 && !answers(l)
}

func isByDevice(l line) bool {
	return byDevice.MatchString(l.folded) && deviceName.MatchString(l.folded) && len(l.folded) <= signatureWidth && !answers(l)
}

// answers reports whether a line below a closing is an answer all the same.
func answers(l line) bool {
	return !l.blank() && (startsItem(l.folded) || postscript.MatchString(l.folded) || saysStatus(l))
}

// answersShortly is for the words of lawyers, in which things go on too.
func answersShortly(l line) bool {
	return postscript.MatchString(l.folded) || startsItem(l.folded) && saysStatus(l) || czech.ReadStatusPhrase(l.said, nil).Certain
}

// saysStatus reports whether a line says how something went.
func saysStatus(l line) bool {
	words := strings.TrimLeft(l.folded, "0123456789.,:;)(-=* ")
	return answerWord.MatchString(words) || czech.ReadStatusPhrase(l.said, nil).Status != czech.Status(engine.StateUnknown)
}
