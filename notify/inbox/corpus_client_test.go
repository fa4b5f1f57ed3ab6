package inbox_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// A corpusClient is a mail program: how it writes a reply.
type corpusClient struct {
	Name, Kind, Charset, Encoding, Label string
	Para, Quote, Wrap, Subject, Mailer   string
	Tail, Item                           string
	Dates                                [2]string
	Text, Open, Close                    string
}

func readClients(t *testing.T) (byName map[string]corpusClient, names []string) {
	t.Helper()
	byName = map[string]corpusClient{}
	for _, r := range readCorpus(t, "clients.txt") {
		sections := map[string][]string{}
		section := ""
		for _, line := range r.lines {
			if line == "-text" || line == "-open" || line == "-close" {
				section = line
			} else {
				sections[section] = append(sections[section], line)
			}
		}
		f := corpusRecord{lines: sections[""]}.fields()
		c := corpusClient{Name: r.head[0], Kind: f["kind"], Charset: f["charset"], Encoding: f["encoding"], Label: f["label"], Para: f["para"],
			Quote: f["quote"], Wrap: f["wrap"], Subject: f["subject"], Mailer: f["mailer"], Tail: f["tail"], Item: f["item"], Text: strings.Join(sections["-text"], "\n") + "\n",
			Open: strings.Join(sections["-open"], "\n"), Close: strings.TrimSpace(strings.Join(sections["-close"], "\n"))}
		c.Dates[0], c.Dates[1], _ = strings.Cut(f["dates"], " | ")
		byName[c.Name] = c
		names = append(names, c.Name)
	}
	return byName, names
}

// A quotedMail is a mail the reply quotes: our letter, or one between.
type quotedMail struct {
	name, addr, to, subject string
	date                    string
	text, html              string
}

// attribution fills in the line or block before a quote.
func (q quotedMail) attribution(pattern string, escape func(string) string) string {
	return strings.NewReplacer("{name}", escape(q.name), "{addr}", escape(q.addr), "{to}", escape(q.to), "{subject}", escape(q.subject), "{date}", escape(q.date)).Replace(pattern)
}

func same(s string) string { return s }

// A typed text has a place above, below, and under the items of the letter.
type typedText struct {
	top, bottom string
	under       map[string]string // by cut mark
}

var cutMarks = regexp.MustCompile("\x00[0-9]+\x00")

// textBody gives the plain part.
func (c corpusClient) textBody(typed typedText, quoted []quotedMail) string {
	body := foldOwn(c, typed.top)
	if c.Tail != "" {
		body += "\n\n" + c.Tail
	}
	if c.Quote == "no" {
		return body + "\n"
	}
	return body + "\n" + c.quoteText(typed, quoted) + foldOwn(c, typed.bottom) + "\n"
}

// quoteText writes the quoted mails, the newest first, each quoting the next.
func (c corpusClient) quoteText(typed typedText, quoted []quotedMail) string {
	inner := quoted[0].text
	if len(quoted) > 1 {
		inner += "\n" + c.quoteText(typedText{}, quoted[1:])
	}
	out := quoted[0].attribution(c.Text, same)
	for _, line := range strings.Split(strings.TrimRight(inner, "\n"), "\n") {
		if cutMarks.MatchString(line) {
			if own := typed.under[line]; own != "" {
				out += "\n" + foldOwn(c, own) + "\n\n"
				continue
			}
			line = ""
		}
		for _, line := range c.foldQuoted(line) {
			switch {
			case c.Quote == "none":
				out += line + "\n"
			case strings.HasPrefix(line, ">"):
				out += ">" + line + "\n"
			default:
				out += strings.TrimRight("> "+line, " ") + "\n"
			}
		}
	}
	return out + "\n"
}

// foldQuoted breaks the long lines of a quoted text that was HTML.
func (c corpusClient) foldQuoted(line string) []string {
	if c.Wrap == "" || len([]rune(line)) <= 76 {
		return []string{line}
	}
	return strings.Split(wrapLine("", "", line), "\n")
}

