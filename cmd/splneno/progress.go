package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// busy shows a person that something is under way, until done is called.
func (w *world) busy(what string) (done func()) {
	if !w.screen {
		return func() {}
	}
	bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(w.err), progressbar.OptionSetDescription(what),
		progressbar.OptionSetSpinnerChangeInterval(100*time.Millisecond), progressbar.OptionClearOnFinish())
	return func() { _ = bar.Finish() }
}
