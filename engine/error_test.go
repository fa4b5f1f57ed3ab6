package engine_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"splneno/engine"
)

func TestErrors(t *testing.T) {
	inner := engine.Errorf(engine.Conflict, "the entry moved: %w", io.ErrUnexpectedEOF)
	outer := fmt.Errorf("approve 1.1/1: %w", inner)
	if engine.CodeOf(outer) != engine.Conflict || !errors.Is(outer, io.ErrUnexpectedEOF) || inner.Error() != "the entry moved: unexpected EOF" {
		t.Errorf("%v: code %q", outer, engine.CodeOf(outer))
	}
	if engine.CodeOf(nil) != "" || engine.CodeOf(io.EOF) != "" {
		t.Error("an internal error has a code")
	}
}

func TestMessageIDIsOfItsOccasion(t *testing.T) {
	id := engine.MessageID("dubovice", "organisation/mess/2024-01-10", "dubovice.example")
	if id != engine.MessageID("dubovice", "organisation/mess/2024-01-10", "dubovice.example") {
		t.Error("the same occasion has two Message-IDs")
	}
	for _, other := range [][2]string{{"dubovice", "organisation/mess/2024-01-11"}, {"dubovic", "eorganisation/mess/2024-01-10"}, {"brod", "organisation/mess/2024-01-10"}} {
		if engine.MessageID(other[0], other[1], "dubovice.example") == id {
			t.Errorf("%q has the Message-ID of another occasion", other)
		}
	}
}
