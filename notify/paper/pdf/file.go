package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"strconv"
)

// packed is how many small objects are compressed together.
const packed = 200

// A file is objects and where each of them is. A file of no writer writes
// nothing: the first pass is there to measure.
type file struct {
	out   io.Writer
	err   error
	at    int       // bytes written
	sum   hash.Hash // of what is written
	spots []spot    // by object number, 0 is none

	index, bodies bytes.Buffer // small objects that wait to be written together
	waiting       []int

	deflater *zlib.Writer
	deflated bytes.Buffer
}

// A spot says where an object is: at a byte, or within another object.
type spot struct {
	at     uint32
	order  uint16
	within bool
}

// effort is how hard it is tried to pack, of nine: one more costs a tenth of the
// time of a document, and saves a hundredth of its size.
const effort = 5

func newFile(out io.Writer) *file {
	deflater, _ := zlib.NewWriterLevel(nil, effort) // fails for an unknown one alone
	f := &file{out: out, sum: sha256.New(), spots: make([]spot, 1), deflater: deflater}
	f.write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"))
	return f
}

// dry reports whether nothing is written.
func (f *file) dry() bool { return f.out == nil }

func (f *file) write(b []byte) {
	if f.dry() || f.err != nil {
		return
	}
	f.sum.Write(b)
	n, err := f.out.Write(b)
	f.at += n
	f.err = err
}

// next gives the number of an object to be written later, once; 0 in a file that
// writes nothing.
func (f *file) next() int {
	if f.dry() {
		return 0
	}
	f.spots = append(f.spots, spot{})
	return len(f.spots) - 1
}

// put writes a small object; it may wait for others.
func (f *file) put(obj int, body string) {
	if f.dry() {
		return
	}
	f.object(obj)
	f.bodies.WriteString(body)
	f.done()
}

// object begins a small object: what is written to bodies until it is done.
func (f *file) object(obj int) {
	f.waiting = append(f.waiting, obj)
	b := append(strconv.AppendInt(f.index.AvailableBuffer(), int64(obj), 10), ' ')
	f.index.Write(append(strconv.AppendInt(b, int64(f.bodies.Len()), 10), ' '))
}

func (f *file) done() {
	f.bodies.WriteByte('\n')
	if len(f.waiting) == packed {
		f.pack()
	}
}

// pack writes the objects that wait.
func (f *file) pack() {
	if len(f.waiting) == 0 {
		return
	}
	obj := f.next()
	for i, n := range f.waiting {
		f.spots[n] = spot{within: true, at: uint32(obj), order: uint16(i)}
	}
	dict := "/Type /ObjStm /N " + strconv.Itoa(len(f.waiting)) + " /First " + strconv.Itoa(f.index.Len())
	f.index.Write(f.bodies.Bytes())
	f.stream(obj, dict, f.index.Bytes())
	f.index.Reset()
	f.bodies.Reset()
	f.waiting = f.waiting[:0]
}

// stream writes an object of many bytes, compressed.
func (f *file) stream(obj int, dict string, data []byte) {
	if f.dry() {
		return
	}
	f.deflated.Reset()
	f.deflater.Reset(&f.deflated)
	f.deflater.Write(data) // a buffer takes everything
	f.deflater.Close()
	f.raw(obj, dict+" /Filter /FlateDecode", f.deflated.Bytes())
}

// raw writes an object of many bytes as they are.
func (f *file) raw(obj int, dict string, data []byte) {
	f.spots[obj] = spot{at: uint32(f.at)}
	f.write([]byte(strconv.Itoa(obj) + " 0 obj\n<<" + dict + " /Length " + strconv.Itoa(len(data)) + ">>\nstream\n"))
	f.write(data)
	f.write([]byte("\nendstream\nendobj\n"))
}

// close writes where everything is, and the seal.
func (f *file) close(trailer string, sign func([]byte) []byte) error {
	f.pack()
	obj, start := f.next(), f.at
	f.spots[obj].at = uint32(start)
	var table []byte
	for i, s := range f.spots {
		kind := byte(1)
		switch {
		case i == 0:
			kind = 0
		case s.within:
			kind = 2
		}
		table = append(table, kind)
		table = binary.BigEndian.AppendUint32(table, s.at)
		table = binary.BigEndian.AppendUint16(table, s.order)
	}
	id := "<" + hex.EncodeToString(f.sum.Sum(nil)[:16]) + ">"
	f.stream(obj, "/Type /XRef /Size "+strconv.Itoa(len(f.spots))+" /W [1 4 2] "+trailer+" /ID ["+id+id+"]", table)
	end := []byte("startxref\n" + strconv.Itoa(start) + "\n%%EOF\n")
	if sign != nil {
		f.seal(end, sign)
	}
	f.write(end)
	return f.err
}

// seal puts the seal into a comment. It is put on every byte of the file but its
// own: on the end as well, so that nothing can be added behind it.
func (f *file) seal(end []byte, sign func([]byte) []byte) {
	before, err := f.sum.(interface{ Clone() (hash.Cloner, error) }).Clone()
	if err != nil {
		f.err = err
		return
	}
	before.Write(end)
	seal := sign(message(before))
	if seal != nil {
		f.write([]byte(sealMark + base64.StdEncoding.EncodeToString(seal) + "\n"))
	}
}

// sealMark begins the comment that holds the seal.
const sealMark = "%splneno-seal "

// message gives what a seal is put on.
func message(sum hash.Hash) []byte { return []byte(hex.EncodeToString(sum.Sum(nil))) }
