package czech_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestFoldAndSlug(t *testing.T) {
	tests := []struct{ in, fold, slug string }{
		{"Oblastní charita  Klatovy", "oblastni charita klatovy", "oblastni-charita-klatovy"},
		{" Příliš\u00a0žluťoučký\nKŮŇ ", "prilis zlutoucky kun", "prilis-zlutoucky-kun"},
		{"2023–2025", "2023-2025", "2023-2025"},
		{"Síť, z. s.", "sit, z. s.", "sit-z-s"},
		{"…", "…", ""},
	}
	for _, tt := range tests {
		if got := czech.Fold(tt.in); got != tt.fold {
			t.Errorf("Fold(%q) = %q", tt.in, got)
		}
		if got := czech.Slug(tt.in); got != tt.slug {
			t.Errorf("Slug(%q) = %q", tt.in, got)
		}
	}
}

func TestSort(t *testing.T) {
	got := []string{"chata", "dům", "Čáslav", "cihla", "hora", "Zlín", "žába"}
	slices.Sort(got)
	czech.Sort(got, func(s string) string { return s })
	if diff := cmp.Diff([]string{"cihla", "Čáslav", "dům", "hora", "chata", "Zlín", "žába"}, got); diff != "" {
		t.Error(diff)
	}
	capitals := []string{"Ch", "H", "D", "Č"}
	czech.Sort(capitals, func(s string) string { return s })
	if diff := cmp.Diff([]string{"Č", "D", "H", "Ch"}, capitals); diff != "" {
		t.Errorf("ch stands after h, č before d: %s", diff)
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "dní", 1: "den", 2: "dny", 4: "dny", 5: "dní", 21: "dní"} {
		if got := czech.Plural(n, "den", "dny", "dní"); got != want {
			t.Errorf("%d %s", n, got)
		}
	}
}

func TestDatesAndShares(t *testing.T) {
	tests := map[string]string{
		czech.FormatDate("2023-06-30"):   "30.\u00a06.\u00a02023",
		czech.FormatDate(""):             "",
		czech.LongDate("2024-01-15"):     "v\u00a0pondělí 15.\u00a0ledna 2024",
		czech.LongDate("2024-01-17"):     "ve\u00a0středu 17.\u00a0ledna 2024",
		czech.LongDate(""):               "",
		czech.FormatShare(375):           "37,5\u00a0%",
		czech.FormatShare(1000):          "100\u00a0%",
		czech.FormatShare(0):             "0\u00a0%",
		czech.Weekday(time.Sunday):       "neděle",
		czech.MonthGenitive(time.August): "srpna",
	}
	for got, want := range tests {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestEveryValueHasAWord fails when the engine gains a value nobody can read.
func TestEveryValueHasAWord(t *testing.T) {
	for _, s := range engine.States() {
		if czech.StatusWord(s, "") == czech.StatusWord(engine.StateUnknown, "") {
			t.Errorf("no word for the state %q", s)
		}
	}
	for _, s := range engine.NextSteps() {
		if czech.NextStepWord(s) == "" {
			t.Errorf("no word for the next step %q", s)
		}
	}
	for _, k := range []engine.PartyKind{engine.KindOrganisation, engine.KindMunicipality, engine.KindMunicipalities,
		engine.KindAuthority, engine.KindDepartment, engine.KindWorkingGroup, engine.KindRole, engine.KindOpenGroup,
		engine.KindPerson, engine.KindToBeSelected} {
		if czech.KindWord(k) == "" {
			t.Errorf("no word for the kind %q", k)
		}
	}
	for _, c := range []engine.Channel{engine.ByLink, engine.ByAuthenticated, engine.ByToken, engine.ByNone, engine.ByCoordinator} {
		if czech.ChannelWord(c) == "" {
			t.Errorf("no word for the channel %q", c)
		}
	}
}
