package fetch

import (
	"errors"
	"net"
	"sync"
	"time"
)

// What the watchdog broke off, and why.
var (
	errSilent = errors.New("the server did not answer in time")
	errFlood  = errors.New("the server sent without end")
)

// A line is a connection under watch. The IMAP library waits for ever for a
// server that fell silent, and reads for ever from one that never ends.
type line struct {
	net.Conn
	silence time.Duration // longer is too long
	flood   int64         // more is too much, in answer to one command or for one mail

	mu       sync.Mutex
	timer    *time.Timer
	watching bool
	left     int64
	cause    error // why it was broken off, nil when it was not
}

func newLine(c net.Conn, silence time.Duration, flood int64) *line {
	l := &line{Conn: c, silence: silence, flood: flood}
	l.timer = time.AfterFunc(silence, l.expire)
	l.begin()
	return l
}

// begin says that an answer is expected now, of bounded size.
func (l *line) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left, l.watching = l.flood, true
	l.timer.Reset(l.silence)
}

// rest says that no answer is expected, or that we are slow ourselves.
func (l *line) rest() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watching = false
	l.timer.Stop()
}

func (l *line) expire() {
	l.mu.Lock()
	watching := l.watching
	l.mu.Unlock()
	if watching {
		l.breakOff(errSilent)
	}
}

// breakOff ends the connection. The first cause is the one that counts.
func (l *line) breakOff(cause error) {
	l.mu.Lock()
	if l.cause == nil {
		l.cause = cause
	}
	l.mu.Unlock()
	_ = l.Conn.Close()
}

// why gives the cause where there is one, err otherwise: a connection that was
// broken off gives errors that say nothing.
func (l *line) why(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cause != nil {
		return l.cause
	}
	return err
}

func (l *line) Read(b []byte) (int, error) {
	n, err := l.Conn.Read(b)
	l.mu.Lock()
	l.left -= int64(n)
	if n > 0 && l.watching {
		l.timer.Reset(l.silence)
	}
	flooded := l.left < 0
	l.mu.Unlock()
	if flooded {
		l.breakOff(errFlood)
		return 0, errFlood
	}
	return n, err
}

// SetReadDeadline does nothing: the library would allow five minutes for a mail
// and for ever for an answer.
func (l *line) SetReadDeadline(time.Time) error { return nil }

// Close ends connection and watch.
func (l *line) Close() error {
	l.rest()
	return l.Conn.Close()
}
