package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// What a test reads of a PDF: dictionaries, arrays, names, references, texts and
// numbers.
type (
	dict    map[string]any
	array   []any
	pdfName string
	point   int // to an object
)

// A doc is a PDF of ours, read with nothing but what the file says.
type doc struct {
	t       testing.TB
	objects map[int]any
	streams map[int][]byte
	trailer dict
}

// open reads a file by its table: each object must be where the table says.
func open(t testing.TB, data []byte) *doc {
	t.Helper()
	d := &doc{t, map[int]any{}, map[int][]byte{}, nil}
	tail := string(data[max(0, len(data)-64):])
	_, at, _ := strings.Cut(tail, "startxref\n")
	start, err := strconv.Atoi(strings.TrimSuffix(at, "\n%%EOF\n"))
	if err != nil {
		t.Fatalf("no end: %q", tail)
	}
	table := d.object(data[start:], -1)
	d.trailer = table.(dict)
	rows := d.streams[-1]
	for n := 1; n < int(d.trailer["Size"].(float64)); n++ {
		row := rows[7*n : 7*n+7]
		if row[0] == 1 {
			at := u32(row, 1)
			if !bytes.HasPrefix(data[at:], []byte(strconv.Itoa(n)+" 0 obj\n")) {
				t.Fatalf("object %d is not at %d", n, at)
			}
			d.objects[n] = d.object(data[at:], n)
		}
	}
	for n := 1; n < int(d.trailer["Size"].(float64)); n++ {
		if row := rows[7*n : 7*n+7]; row[0] == 2 {
			d.packed(n, u32(row, 1), u16(row, 5))
		}
	}
	return d
}

// object reads an object that begins the bytes, with its stream.
func (d *doc) object(b []byte, n int) any {
	_, b, _ = bytes.Cut(b, []byte("obj\n"))
	p := &parser{d.t, b, 0}
	head := p.value().(dict)
	b = bytes.TrimPrefix(b[p.at:], []byte("\nstream\n"))[:int(head["Length"].(float64))]
	if head["Filter"] == pdfName("FlateDecode") {
		z, err := zlib.NewReader(bytes.NewReader(b))
		if err != nil {
			d.t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			d.t.Fatal(err)
		}
	}
	d.streams[n] = b
	return head
}

func (d *doc) packed(n, in, order int) {
	head := d.objects[in].(dict)
	index := strings.Fields(string(d.streams[in][:int(head["First"].(float64))]))
	at, _ := strconv.Atoi(index[2*order+1])
	if index[2*order] != strconv.Itoa(n) {
		d.t.Fatalf("object %d is not in %d", n, in)
	}
	p := &parser{d.t, d.streams[in][int(head["First"].(float64)):], at}
	d.objects[n] = p.value()
}

// get follows a reference.
func (d *doc) get(v any) any {
	if r, ok := v.(point); ok {
		if d.objects[int(r)] == nil {
			d.t.Fatalf("object %d is missing", r)
		}
		return d.objects[int(r)]
	}
	return v
}

func (d *doc) dict(v any) dict   { m, _ := d.get(v).(dict); return m }
func (d *doc) array(v any) array { a, _ := d.get(v).(array); return a }

type parser struct {
	t  testing.TB
	b  []byte
	at int
}

func (p *parser) space() {
	for p.at < len(p.b) && strings.ContainsRune(" \n\r\t", rune(p.b[p.at])) {
		p.at++
	}
}

func (p *parser) word(end string) string {
	from := p.at
	for p.at < len(p.b) && !strings.ContainsRune(end, rune(p.b[p.at])) {
		p.at++
	}
	return string(p.b[from:p.at])
}

const delimiters = " \n\r\t/<>[]()"

func (p *parser) value() any {
	p.space()
	switch rest := string(p.b[p.at:min(p.at+2, len(p.b))]); {
	case rest == "<<":
		p.at += 2
		m := dict{}
		for p.space(); !strings.HasPrefix(string(p.b[p.at:p.at+2]), ">>"); p.space() {
			key := p.value().(pdfName)
			if m[string(key)] != nil {
				p.t.Fatalf("two %s", key)
			}
			m[string(key)] = p.value()
		}
		p.at += 2
		return m
	case rest[0] == '[':
		p.at++
		a := array{}
		for p.space(); p.b[p.at] != ']'; p.space() {
			a = append(a, p.value())
		}
		p.at++
		return a
	case rest[0] == '/':
		p.at++
		return pdfName(p.word(delimiters))
	case rest[0] == '<':
		p.at++
		s := p.word(">")
		p.at++
		return unhex(p.t, s)
	case rest[0] == '(':
		p.at++
		s := p.word(")")
		p.at++
		return s
	}
	return p.plain()
}

// plain reads a number, a reference or a word.
func (p *parser) plain() any {
	w := p.word(delimiters)
	v, err := strconv.ParseFloat(w, 64)
	if err != nil {
		return w
	}
	at := p.at
	p.space()
	if gen := p.word(delimiters); gen == "0" {
		p.space()
		if p.word(delimiters) == "R" {
			return point(v)
		}
	}
	p.at = at
	return v
}

// unhex gives a text written in hexadecimal.
func unhex(t testing.TB, s string) string {
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return string(b)
	}
	var us []uint16
	for b = b[2:]; len(b) > 1; b = b[2:] {
		us = append(us, uint16(u16(b, 0)))
	}
	return string(utf16.Decode(us))
}
