package planfile

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
	"splneno/engine/czech"
)

// bookStyles says of every cell format whether it shows a day, and its colour.
type bookStyles struct {
	formats []cellFormat
}

type cellFormat struct {
	day  bool
	fill string
}

func (s bookStyles) fill(style int) string {
	if style < 0 || style >= len(s.formats) {
		return ""
	}
	return s.formats[style].fill
}

func (s bookStyles) day(style int) bool {
	return style >= 0 && style < len(s.formats) && s.formats[style].day
}

// readStyles reads number formats, fills and the formats of cells.
func (b *bookReader) readStyles(part, theme string) (bookStyles, error) {
	colours, err := b.themeColours(theme)
	if err != nil {
		return bookStyles{}, err
	}
	var s bookStyles
	days, fills, section := map[string]bool{}, []string{}, ""
	err = b.each(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "fills", "cellXfs", "cellStyleXfs", "dxfs", "numFmts", "borders", "cellStyles":
			section = e.Name.Local
		case "numFmt":
			days[attr(e, "numFmtId")] = showsDay(attr(e, "formatCode"))
		case "fill":
			if section == "fills" {
				fills = append(fills, "")
			}
		case "fgColor":
			if section == "fills" && len(fills) > 2 { // the first two are fixed: none and a pattern
				fills[len(fills)-1] = visible(colourOf(e, colours))
			}
		case "xf":
			if section == "cellXfs" {
				s.formats = append(s.formats, formatOfCell(e, days, fills))
			}
		}
		if len(fills) > maxStyles || len(s.formats) > maxStyles || len(days) > maxStyles {
			return b.refuse("has more than %d cell formats; copy the table into a new workbook", maxStyles)
		}
		return nil
	})
	return s, err
}

func formatOfCell(e xml.StartElement, days map[string]bool, fills []string) cellFormat {
	var f cellFormat
	id := attr(e, "numFmtId")
	n, _ := strconv.Atoi(id)
	f.day = days[id] || n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
	if i, err := strconv.Atoi(attr(e, "fillId")); err == nil && i >= 0 && i < len(fills) {
		f.fill = fills[i]
	}
	return f
}

// showsDay says whether a number format prints a day: letters of days and
// months outside quotes and brackets, and a day or a year among them.
func showsDay(code string) bool {
	quoted, bracket := false, false
	code = strings.ReplaceAll(strings.ToLower(code), "general", "") // LibreOffice spells it out
	for i, r := range code {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '[' && !quoted:
			bracket = true
		case r == ']' && bracket:
			bracket = false
		case quoted || bracket || i > 0 && code[i-1] == '\\':
		case r == 'd' || r == 'y' || strings.HasPrefix(code[i:], "rr"): // Czech Excel prints the year as rrrr
			return true
		}
	}
	return false
}

// colourOf gives a colour as RRGGBB: written out, or of the theme with its tint.
func colourOf(e xml.StartElement, theme []string) string {
	if rgb := attr(e, "rgb"); len(rgb) >= 6 {
		return hexColour(rgb[len(rgb)-6:])
	}
	i, err := strconv.Atoi(attr(e, "theme"))
	if err != nil || i < 0 || i >= len(theme) || theme[i] == "" {
		return ""
	}
	tint, _ := strconv.ParseFloat(attr(e, "tint"), 64)
	full := excelize.ThemeColor(theme[i], max(-1, min(1, tint)))
	return hexColour(full[max(0, len(full)-6):])
}

// themeColours gives the colours of the theme in the order cells count them,
// which is not the order they are printed in: light before dark.
func (b *bookReader) themeColours(part string) ([]string, error) {
	var all []string
	within := ""
	err := b.each(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch name := e.Name.Local; name {
		case "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink":
			within = name
		case "sysClr", "srgbClr":
			if within == "" {
				break
			}
			colour := attr(e, "lastClr")
			if colour == "" {
				colour = attr(e, "val")
			}
			all, within = append(all, hexColour(colour)), ""
		}
		return nil
	})
	if len(all) > 3 {
		all[0], all[1], all[2], all[3] = all[1], all[0], all[3], all[2]
	}
	return all, err
}

// valueOf gives the text of a cell as a reader of a plan would say it: a day as
// Czechs write it whatever the format, a number without the noise of its float.
func (b *bookReader) valueOf(kind string, raw rawCell, style int) string {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw.value))
		if err != nil || i < 0 || i >= len(b.shared) {
			return ""
		}
		return b.shared[i]
	case "inlineStr":
		return raw.inline
	case "str":
		return unescapeBook(raw.value)
	case "b", "e":
		return raw.value
	case "d":
		if t, err := time.Parse(time.DateOnly, raw.value[:min(len(raw.value), len(time.DateOnly))]); err == nil {
			return czech.FormatDate(engine.DateOf(t))
		}
		return raw.value
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(raw.value), 64)
	switch {
	case err != nil || math.IsInf(n, 0) || math.IsNaN(n):
		return raw.value
	case b.styles.day(style) && n >= 1 && n < 2_958_466: // the year 10000
		return czech.FormatDate(b.dayOf(int(n)))
	}
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if short := strconv.FormatFloat(n, 'g', 15, 64); !strings.Contains(short, "e") {
		text = short
	}
	return strings.Replace(text, ".", ",", 1)
}

// dayOf counts days from the beginning of either calendar. The one of 1900 has
// a 29 February that never was: days before March count from a day later.
func (b *bookReader) dayOf(n int) engine.Date {
	switch {
	case b.d1904:
		return engine.NewDate(1904, time.January, 1).AddDays(n)
	case n < 60:
		return engine.NewDate(1899, time.December, 31).AddDays(n)
	}
	return engine.NewDate(1899, time.December, 30).AddDays(n)
}
