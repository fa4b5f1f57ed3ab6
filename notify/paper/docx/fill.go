package docx

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
	"splneno/notify/paper"
)

// Fill writes the paper in a layout made in Word: only its placeholders are
// replaced, and the Blocks of the paper are not looked at. A placeholder nobody
// knows stays as it is: [Check] tells of it.
// Its error is Invalid and says what to change in the layout.
func Fill(w io.Writer, data []byte, p paper.Paper, f Filling) error {
	l, err := openLayout(data)
	if err != nil {
		return err
	}
	known := namesOf(f)
	if err := l.refuse(known); err != nil {
		return err
	}
	x := &filling{layout: l, Filling: f, known: known, pack: &pack{zip: zip.NewWriter(w)}, changed: map[string][]byte{}, first: l.firstFree()}
	if err := x.prepare(p); err != nil {
		return err
	}
	if err := x.fillText(); err != nil {
		return err
	}
	for name, part := range l.others {
		x.change(name, spliced(part.raw, x.fields(part)))
	}
	return x.write(p)
}

// refuse says why a layout cannot be used.
func (l layout) refuse(known names) error {
	all, err := l.findings(known)
	if err != nil {
		return err
	}
	found := false
	for _, f := range all {
		switch f.Fault {
		case FaultMacro:
			return engine.Errorf(engine.Invalid, "the layout holds macros or foreign objects; save it as a Word document without them")
		case FaultOutside:
			return engine.Errorf(engine.Invalid, "the layout takes something from outside when it is opened, as a linked picture; put it into the document itself")
		case FaultInside:
			return engine.Errorf(engine.Invalid, "the placeholder {%s} stands among other text, in a table, a box or a header; give it a paragraph of its own in the text", f.Name)
		}
		found = found || f.Found
	}
	if !found {
		return engine.Errorf(engine.Invalid, "the layout holds no placeholder that is known; see splneno template example")
	}
	return nil
}

// A filling is a layout being filled.
type filling struct {
	layout
	Filling
	known   names
	pack    *pack
	story   *story
	sheet   sheet
	changed map[string][]byte // parts written anew, by their names in lower case
	parts   []namedPart       // parts put in
	first   int               // the first number for parts put in
}

var numberedForm = pattern.New(`(\d{1,8})\.[a-z]+$`)

// firstFree gives a number no part has.
func (l layout) firstFree() int {
	n := 0
	for _, f := range l.files {
		if m := numberedForm.FindStringSubmatch(strings.ToLower(f.Name)); m != nil {
			n = max(n, number(m[1]))
		}
	}
	return n + 1
}

// prepare gets ready what the parts need: styles, lists, charts and pictures.
func (x *filling) prepare(p paper.Paper) error {
	var err error
	if x.sheet, err = x.styles(); err != nil {
		return err
	}
	lists, err := x.numbering()
	if err != nil {
		return err
	}
	room := section{width: pageWide - 2*margin, tall: pageTall - 2*margin}
	if len(x.text.sections) > 0 {
		room = x.text.sections[0]
	}
	s := &story{words: p.Words, lang: p.Lang, links: &relations{taken: map[string]bool{}}, bullet: lists.number, number: lists.number + 1, drawing: x.text.drawing, mark: x.text.mark, placed: map[string]bool{}, width: room.width, tall: room.tall}
	for _, k := range x.links {
		s.links.taken[k.ID] = true
	}
	s.survey.first = x.text.place
	for _, q := range x.text.paras {
		for _, u := range x.known.uses(q) {
			if u.part {
				s.survey.look(x.Parts[u.known])
			}
		}
	}
	x.story = s
	x.change(x.sheet.part, x.sheet.complete(room.width, p.Lang))
	s.styles = x.sheet.byName
	if lists.raw == nil {
		s.links.add(relOffice+"numbering", "numbering.xml", false)
		x.pack.types = append(x.pack.types, contentType{"word/numbering.xml", typeWord + "numbering+xml"})
		x.parts = append(x.parts, namedPart{"word/numbering.xml", string(lists.complete(s.survey.lists))})
	} else {
		x.change(lists.part, lists.complete(s.survey.lists))
	}
	made, err := s.gather(x.pack, x.first)
	x.parts = append(x.parts, made...)
	return err
}

// fillText fills the text itself: fields in their paragraphs, parts in the place
// of theirs.
func (x *filling) fillText() error {
	var with []splice
	for _, p := range x.text.paras {
		uses := x.known.uses(p)
		if len(uses) != 1 || !uses[0].part {
			with = append(with, x.inside(p, uses)...)
			continue
		}
		text, err := x.part(p, uses[0].known)
		if err != nil {
			return err
		}
		switch {
		case p.breaks:
			with = append(with, p.replace(uses, nil)...)
			with = append(with, splice{p.from, p.from, text})
		case p.holds || p.turns && text == "":
			with = append(with, p.replace(uses, nil)...)
			with = append(with, splice{p.to, p.to, text})
		default:
			with = append(with, splice{p.from, p.to, text})
		}
	}
	for _, at := range x.text.stale {
		with = append(with, splice{at, at, ` w:dirty="true"`})
	}
	x.change(x.main, spliced(x.text.raw, with))
	return nil
}

// part writes a part into the room of the section it stands in.
func (x *filling) part(p scanned, name string) (string, error) {
	for i := len(x.text.sections) - 1; i >= 0; i-- {
		if s := x.text.sections[i]; s.at > p.from {
			x.story.width, x.story.tall = s.width, s.tall
		}
	}
	var b bytes.Buffer
	x.story.out = bufio.NewWriter(&b)
	x.story.turn = p.turns && !p.breaks && !p.holds
	if err := x.story.blocks(x.Parts[name]); err != nil {
		return "", fmt.Errorf("the part {%s}: %w", name, err)
	}
	x.story.turn = false
	err := x.story.out.Flush()
	return b.String(), err
}

// fields gives the splices that fill the fields of a part.
func (x *filling) fields(part scan) (out []splice) {
	for _, p := range part.paras {
		out = append(out, x.inside(p, x.known.uses(p))...)
	}
	return out
}

// inside fills the fields of a paragraph.
func (x *filling) inside(p scanned, uses []use) []splice {
	var fields []use
	for _, u := range uses {
		if u.known != "" && !u.part {
			fields = append(fields, u)
		}
	}
	return p.replace(fields, x.Fields)
}

// change keeps a part as it is written instead.
func (x *filling) change(part string, raw []byte) { x.changed[strings.ToLower(part)] = raw }
