package docx

import "strconv"

// numbering gives the two kinds of list, beginning with the ids given: one with
// bullets, and one with numbers that every list counts from one.
func numbering(kind, number, lists int) (kinds, numbers string) {
	level := func(n, format, mark string) string {
		return `<w:abstractNum w:abstractNumId="` + n + `"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + mark + `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>`
	}
	bullets, counting := strconv.Itoa(kind), strconv.Itoa(kind+1)
	kinds = level(bullets, "bullet", "\u2022") + level(counting, "decimal", "%1.")
	numbers = `<w:num w:numId="` + strconv.Itoa(number) + `"><w:abstractNumId w:val="` + bullets + `"/></w:num>`
	for i := range lists {
		numbers += `<w:num w:numId="` + strconv.Itoa(number+1+i) + `"><w:abstractNumId w:val="` + counting + `"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`
	}
	return kinds, numbers
}
