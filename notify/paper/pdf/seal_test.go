package pdf

import (
	"bytes"
	"compress/zlib"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/paper"
)

// sealed gives a paper with a seal that says its message backwards, the way a
// signature depends on every byte of it.
func sealed(t testing.TB) paper.Paper {
	p := full(t)
	p.Sign = func(message []byte) []byte {
		message = bytes.Clone(message)
		slices.Reverse(message)
		return message
	}
	return p
}

func sealFits(c paper.Carried) bool {
	m := bytes.Clone(c.Message)
	slices.Reverse(m)
	return len(c.Seal) > 0 && bytes.Equal(m, c.Seal)
}

func TestReadGivesWhatWasWritten(t *testing.T) {
	for name, data := range map[string]string{"data": `{"year":2023}`, "nothing": ""} {
		p := sealed(t)
		p.Data = []byte(data)
		got, err := Read(written(t, p))
		if err != nil || string(got.Data) != data || !sealFits(got) {
			t.Errorf("%s: %q, %v", name, got.Data, err)
		}
	}
	p := full(t)
	if got, err := Read(written(t, p)); err != nil || got.Seal != nil || len(got.Message) != 64 {
		t.Errorf("without a seal: %v, %v", got, err)
	}
}

// A byte changed anywhere but in the seal, and anything added, is seen.
func TestSealDoesNotFitWhatWasChanged(t *testing.T) {
	data := written(t, sealed(t))
	for at := 0; at < len(data); at += 97 {
		changed := bytes.Clone(data)
		changed[at] ^= 1
		if got, err := Read(changed); err == nil && sealFits(got) {
			t.Errorf("the change at %d is not seen", at)
		}
	}
	for name, changed := range map[string][]byte{
		"something added":   append(bytes.Clone(data), "\n1 0 obj\n<<>>\nendobj\nstartxref\n1\n%%EOF\n"...),
		"its own end again": append(bytes.Clone(data), data[bytes.LastIndex(data, []byte(sealMark)):]...),
		"a line before":     append([]byte("%PDF-1.7\n"), data...),
	} {
		if got, err := Read(changed); err != nil || sealFits(got) || string(got.Data) != `{"year":2023}` {
			t.Errorf("%s: %v, fits %v", name, err, sealFits(got))
		}
	}
}

// A program that rewrites the whole file leaves what it carries.
func TestReadAfterAnotherProgram(t *testing.T) {
	data := written(t, sealed(t))
	out := filepath.Join(t.TempDir(), "out.pdf")
	tool(t, data, "qpdf", "FILE", out)
	saved, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Read(saved); err != nil || string(got.Data) != `{"year":2023}` || sealFits(got) {
		t.Errorf("%q, %v, fits %v", got.Data, err, sealFits(got))
	}
}

// bomb gives a PDF that seems to carry a little and would carry much.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<<" + dataMark + ">>\nstream\n")
	z := zlib.NewWriter(&b)
	for part := make([]byte, 1<<20); size > 0; size -= len(part) {
		if _, err := z.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadRefuses(t *testing.T) {
	data := written(t, sealed(t))
	for name, foreign := range map[string][]byte{
		"nothing": nil, "text": []byte("ahoj"), "another's": []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"),
		"half": data[:40], "no stream": []byte("%PDF-1.7" + dataMark), "bomb": bomb(t, dataMost+1),
		"no data": bytes.ReplaceAll(data, []byte(dataMark), []byte("/Type /Whatever")),
	} {
		if _, err := Read(foreign); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	data := written(f, sealed(f))
	f.Add(data)
	f.Add(data[:300])
	f.Add([]byte("%PDF-1.7\n" + dataMark + "stream\n\x78\x9c\n" + sealMark + "AAAA\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read(data)
		if err != nil && engine.CodeOf(err) != engine.Invalid {
			t.Fatal(err)
		}
		if err == nil && len(got.Message) != 64 {
			t.Fatalf("%q", got.Message)
		}
	})
}

func TestErrorOfTheWriterIsGiven(t *testing.T) {
	if err := Write(failing{}, full(t)); err == nil || !strings.Contains(err.Error(), "full") {
		t.Error(err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.NewSyscallError("full", os.ErrClosed) }
