package docx

import (
	"math"
	"strconv"
	"strings"

	"splneno/notify/chart"
	"splneno/notify/paper"
)

// A drawing is a chart as Word draws it: kinds of bars over a list of labels.
type drawing struct {
	title, desc string
	labels      []string
	series      []series
	stacked     bool
}

// A series is one kind and its value over each label.
type series struct {
	kind   chart.Kind
	values []float64
	says   []string // what stands on the bars; nil for the sign and the value
	narrow []bool   // bars too short for what would stand on them
}

// drawn turns a figure into what Word draws.
func drawn(f paper.Figure) drawing {
	switch {
	case f.Stack != nil:
		return stack(*f.Stack)
	case f.Pairs != nil:
		return pairs(*f.Pairs)
	}
	return drawing{}
}

// stack takes the kinds that are there over bars of shares.
func stack(c chart.Stack) drawing {
	d := drawing{title: c.Title, desc: c.Desc, stacked: true}
	for _, b := range c.Bars {
		d.labels = append(d.labels, b.Label)
	}
	for k, kind := range c.Kinds {
		s, any := series{kind: kind}, false
		for _, b := range c.Bars {
			n := 0
			if k < len(b.Counts) {
				n = max(b.Counts[k], 0)
			}
			s.values = append(s.values, float64(n))
			s.narrow = append(s.narrow, n*100 < whole(b)*8)
			any = any || n > 0
		}
		if any {
			d.series = append(d.series, s)
		}
	}
	return d
}

func whole(b chart.Bar) (all int) {
	for _, n := range b.Counts {
		all += max(n, 0)
	}
	return all
}

// pairs draws each figure to a scale of its own, as figures of different things
// cannot be compared by length: the longer bar of each pair is a hundred.
func pairs(c chart.Pairs) drawing {
	d := drawing{title: c.Title, desc: c.Desc}
	planned, actual := series{kind: c.Planned, says: []string{}}, series{kind: c.Actual, says: []string{}}
	any := false
	for _, i := range c.Items {
		d.labels = append(d.labels, i.Label)
		most := max(known(i.Planned), known(i.Actual))
		if i.PlannedAs == "" {
			most = known(i.Actual)
		}
		any = any || i.PlannedAs != ""
		planned.values, planned.says = append(planned.values, share(i.Planned, most)), append(planned.says, i.PlannedAs)
		actual.values, actual.says = append(actual.values, share(i.Actual, most)), append(actual.says, i.Given)
	}
	if any {
		d.series = append(d.series, planned)
	}
	d.series = append(d.series, actual)
	return d
}

func known(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		return 0
	}
	return v
}

func share(v, most float64) float64 {
	if most == 0 {
		return 0
	}
	return math.Round(known(v)/most*1000) / 10
}

// tall gives how tall the drawing is: by its bars, and a line for each kind below.
func (d drawing) tall() int {
	bars := len(d.labels)
	if !d.stacked {
		bars *= len(d.series)
	}
	return (110*max(bars, 1) + 70*((len(d.series)+2)/3) + 160) * tenth
}

// hatches are the patterns as DrawingML calls them.
var hatches = map[chart.Hatch]string{
	chart.Rising: "wdUpDiag", chart.Falling: "wdDnDiag", chart.Level: "ltHorz", chart.Upright: "ltVert", chart.Dotted: "dotGrid", chart.Crossed: "lgGrid",
}

// fill gives what the bars of a kind are painted with.
func fill(k chart.Kind) string {
	c := colour(k.Colour)
	if c == "" {
		c = "4A4A4A"
	}
	ground := `<a:srgbClr val="` + c + `"/>`
	edge := `<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>`
	switch {
	case k.Hatch == chart.Hollow:
		return `<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill>` + ground + `</a:solidFill><a:prstDash val="dash"/></a:ln></c:spPr>`
	case hatches[k.Hatch] != "":
		return `<c:spPr><a:pattFill prst="` + hatches[k.Hatch] + `"><a:fgClr><a:srgbClr val="FFFFFF"/></a:fgClr><a:bgClr>` + ground + `</a:bgClr></a:pattFill>` + edge + `</c:spPr>`
	}
	return `<c:spPr><a:solidFill>` + ground + `</a:solidFill>` + edge + `</c:spPr>`
}

