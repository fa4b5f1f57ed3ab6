package document

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// large is a print of so many activities, in areas and measures as large plans
// have them. No two rows say the same: documents of one sentence would be packed
// to nothing, and their words measured once.
func large(t testing.TB, n int) engine.Print {
	t.Helper()
	p := rich(t)
	text, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	said := sayer{rand.New(rand.NewPCG(1, 2)), strings.Split(strings.TrimSpace(string(text)), "\n")}
	e := &p.Evaluation
	rows := e.Rows()
	e.Areas, e.Totals, e.Edits = nil, engine.Totals{}, nil
	for i := range n {
		if i%200 == 0 {
			e.Areas = append(e.Areas, engine.AreaResult{Code: fmt.Sprint(i/200 + 1), Title: rows[i%len(rows)].Title})
		}
		a := &e.Areas[len(e.Areas)-1]
		if i%10 == 0 {
			a.Measures = append(a.Measures, engine.MeasureResult{Code: fmt.Sprintf("%s.%d", a.Code, len(a.Measures)+1), Title: rows[i%len(rows)].Title})
		}
		m := &a.Measures[len(a.Measures)-1]
		r := said.row(rows[i%len(rows)])
		r.ID = fmt.Sprintf("%s/%d", m.Code, i%10+1)
		m.Activities = append(m.Activities, r)
		m.Totals.Add(r)
		a.Totals.Add(r)
		e.Totals.Add(r)
	}
	return p
}

// A sayer has something to say about every row.
type sayer struct {
	*rand.Rand
	sentences []string
}

func (s sayer) row(r engine.ActivityResult) engine.ActivityResult {
	if r.NoAnswer {
		return r
	}
	r.Title = s.said(1)
	r.Narrative = s.said(3 + s.IntN(3))
	if r.Missing != "" {
		r.Missing = s.said(1)
	}
	bodies := []string{"Městský ústav sociálních služeb Klatovy", "Oblastní charita Klatovy", "Diakonie Západ"}
	r.Responsible = strings.Join(bodies[:1+s.IntN(3)], "; ")
	r.Numbers = []engine.Number{{Name: "klienti", Unit: "osob", Value: float64(s.IntN(4000))}, {Name: "úvazky", Value: float64(s.IntN(90)) / 10}}
	r.Answers = nil
	for _, name := range bodies[:2] {
		r.Answers = append(r.Answers, engine.GivenAnswer{Organisation: name, Status: r.Status, Qualifier: r.Qualifier, Text: s.said(4),
			TextHash: fmt.Sprintf("%016x%016x%016x%016x", s.Uint64(), s.Uint64(), s.Uint64(), s.Uint64()), Channel: "link", At: r.ApprovedAt.Add(-time.Hour), Decision: engine.Approved})
	}
	return r
}

// said gives so many sentences, one after the other.
func (s sayer) said(n int) string {
	var out []string
	for range n {
		out = append(out, strings.NewReplacer("{n}", fmt.Sprint(100+s.IntN(900)), "{m}", fmt.Sprint(2+s.IntN(90)), "{x}", fmt.Sprint(10+s.IntN(15))).Replace(s.sentences[s.IntN(len(s.sentences))]))
	}
	return strings.Join(out, " ")
}

// BenchmarkSet makes the complete set: 40 activities should take under 0.3 s,
// 4,000 under 5 s and 128 MiB beyond what the evaluation itself takes.
func BenchmarkSet(b *testing.B) {
	for _, n := range []int{40, 4000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, m := large(b, n), maker(b)
			most := peak(func() {
				for b.Loop() {
					b.StopTimer()
					runtime.GC()
					b.StartTimer()
					for _, err := range m.Documents(p) {
						if err != nil {
							b.Fatal(err)
						}
					}
				}
			})
			b.ReportMetric(most, "MiB-peak")
		})
	}
}

