package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// passing gives what tells how much time passed, sleep included: what is left
// when the clock is wrong.
func passing() func() time.Duration {
	return func() time.Duration {
		var t unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
			panic(err) // a kernel of before 2011: Go itself does not run there
		}
		return time.Duration(t.Nano())
	}
}
