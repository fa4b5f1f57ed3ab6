package czech

import (
	"strings"
	"testing"
)

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

func TestAbbreviationsOfAText(t *testing.T) {
	for text, want := range map[string]string{
		"Provoz zajišťuje MěÚSS (OCH jen víkendy), ZŠ.": "MěÚSS OCH ZŠ",
		"obce ve SO ORP Klatovy":                        "ORP SO ORP",
		"Tichý svět, o.p.s., a Hewer, z. s.":            "o.p.s. z.s.",
		"PS seniorů, pracovní skupina":                  "PS",
		"msmt ZUŠka, OCHrana, plné zs. o ničem":         "",
		"": "",
	} {
		var got []string
		for _, a := range Abbreviations(text) {
			got = append(got, a.Short)
			if a.Long == "" {
				t.Errorf("%s stands for nothing", a.Short)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q holds %q, want %q", text, s, want)
		}
	}
}
