package czech

import "slices"

// prose reads a text whose status is a sentence of its own, the first or the
// last: "Proběhly tři besedy. Úkol byl splněn."
func (r *replyReader) prose(clauses []stretch) saying {
	found := saying{status: unknown}
	var others []stretch
	for k, c := range clauses {
		s := r.phrase(r.raw(c.from, c.to))
		tail := s.certain && r.concludes(clauses[max(0, k-longestLead):k], c)
		sentence := c.sentence && (k+1 == len(clauses) || clauses[k+1].sentence)
		if !s.certain || !sentence && !tail || !tail && k+1 < len(clauses) && !r.speaksOfItem(c) {
			others = append(others, c)
			continue
		}
		if found.certain && (found.status != s.status || found.qualifier != s.qualifier) {
			return saying{status: unknown}
		}
		found = s
		found.firm = true
	}
	if found.certain && r.contradicted(found, others) {
		found.certain = false
	}
	return found
}

// concludes says that c stands behind a dash after a sentence with a verb:
// "Elektromobily byly pořízeny – splněno." Behind a noun it may answer a part.
func (r *replyReader) concludes(before []stretch, c stretch) bool {
	if r.at(c.from-1).fold != "-" {
		return false
	}
	for k := len(before) - 1; k >= 0; k-- {
		if r.anyStem(before[k], earlierStems) || r.otherYear(r.raw(before[k].from, before[k].to)) {
			return false
		}
		if slices.ContainsFunc(r.p[before[k].from:before[k].to], func(p replyPiece) bool {
			_, _, participle := participleOf(p.fold)
			return participle || verbs[p.fold]
		}) {
			return true
		}
		if before[k].sentence {
			break
		}
	}
	return false
}

const longestLead = 6 // clauses of a sentence before its status

// verbs show that words are a sentence.
var verbs = wordSet(`se jsme jsem je jsou byl byla bylo byly byli mame maji ma sa sme som su bol bola bolo boli`)

func (r *replyReader) speaksOfItem(c stretch) bool {
	return slices.ContainsFunc(r.p[c.from:c.to], func(p replyPiece) bool { return itemNouns[p.fold] })
}