// foldOwn breaks the writer's long lines as his program does.
func foldOwn(c corpusClient, own string) string {
	if c.Kind != "flowed" && c.Wrap == "" {
		return own
	}
	lines := strings.Split(own, "\n")
	for i, line := range lines {
		if c.Kind == "flowed" && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "From ")) {
			line = " " + line
		}
		if len([]rune(line)) > 76 {
			line = wrapLine("", "", line)
			if c.Kind == "flowed" {
				line = strings.ReplaceAll(line, "\n", " \n")
			}
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// htmlBody gives the HTML part.
func (c corpusClient) htmlBody(typed typedText, quoted []quotedMail) string {
	body := c.paragraphs(typed.top)
	if c.Tail != "" {
		body += c.paragraphs("\n" + c.Tail)
	}
	if c.Quote != "no" {
		body += c.quoteHTML(typed, quoted)
	}
	return "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=" + c.Charset + "\"><style>p.MsoNormal{margin:0cm}</style></head><body>\n" + body + "\n</body></html>\n"
}

func (c corpusClient) quoteHTML(typed typedText, quoted []quotedMail) string {
	inner := quoted[0].html
	if len(quoted) > 1 {
		inner = c.paragraphs(quoted[0].text) + c.quoteHTML(typedText{}, quoted[1:])
	}
	inner = cutMarks.ReplaceAllStringFunc(inner, func(mark string) string {
		own := typed.under[mark]
		switch {
		case own == "":
			return ""
		case c.Quote == "prefix":
			return "</ol></div></blockquote>\n" + c.paragraphs(own) + "\n<blockquote type=\"cite\" class=\"gmail_quote\"><div><ol>\n"
		}
		return "<p class=\"MsoNormal\"><span style=\"color:red\">" + strings.ReplaceAll(html.EscapeString(own), "\n", "<br>") + "</span></p>\n"
	})
	closed, rest := c.Close, ""
	if i := strings.Index(c.Close, "</blockquote>"); i >= 0 { // people type below the quote, inside what the program wrapped around it
		closed, rest = c.Close[:i+len("</blockquote>")], c.Close[i+len("</blockquote>"):]
	}
	if typed.bottom != "" {
		closed += "\n" + c.paragraphs(typed.bottom)
	}
	return quoted[0].attribution(c.Open, html.EscapeString) + "\n" + inner + "\n" + closed + rest
}

// paragraphs turns typed lines into HTML as the program does.
func (c corpusClient) paragraphs(text string) string {
	if text == "" {
		return ""
	}
	if strings.Contains(text, "\t") {
		return tableHTML(text)
	}
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		line = strings.ReplaceAll(html.EscapeString(line), "  ", "&nbsp; ")
		switch c.Para {
		case "p":
			b.WriteString("<p class=\"MsoNormal\">" + orElse(line, "&nbsp;") + "<o:p></o:p></p>\n")
		case "p-plain":
			b.WriteString("<p>" + orElse(line, "<br>") + "</p>\n")
		case "auto":
			b.WriteString("<div dir=\"auto\">" + orElse(line, "<br>") + "</div>")
		case "br":
			b.WriteString(line + "<br>")
		default:
			b.WriteString("<div>" + orElse(line, "<br>") + "</div>")
		}
	}
	if c.Para == "gmail" {
		return "<div dir=\"ltr\">" + b.String() + "</div>"
	}
	return b.String()
}

func tableHTML(text string) string {
	var b strings.Builder
	b.WriteString("<table class=\"MsoTableGrid\" border=\"1\">\n")
	for _, line := range strings.Split(text, "\n") {
		b.WriteString("<tr>")
		for _, cell := range strings.Split(line, "\t") {
			b.WriteString("<td valign=\"top\"><p class=\"MsoNormal\">" + orElse(html.EscapeString(cell), "&nbsp;") + "<o:p></o:p></p></td>")
		}
		b.WriteString("</tr>\n")
	}
	return b.String() + "</table>\n"
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
