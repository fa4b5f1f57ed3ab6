package czech

import "testing"

func TestExpandedSlug(t *testing.T) {
	for _, same := range [][]string{
		{"MěÚSS Klatovy", "MÚSS Klatovy", "Městský ústav sociálních služeb Klatovy", "městský ústav sociálních služeb Klatovy"},
		{"OCH Klatovy", "Oblastní charita Klatovy"},
		{"ČČK Klatovy", "ČCK Klatovy", "Český červený kříž Klatovy"},
		{"ÚP ČR", "Úřad práce ČR"},
		{"DDM Klatovy", "Dům dětí a mládeže Klatovy"},
		{"ZŠ Klatovy, Hálkova 133", "Základní škola, Klatovy, Hálkova 133"},
		{"KÚ Plzeňského kraje", "Krajský úřad Plzeňského kraje"},
		{"OÚ Bezděkov", "Obecní úřad Bezděkov"},
		{"MěÚ Sušice", "Městský úřad Sušice"},
	} {
		for _, name := range same[1:] {
			if ExpandedSlug(name) != ExpandedSlug(same[0]) {
				t.Errorf("%q is %s, %q is %s", same[0], ExpandedSlug(same[0]), name, ExpandedSlug(name))
			}
		}
	}
	for _, name := range []string{"PS Senioři", "Pracovní skupina", "klub ms", "Ku Praze"} {
		if ExpandedSlug(name) != Slug(name) {
			t.Errorf("%q was written out as %s", name, ExpandedSlug(name))
		}
	}
	if ExpandedSlug("PS Klatovy") == ExpandedSlug("Pečovatelská služba Klatovy") || ExpandedSlug("PS Klatovy") == ExpandedSlug("Pracovní skupina Klatovy") {
		t.Error("PS is ambiguous and was written out")
	}
}
