package inbox

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// attributesOf gives those of a tag by name; the first of a name counts.
func attributesOf(t html.Token) map[string]string {
	if len(t.Attr) == 0 {
		return nil
	}
	m := make(map[string]string, len(t.Attr))
	for _, a := range t.Attr {
		if _, ok := m[a.Key]; !ok {
			m[a.Key] = a.Val
		}
	}
	return m
}

// styleOf reads a style attribute: properties and values in lower case.
func styleOf(s string) map[string]string {
	if s == "" {
		return nil
	}
	m := map[string]string{}
	for declaration := range strings.SplitSeq(strings.ToLower(s), ";") {
		name, value, _ := strings.Cut(declaration, ":")
		m[strings.TrimSpace(name)] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
	}
	return m
}

// unseenTags hold nothing a person reads.
var unseenTags = []string{"script", "style", "title", "template", "xml", "iframe", "noembed", "noframes", "svg", "object"}

// show says what of an element is seen.
func (e *htmlElement) show(attr, style map[string]string) {
	_, hidden := attr["hidden"]
	if hidden || slices.Contains(unseenTags, e.name) || style["display"] == "none" || style["mso-hide"] == "all" {
		e.hidden = true
	}
	size, sized := style["font-size"]
	seen, said := style["visibility"]
	switch {
	case sized && nought(size), seen == "hidden", seen == "collapse":
		e.dim = true
	case sized, said:
		e.dim = false
	}
	if e.name == "pre" {
		e.pre = true
	}
	if space := style["white-space"]; space != "" {
		e.pre = strings.HasPrefix(space, "pre")
	}
}

// nought reports whether a length, or every one of several, is zero.
func nought(length string) bool {
	fields := strings.Fields(length)
	for _, f := range fields {
		number := strings.TrimRight(f, "abcdefghijklmnopqrstuvwxyz%")
		if strings.Trim(number, "0.") != "" || number == "" {
			return false
		}
	}
	return len(fields) > 0
}

func listOf(name string, attr, style map[string]string) htmlList {
	if name != "ol" {
		return htmlList{}
	}
	kind := style["list-style-type"]
	l := htmlList{
		letters:  strings.EqualFold(attr["type"], "a") || strings.HasSuffix(kind, "-alpha") || strings.HasSuffix(kind, "-latin"),
		numbered: !strings.EqualFold(attr["type"], "i") && !strings.HasSuffix(kind, "-roman"),
	}
	if attr["start"] != "" {
		l.marker(attr["start"])
		l.last--
	}
	return l
}

// quotes reports whether all of an element is quoted.
func quotes(name string, attr map[string]string) bool {
	if name == "blockquote" || strings.HasPrefix(attr["id"], "yahoo_quoted") {
		return true
	}
	return slices.ContainsFunc(strings.Fields(attr["class"]), func(c string) bool { return strings.HasSuffix(c, "yahoo_quoted") })
}

// separates reports whether an element stands between an answer and the mail it
// answers, as Outlook writes it.
func separates(attr, style map[string]string) bool {
	id := attr["id"]
	for strings.HasPrefix(id, "x_") { // another Outlook quoted it
		id = id[len("x_"):]
	}
	if id == "divRplyFwdMsg" || id == "appendonsend" {
		return true
	}
	border := style["border-top"]
	return style["border"] == "none" && (strings.Contains(border, "#e1e1e1") || strings.Contains(border, "#b5c4df"))
}