// labelled gives what stands on the bars of a series: its sign and the value, on
// plain ground, or the figures as they are written, behind the bars.
func (s series) labelled(lang string) string {
	const shown = `<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`
	if s.says != nil {
		out := `<c:dLbls>`
		for i, say := range s.says {
			if say == "" {
				out += `<c:dLbl><c:idx val="` + strconv.Itoa(i) + `"/><c:delete val="1"/></c:dLbl>`
				continue
			}
			out += `<c:dLbl><c:idx val="` + strconv.Itoa(i) + `"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="` + escaped(lang) + `"/><a:t>` + escaped(say) + `</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="outEnd"/>` + shown + `</c:dLbl>`
		}
		return out + `<c:dLblPos val="outEnd"/>` + shown + `</c:dLbls>`
	}
	ground, ink := colour(s.kind.Colour), "FFFFFF"
	if s.kind.Hatch == chart.Hollow || ground == "" {
		ground, ink = "FFFFFF", "262626"
	}
	sign := ""
	if s.kind.Sign != "" {
		sign = `"` + strings.ReplaceAll(s.kind.Sign, `"`, "") + `" `
	}
	out := `<c:dLbls>`
	for i, narrow := range s.narrow {
		if narrow {
			out += `<c:dLbl><c:idx val="` + strconv.Itoa(i) + `"/><c:delete val="1"/></c:dLbl>`
		}
	}
	return out + `<c:numFmt formatCode="` + escaped(sign+"0;;;") + `" sourceLinked="0"/><c:spPr><a:solidFill><a:srgbClr val="` + ground + `"/></a:solidFill></c:spPr>` +
		`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="1"><a:solidFill><a:srgbClr val="` + ink + `"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="` + escaped(lang) + `"/></a:p></c:txPr><c:dLblPos val="ctr"/>` + shown + `</c:dLbls>`
}

// part gives the part of the package the chart is.
func (d drawing) part(lang string) string {
	grouping, overlap, scale := "clustered", "-10", `<c:max val="150"/><c:min val="0"/>`
	if d.stacked {
		grouping, overlap, scale = "percentStacked", "100", ""
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<c:chartSpace xmlns:c="` + nsChart + `" xmlns:a="` + nsDrawing + `" xmlns:r="` + nsLinks + `"><c:lang val="` + escaped(lang) + `"/><c:roundedCorners val="0"/>` +
		`<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="` + grouping + `"/><c:varyColors val="0"/>`)
	for i, s := range d.series {
		b.WriteString(d.one(i, s, lang))
	}
	b.WriteString(`<c:gapWidth val="45"/><c:overlap val="` + overlap + `"/><c:axId val="111"/><c:axId val="112"/></c:barChart>` +
		`<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="8A96A3"/></a:solidFill></a:ln></c:spPr><c:crossAx val="112"/><c:crosses val="autoZero"/></c:catAx>` +
		`<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/>` + scale + `</c:scaling><c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="0%" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="max"/></c:valAx></c:plotArea>` +
		`<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
		`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="262626"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="` + escaped(lang) + `"/></a:p></c:txPr></c:chartSpace>`)
	return b.String()
}

// one gives one series. Its values stand in the chart itself: there is no sheet.
func (d drawing) one(i int, s series, lang string) string {
	n := strconv.Itoa(i)
	count := `<c:ptCount val="` + strconv.Itoa(len(d.labels)) + `"/>`
	var b strings.Builder
	b.WriteString(`<c:ser><c:idx val="` + n + `"/><c:order val="` + n + `"/><c:tx><c:v>` + escaped(strings.TrimSpace(s.kind.Sign+" "+s.kind.Label)) + `</c:v></c:tx>` + fill(s.kind) +
		`<c:invertIfNegative val="0"/>` + s.labelled(lang) + `<c:cat><c:strLit>` + count)
	for k, l := range d.labels {
		b.WriteString(`<c:pt idx="` + strconv.Itoa(k) + `"><c:v>` + escaped(l) + `</c:v></c:pt>`)
	}
	b.WriteString(`</c:strLit></c:cat><c:val><c:numLit><c:formatCode>General</c:formatCode>` + count)
	for k, v := range s.values {
		if s.says == nil || s.says[k] != "" {
			b.WriteString(`<c:pt idx="` + strconv.Itoa(k) + `"><c:v>` + strconv.FormatFloat(v, 'f', -1, 64) + `</c:v></c:pt>`)
		}
	}
	b.WriteString(`</c:numLit></c:val></c:ser>`)
	return b.String()
}
