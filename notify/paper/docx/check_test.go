package docx

import (
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

func TestCheck(t *testing.T) {
	layout := town(t, "word/document.xml", "{grafy}", "viz {grafy}", "word/styles.xml", `w:val="heading 3"`, `w:val="other"`, "word/document.xml", "{podpisy}", "{A B}", "word/vbaProject.bin", "", "x")
	found, err := Check(layout, townFilling(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Finding{
		{Fault: FaultMacro}, {Name: "souhrn", Found: true}, {Name: "obec", Found: true}, {Name: "obsah", Found: true}, {Name: "souhrnn", Fault: FaultUnknown, Nearest: "souhrn"},
		{Name: "A B", Fault: FaultUnknown}, {Name: "grafy", Fault: FaultInside}, {Name: "heading 3", Fault: FaultStyle}, {Name: "podpisy", Fault: FaultMissing},
	} {
		if !slices.Contains(found, want) {
			t.Errorf("%+v is not among %+v", want, found)
		}
	}
	names := 0
	for _, f := range found {
		if f.Fault == FaultMissing {
			names++
		}
	}
	if names != 1 {
		t.Errorf("%d are missing", names)
	}
	if _, err := Check([]byte("x"), townFilling(t)); engine.CodeOf(err) != engine.Invalid {
		t.Error(err)
	}
}

func TestNearest(t *testing.T) {
	known := namesOf(townFilling(t))
	for name, want := range map[string]string{"souhrny": "souhrn", "SOUHRN": "souhrn", "tabulka": "tabulky", "podpis": "podpisy", "xyz": "", "obec mesta": "", "gray": "grafy"} {
		if got := known.nearest(name); got != want {
			t.Errorf("%s: %q instead of %q", name, got, want)
		}
	}
}

// A part takes away the paragraph of its placeholder, but nothing else: the end
// of a section or a picture that hangs on it stays.
func TestAPartLeavesWhatHangsOnItsParagraph(t *testing.T) {
	const landscape = `<w:sectPr><w:pgSz w:w="16838" w:h="11906"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1134" w:right="1134"/></w:sectPr>`
	layout := town(t, "word/document.xml", `<w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">{tabulky}</w:t></w:r></w:p>`,
		`<w:p><w:pPr>`+landscape+`</w:pPr><w:r><w:t>{tabulky}</w:t></w:r></w:p>`, "word/document.xml", `<w:t xml:space="preserve">{grafy}</w:t>`, `<w:drawing/><w:t>{grafy}</w:t>`)
	var b strings.Builder
	if err := Fill(&b, layout, shell(wording(t)), townFilling(t)); err != nil {
		t.Fatal(err)
	}
	text := unzipped(t, []byte(b.String()))["word/document.xml"]
	if !strings.Contains(text, landscape) || !strings.Contains(text, "<w:drawing/>") {
		t.Error("something was taken away with its paragraph")
	}
	if !strings.Contains(text, `<w:tblW w:w="14570"`) || strings.Index(text, `<w:tblW w:w="14570"`) > strings.Index(text, landscape) {
		t.Error("the table does not fill the section it stands in")
	}
	if strings.Contains(text, "{tabulky}") || strings.Contains(text, "{grafy}") {
		t.Error("a placeholder was left")
	}
}

// Every section has a room of its own.
func TestAPartFillsItsSection(t *testing.T) {
	layout := town(t, "word/document.xml", `<w:t>{</w:t>`, `<w:t>x {</w:t>`, "word/document.xml", `<w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">{grafy}</w:t></w:r></w:p>`,
		`<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr></w:pPr><w:r><w:t>{grafy}</w:t></w:r></w:p>`)
	layout = rewritten(t, layout, "word/document.xml", "x {", "{")
	var b strings.Builder
	if err := Fill(&b, layout, shell(wording(t)), townFilling(t)); err != nil {
		t.Fatal(err)
	}
	if text := unzipped(t, []byte(b.String()))["word/document.xml"]; !strings.Contains(text, `<wp:extent cx="10692130"`) || strings.Count(text, `<w:tblW w:w="9638"`) != 2 {
		t.Error("a chart or a table has the width of another section")
	}
}

// A layout has styles under names and ids of its own; what it lacks is added and
// builds on what it has.
func TestStylesOfALayout(t *testing.T) {
	layout := town(t, "word/styles.xml", "", readFile(t, "styles.xml"))
	found, err := Check(layout, townFilling(t))
	if err != nil || !slices.Contains(found, Finding{Name: "heading 2", Fault: FaultStyle}) || slices.Contains(found, Finding{Name: "heading 1", Fault: FaultStyle}) {
		t.Errorf("%v, %+v", err, found)
	}
	var b strings.Builder
	if err := Fill(&b, layout, shell(wording(t)), townFilling(t)); err != nil {
		t.Fatal(err)
	}
	checkPackage(t, []byte(b.String()))
	parts := unzipped(t, []byte(b.String()))
	for _, want := range []string{`<w:basedOn w:val="Normlntabulka"/>`, `<w:basedOn w:val="TableTextS"/>`, `w:styleId="Heading2"`, "Times New Roman"} {
		if !strings.Contains(parts["word/styles.xml"], want) {
			t.Errorf("the styles hold no %s", want)
		}
	}
	if strings.Contains(parts["word/styles.xml"], `w:styleId="Heading1"`) || !strings.Contains(parts["word/document.xml"], `<w:tblStyle w:val="EvaluationTableS"/>`) {
		t.Error("a style of the layout was not used, or one of ours was mistaken for it")
	}
}

// The page numbers of the layout's own contents are old once it is filled.
func TestTheContentsOfALayoutAreStale(t *testing.T) {
	layout := town(t, "word/document.xml", "{obsah}", `</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>`)
	var b strings.Builder
	if err := Fill(&b, layout, shell(wording(t)), townFilling(t)); err != nil {
		t.Fatal(err)
	}
	text := unzipped(t, []byte(b.String()))["word/document.xml"]
	if strings.Count(text, `<w:fldChar w:fldCharType="begin" w:dirty="true"/>`) != 1 {
		t.Error("the contents are not called stale")
	}
	wellFormed(t, "document", text)
}
