package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash/adler32"
	"io"

	"splneno/engine"
	"splneno/notify/paper"
)

// The object that holds the data is the first of a file of ours.
const (
	dataObject = 1
	dataMark   = "/Type /SplnenoData"
	dataMost   = 64 << 20 // what is read of it
	sealMost   = 16 << 10
)

// data keeps what the paper carries. The file always has it, empty where there is
// none: it tells a file of ours.
func (w *writer) data(p paper.Paper) {
	obj := w.next()
	if w.dry() {
		return
	}
	packed := append([]byte{0x78, 0x9c}, p.Deflated()...) // what zlib puts around
	w.raw(obj, dataMark+" /Filter /FlateDecode", binary.BigEndian.AppendUint32(packed, adler32.Checksum(p.Data)))
}

// Read gives what a PDF of ours carries. Its error is Invalid for any other file.
// A file that was saved by another program since may still be read; its message
// is not the one the seal was put on.
func Read(data []byte) (paper.Carried, error) {
	foreign := engine.Errorf(engine.Invalid, "this is no PDF of Splneno, or another program has taken out of it what it carried")
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return paper.Carried{}, foreign
	}
	_, rest, ok := bytes.Cut(data, []byte(dataMark))
	if !ok {
		return paper.Carried{}, foreign
	}
	_, rest, ok = bytes.Cut(rest, []byte("stream"))
	if !ok {
		return paper.Carried{}, foreign
	}
	z, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(rest, "\r\n")))
	if err != nil {
		return paper.Carried{}, foreign
	}
	carried, err := io.ReadAll(io.LimitReader(z, dataMost+1))
	if err != nil || len(carried) > dataMost {
		return paper.Carried{}, engine.Errorf(engine.Invalid, "what this PDF carries is damaged or larger than %d MB; take the original again", dataMost>>20)
	}
	seal, before, behind := cutSeal(data)
	sum := sha256.New()
	sum.Write(before)
	sum.Write(behind)
	return paper.Carried{Data: carried, Message: message(sum), Seal: seal}, nil
}

// cutSeal gives the seal of a file and what stands before and behind its line;
// no seal, and all of it before, where there is none.
func cutSeal(data []byte) (seal, before, behind []byte) {
	at := bytes.LastIndex(data, []byte("\n"+sealMark))
	if at < 0 {
		return nil, data, nil
	}
	at++
	length := bytes.IndexByte(data[at:], '\n')
	if length < 0 || length > sealMost {
		return nil, data, nil
	}
	seal, err := base64.StdEncoding.Strict().DecodeString(string(data[at+len(sealMark) : at+length]))
	if err != nil || len(seal) == 0 {
		return nil, data, nil
	}
	return seal, data[:at], data[at+length+1:]
}
