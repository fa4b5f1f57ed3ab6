package planfile_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"splneno/engine"
	"splneno/store/planfile"
)

// book makes a workbook; the rows of its first sheet begin at A1.
func book(t testing.TB, rows [][]any, more func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	if more != nil {
		more(f)
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var heading = []any{"Kód", "Opatření", "Aktivita", "Odpovědný", "Termín", "Stav", "Komentář"}

func TestReadSheetOfATown(t *testing.T) {
	data := book(t, [][]any{
		{"Vyhodnocení komunitního plánu na Podlesku 2025"},
		{},
		heading,
		{"Prioritní oblast 1: Senioři"},
		{1, "1.1 Péče doma", "Rozšířit službu", "Charita Podlesí\nMěsto Dubovice", 45838, "splněno", "Tři nová auta"},
		{2, nil, "Kurzy pro pečující", "Charita Podlesí", "2025", "částečně", "Jen dva kurzy"},
		{nil, nil, nil, "Spolek Lípa", nil, nil, "a jedna beseda"},
		{"Prioritní oblast 2: Děti"},
		{1, "2.1 Klub", "Otevřít klub", "", "Průběžně", "hotovo?", ""},
	}, func(f *excelize.File) {
		day := 14
		style, err := f.NewStyle(&excelize.Style{NumFmt: day, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFF00"}}})
		must(t, err)
		must(t, f.SetCellStyle("Sheet1", "E5", "E5", style))
		must(t, f.MergeCell("Sheet1", "A4", "G4"))
		must(t, f.MergeCell("Sheet1", "A8", "G8"))
		must(t, f.MergeCell("Sheet1", "B5", "B6"))
		must(t, f.SetRowVisible("Sheet1", 6, false))
		must(t, f.SetColVisible("Sheet1", "G", false))
		_, err = f.NewSheet("Poznámky")
		must(t, err)
		must(t, f.SetCellStr("Poznámky", "A1", "zavolat starostovi"))
	})
	d := mustRead(t, "plan.xlsx", data)
	if d.Plan.Kind != engine.EvaluationPlan || d.Period != engine.Year(2025) || d.Plan.Title != "Vyhodnocení komunitního plánu na Podlesku 2025" {
		t.Errorf("plan: %+v, period %+v", d.Plan, d.Period)
	}
	type row struct{ ID, Area, Title, Raw, Deadline, Status, Narrative string }
	var got []row
	for _, a := range d.Activities {
		got = append(got, row{a.ID, a.Area, a.Title, a.ResponsibleRaw, a.Deadline.Raw, string(a.Status), a.Narrative})
	}
	want := []row{
		{"1.1/1", "1", "Rozšířit službu", "Charita Podlesí\nMěsto Dubovice", "30.\u00a06.\u00a02025", "fulfilled", "Tři nová auta"},
		{"1.1/2", "1", "Kurzy pro pečující", "Charita Podlesí;\nSpolek Lípa", "2025", "partial", "Jen dva kurzy\na jedna beseda"},
		{"2.1/1", "2", "Otevřít klub", "", "Průběžně", "unknown", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first := d.Activities[0]
	if len(first.Responsible) != 2 || first.Deadline.Due != "2025-06-30" || first.Sources["deadline"] != "Sheet1!E5" || first.Sources["responsible"] != "Sheet1!D5" {
		t.Errorf("first: %+v", first)
	}
	wantWarnings(t, d, []warningAt{{7, "a row without a title"}, {9, "the status is not understood"}, {0, "hidden rows"}, {0, "hidden columns"},
		{0, "rows are coloured"}, {0, "a sheet without a heading"}})
}

// TestReadNumbersAndDays reads cells by their stored values, whatever they look like.
func TestReadNumbersAndDays(t *testing.T) {
	for _, epoch := range []bool{false, true} {
		data := book(t, [][]any{{"Kód", "Aktivita", "Termín"}, {"1.10", "A", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)}, {"1.1", "B", nil}}, func(f *excelize.File) {
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &epoch}))
			must(t, f.SetCellValue("Sheet1", "C2", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)))
			must(t, f.SetCellFormula("Sheet1", "C3", "1+1"))
		})
		d := mustRead(t, "plan.xlsx", data)
		if a := d.Activities[0]; a.Deadline.Due != "2024-02-29" || a.ID != "1.10" {
			t.Errorf("1904 %v: %s is due %q (%s)", epoch, a.ID, a.Deadline.Due, a.Deadline.Raw)
		}
		wantWarnings(t, d, []warningAt{{0, "formulas without a stored value"}})
	}
}

// TestReadMergedRows reads an activity whose cells are merged over several rows
// once, with all the parties and texts beside it.
func TestReadMergedRows(t *testing.T) {
	d := mustRead(t, "plan.xlsx", book(t, [][]any{
		{"Kód", "Opatření", "Aktivita", "Odpovědný", "Termín", "Popis"},
		{"1.", "1.1 Péče", "Klub", "Město Dubovice", "2026", "sál"},
		{nil, nil, nil, "Spolek Lípa", nil, "kuchyň"},
		{"2.", nil, "Domov", "Charita Podlesí", nil, nil},
	}, func(f *excelize.File) {
		for _, m := range []string{"A2:A3", "B2:B4", "C2:C3", "E2:E4"} {
			from, to, _ := strings.Cut(m, ":")
			must(t, f.MergeCell("Sheet1", from, to))
		}
	}))
	if len(d.Activities) != 2 {
		t.Fatalf("%d activities", len(d.Activities))
	}
	a, b := d.Activities[0], d.Activities[1]
	if len(a.Responsible) != 2 || strings.Join(a.Details, " ") != "sál kuchyň" || a.Deadline.Raw != "2026" {
		t.Errorf("first: %+v", a)
	}
	if b.ID != "1.1/2" || b.Deadline.Due != "2026-12-31" || b.Sources["deadline"] != "Sheet1!E2" {
		t.Errorf("second: %+v", b)
	}
	for _, w := range d.Warnings {
		if w.Line > 0 {
			t.Errorf("a warning: %+v", w)
		}
	}
}

// TestReadWhatIsElsewhereOrHidden says what of a workbook one could miss.
func TestReadWhatIsElsewhereOrHidden(t *testing.T) {
	data := book(t, [][]any{{"x"}}, func(f *excelize.File) {
		_, err := f.NewSheet("Plán 2026")
		must(t, err)
		must(t, f.SetSheetRow("Plán 2026", "A1", &[]any{"Aktivita", "Termín", "Rozpočet"}))
		must(t, f.SetSheetRow("Plán 2026", "A2", &[]any{"Klub", "2026", 100}))
		must(t, f.SetSheetVisible("Plán 2026", false))
		style, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"00B050"}}})
		must(t, err)
		must(t, f.SetCellStyle("Plán 2026", "A2", "C2", style))
	})
	data = rezip(t, data, func(_ string, part []byte) []byte { return part }, map[string][]byte{"xl/externalLinks/externalLink1.xml": []byte("<x/>")})
	d := mustRead(t, "plan.xlsx", data)
	if a := d.Activities[0]; d.Plan.Start != "2026-01-01" || a.Title != "Klub" || a.Sources["title"] != "Plán 2026!A2" {
		t.Errorf("%+v", d)
	}
	wantWarnings(t, d, []warningAt{{0, "formulas point into other files"}, {0, "the sheet is hidden"}, {1, "column C of sheet Plán 2026 is not used"},
		{0, "rows are coloured"}, {0, "a sheet without a heading"}, {2, "no measure is named"}})
}