// peak gives how much the heap grew at most while a function ran, with what was
// not cleared away yet.
func peak(f func()) float64 {
	heap := func() float64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
		metrics.Read(s)
		return float64(s[0].Value.Uint64()+s[1].Value.Uint64()) / (1 << 20)
	}
	runtime.GC()
	before, most := heap(), 0.0
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for tick := time.Tick(2 * time.Millisecond); ; {
			select {
			case <-stop:
				return
			case <-tick:
				most = max(most, heap()-before)
			}
		}
	}()
	f()
	close(stop)
	<-done
	return most
}

// BenchmarkForm makes each document alone.
func BenchmarkForm(b *testing.B) {
	p, m := large(b, 4000), maker(b)
	for _, f := range forms {
		b.Run(f.end, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			most := peak(func() {
				for b.Loop() {
					b.StopTimer()
					runtime.GC()
					b.StartTimer()
					a, err := m.set(p).make(f)
					if err != nil {
						b.Fatal(err)
					}
					size = len(a.Data)
				}
			})
			b.ReportMetric(float64(size)/1024, "KiB")
			b.ReportMetric(most, "MiB-peak")
		})
	}
}

// BenchmarkBeside has LibreOffice make a PDF of the Word document, beside ours.
// Run it alone: it takes minutes.
func BenchmarkBeside(b *testing.B) {
	for _, n := range []int{40, 4000} {
		p, m := large(b, n), maker(b)
		for name, make := range map[string]func(word []byte) []byte{
			"ours": func([]byte) []byte { return one(b, m, p, ".pdf") },
			"LibreOffice": func(word []byte) []byte {
				data, err := os.ReadFile(filepath.Join(office(b, "evaluation-2023.docx", word, "pdf"), "evaluation-2023.pdf"))
				if err != nil {
					b.Fatal(err)
				}
				return data
			},
		} {
			b.Run(fmt.Sprint(n, "/", name), func(b *testing.B) {
				word, file := one(b, m, p, ".docx"), []byte(nil)
				for b.Loop() {
					file = make(word)
				}
				b.ReportMetric(float64(len(file))/1024, "KiB")
				b.ReportMetric(pages(b, file), "pages")
			})
		}
	}
}

func one(b *testing.B, m *Maker, p engine.Print, end string) []byte {
	b.Helper()
	a, err := m.Document(p, "evaluation-2023"+end)
	if err != nil {
		b.Fatal(err)
	}
	return a.Data
}

// pages asks another program how many pages a PDF has, 0 where it is not installed.
func pages(b *testing.B, file []byte) float64 {
	name := filepath.Join(b.TempDir(), "file.pdf")
	if err := os.WriteFile(name, file, 0o644); err != nil {
		b.Fatal(err)
	}
	said, err := exec.CommandContext(b.Context(), "pdfinfo", name).Output()
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(said), "Pages:")
	n, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return n
}

// BenchmarkBuild builds the whole paper, without a format.
func BenchmarkBuild(b *testing.B) {
	p, m := large(b, 4000), maker(b)
	for b.Loop() {
		if _, err := m.set(p).full(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestDocumentsByName has some documents made together: the same bytes as alone.
func TestDocumentsByName(t *testing.T) {
	p, m := large(t, 30), maker(t)
	p.Sign = sealer(1)
	names := []string{"evaluation-2023.docx", "evaluation-2023.pdf"}
	n := 0
	for a, err := range m.Documents(p, names...) {
		if err != nil || a.Name != names[n] {
			t.Fatalf("%s in place of %s: %v", a.Name, names[n], err)
		}
		if alone, err := m.Document(p, a.Name); err != nil || !bytes.Equal(a.Data, alone.Data) {
			t.Errorf("%s is another one when it is made alone: %v", a.Name, err)
		}
		n++
	}
	if n != len(names) {
		t.Errorf("%d documents", n)
	}
}

// BenchmarkEnclosed makes what goes with the letter to the steering group.
func BenchmarkEnclosed(b *testing.B) {
	for _, n := range []int{60, 4000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, m := large(b, n), maker(b)
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range m.Documents(p, "evaluation-2023.docx", "evaluation-2023.pdf") {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
