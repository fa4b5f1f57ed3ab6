package planfile

import (
	"strconv"
	"strings"
)

// A listPlace says in which list, and how deep, a paragraph stands.
type listPlace struct {
	id    string // "" or "0" for none
	level int
}

const listLevels = 9

func levelOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= listLevels {
		return 0
	}
	return n
}

// numbering counts the lists of a document, so that a label nobody typed is read.
type numbering struct {
	lists  map[string]*wordList // by the id a paragraph names
	counts map[string]*counters // by the definition, which lists may share
}

// A wordList is one list: a definition, and where it begins anew.
type wordList struct {
	definition string
	levels     [listLevels]listLevel
	restart    [listLevels]int // -1 for none
	begun      bool
}

type listLevel struct {
	format, text string
	start        int
}

// counters are the numbers reached, per level; -1 before the first.
type counters [listLevels]int

type xmlLevel struct {
	Index  string `xml:"ilvl,attr"`
	Start  *val   `xml:"start"`
	Format val    `xml:"numFmt"`
	Text   val    `xml:"lvlText"`
}

type xmlNumbering struct {
	Definitions []struct {
		ID     string     `xml:"abstractNumId,attr"`
		Levels []xmlLevel `xml:"lvl"`
	} `xml:"abstractNum"`
	Lists []struct {
		ID         string `xml:"numId,attr"`
		Definition val    `xml:"abstractNumId"`
		Overrides  []struct {
			Index string    `xml:"ilvl,attr"`
			Start *val      `xml:"startOverride"`
			Level *xmlLevel `xml:"lvl"`
		} `xml:"lvlOverride"`
	} `xml:"num"`
}

// readNumbering reads the lists of a document.
func (p wordPackage) readNumbering(folder string) (numbering, error) {
	n := numbering{lists: map[string]*wordList{}, counts: map[string]*counters{}}
	var file xmlNumbering
	if err := p.side(folder+"/numbering.xml", &file); err != nil {
		return n, err
	}
	definitions := map[string][listLevels]listLevel{}
	for _, d := range file.Definitions {
		var levels [listLevels]listLevel
		for _, x := range d.Levels {
			levels[levelOf(x.Index)] = x.level()
		}
		definitions[d.ID] = levels
	}
	for _, x := range file.Lists {
		l := &wordList{definition: x.Definition.Val, levels: definitions[x.Definition.Val]}
		for i := range l.restart {
			l.restart[i] = -1
		}
		for _, o := range x.Overrides {
			if o.Level != nil {
				l.levels[levelOf(o.Index)] = o.Level.level()
			}
			if o.Start != nil {
				l.restart[levelOf(o.Index)] = number(o.Start.Val)
			}
		}
		n.lists[x.ID] = l
	}
	return n, nil
}

func (x xmlLevel) level() listLevel {
	const longestLabel = 100
	l := listLevel{format: x.Format.Val, text: x.Text.Val[:min(len(x.Text.Val), longestLabel)]}
	if x.Start != nil {
		l.start = number(x.Start.Val)
	}
	return l
}

// number reads a start of a list, 0 for what is none.
func number(s string) int {
	const highest = 100_000
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > highest {
		return 0
	}
	return n
}

// label counts one more paragraph and gives what Word prints before it.
func (n *numbering) label(at listPlace) string {
	l := n.lists[at.id]
	if l == nil {
		return ""
	}
	c := n.counts[l.definition]
	if c == nil {
		c = &counters{-1, -1, -1, -1, -1, -1, -1, -1, -1}
		n.counts[l.definition] = c
	}
	l.begin(c)
	if c[at.level] < 0 {
		c[at.level] = l.levels[at.level].start
	} else {
		c[at.level]++
	}
	for i := at.level + 1; i < listLevels; i++ {
		c[i] = -1
	}
	return l.print(at.level, c)
}

// begin sets the levels anew that the list says begin anew with it.
func (l *wordList) begin(c *counters) {
	if l.begun {
		return
	}
	l.begun = true
	for i, start := range l.restart {
		if start >= 0 {
			l.levels[i].start = start
			for j := i; j < listLevels; j++ {
				c[j] = -1
			}
		}
	}
}

func (l *wordList) print(level int, c *counters) string {
	switch l.levels[level].format {
	case "bullet":
		return "•"
	case "none":
		return ""
	}
	text := l.levels[level].text
	for i := range listLevels {
		mark := "%" + strconv.Itoa(i+1)
		if strings.Contains(text, mark) {
			text = strings.ReplaceAll(text, mark, formatNumber(max(c[i], l.levels[i].start), l.levels[i].format))
		}
	}
	return strings.TrimSpace(text)
}

// formatNumber writes n as a list does; letters go on as aa, bb after z.
func formatNumber(n int, format string) string {
	const letters = 26
	switch format {
	case "lowerLetter", "upperLetter":
		if n < 1 || n > 4*letters {
			break
		}
		s := strings.Repeat(string(rune('a'+(n-1)%letters)), 1+(n-1)/letters)
		if format == "upperLetter" {
			return strings.ToUpper(s)
		}
		return s
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}
