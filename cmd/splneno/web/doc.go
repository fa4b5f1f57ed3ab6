// Package web serves the pages: the answer page behind a signed link, the
// coordinator's desk with the mail that came in, what everybody may read, the
// region's desk, and in the demo the built-in mailbox.
//
// It turns form fields into engine values, hands them to the office, and turns
// what comes back into Czech pages. It must not know SQL, SMTP or file formats,
// and it holds no rule: whether an answer is complete, which step may follow and
// who may decide is asked of engine, never worked out here. Sentences stand in
// templates/, never in Go files.
//
// A GET changes nothing and sets no cookie: mail scanners open every link. What
// strangers sent is shown as text only, and their files are only handed out.
//
// Start reading at [Server] and routes.go; then answer.go for the page
// organisations see, desk.go for the coordinator's, inbox.go for mail, and
// public.go for what is published.
package web
