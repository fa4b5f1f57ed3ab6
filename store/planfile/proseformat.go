package planfile

import "splneno/engine/czech"

// proseFormat tells apart the texts that have no table to know them by: a list
// of codes under a legend of colours, a page about regions, minutes.
func proseFormat(lines []line) format {
	colours, codes, regions := 0, 0, 0
	for _, l := range lines {
		if czech.IsMinutes(l.text) {
			return formatMinutes
		}
		if _, ok := czech.ReadResultColour(l.text); ok {
			colours++
		}
		if _, _, _, ok := czech.ReadListCode(l.text); ok {
			codes++
		}
		if _, ok := czech.ReadRegionSection(l.text); ok {
			regions++
		}
	}
	switch {
	case colours > 0 && codes > 0:
		return formatColourList
	case regions > 0:
		return formatRegion
	}
	return formatNone
}
