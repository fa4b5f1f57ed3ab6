package html

import "splneno/notify/paper"

// body writes the blocks between landmarks: the band of the title and what is
// said with it, the contents, the text.
func (g *page) body() {
	blocks := g.paper.Blocks
	if g.paper.Words.Skip != "" {
		g.put(`<a class="skip" href="#text">`, clean(g.paper.Words.Skip), "</a>\n")
	}
	g.put("<header>\n<div class=\"band\"><div class=\"page\">\n")
	n := band(blocks)
	g.title(blocks[:n])
	g.put("</div></div>\n")
	if i := contents(blocks[n:]); i >= 0 {
		g.put("<div class=\"page\">\n")
		g.blocks(blocks[n : n+i])
		g.put("</div>\n</header>\n")
		g.contents()
		n += i + 1
	} else {
		g.put("</header>\n")
	}
	g.put("<main class=\"page\" id=\"text\" tabindex=\"-1\">\n")
	g.blocks(blocks[n:])
	g.put("</main>\n")
	if g.paper.Foot != "" {
		g.put("<footer class=\"page\"><p>", clean(g.paper.Foot), "</p></footer>\n")
	}
}

// band gives how many blocks at the beginning belong to the title.
func band(blocks []paper.Block) int {
	for i, b := range blocks {
		switch b := b.(type) {
		case paper.Image:
		case paper.Para:
			if b.Style != paper.Title && b.Style != paper.Subtitle {
				return i
			}
		default:
			return i
		}
	}
	return len(blocks)
}

// contents gives where the contents stand, -1 for a paper without.
func contents(blocks []paper.Block) int {
	for i, b := range blocks {
		if _, ok := b.(paper.Contents); ok {
			return i
		}
	}
	return -1
}

// title writes the band. Every page has one heading of the first level.
func (g *page) title(blocks []paper.Block) {
	titled := false
	for _, b := range blocks {
		para, ok := b.(paper.Para)
		titled = titled || ok && para.Style == paper.Title
	}
	if !titled {
		g.put("<h1>", clean(g.paper.Title), "</h1>\n")
	}
	g.blocks(blocks)
}

// contents lists the headings of the levels 1 and 2.
func (g *page) contents() {
	g.put("<nav class=\"page\" aria-labelledby=\"contents\"><h2 id=\"contents\">", clean(g.paper.Words.Contents), "</h2>\n<ul>")
	level := 0
	for _, b := range g.paper.Blocks {
		h, ok := b.(paper.Heading)
		if !ok || h.Level > 2 || h.ID == "" {
			continue
		}
		switch {
		case level == 1 && h.Level == 2:
			g.put("<ul>")
		case level == 2 && h.Level == 1:
			g.put("</li></ul></li>")
		case level > 0:
			g.put("</li>")
		}
		level = h.Level
		g.put("\n<li><a href=\"#", clean(h.ID), "\">", clean(h.Text), "</a>")
	}
	switch level {
	case 1:
		g.put("</li>")
	case 2:
		g.put("</li></ul></li>")
	}
	g.put("\n</ul></nav>\n")
}
