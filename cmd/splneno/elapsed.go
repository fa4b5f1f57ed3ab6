package main

import "time"

// passing gives what tells how much time passed, which is what is left when the
// clock is wrong. Sleep counts where the system has a clock for it; elsewhere a
// long one looks like a clock that was put ahead.
func passing() func() time.Duration {
	if _, known := sinceBoot(); known {
		return func() time.Duration {
			d, _ := sinceBoot() // what answered once does not fall silent
			return d
		}
	}
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}