func TestReadSheetsWithColumnsGiven(t *testing.T) {
	data := book(t, [][]any{{"Co", "Kdo", "Dokdy"}, {"Otevřít klub", "Spolek Lípa", "2026"}}, nil)
	if _, err := planfile.Read("plan.xlsx", data, nil); engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "no heading of a plan") {
		t.Fatalf("got %v", err)
	}
	m, err := planfile.ParseMapping("A=title, b=responsible,C=deadline")
	must(t, err)
	d, used, err := planfile.ReadSheets("plan.xlsx", data, nil, planfile.Mappings{"": m})
	must(t, err)
	if a := d.Activities[0]; a.Title != "Otevřít klub" || a.Deadline.Due != "2026-12-31" || a.Responsible[0].Name != "Spolek Lípa" {
		t.Errorf("%+v", a)
	}
	if len(used) != 1 || used[0].Columns.String() != "A=title,B=responsible,C=deadline" {
		t.Fatalf("used %+v", used)
	}
	again, _, err := planfile.ReadSheets("plan.xlsx", data, nil, planfile.Mappings{used[0].Fingerprint: m}) // remembered
	must(t, err)
	if diff := cmp.Diff(d, again); diff != "" {
		t.Error(diff)
	}
}

func TestParseMappingRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"A":                 "is no mapping",
		"A=title,A=code":    "each column once",
		"A=title,B=titul":   `"titul" is nothing a column can hold`,
		"1=title,B=code":    "is no column",
		"ZZZZ=title,B=code": "is no column",
		"A=code,B=code":     "given to two columns, A and B",
		"A=code,B=status":   "need a title",
	} {
		if _, err := planfile.ParseMapping(text); engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// rezip changes the parts of a workbook; change gives nil to leave one out.
func rezip(t testing.TB, data []byte, change func(name string, part []byte) []byte, more map[string][]byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	add := func(name string, part []byte) {
		w, err := out.Create(name)
		must(t, err)
		_, err = w.Write(part)
		must(t, err)
	}
	for _, f := range in.File {
		r, err := f.Open()
		must(t, err)
		part, err := io.ReadAll(r)
		must(t, err)
		if part = change(f.Name, part); part != nil {
			add(f.Name, part)
		}
	}
	for name, part := range more {
		add(name, part)
	}
	must(t, out.Close())
	return b.Bytes()
}

func TestReadBookRefuses(t *testing.T) {
	good := book(t, [][]any{heading, {"1.", "1.1 Péče", "Klub", "Město", "2026"}}, nil)
	same := func(_ string, part []byte) []byte { return part }
	sheet := func(text string) []byte {
		return rezip(t, good, func(name string, part []byte) []byte {
			if name == "xl/worksheets/sheet1.xml" {
				return []byte(text)
			}
			return part
		}, nil)
	}
	replace := func(part, from, to string) []byte {
		return rezip(t, good, func(name string, text []byte) []byte {
			if name == part {
				return bytes.Replace(text, []byte(from), []byte(to), 1)
			}
			return text
		}, nil)
	}
	var locked bytes.Buffer
	f := excelize.NewFile()
	must(t, f.Write(&locked, excelize.Options{Password: "tajne"}))
	rows := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<row><c><v>%d</v></c></row>`, i*7919)
		}
		return `<worksheet><sheetData>` + b.String() + `</sheetData></worksheet>`
	}
	lying := bytes.Clone(sheet(rows(100)))
	lieAboutSize(lying, "xl/worksheets/sheet1.xml")
	tests := map[string]struct {
		data []byte
		want string
	}{
		"a million rows":  {sheet(rows(1_000_000)), "rows on sheet"},
		"row far below":   {sheet(`<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>`), "more than 20000 rows"},
		"16 k columns":    {sheet(`<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`), "in column XFD"},
		"zip bomb":        {sheet(strings.Repeat(" ", 150<<20)), "unpack to more than an honest workbook"},
		"nested bomb":     {rezip(t, good, same, map[string][]byte{"xl/media/a.zip": make([]byte, 64<<20)}), "unpack to more than"},
		"many parts":      {rezip(t, good, same, manyParts(2_100)), "parts"},
		"twice":           {rezip(t, good, same, map[string][]byte{"XL/workbook.xml": nil}), "twice"},
		"lying size":      {lying, "is damaged"},
		"macros":          {rezip(t, good, same, map[string][]byte{"xl/vbaProject.bin": []byte("x")}), "carries macros"},
		"macro type":      {replace("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "with macros"},
		"password":        {locked.Bytes(), "protected by a password"},
		"old xls":         {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), "an old .xls file"},
		"cut off":         {good[:len(good)/2], "is damaged"},
		"broken xml":      {sheet(`<worksheet><sheetData><row><c`), "is damaged"},
		"unended row":     {sheet(`<worksheet><sheetData><row><c><v>1</v></c>`), "is damaged"},
		"external entity": {sheet(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>`), "declares entities"},
		"entity":          {sheet(`<worksheet><sheetData><row><c t="str"><v>&lol;</v></c></row></sheetData></worksheet>`), "is damaged"},
		"long cell":       {sheet(`<worksheet><sheetData><row><c t="str"><v>` + strings.Repeat("ab ", 50_000) + `</v></c></row></sheetData></worksheet>`), "characters"},
		"empty":           {book(t, nil, nil), "is empty"},
		"no heading":      {book(t, [][]any{{"Ahoj"}, {"Nic"}}, nil), "2 rows but no heading"},
		"heading alone":   {book(t, [][]any{heading}, nil), "no row below it"},
		"no workbook": {rezip(t, good, func(name string, part []byte) []byte {
			if name == "xl/workbook.xml" {
				return nil
			}
			return part
		}, nil), "without sheets"},
		"other format":       {own(t, "splneno 1", "splneno 9"), "of format 9"},
		"edited to nonsense": {own(t, "2031", "3x"), "is not what column"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			d, err := planfile.Read("plan.xlsx", tt.data, nil)
			if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if took := time.Since(began); took > boundedTime {
				t.Errorf("it took %v", took)
			}
			if len(d.Activities) > 0 {
				t.Error("half of it was read")
			}
		})
	}
}

