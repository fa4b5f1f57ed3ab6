package docx

import (
	_ "embed"
	"strconv"
	"strings"

	"splneno/engine/pattern"
)

//go:embed parts/styles.xml
var stylesPart string

// A style is one style of ours.
type style struct{ id, name, text string }

var styleForm = pattern.New(`<w:style [^>]*w:styleId="([^"]*)"[^>]*><w:name w:val="([^"]*)"/>.*</w:style>`)

// ourStyles gives the styles a document of ours has, those others build on first.
func ourStyles() (out []style) {
	for _, m := range styleForm.FindAllStringSubmatch(stylesPart, -1) {
		out = append(out, style{m[1], m[2], m[0]})
	}
	return out
}

// styleIDs gives the ids of our styles by their names, in lower case.
func styleIDs() map[string]string {
	out := map[string]string{}
	for _, s := range ourStyles() {
		out[strings.ToLower(s.name)] = s.id
	}
	return out
}

// fitted puts the width of the text and the language into styles.
func fitted(styles string, width int, lang string) string {
	return strings.NewReplacer(`"WIDTH"`, `"`+strconv.Itoa(width)+`"`, `"LANG"`, `"`+escaped(lang)+`"`).Replace(styles)
}
