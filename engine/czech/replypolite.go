package czech

import (
	"slices"
	"strings"
)

// Where one activity was asked about, "ano" may answer the mail and not the
// question: "Ano, dostali jsme Váš dotaz."

// yesWords are heads that may do so. After the first of them thanks are enough.
var yesWords = wordSet(`ano jo jojo ok okay ne nie yes no ja nein hej`)

var doneWords = wordSet(`hotovo hotove done finished erledigt bezi`)

// mailStems begin the words of writing letters, meeting and agreeing.
var mailStems = []string{
	"dotaz", "zprav", "sprav", "mail", "odkaz", "formular", "vypln", "odpov", "odpis", "nositel", "adres", "obdrz", "dostal", "nedostal", "prisl", "prisel", "neprisl", "spravn", "souhlas", "suhlas", "rozum", "dopis", "schrank",
	"posl", "odesl", "odosl", "zasl", "zasil", "predam", "predal", "preposl", "jedna", "schuz", "prijd", "pride", "neprijd", "pozv", "zucastn", "doraz", "zverejn", "piste", "volejte", "kontakt",
	"jasn", "jist", "urcit", "samozrejm", "netyk", "vim", "vime", "viem", "mohu", "muzu", "muze", "mozem", "pocit", "zitra", "zajtra", "ozv", "dame", "dam", "udel", "podiv", "zjist", "doda", "dopln",
	"messag", "received", "link", "remind", "answer", "tomorrow", "will", "agree", "bekommen", "erhalten", "nachricht", "prosim",
}

// selfWords name the writer: "ne, my ne", "to není pro nás".
var selfWords = wordSet(`nas my ja me mne moje muj tady zde sem`)

// polite says that a bare yes, no or done at piece from answers the mail.
func (r *replyReader) polite(from, to int) bool {
	for from < to && (r.dropped[from] || r.p[from].kind == aMark || r.p[from].kind == aLine) {
		from++
	}
	head := r.at(from).fold
	if !yesWords[head] && !doneWords[head] && !startsWith(r, from, [][]string{{"pracujeme", "na"}}) || from >= to {
		return false
	}
	rest := from + 1
	for rest < len(r.p) && (yesWords[r.p[rest].fold] || doneWords[r.p[rest].fold]) {
		rest++
	}
	if head == "ok" || head == "okay" { // "OK." may say no more than that the mail was read
		return !r.statusAt(rest) && !r.statusAt(rest+1)
	}
	if r.parts(rest) && !r.endsSentence(rest) {
		rest++
	}
	end := rest
	for !r.endsSentence(end) {
		end++
	}
	if r.statusAt(rest) { // "ano, splněno"
		return false
	}
	return slices.ContainsFunc(r.p[rest:end], func(p replyPiece) bool { return ofMail(p.fold) || selfWords[p.fold] }) ||
		yesWords[head] && rest < end && slices.Contains(r.dropped[rest:end], true)
}

// ofMail says that a word, with one wrong stroke or none, begins as one of
// mailStems does.
func ofMail(word string) bool {
	return slices.ContainsFunc(mailStems, func(stem string) bool {
		if strings.HasPrefix(word, stem) {
			return true
		}
		for n := len(stem) - 1; n <= min(len(word), len(stem)+1); n++ {
			if len(stem) >= shortestSlip && !strings.HasPrefix(stem, word[:n]) && oneStroke(word[:n], stem) {
				return true
			}
		}
		return false
	})
}

// endsSentence says that piece i ends a sentence, as the end of the reply does.
func (r *replyReader) endsSentence(i int) bool {
	return r.parts(i) && strings.Contains(".!?\n", r.at(i).fold)
}
