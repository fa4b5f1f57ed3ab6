package html

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"io"

	"splneno/engine"
	"splneno/notify/paper"
)

// The marks around what a page carries. In the text of a page no "<" stands bare,
// so that nobody can write them there.
const (
	dataOpens  = `<meta name="splneno-data" content="`
	dataCloses = "\">\n"
	sealOpens  = "<!-- splneno-seal "
	sealCloses = " -->\n"
)

const (
	maxPage = 64 << 20 // of a file that is read at all
	maxData = 64 << 20 // unpacked
)

// Read gives what a page of ours carries. Its error is Invalid for any other file.
func Read(data []byte) (paper.Carried, error) {
	if len(data) > maxPage {
		return paper.Carried{}, engine.Errorf(engine.Invalid, "the page is larger than %d MB; it is none that was made here", maxPage>>20)
	}
	_, rest, _ := bytes.Cut(data, []byte(dataOpens))
	inside, _, ok := bytes.Cut(rest, []byte(dataCloses))
	if !ok {
		return paper.Carried{}, engine.Errorf(engine.Invalid, "the page carries no data; it was not made here, or a program saved it anew without them")
	}
	unpacked, err := unpack(inside)
	if err != nil {
		return paper.Carried{}, err
	}
	c, end := paper.Carried{Data: unpacked}, len(data)
	if i := bytes.LastIndex(data, []byte(sealOpens)); i >= 0 {
		// Only at the very end is it a seal: what was added behind it would not be covered.
		if seal, ok := bytes.CutSuffix(data[i+len(sealOpens):], []byte(sealCloses)); ok {
			if c.Seal, err = base64.StdEncoding.DecodeString(string(seal)); err != nil {
				return paper.Carried{}, engine.Errorf(engine.Invalid, "the seal of the page cannot be read; ask for the page again")
			}
			end = i
		}
	}
	sum := sha256.New()
	_, _ = sum.Write(data[:end]) // a hash takes everything
	c.Message = message(sum)
	return c, nil
}

func unpack(letters []byte) ([]byte, error) {
	r := flate.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(letters)))
	data, err := io.ReadAll(io.LimitReader(r, maxData+1))
	if err != nil || len(data) > maxData {
		return nil, engine.Errorf(engine.Invalid, "the data the page carries cannot be unpacked; ask for the page again")
	}
	return data, nil
}
