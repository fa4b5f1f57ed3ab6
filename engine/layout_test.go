package engine_test

import (
	"testing"
	"time"

	"splneno/engine"
)

func TestSetLayout(t *testing.T) {
	now := time.Date(2024, 2, 1, 9, 0, 0, 0, time.UTC)
	clerk := engine.Actor{Kind: engine.ActorAdministrator, Name: "A"}
	c, err := engine.SetLayout(engine.Filed{Version: 3}, []byte("PK"), clerk, now)
	if err != nil || c.Event != "layout_changed" || len(c.Filed) != 1 || c.Filed[0].Name != engine.LayoutFile || c.Filed[0].Version != 3 {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err = engine.SetLayout(c.Filed[0], nil, clerk, now); err != nil || c.Event != "layout_removed" || c.Filed[0].Data != nil {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []struct {
		data []byte
		who  engine.ActorKind
		want engine.Code
	}{{[]byte("PK"), engine.ActorMember, engine.Forbidden}, {make([]byte, engine.MaxLayout+1), engine.ActorCoordinator, engine.Invalid}, {nil, engine.ActorCoordinator, engine.NotFound}} {
		if _, err := engine.SetLayout(engine.Filed{}, bad.data, engine.Actor{Kind: bad.who}, now); engine.CodeOf(err) != bad.want {
			t.Errorf("%v instead of %s", err, bad.want)
		}
	}
}
