package chart

import (
	"strings"
	"unicode"
)

// maxLines is how many lines a label gets; what is beyond is in the table.
const maxLines = 3

// advance gives how wide a character may be, in parts of the text's size: rather
// more than less, as nobody knows the font a page is read in.
func advance(r rune) float64 {
	switch {
	case strings.ContainsRune("iljftI.,:;'|!()[]-/ \u00a0", r):
		return 0.4
	case strings.ContainsRune("mwMW@%\u2013\u2014\u2026", r):
		return 1
	case r > 0x2000:
		return 1.2
	case unicode.IsUpper(r):
		return 0.8
	}
	return 0.62
}

// measured gives how wide a text may be.
func measured(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += advance(r) * TextSize
	}
	return w
}

// wrapped breaks a text into lines that fit the room, at most so many; a word
// too long for a line is broken, and a text too long for all of them ends with
// an ellipsis.
func wrapped(s string, room float64, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		for _, piece := range broken(word, room) {
			switch joined := strings.TrimLeft(line+" "+piece, " "); {
			case measured(joined) <= room:
				line = joined
			default:
				lines = append(lines, line)
				line = piece
			}
		}
	}
	if lines = append(lines, line); len(lines) <= most {
		return lines
	}
	lines = lines[:most]
	last := []rune(lines[most-1])
	for len(last) > 0 && measured(string(last)+"\u2026") > room {
		last = last[:len(last)-1]
	}
	lines[most-1] = strings.TrimRight(string(last), " ,;.") + "\u2026"
	return lines
}

// broken gives a word in pieces that fit the room each.
func broken(word string, room float64) []string {
	var out []string
	piece := ""
	for _, r := range word {
		if piece != "" && measured(piece+string(r)) > room {
			out = append(out, piece)
			piece = ""
		}
		piece += string(r)
	}
	return append(out, piece)
}
