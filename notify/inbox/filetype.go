package inbox

import (
	"bytes"
	"slices"
)

// evidenceTypes are the files people document their work with. Whatever is not
// here, a person has to ask for in another form.
var evidenceTypes = []string{
	".pdf", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt", ".odt", ".ods", ".odp", ".rtf", ".txt", ".csv",
	".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".tif", ".tiff", ".zip", ".eml", ".msg",
}

// evidence reports whether files of that name are taken. What a system does
// with a file is decided by its last extension alone.
func evidence(name string) bool { return slices.Contains(evidenceTypes, extension(name)) }

// magics begin files that run, whatever their names say.
var magics = [][]byte{
	[]byte("\x7fELF"), []byte("#!"), []byte("\xca\xfe\xba\xbe"), []byte("\xcf\xfa\xed\xfe"), []byte("\xce\xfa\xed\xfe"),
	[]byte("L\x00\x00\x00\x01\x14\x02\x00"), // a shortcut of Windows
	[]byte("ITSF"),                          // its compiled help
}

// scripts begin pages that run in a browser.
var scripts = [][]byte{[]byte("<html"), []byte("<!doctype html"), []byte("<script"), []byte("<svg"), []byte("<hta:"), []byte("<head"), []byte("<body")}

// macros stand in Office files that run something: the name of the project in
// the new form, of its folder in the old one, and of Excel's older macros.
var macros = [][]byte{[]byte("vbaProject.bin"), wide("_VBA_PROJECT"), []byte("xl/macrosheets/")}

// runs reports whether the bytes of a file are those of a program, a page with
// scripts, or a document with macros.
func runs(data []byte) bool {
	starts := func(list [][]byte, b []byte) bool {
		return slices.ContainsFunc(list, func(magic []byte) bool { return bytes.HasPrefix(b, magic) })
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")
	windows := bytes.HasPrefix(data, []byte("MZ")) && bytes.IndexByte(data[:min(len(data), 64)], 0) > 0 // a text may begin so
	if windows || starts(magics, data) || starts(scripts, bytes.ToLower(head)) {
		return true
	}
	if !bytes.HasPrefix(data, []byte("PK")) && !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return false
	}
	return slices.ContainsFunc(macros, func(name []byte) bool { return bytes.Contains(data, name) })
}

// wide gives a name as old Office files write it.
func wide(s string) (out []byte) {
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
