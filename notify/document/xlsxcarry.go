package document

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"splneno/engine"
)

// The hidden sheet holds what the workbook carries: a mark with the version of
// the tables, then the data in pieces. A sheet, because whoever saves the book
// again, LibreOffice too, keeps it; other places are lost.
const (
	carryName = "splneno"
	carryMark = "splneno workbook "
	tables    = 1 // raise it when a sheet gets another cell: older books are then not compared
	pieceSize = 32_000
)

// carry writes the hidden sheet.
func (b *book) carry(p packed) error {
	if _, err := b.NewSheet(carryName); err != nil {
		return err
	}
	text := base64.StdEncoding.EncodeToString(p.gzip())
	lines := []string{carryMark + strconv.Itoa(tables)}
	for piece := range slices.Chunk([]byte(text), pieceSize) {
		lines = append(lines, string(piece))
	}
	for i, line := range lines {
		if err := b.SetCellStr(carryName, "A"+strconv.Itoa(i+1), line); err != nil {
			return err
		}
	}
	return b.SetSheetVisible(carryName, false, true)
}

// gzip gives what is carried in the format of that name, without packing it again.
func (p packed) gzip() []byte {
	const known = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" // deflated, of no time and no system
	b := append([]byte(known), p.deflated...)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(p.data))
	return binary.LittleEndian.AppendUint32(b, uint32(len(p.data)))
}

// carriedBack puts the pieces together again.
func carriedBack(pieces []string) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(strings.Join(pieces, ""))
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "what the workbook carries is damaged; take the file as it was made")
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "what the workbook carries is damaged; take the file as it was made")
	}
	data, err := io.ReadAll(io.LimitReader(z, maxData+1))
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "what the workbook carries is damaged; take the file as it was made")
	}
	return data, nil
}

// inOrder gives a zip with its parts by name and one time for all: the library
// writes its sheets, and the list of their types, in the order of a map.
func inOrder(data []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if err := copyPart(out, f); err != nil {
			return nil, fmt.Errorf("workbook: %w", err)
		}
	}
	err = out.Close()
	return b.Bytes(), err
}

var typeOf = regexp.MustCompile(`<(?:Default|Override) [^>]*></(?:Default|Override)>`)

func copyPart(out *zip.Writer, f *zip.File) error {
	// The first day a zip can name: the same evaluation is the same file whenever it is written.
	first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	if f.Name != "[Content_Types].xml" {
		f.SetModTime(first)
		return out.Copy(f) // as it is packed already
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	part, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: first})
	if err != nil {
		return err
	}
	types, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	list := typeOf.FindAll(types, -1)
	slices.SortFunc(list, bytes.Compare)
	i := -1
	_, err = part.Write(typeOf.ReplaceAllFunc(types, func([]byte) []byte { i++; return list[i] }))
	return err
}
