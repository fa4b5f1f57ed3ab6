package workflows

import (
	"context"

	"splneno/engine"
)

// SetLayout files the layout of the municipality's Word documents; no data takes
// it away. Whoever calls it has looked whether the layout can be used.
func (o *Office) SetLayout(ctx context.Context, data []byte, who engine.Actor) error {
	filed, err := o.Records.Filed(ctx, engine.LayoutFile)
	if err != nil && engine.CodeOf(err) != engine.NotFound {
		return err
	}
	change, err := engine.SetLayout(filed, data, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, change)
}
