package docx

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"

	"splneno/engine"
	"splneno/notify/paper"
)

// What a document carries stands in a custom XML part: the one place of a package
// that Word and LibreOffice keep, whoever saves it.
const (
	nsOurs    = "urn:splneno:document:1"
	typeProps = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
	nsCustom  = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
)

// piece is how many characters one element holds: parsers have bounds.
const piece = 60000

// message gives what the seal of a document is put on: its data, and its
// paragraphs as they were written.
func message(data, written []byte) []byte {
	d, t := sha256.Sum256(data), sha256.Sum256(written)
	return []byte("splneno docx 1\n" + hex.EncodeToString(d[:]) + "\n" + hex.EncodeToString(t[:]) + "\n")
}

// carry writes what the document carries as the custom part of a number.
func (k *pack) carry(p paper.Paper, said []Paragraph, n string) error {
	written, err := json.Marshal(said)
	if err != nil {
		return err
	}
	out, err := k.part("customXml/item" + n + ".xml")
	if err != nil {
		return err
	}
	var seal []byte
	if p.Sign != nil {
		seal = p.Sign(message(p.Data, written))
	}
	text := xmlHead + `<document xmlns="` + nsOurs + `">`
	if p.Data != nil {
		text += inPieces("data", p.Deflated())
	}
	text += packed("text", written) + packed("seal", seal) + `</document>`
	if _, err := io.WriteString(out, text); err != nil {
		return err
	}
	if err := k.put("customXml/itemProps"+n+".xml", xmlHead+`<ds:datastoreItem ds:itemID="{5B1F0A52-7C1E-4E6B-9D3A-53504C4E454E}" xmlns:ds="`+nsCustom+`"><ds:schemaRefs><ds:schemaRef ds:uri="`+nsOurs+`"/></ds:schemaRefs></ds:datastoreItem>`); err != nil {
		return err
	}
	return k.put("customXml/_rels/item"+n+".xml.rels", relationsPart(`<Relationship Id="rId1" Type="`+relOffice+`customXmlProps" Target="itemProps`+n+`.xml"/>`))
}

// packed gives bytes as elements of a name.
func packed(name string, data []byte) string {
	if data == nil {
		return ""
	}
	return inPieces(name, paper.Deflate(data))
}

// inPieces gives bytes that are packed already.
func inPieces(name string, data []byte) string {
	var b strings.Builder
	for s := base64.StdEncoding.EncodeToString(data); s != ""; {
		n := min(piece, len(s))
		b.WriteString("<" + name + ">" + s[:n] + "</" + name + ">")
		s = s[n:]
	}
	return b.String()
}

// unpacked gives the bytes again.
func unpacked(s string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, errCarried
	}
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), maxPart+1))
	if err != nil || len(out) > maxPart {
		return nil, errCarried
	}
	return out, nil
}

var errCarried = engine.Errorf(engine.Invalid, "what the Word document carries is damaged")