// lieAboutSize makes the directory of a zip say that a part has one byte.
func lieAboutSize(data []byte, part string) {
	at := bytes.LastIndex(data, []byte(part)) // in the directory, behind the files
	const sizeBeforeName = 46 - 24
	binary.LittleEndian.PutUint32(data[at-sizeBeforeName:], 1)
}

func manyParts(n int) map[string][]byte {
	parts := map[string][]byte{}
	for i := range n {
		parts[fmt.Sprintf("xl/media/%d.png", i)] = []byte("x")
	}
	return parts
}

// own is a workbook of ours with one text changed wherever it stands.
func own(t testing.TB, from, to string) []byte {
	d := mustReadTB(t, "plan.yaml", []byte(smallFile))
	d.Activities[0].Line = 2031
	var b bytes.Buffer
	must(t, planfile.WriteXLSX(&b, d))
	return rezip(t, b.Bytes(), func(_ string, part []byte) []byte {
		return bytes.ReplaceAll(part, []byte(">"+from+"<"), []byte(">"+to+"<"))
	}, nil)
}

func mustReadTB(t testing.TB, name string, data []byte) engine.PlanDraft {
	t.Helper()
	d, err := planfile.Read(name, data, nil)
	must(t, err)
	return d
}

func TestWriteXLSXRefusesWhatACellCannotHold(t *testing.T) {
	d := mustReadTB(t, "plan.yaml", []byte(smallFile))
	for text, fits := range map[string]bool{strings.Repeat("ř", 32_767): true, strings.Repeat("ř", 32_768): false, strings.Repeat("👍", 17_000): false} {
		d.Activities[0].Narrative = text
		var b bytes.Buffer
		err := planfile.WriteXLSX(&b, d)
		if fits != (err == nil) || !fits && (engine.CodeOf(err) != engine.Invalid || b.Len() > 0) {
			t.Errorf("%d characters: %v", len([]rune(text)), err)
		}
		if fits && mustReadTB(t, "plan.xlsx", b.Bytes()).Activities[0].Narrative != text {
			t.Error("it is read back otherwise")
		}
	}
}

