package planfile_test

import (
	"strings"
	"testing"

	"splneno/engine"
)

const (
	run     = `<w:r><w:t xml:space="preserve">`
	endRun  = `</w:t></w:r>`
	tracked = ` w:id="1" w:author="A" w:date="2031-01-01T00:00:00Z"`
)

// inTable puts the XML of a title cell into a table with a heading row.
func inTable(cell string) string {
	return wp("Komunitní plán sociálních služeb") +
		tbl(trOf("Kód", "Název aktivity", "Gestor"), `<w:tr>`+tc("", "1.1.1")+`<w:tc>`+cell+`</w:tc>`+tc("", "Město Podlesí")+`</w:tr>`)
}

// TestWordText reads one cell of everything a word processor may put there.
func TestWordText(t *testing.T) {
	p := func(inner string) string { return `<w:p>` + inner + `</w:p>` }
	tests := map[string]struct{ cell, want string }{
		"inserted":     {p(`<w:ins` + tracked + `>` + run + `nové` + endRun + `</w:ins>` + run + ` byty` + endRun), "nové byty"},
		"deleted":      {p(run + `byty` + endRun + `<w:del` + tracked + `><w:r><w:delText> staré</w:delText></w:r></w:del>`), "byty"},
		"moved":        {p(`<w:moveFrom` + tracked + `>` + run + `sem` + endRun + `</w:moveFrom><w:moveTo` + tracked + `>` + run + `tam` + endRun + `</w:moveTo>`), "tam"},
		"mark deleted": {`<w:p><w:pPr><w:rPr><w:del` + tracked + `/></w:rPr></w:pPr>` + run + `domov ` + endRun + `</w:p>` + p(run+`pro seniory`+endRun), "domov pro seniory"},
		"old dress":    {p(`<w:pPr><w:pPrChange` + tracked + `><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:pPrChange></w:pPr>` + run + `x` + endRun), "x"},
		"simple field": {p(`<w:fldSimple w:instr=" DATE ">` + run + `2031` + endRun + `</w:fldSimple>`), "2031"},
		"field": {p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>` + run + `skryto` + endRun +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run + `výsledek` + endRun + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "výsledek"},
		"soft hyphen": {p(`<w:r><w:t>pečova</w:t><w:softHyphen/><w:t>tel` + "\u00ad" + `ka</w:t><w:tab/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>`), "pečovatelka a-b"},
		"control":     {`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p(run+`vyplněno`+endRun) + `</w:sdtContent></w:sdt>`, "vyplněno"},
		"link":        {p(`<w:hyperlink><w:smartTag>` + run + `odkaz` + endRun + `</w:smartTag></w:hyperlink>`), "odkaz"},
		"text box": {p(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><x><w:txbxContent>` + p(run+`v rámečku`+endRun) +
			`</w:txbxContent></x></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p(run+`v rámečku`+endRun) +
			`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + run + `vedle` + endRun), "vedle v rámečku"},
		"note":   {p(run + `text` + endRun + `<w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`), "text"},
		"hidden": {p(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>tajné</w:t></w:r>` + run + `jasné` + endRun), "jasné"},
		"nested": {p(run+`byty`+endRun) + tbl(trOf("malé", "velké")) + p(""), "byty malé velké"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := mustRead(t, "x.docx", wordFile(t, inTable(tt.cell), map[string]string{"word/numbering.xml": numbers}))
			if got := find(t, d, "1.1.1").Title; got != tt.want {
				t.Errorf("got %q, want %q in %+v", got, tt.want, d.Warnings)
			}
		})
	}
	d := mustRead(t, "x.docx", wordFile(t, inTable(tests["hidden"].cell), nil))
	wantReasons(t, d, "table 1, row 2, column 2: hidden text")
	d = mustRead(t, "x.docx", wordFile(t, inTable(wp("byty")+`<w:altChunk/>`+`<w:p><w:r><w:object/></w:r></w:p>`), nil))
	wantReasons(t, d, "table 1, row 2, column 2: a piece put in", "table 1, row 2, column 2: an embedded object")
	d = mustRead(t, "x.docx", wordFile(t, inTable(tests["nested"].cell), nil))
	wantReasons(t, d, "table 1, row 2, column 2: a table inside a cell")
}

