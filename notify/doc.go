// Package notify is where the municipality speaks: it phrases a letter of the
// engine as a mail, word for word and byte for byte, and refuses to make one it
// cannot read back as it was meant. Its folders send those bytes (send), keep
// them for the demo (mailbox), read them back (eml), make the links in them
// (link) and the documents of an evaluation (document, out of paper and chart),
// and read what people reply (inbox), which comes in from a mailbox (fetch), from
// a mail server (listen) or a folder (drop), and whose files a scanner may look
// at (clam). check looks at the mail set-up.
//
// It must not know whether an answer is allowed, what state follows, when
// something is due, or where anything is kept. No Czech sentence stands in its
// Go files: they are templates, one file for each kind of letter, under
// templates/cs. A phrase is written once there and laid out twice, as text and
// as HTML.
//
// Start reading at [Composer.Compose], then phrase.go and templates/cs.
package notify
