package inbox

import (
	"path"
	"strconv"
	"strings"
)

// maxFileName is how long the name of a file may be, in characters.
const maxFileName = 120

// fileName gives a name that is safe to show and to save under: no folder, no
// control characters, nothing a system gives a meaning. n is the number of the
// file in the mail, for one without a name.
func fileName(name, kind string, n int) string {
	if kind == "message/rfc822" || kind == "message/global" {
		return "zprava-" + strconv.Itoa(n) + ".eml"
	}
	name = cleanLine(name)
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
	if name == "" {
		name = "priloha-" + strconv.Itoa(n)
	}
	if extension(name) == "" {
		name += extensions[kind]
	}
	return shortened(name)
}

// shortened cuts a long name before its extension.
func shortened(name string) string {
	runes := []rune(name)
	if len(runes) <= maxFileName {
		return name
	}
	ext := []rune(path.Ext(name))
	if len(ext) > 10 { // it is no extension
		ext = nil
	}
	return strings.TrimRight(string(runes[:maxFileName-len(ext)]), ". ") + string(ext)
}

// extension gives that of a name with its dot, in lower case.
func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// extensions are those of files that come without a name.
var extensions = map[string]string{
	"application/pdf": ".pdf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         ".xlsx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"application/vnd.oasis.opendocument.text":                                   ".odt",
	"application/vnd.oasis.opendocument.spreadsheet":                            ".ods",
	"application/vnd.oasis.opendocument.presentation":                           ".odp",
	"application/rtf": ".rtf", "text/rtf": ".rtf", "text/plain": ".txt", "text/csv": ".csv", "text/calendar": ".ics", "text/html": ".html",
	"image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic", "image/tiff": ".tif",
	"application/zip": ".zip", "application/x-zip-compressed": ".zip", "application/vnd.ms-outlook": ".msg", "application/ms-tnef": ".dat",
}
