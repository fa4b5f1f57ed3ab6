package engine

// DeskCounts counts what needs the coordinator. Drafts and Contacts only say
// whether there may be any: who wants to know has to look.
type DeskCounts struct {
	Pending  int  // answers that wait
	Inbox    int  // mails in the holding pen
	Failed   int  // mails that failed, and none left to the same address since
	Unsure   int  // mails of which it is not known whether they left
	Held     int  // mails held for another reason than the hold of the municipality
	Meetings int  // meetings whose papers should have left and have not
	Drafts   bool // of evaluations
	Contacts bool // that mail does not reach, or that a program named
}
