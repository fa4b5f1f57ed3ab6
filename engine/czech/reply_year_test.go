package czech_test

import (
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

// The year that was asked about is no doubt; any other is.
func TestReplyNamesTheYear(t *testing.T) {
	tests := []struct {
		text     string
		one, two engine.State
	}{
		{"1 splněno v roce 2023, 2 nesplněno", engine.Fulfilled, engine.Unfulfilled},
		{"1 splněno v roce 2024, 2 nesplněno", engine.StateUnknown, engine.Unfulfilled},
		{"1 splněno k 31. 12. 2023\n2 probíhá", engine.Fulfilled, engine.InProgress},
		{"1 splněno k 31. 12. 2022\n2 probíhá", engine.StateUnknown, engine.InProgress},
		{"Za rok 2023: 1 ano, 2 ne", engine.Fulfilled, engine.Unfulfilled},
		{"Za rok 2022: 1 ano, 2 ne", engine.StateUnknown, engine.StateUnknown},
		{"1 ano\n2 ne\nTo je za rok 2023.", engine.Fulfilled, engine.Unfulfilled},
		{"1 ano\n2 ne\nTo je za rok 2024.", engine.StateUnknown, engine.StateUnknown},
		{"1 splněno v roce 2023 i 2024, 2 ne", engine.StateUnknown, engine.Unfulfilled},
	}
	for _, tt := range tests {
		for period, sure := range map[engine.Period]bool{engine.Year(2023): true, {}: false} {
			got := map[string]engine.State{}
			for _, a := range czech.ReadReply(tt.text, []engine.ReplyItem{{Number: 1, Title: "Besedy pro seniory", Period: period},
				{Number: 2, Title: "Půjčovna pomůcek", Period: period}}, nil).Answers {
				if got[a.Item] = a.Status; !a.Certain {
					got[a.Item] = engine.StateUnknown
				}
			}
			if sure && (got["1"] != tt.one || got["2"] != tt.two) {
				t.Errorf("%q: %v", tt.text, got)
			}
			if !sure && got["1"] != engine.StateUnknown {
				t.Errorf("%q is sure of a year nobody told: %v", tt.text, got)
			}
		}
	}
}