// TestWordTables wants merged cells in every place they cover, and rows and
// cells whose deletion is tracked nowhere.
func TestWordTables(t *testing.T) {
	gone := `<w:tr><w:trPr><w:del` + tracked + `/></w:trPr>` + tc("", "1.1.9") + tc("", "Zrušeno") + tc("", "X") + `</w:tr>`
	body := wp("Komunitní plán sociálních služeb") + wp("Opatření 1.1 Bydlení") + tbl(
		tr(tc("", "Kód"), tc(`<w:gridSpan w:val="2"/>`, "Název aktivity"), tc("", "Gestor")), gone,
		tr(tc("", "1.1.1"), tc(`<w:gridSpan w:val="2"/>`, "Byty"), tc(begins, "Město Podlesí")),
		tr(tc("", "1.1.2"), tc(`<w:gridSpan w:val="2"/>`, "Krizový byt"), tc(goesOn, "")),
		`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc(`<w:gridSpan w:val="2"/>`, "Bez kódu")+tc("", "Charita Podlesí")+`</w:tr>`)
	d := mustRead(t, "x.docx", wordFile(t, body, nil))
	if len(d.Activities) != 3 {
		t.Fatalf("activities: %+v", d.Activities)
	}
	for id, want := range map[string]string{"1.1.1": "Město Podlesí", "1.1.2": "Město Podlesí", "1.1/u1": "Charita Podlesí"} {
		if got := names(find(t, d, id).Responsible); got != want {
			t.Errorf("%s: %q", id, got)
		}
	}
}

// TestWordStrict reads the other name space of the same format, under any prefix.
func TestWordStrict(t *testing.T) {
	body := strings.NewReplacer("<w:", "<n:", "</w:", "</n:", "xmlns:w=", "xmlns:n=",
		"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main").
		Replace(wordXML + wordColumns() + "</w:body></w:document>")
	d := mustRead(t, "x.docx", zipOf(t, map[string]string{"[Content_Types].xml": contentTypes, "word/document.xml": body}))
	if len(d.Activities) != 2 {
		t.Errorf("%+v", d.Activities)
	}
}

// TestWordThemeColours finds a colour that only the theme spells out.
func TestWordThemeColours(t *testing.T) {
	theme := `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme>` +
		`<a:accent6><a:srgbClr val="92d050"/></a:accent6></a:clrScheme></a:themeElements></a:theme>`
	body := strings.ReplaceAll(wordColours(), shade("92D050"), `<w:shd w:val="clear" w:color="auto" w:themeFill="accent6"/>`)
	d := mustRead(t, "x.docx", wordFile(t, body, map[string]string{"word/theme/theme1.xml": theme}))
	if a := find(t, d, "1.1.1"); a.Status != engine.Fulfilled {
		t.Errorf("%+v", a)
	}
}

// TestWordLegendTorn wants no status of a colour that the legend gives twice.
func TestWordLegendTorn(t *testing.T) {
	body := strings.Replace(wordColours(), shade("FF0000"), shade("92D050"), 1)
	body += wpWith(shade("FF0000"), "", "Plán nesplněn") // still a legend of two
	d := mustRead(t, "x.docx", wordFile(t, body, nil))
	if a := find(t, d, "1.1.1"); a.Status != engine.StateUnknown || len(a.Unsure) == 0 {
		t.Errorf("%+v", a)
	}
}

// TestWordNumbering wants the labels nobody typed, as Word prints them.
func TestWordNumbering(t *testing.T) {
	level := func(i, start, format, text string) string {
		return `<w:lvl w:ilvl="` + i + `"><w:start w:val="` + start + `"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	lists := `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:abstractNum w:abstractNumId="1">` + level("0", "3", "decimal", "%1.") + level("1", "1", "decimal", "%1.%2") + level("2", "1", "bullet", "x") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + level("0", "26", "lowerLetter", "%1)") + level("1", "4", "upperRoman", "%2.") + level("2", "1", "none", "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`
	var cell strings.Builder
	for _, at := range []string{"1 0", "1 1", "1 1", "1 0", "1 1", "1 2", "2 0", "2 0", "2 1", "2 2", "3 0", "3 0", "0 0", "9 0"} {
		list, level, _ := strings.Cut(at, " ")
		cell.WriteString(wpWith(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+list+`"/></w:numPr>`, "", "x"))
	}
	d := mustRead(t, "x.docx", wordFile(t, inTable(cell.String()), map[string]string{"word/numbering.xml": lists}))
	want := "3. x 3.1 x 3.2 x 4. x 4.1 x • x z) x aa) x IV. x x 1. x 2. x x x"
	if got := find(t, d, "1.1.1").Title; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
