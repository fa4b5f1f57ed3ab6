package czech

import "strings"

// A Column says what a column of a plan's table holds. The values are the names
// a person may give on the command line.
type Column string

// The columns.
const (
	ColumnID          Column = "id"
	ColumnArea        Column = "area"
	ColumnMeasure     Column = "measure"
	ColumnCode        Column = "code"
	ColumnTitle       Column = "title"
	ColumnDetails     Column = "details"
	ColumnTargetGroup Column = "target_group"
	ColumnResponsible Column = "responsible"
	ColumnDeadline    Column = "deadline"
	ColumnStatus      Column = "status"
	ColumnNarrative   Column = "narrative"
	ColumnIndicator   Column = "indicator"
	ColumnNote        Column = "note"
)

// Columns lists them in the order tables print them.
func Columns() []Column {
	return []Column{ColumnID, ColumnArea, ColumnMeasure, ColumnCode, ColumnTitle, ColumnDetails, ColumnTargetGroup,
		ColumnResponsible, ColumnDeadline, ColumnStatus, ColumnNarrative, ColumnIndicator, ColumnNote}
}

// columnHeadings are the headings of tables in plans, folded. A heading that is
// not here whole is read by its beginning, the longest row first.
var columnHeadings = map[string]Column{
	"id":                                 ColumnID,
	"identifikator":                      ColumnID,
	"prioritni oblast":                   ColumnArea,
	"oblast":                             ColumnArea,
	"oblast podpory":                     ColumnArea,
	"priorita":                           ColumnArea,
	"opatreni":                           ColumnMeasure,
	"nazev opatreni":                     ColumnMeasure,
	"cislo a nazev opatreni":             ColumnMeasure,
	"specificky cil":                     ColumnMeasure,
	"kod":                                ColumnCode,
	"kod aktivity":                       ColumnCode,
	"cislo":                              ColumnCode,
	"cislo aktivity":                     ColumnCode,
	"cis.":                               ColumnCode,
	"c.":                                 ColumnCode,
	"por. c.":                            ColumnCode,
	"poradove cislo":                     ColumnCode,
	"p. c.":                              ColumnCode,
	"p.c.":                               ColumnCode,
	"oznaceni":                           ColumnCode,
	"aktivita":                           ColumnTitle,
	"aktivity":                           ColumnTitle,
	"nazev":                              ColumnTitle,
	"nazev aktivity":                     ColumnTitle,
	"nazev ukolu":                        ColumnTitle,
	"ukol":                               ColumnTitle,
	"cinnost":                            ColumnTitle,
	"popis":                              ColumnDetails,
	"popis aktivity":                     ColumnDetails,
	"popis opatreni":                     ColumnDetails,
	"obsah":                              ColumnDetails,
	"charakteristika":                    ColumnDetails,
	"cilova skupina":                     ColumnTargetGroup,
	"cilove skupiny":                     ColumnTargetGroup,
	"odpovedny":                          ColumnResponsible,
	"odpovednost":                        ColumnResponsible,
	"odpovedny za realizaci":             ColumnResponsible,
	"zodpovedny":                         ColumnResponsible,
	"zodpovednost":                       ColumnResponsible,
	"zodpovida":                          ColumnResponsible,
	"odpovida":                           ColumnResponsible,
	"realizator":                         ColumnResponsible,
	"realizatori":                        ColumnResponsible,
	"gestor":                             ColumnResponsible,
	"garant":                             ColumnResponsible,
	"nositel":                            ColumnResponsible,
	"termin":                             ColumnDeadline,
	"termin realizace":                   ColumnDeadline,
	"termin plneni":                      ColumnDeadline,
	"terminy":                            ColumnDeadline,
	"casovy harmonogram":                 ColumnDeadline,
	"harmonogram":                        ColumnDeadline,
	"doba realizace":                     ColumnDeadline,
	"stav":                               ColumnStatus,
	"stav plneni":                        ColumnStatus,
	"stav realizace":                     ColumnStatus,
	"plneni":                             ColumnStatus,
	"splneni":                            ColumnStatus,
	"splneno":                            ColumnStatus,
	"splneno/castecne/nesplneno":         ColumnStatus,
	"hodnoceni":                          ColumnStatus,
	"vyhodnoceni":                        ColumnStatus,
	"zrealizovane akce":                  ColumnNarrative,
	"realizovane akce":                   ColumnNarrative,
	"realizovane cinnosti":               ColumnNarrative,
	"popis plneni":                       ColumnNarrative,
	"popis realizace":                    ColumnNarrative,
	"komentar":                           ColumnNarrative,
	"komentar k plneni":                  ColumnNarrative,
	"slovni hodnoceni":                   ColumnNarrative,
	"oduvodneni plneni":                  ColumnNarrative,
	"indikator":                          ColumnIndicator,
	"indikatory":                         ColumnIndicator,
	"ukazatel":                           ColumnIndicator,
	"meritelny vystup":                   ColumnIndicator,
	"vystup":                             ColumnIndicator,
	"vystupy":                            ColumnIndicator,
	"poznamka":                           ColumnNote,
	"poznamky":                           ColumnNote,
	"realizator, spolupracujici subjekt": ColumnResponsible,
}

// longestHeading is how many letters the heading of a column has at most; a
// longer cell is prose.
const longestHeading = 80

// ReadColumn reads the heading of a column. Exact is false when only its
// beginning is a word of the vocabulary ("Termín (čtvrtletí)").
func ReadColumn(heading string) (c Column, exact, ok bool) {
	folded := strings.TrimRight(Fold(heading), " :*")
	if folded == "" || len(folded) > longestHeading {
		return "", false, false
	}
	if c, ok := columnHeadings[folded]; ok {
		return c, true, true
	}
	longest := 0
	for known, column := range columnHeadings {
		rest, begins := strings.CutPrefix(folded, known)
		if begins && len(known) > longest && strings.IndexAny(rest, " /(,:-") == 0 && len(known) > len("id") {
			c, longest = column, len(known)
		}
	}
	return c, false, longest > 0
}
