package web

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"splneno/engine"
)

// What each language makes of a number, a day and a list stands in
// testdata/tongues.json.
func TestTonguesCountAndWrite(t *testing.T) {
	body, err := os.ReadFile("testdata/tongues.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct {
		Counted map[string]map[int]string // by key
		Dates   map[engine.Date][]string  // short, long, day of the week
		When    string
		Numbers map[string][]string // as a number, a share in tenths of a percent, a size
		Sorted  []string
	}
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]float64{"0": 0, "12.5": 12.5, "1234": 1234, "-3.25": -3.25}
	for tag, tongue := range loadTongues() {
		w := want[tag]
		if len(w.Counted) == 0 || len(w.Dates) == 0 || len(w.Numbers) == 0 || len(w.Sorted) == 0 {
			t.Fatalf("testdata says nothing of %s", tag)
		}
		for key, forms := range w.Counted {
			for n, text := range forms {
				if got := tongue.count(key, n); got != text {
					t.Errorf("%s, %d: %q, want %q", tag, n, got, text)
				}
			}
		}
		for day, text := range w.Dates {
			if got := []string{tongue.date(day), tongue.long(day), tongue.weekday(day)}; !slices.Equal(got, text) {
				t.Errorf("%s, %s: %q, want %q", tag, day, got, text)
			}
		}
		if got := tongue.when(time.Date(2027, 7, 1, 6, 5, 0, 0, time.UTC), zone); got != w.When {
			t.Errorf("%s: %q, want %q", tag, got, w.When)
		}
		for text, forms := range w.Numbers {
			v := numbers[text]
			if got := []string{tongue.number(v), tongue.share(int(v)), tongue.size(int(v))}; !slices.Equal(got, forms) {
				t.Errorf("%s, %s: %q, want %q", tag, text, got, forms)
			}
		}
		list := slices.Clone(w.Sorted)
		slices.Sort(list)
		if sorted(tongue, list, func(s string) string { return s }); !slices.Equal(list, w.Sorted) {
			t.Errorf("%s: %q, want %q", tag, list, w.Sorted)
		}
	}
}
