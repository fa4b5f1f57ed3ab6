package planfile_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/planfile"
)

// boundedTime says that a hostile file is given up on, on however slow and busy
// a machine; how fast that is, benchmarks say.
const boundedTime = time.Minute

// zipEntries makes a zip of n empty entries.
func zipEntries(t testing.TB, n int, name func(int) string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: name(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lying makes the directory of a zip declare another size of its parts.
func lying(data []byte, size uint32) []byte {
	data = bytes.Clone(data)
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return data
		}
		at += i + 4
		binary.LittleEndian.PutUint32(data[at+20:], size)
	}
}

func hostileWords(t testing.TB) map[string]struct {
	data []byte
	want string
} {
	good := wordFile(t, wordColumns(), nil)
	media := map[string]string{"[Content_Types].xml": randomText(1 << 20), "word/document.xml": randomText(1 << 20)}
	for i := range 4 {
		media[fmt.Sprint("word/media/", i)] = randomText(1 << 20)
	}
	with := func(parts map[string]string) []byte { return wordFile(t, wordColumns(), parts) }
	raw := func(document string) []byte { return zipOf(t, map[string]string{"word/document.xml": document}) }
	bomb := wordXML + strings.Repeat("<w:p/>", 30<<20/6) + "</w:body></w:document>"
	entities := `<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
	body := func(inner string) string { return strings.Replace(wordXML, "<w:body>", "<w:body>"+inner, 1) }
	return map[string]struct {
		data []byte
		want string
	}{
		"ratio":          {raw(bomb), "times its size"},
		"declares 1 GB":  {lying(good, 1<<30), "times its size"},
		"declares much":  {lying(wordFile(t, "", media), 60<<20), "more than 256 MB"},
		"declares less":  {lying(good, 10), "damaged"},
		"entries":        {zipEntries(t, 65_535, func(i int) string { return fmt.Sprint("word/", i) }), "65535 parts"},
		"duplicate":      {zipEntries(t, 2, func(int) string { return "word/document.xml" }), "twice"},
		"traversal":      {with(map[string]string{"../../etc/passwd": "x"}), "unsafe name"},
		"absolute":       {with(map[string]string{"/etc/passwd": "x"}), "unsafe name"},
		"backslash":      {with(map[string]string{`word\..\x`: "x"}), "unsafe name"},
		"macros":         {with(map[string]string{"word/vbaProject.bin": "x"}), "macros"},
		"macro type":     {with(map[string]string{"[Content_Types].xml": strings.Replace(contentTypes, "openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main", 1)}), "macros"},
		"ole":            {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), "password or is an old .doc"},
		"broken zip":     {good[:len(good)/2], "damaged"},
		"bent zip":       {bytes.Replace(good, []byte("PK\x01\x02"), []byte("PK\x09\x09"), 1), "damaged"},
		"no document":    {zipOf(t, map[string]string{"word/other.xml": "x"}), "without the part"},
		"no xml":         {raw("Dobrý den"), "damaged"},
		"cut xml":        {raw(wordXML + "<w:p><w:r>"), "damaged"},
		"entity":         {raw(entities + body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")), "damaged"},
		"outer entity":   {raw(entities + body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")), "damaged"},
		"deep":           {raw(body(strings.Repeat("<w:sdt>", 100_000))), "nested deeper"},
		"deep tables":    {raw(body(strings.Repeat("<w:tbl><w:tr><w:tc>", 1000))), "nested deeper"},
		"huge attribute": {raw(body(`<w:p w:x="` + randomText(6<<20) + `"/>`)), "single tag or text"},
		"huge span":      {raw(body(tbl(tr(tc(`<w:gridSpan w:val="2000000000"/>`, "x"))))), "500000 cells"},
		"many spans":     {raw(body(tbl(strings.Repeat(tr(tc(`<w:gridSpan w:val="250"/>`, "x")), 2500)))), "500000 cells"},
		"utf-16":         {raw(`<?xml version="1.0" encoding="UTF-16"?><w/>`), "damaged"},
		"bad styles":     {with(map[string]string{"word/styles.xml": "<w:styles"}), "damaged"},
		"empty":          {wordFile(t, "", nil), "without any text"},
		"a letter":       {wordFile(t, wp("Dobrý den,")+wp("posílám plán."), nil), "no table of a plan"},
	}
}

// randomText does not compress well, so that only its length is what is wrong.
func randomText(n int) string {
	var b strings.Builder
	for x := uint32(1); b.Len() < n; {
		x = x*1664525 + 1013904223
		b.WriteByte('a' + byte(x>>24)%26)
	}
	return b.String()
}

func TestWordRefuses(t *testing.T) {
	for name, tt := range hostileWords(t) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			_, err := planfile.Read("plan.docx", tt.data, nil)
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if took > boundedTime {
				t.Errorf("took %v", took)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 200 {
				t.Errorf("allocated %d MB", mb)
			}
		})
	}
}

// TestWordManyTags wants five million tags, nested and flat, refused in time.
func TestWordManyTags(t *testing.T) {
	var nested, flat strings.Builder // of letters at random, so that they pack like a document
	for _, letter := range randomText(5_000_000) {
		nested.WriteString("<" + string(letter) + ">")
		flat.WriteString("<" + string(letter) + "/>")
	}
	for name, document := range map[string]string{
		"nested": wordXML + nested.String(),
		"flat":   wordXML + flat.String() + "</w:body></w:document>",
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			_, err := planfile.Read("plan.docx", zipOf(t, map[string]string{"word/document.xml": document}), nil)
			if took := time.Since(began); engine.CodeOf(err) != engine.Invalid || took > boundedTime {
				t.Errorf("got %v after %v", err, took)
			}
		})
	}
}

// TestWordKnowsItsFiles wants the right sentence for what is called a document
// and is none, and a document known under any name.
func TestWordKnowsItsFiles(t *testing.T) {
	if d := mustRead(t, "upload", wordFile(t, wordColumns(), nil)); len(d.Activities) != 2 {
		t.Errorf("%+v", d)
	}
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"plan.doc":  {[]byte("\xd0\xcf\x11\xe0"), "save it as DOCX"},
		"plan.docx": {[]byte("PK\x03\x04"), "damaged"},
		"plan.pdf":  {[]byte("%PDF-1.7 …"), "save it as DOCX"},
		"big.docx":  {append([]byte("PK"), make([]byte, planfile.MaxSize)...), "20 MB"},
	} {
		if _, err := planfile.Read(name, tt.data, nil); engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWordExternal(t *testing.T) {
	rels := `<Relationships><Relationship Type="x/hyperlink" Target="http://10.0.0.1/x" TargetMode="External"/>` +
		`<Relationship Type="x/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`
	d := mustRead(t, "x.docx", wordFile(t, wordColumns(), map[string]string{"word/_rels/document.xml.rels": rels}))
	wantReasons(t, d, "the document points to 2 things outside it")
}
