package web

import "splneno/engine"

// bodyFlags is what is to be seen of an organisation at a glance, the same on
// the board, in the list and on its own page.
type bodyFlags struct {
	Troubles  []engine.Trouble
	Away      engine.Date // last day away of whoever is written to
	ReplyOnly bool        // it is written to without links
	Ended     engine.Date
}

func flagsOf(o engine.Organisation, today engine.Date) bodyFlags {
	to, _ := o.Contact()
	return bodyFlags{Troubles: o.Troubles(today), Away: to.AwayUntil, ReplyOnly: to.ReplyOnly, Ended: o.Ended}
}
