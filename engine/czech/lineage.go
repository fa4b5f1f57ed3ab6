package czech

import (
	"fmt"

	"splneno/engine"
)

// LineageWord says how long plans have promised something: "v plánu od
// 2008, převedeno 3×"; "" for what no older plan promised.
func LineageWord(l engine.Lineage) string {
	switch {
	case l.Carried == 0:
		return ""
	case l.Since == 0:
		return fmt.Sprintf("převedeno%s%d×", nbsp, l.Carried)
	}
	return fmt.Sprintf("v%splánu od%s%d, převedeno%s%d×", nbsp, nbsp, l.Since, nbsp, l.Carried)
}
