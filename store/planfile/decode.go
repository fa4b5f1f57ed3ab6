package planfile

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"splneno/engine"
)

// MaxSize is the largest file that is read.
const MaxSize = 20 << 20

// signatures are how files begin that people take for text.
var signatures = []struct{ begin, what string }{
	{"PK\x03\x04", "a Word, Excel or ZIP file; save it as plain text first"},
	{"%PDF", "a PDF file; copy its text into a text file first"},
	{"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as plain text first"},
	{"{\\rtf", "an RTF file; save it as plain text first"},
	{"\xff\xfe", "text in UTF-16; save it as UTF-8"},
	{"\xfe\xff", "text in UTF-16; save it as UTF-8"},
}

// decode gives the text of a file: UTF-8 with or without a byte order mark, or
// Windows-1250, which is what Czech text is when it is not UTF-8.
func decode(name string, data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", engine.Errorf(engine.Invalid, "%s has %d MB; files up to %d MB are read", name, len(data)>>20, MaxSize>>20)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.begin)) {
			return "", engine.Errorf(engine.Invalid, "%s is %s", name, s.what)
		}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", engine.Errorf(engine.Invalid, "%s is no text: it holds zero bytes; save it as plain text first", name)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		decoded, err := charmap.Windows1250.NewDecoder().Bytes(data)
		if err != nil {
			return "", engine.Errorf(engine.Invalid, "%s is neither UTF-8 nor Windows-1250 text: %w", name, err)
		}
		data = decoded
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(string(data)), nil
}
