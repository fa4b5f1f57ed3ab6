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
