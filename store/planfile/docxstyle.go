package planfile

import (
	"encoding/xml"
	"strings"

	"splneno/engine/pattern"
)

// wordStyles is what the styles of a document say that matters to a plan.
type wordStyles struct {
	byID  map[string]paragraphStyle
	theme map[string]string // colours as RRGGBB by their name in the theme
}

// A paragraphStyle is one style, with what it inherits put in.
type paragraphStyle struct {
	name     string
	outlined bool
	list     listPlace
	fill     string
	bold     bool
}

type val struct {
	Val string `xml:"val,attr"`
}

type xmlShade struct {
	Fill  string `xml:"fill,attr"`
	Theme string `xml:"themeFill,attr"`
	Tint  string `xml:"themeFillTint,attr"`
	Shade string `xml:"themeFillShade,attr"`
}

type xmlStyle struct {
	ID      string    `xml:"styleId,attr"`
	Name    val       `xml:"name"`
	Based   val       `xml:"basedOn"`
	Outline *val      `xml:"pPr>outlineLvl"`
	NumID   *val      `xml:"pPr>numPr>numId"`
	Level   *val      `xml:"pPr>numPr>ilvl"`
	Shade   *xmlShade `xml:"pPr>shd"`
	Bold    *val      `xml:"rPr>b"`
}

// readStyles reads the styles and the colours of the theme.
func (p wordPackage) readStyles(folder string) (wordStyles, error) {
	s := wordStyles{byID: map[string]paragraphStyle{}, theme: map[string]string{}}
	var theme struct {
		Scheme struct {
			Colours []struct {
				XMLName xml.Name
				RGB     val `xml:"srgbClr"`
				System  struct {
					Last string `xml:"lastClr,attr"`
				} `xml:"sysClr"`
			} `xml:",any"`
		} `xml:"themeElements>clrScheme"`
	}
	if err := p.side(folder+"/theme/theme1.xml", &theme); err != nil {
		return s, err
	}
	for _, c := range theme.Scheme.Colours {
		s.theme[themeName(c.XMLName.Local)] = hexColour(c.RGB.Val + c.System.Last)
	}
	var file struct {
		Styles []xmlStyle `xml:"style"`
	}
	if err := p.side(folder+"/styles.xml", &file); err != nil {
		return s, err
	}
	byID := map[string]xmlStyle{}
	for _, x := range file.Styles {
		byID[x.ID] = x
	}
	for id := range byID {
		s.byID[id] = s.inherit(byID, id, 0)
	}
	return s, nil
}

// inherit resolves a style through those it is based on.
func (s wordStyles) inherit(byID map[string]xmlStyle, id string, depth int) paragraphStyle {
	const longestChain = 20
	x, ok := byID[id]
	if !ok || depth > longestChain {
		return paragraphStyle{}
	}
	p := s.inherit(byID, x.Based.Val, depth+1)
	p.name = strings.ToLower(x.Name.Val)
	if x.Outline != nil {
		p.outlined = isOutline(x.Outline.Val)
	}
	if x.NumID != nil {
		p.list.id = x.NumID.Val
	}
	if x.Level != nil {
		p.list.level = levelOf(x.Level.Val)
	}
	if x.Shade != nil {
		p.fill = s.fillOf(*x.Shade)
	}
	if x.Bold != nil {
		p.bold = x.Bold.Val != "0" && x.Bold.Val != "false"
	}
	return p
}

// isOutline says whether a level is one of a heading; 9 is body text.
func isOutline(level string) bool { return len(level) == 1 && level >= "0" && level <= "8" }

// isContents says whether a style is one of a table of contents, which only
// repeats the headings.
func (p paragraphStyle) isContents() bool { return strings.HasPrefix(p.name, "toc ") }

// shade reads <w:shd> where it stands in the text.
func (s wordStyles) shade(t xml.StartElement) string {
	return s.fillOf(xmlShade{attr(t, "fill"), attr(t, "themeFill"), attr(t, "themeFillTint"), attr(t, "themeFillShade")})
}

// fillOf gives the colour of a shading. Word writes the colour itself beside the
// name in the theme; a bare name is looked up unless it is also tinted.
func (s wordStyles) fillOf(x xmlShade) string {
	if c := hexColour(x.Fill); c != "" || x.Tint != "" || x.Shade != "" {
		return visible(c)
	}
	return visible(s.theme[themeName(x.Theme)])
}

// themeName makes one name of the two that dark and light colours have.
func themeName(name string) string {
	switch name {
	case "dark1", "text1":
		return "dk1"
	case "dark2", "text2":
		return "dk2"
	case "light1", "background1":
		return "lt1"
	case "light2", "background2":
		return "lt2"
	}
	return name
}

var hexDigits = pattern.New(`^[0-9A-Fa-f]{6}$`)

func hexColour(s string) string {
	if !hexDigits.MatchString(s) {
		return ""
	}
	return strings.ToUpper(s)
}

// visible leaves white out, which is how paper looks.
func visible(colour string) string {
	if colour == "FFFFFF" {
		return ""
	}
	return colour
}

// highlights are the colours of the marker pen.
var highlights = map[string]string{
	"black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
	"yellow": "FFFF00", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080",
	"darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}

// A mix is a colour that several pieces may share: those without any do not
// count, and two different ones make none.
type mix struct {
	colour string
	torn   bool
}

func (m *mix) add(colour string) {
	switch {
	case colour == "":
	case m.colour == "":
		m.colour = colour
	case m.colour != colour:
		m.torn = true
	}
}

func (m mix) get() string {
	if m.torn {
		return ""
	}
	return m.colour
}
