package html

import (
	"encoding/base64"
	"strconv"
	"strings"

	"splneno/engine/pattern"
	"splneno/notify/paper"
)

func (g *page) blocks(blocks []paper.Block) {
	for _, b := range blocks {
		g.block(b)
	}
}

func (g *page) block(b paper.Block) {
	switch b := b.(type) {
	case paper.Heading:
		tag := "h" + strconv.Itoa(b.Level+1)
		g.put("<", tag, id(b.ID), ">", clean(b.Text), "</", tag, ">\n")
	case paper.Para:
		g.para(b)
	case paper.List:
		g.list(b)
	case paper.Table:
		g.table(b)
	case paper.Figure:
		g.figure(b)
	case paper.Image:
		if pictures[b.Type] {
			g.put(`<p><img src="data:`, b.Type, ";base64,", base64.StdEncoding.EncodeToString(b.Data), `" alt="`, clean(b.Alt), "\"></p>\n")
		}
	case paper.Box:
		g.put(`<div class="box"`, style("border-left-color", b.Colour), ">\n")
		g.blocks(b.Blocks)
		g.put("</div>\n")
	case paper.Signature:
		g.put(`<p class="signature"><span>`, clean(b.Label), `</span> <span class="line"></span> <span>`, clean(b.Name), "</span></p>\n")
	case paper.Break:
		g.put("<div class=\"break\"></div>\n")
	}
}

var pictures = map[string]bool{"image/png": true, "image/jpeg": true}

// id gives the attribute of a place that can be linked to, "" for none.
func id(s string) string {
	if s == "" {
		return ""
	}
	return ` id="` + clean(s) + `"`
}

var colour = pattern.New(`^#[0-9a-f]{6}$`)

// style gives the attribute that sets a colour, "" for what is none.
func style(property, value string) string {
	if !colour.MatchString(value) {
		return ""
	}
	return ` style="` + property + ":" + value + `"`
}

func (g *page) para(p paper.Para) {
	switch p.Style {
	case paper.Title:
		g.put("<h1", id(p.ID), ">")
		g.spans(p.Spans)
		g.put("</h1>\n")
		return
	case paper.Subtitle:
		g.put(`<p class="subtitle"`)
	case paper.Mark:
		g.put(`<p class="mark"`)
	case paper.Note:
		g.put(`<p class="note"`)
	default:
		g.put("<p")
	}
	g.put(id(p.ID), ">")
	g.spans(p.Spans)
	g.put("</p>\n")
}

func (g *page) spans(spans []paper.Span) {
	for _, s := range spans {
		text := strings.ReplaceAll(clean(s.Text), "\n", "<br>")
		if link := address(s.Link); link != "" {
			text = `<a href="` + link + `">` + text + "</a>"
		}
		if s.Italic {
			text = "<em>" + text + "</em>"
		}
		if s.Bold {
			text = "<strong>" + text + "</strong>"
		}
		if look := style("color", s.Colour); look != "" {
			text = "<span" + look + ">" + text + "</span>"
		}
		g.put(text)
	}
}

// address gives where a link leads, "" for what is no link: nothing on a page
// may run.
func address(link string) string {
	for _, scheme := range []string{"#", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(link, scheme) && link != scheme {
			return clean(link)
		}
	}
	return ""
}

func (g *page) list(l paper.List) {
	tag := "ul"
	if l.Numbered {
		tag = "ol"
	}
	g.put("<", tag, ">")
	for _, item := range l.Items {
		g.put("<li", id(item.ID), ">")
		g.spans(item.Spans)
		g.put("</li>")
	}
	g.put("</", tag, ">\n")
}

// figure writes a chart with its number and its title below.
func (g *page) figure(f paper.Figure) {
	title, drawing := "", ""
	switch {
	case f.Stack != nil:
		title, drawing = f.Stack.Title, f.Stack.Draw()
	case f.Pairs != nil:
		title, drawing = f.Pairs.Title, f.Pairs.Draw()
	default:
		return
	}
	g.figures++
	g.put("<figure>\n", visible(drawing), "\n<figcaption>", clean(g.paper.Words.Figure), " ", strconv.Itoa(g.figures), ": ", clean(title), "</figcaption></figure>\n")
}
