package store

import (
	"strings"
	"testing"

	"splneno/engine"
)

// An activity is found by the id of a responsible body, not by a part of one,
// nor by what stands in a name.
func TestActivitiesNaming(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("imported")
		for i, ids := range [][]string{{"charita"}, {"charita-klatovy"}, {"obec", "charita"}, {}, {`zl"a%_\`}} {
			a := engine.Activity{Plan: "kpss", ID: string(rune('1' + i)), Position: 10 - i}
			for _, id := range ids {
				a.Responsible = append(a.Responsible, engine.Party{Name: `"Organisation":"obec"`, Organisation: id})
			}
			c.Activities = append(c.Activities, a)
		}
		mustCommit(t, tn, c)
		for _, w := range []struct {
			ids  []string
			want string
		}{{[]string{"charita"}, "3,1"}, {[]string{"obec"}, "3"}, {[]string{"charita-klatovy", "obec"}, "3,2"}, {[]string{"nikdo"}, ""}, {nil, ""}, {[]string{`zl"a%_\`}, "5"}} {
			got := get[[]string](t)(tn.ActivitiesNaming(ctx, "kpss", w.ids))
			if strings.Join(got, ",") != w.want {
				t.Errorf("%v: %v, want %s", w.ids, got, w.want)
			}
		}
	})
}
