package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// busy shows a person that something is under way, until done is called.
func (w *world) busy(what string) (done func()) {
	_, done = w.following(what)
	return done
}

// following shows a person how far something has come, until done is called.
func (w *world) following(what string) (told func(string), done func()) {
	if !w.screen {
		return func(string) {}, func() {}
	}
	bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(w.err), progressbar.OptionSetDescription(what),
		progressbar.OptionSetSpinnerChangeInterval(100*time.Millisecond), progressbar.OptionClearOnFinish())
	return func(now string) { bar.Describe(what + ": " + now) }, func() { _ = bar.Finish() }
}
