// Package example holds the plans the program brings along: an action plan and
// the evaluation of an older plan, as files that planfile reads, and the script
// of the demo's years. Codes, titles, parties, terms, statuses and numbers are
// those of published documents; descriptions are written anew, contacts and
// answers are invented, and no private person is named. The region and the town
// of Vzorov are invented as a whole.
//
// The package must not read, check or change what it holds. Start reading at
// klatovsko-2023.yaml.
package example

import _ "embed"

//go:embed klatovsko-2023.yaml
var klatovsko2023 []byte

//go:embed klatovy-2008-2013.yaml
var klatovy2008 []byte

//go:embed kraj-2023-2025.yaml
var kraj2023 []byte

//go:embed vzorov-2023.yaml
var vzorov2023 []byte

// Klatovsko2023 gives the action plan of Klatovsko for 2023.
func Klatovsko2023() []byte { return klatovsko2023 }

// Klatovy2008 gives the evaluation of the plan that ran from 2008.
func Klatovy2008() []byte { return klatovy2008 }

// Kraj2023 gives the plan of the demo's region.
func Kraj2023() []byte { return kraj2023 }

// Vzorov2023 gives the evaluation of another town of that region.
func Vzorov2023() []byte { return vzorov2023 }
