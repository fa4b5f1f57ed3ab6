package quote

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"splneno/engine/czech"
)

// Every file of testdata/cases is a text, a line "=== own", and what of it the
// writer wrote himself.
func TestSplit(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) < 120 {
		t.Fatalf("%d cases (%v)", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text, want, ok := strings.Cut(string(data), "\n=== own\n")
			if !ok {
				t.Fatal("no line === own")
			}
			own, quoted := Split(text)
			if squeezed(own) != squeezed(want) {
				t.Errorf("own:\n%s\n--- want:\n%s", own, want)
			}
			checkParts(t, text, own, quoted)
		})
	}
}

// squeezed leaves out how many empty lines there are and spaces at line ends.
func squeezed(s string) string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// checkParts wants every line in one of the two parts, and no other.
func checkParts(t *testing.T, text, own, quoted string) {
	t.Helper()
	left := map[string]int{}
	for l := range strings.SplitSeq(text, "\n") {
		left[strings.Trim(l, " \t")]++
	}
	for l := range strings.SplitSeq(own+"\n"+quoted, "\n") {
		l = strings.Trim(l, " \t")
		if left[l] == 0 {
			if _, rest, ok := strings.Cut(l, ") "); ok {
				l = strings.Trim(rest, " \t")
			}
		}
		left[l]--
	}
	for l, n := range left {
		if n != 0 && l != "" {
			t.Errorf("%d times too few: %q", n, l)
		}
	}
}

func TestStartsItem(t *testing.T) {
	for text, want := range map[string]bool{
		"1 ano": true, "2) ne": true, "3. hotovo": true, "ad 4 probiha": true, "bod 5: ano": true, "c. 6 ne": true, "1.1a splneno": true,
		"1.1 a) ano": true, "4.1/2 probiha": true, "B/1 ano": true, "(7) ano": true, "- 8 ano": true, "9": true, "1a ano": true, "1-ano": true,
		"5. 6. probehla akce": false, "31. 12. 2023": false, "5. cervna jsme zacali": false, "376 000 111": false, "339 01 Klatovy": false,
		"10:15 schuzka": false, "2023 splneno": false, "Ano": false, "": false, "28. rijna 12": false,
	} {
		if got := startsItem(czech.Fold(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
