// Package web serves the pages: the answer page behind a signed link, the
// coordinator's desk, and in the demo the built-in mailbox.
//
// It turns form fields into engine values, hands them to the office, and turns
// what comes back into Czech pages. It must not know SQL, SMTP or file formats,
// and it holds no rule: whether an answer is complete, which step may follow and
// who may decide is asked of engine, never worked out here. Sentences stand in
// templates/, never in Go files.
//
// A GET changes nothing and sets no cookie: mail scanners open every link.
//
// Start reading at [Server] and routes.go; then answer.go for the page
// organisations see and desk.go for the coordinator's.
package web
