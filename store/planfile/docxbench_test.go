package planfile_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/planfile"
)

// largeWord is a plan of so many activities as Word writes it: with a style, a
// font and revision marks around every few words.
func largeWord(t testing.TB, activities int) []byte {
	t.Helper()
	dress := `<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="cs-CZ"/>`
	cell := func(text string) string {
		return `<w:tc><w:tcPr><w:tcW w:w="2303" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>` + wpWith(`<w:spacing w:after="0"/>`, dress, text) + `</w:tc>`
	}
	var b strings.Builder
	b.WriteString(wp("Vyhodnocení realizace Komunitního plánu sociálních služeb v regionu Podlesko pro období 2024 – 2027"))
	const perMeasure = 40
	for i := range activities {
		if i%perMeasure == 0 {
			if i > 0 {
				b.WriteString(`</w:tbl>`)
			}
			fmt.Fprintf(&b, `%s<w:tbl>%s`, wp(fmt.Sprintf("Opatření 1.%d: Oblast %d", i/perMeasure+1, i)), trOf("Aktivity", "Odpovědný za realizaci", "splněno", "Zrealizované akce/činnosti"))
		}
		fmt.Fprintf(&b, `<w:tr w:rsidR="%08X">%s%s%s%s</w:tr>`, i*7919, cell(fmt.Sprintf("%d. Činnost %s", i%perMeasure+1, randomText(60)[i%30:])),
			cell(fmt.Sprintf("Charita Podlesí %d\nMěsto Podlesí", i%50)), cell("splněno"), cell(fmt.Sprintf("Rok 2025: %d klientů. %s", i, strings.Repeat("Popis toho, co se stalo. ", 12))))
	}
	b.WriteString(`</w:tbl>`)
	return wordFile(t, b.String(), nil)
}

// BenchmarkWord4000 says how long a plan of 4,000 activities takes, how much it
// allocates in all, and how much of it is alive at the highest.
func BenchmarkWord4000(b *testing.B) {
	data := largeWord(b, 4000)
	b.ReportAllocs()
	peak := 0.0
	for b.Loop() {
		stop := make(chan struct{})
		highest := watchHeap(stop)
		d, err := planfile.Read("plan.docx", data, nil)
		close(stop)
		if peak = max(peak, <-highest); err != nil || len(d.Activities) != 4000 {
			b.Fatal(err, len(d.Activities))
		}
	}
	b.ReportMetric(peak, "MB-peak")
	b.ReportMetric(float64(len(data))/(1<<20), "MB-file")
}

// watchHeap samples the live heap until stopped, and gives the highest seen.
func watchHeap(stop <-chan struct{}) <-chan float64 {
	out := make(chan float64, 1)
	go func() {
		var m runtime.MemStats
		highest := uint64(0)
		for {
			runtime.ReadMemStats(&m)
			highest = max(highest, m.HeapAlloc)
			select {
			case <-stop:
				out <- float64(highest) / (1 << 20)
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return out
}

// FuzzReadWord wants of any body no panic, a sentence instead of an internal
// error, and a status only where one was printed.
func FuzzReadWord(f *testing.F) {
	for _, body := range []string{wordActionPlan(), wordEvaluation(), wordColours(), wordColumns(), inTable("<w:p/>")} {
		f.Add([]byte(body), true)
		f.Add(wordFile(f, body, map[string]string{"word/numbering.xml": numbers}), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, body bool) {
		if body {
			data = wordFile(t, string(data), map[string]string{"word/numbering.xml": numbers, "word/styles.xml": styleSheet})
		}
		d, err := planfile.Read("x.docx", data, nil)
		if err != nil {
			if engine.CodeOf(err) != engine.Invalid {
				t.Errorf("internal error: %v", err)
			}
			return
		}
		for _, a := range d.Activities {
			if a.ID == "" || d.Plan.Kind == engine.EvaluationPlan && a.Status.Final() && a.StatusRaw == "" {
				t.Errorf("%+v", a)
			}
		}
	})
}