// BenchmarkWriteXLSX writes 4,000 activities.
func BenchmarkWriteXLSX(b *testing.B) {
	d := mustReadTB(b, "plan.yaml", []byte(smallFile))
	for i := range 4_000 {
		a := d.Activities[0]
		a.ID, a.Narrative = fmt.Sprintf("1.1/%d", i+1), strings.Repeat("Co se udělalo. ", 20)
		d.Activities = append(d.Activities, a)
	}
	for b.Loop() {
		must(b, planfile.WriteXLSX(io.Discard, d))
	}
}

// BenchmarkReadXLSX reads 4,000 activities and prints time and memory; the aim
// is 2 s and 200 MB.
func BenchmarkReadXLSX(b *testing.B) {
	rows := [][]any{{"Plán Podleska 2026"}, heading}
	for i := range 4_000 {
		rows = append(rows, []any{i%40 + 1, fmt.Sprintf("%d.%d Opatření", i/400+1, i/40%10+1), fmt.Sprintf("Aktivita číslo %d", i), "Charita Podlesí; Město Dubovice",
			"do 30. 6. 2026", "splněno", strings.Repeat("Co se udělalo. ", 20)})
	}
	data := book(b, rows, nil)
	b.ResetTimer()
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		d := mustReadTB(b, "plan.xlsx", data)
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		mb := float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20)
		b.ReportMetric(took.Seconds(), "s/file")
		b.ReportMetric(mb, "MB-allocated/file")
		if len(d.Activities) != 4_000 {
			b.Fatalf("%d activities", len(d.Activities))
		}
	}
}
