package main

import (
	"sync"
	"time"
)

// A virtualClock shows the time it was set to.
type virtualClock struct {
	mu sync.Mutex
	at time.Time
}

// Now gives the time it shows.
func (c *virtualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set makes it show t.
func (c *virtualClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}
