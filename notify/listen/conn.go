package listen

import (
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A door lets in as many clients at a time as there are places; the others
// wait outside. It knows who is in, and can ask them to leave.
type door struct {
	net.Listener
	places chan struct{}

	mu      sync.Mutex
	in      map[*conn]bool
	closing bool
}

func newDoor(l net.Listener, places int) *door {
	return &door{Listener: l, places: make(chan struct{}, places), in: map[*conn]bool{}}
}

// Accept waits for a place, then for a client.
func (d *door) Accept() (net.Conn, error) {
	d.places <- struct{}{}
	c, err := d.Listener.Accept()
	if err != nil {
		<-d.places
		return nil, err
	}
	in := &conn{Conn: c, door: d}
	d.mu.Lock()
	d.in[in] = true
	if d.closing {
		in.leave()
	}
	d.mu.Unlock()
	return in, nil
}

// closeIdle makes everybody leave who brings no mail now, and the others as
// soon as theirs was answered.
func (d *door) closeIdle() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closing = true
	for c := range d.in {
		c.leave()
	}
}

// closeAll makes everybody leave.
func (d *door) closeAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.in {
		_ = c.Conn.Close()
	}
}

// A conn is a client who is in. It keeps what the library hides: that the
// connection broke in the middle of a chunk of BDAT, which looks like its end.
type conn struct {
	net.Conn
	door   *door
	out    sync.Once
	broken atomic.Bool

	mu      sync.Mutex
	timer   *time.Timer // runs while a mail is on its way
	leaving bool
}

// below gives our connection under that of the library, which STARTTLS wraps.
func below(c net.Conn) *conn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	in, _ := c.(*conn)
	return in
}

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if err != nil {
		c.broken.Store(true)
	}
	return n, err
}

// Close gives the place to the next.
func (c *conn) Close() error {
	c.out.Do(func() {
		c.door.mu.Lock()
		delete(c.door.in, c)
		c.door.mu.Unlock()
		<-c.door.places
	})
	c.rest()
	return c.Conn.Close()
}

// work says that a mail is on its way, which may take so long and no longer:
// the deadline of the command that began it is too short, and would not end a
// client who sends a byte now and then.
func (c *conn) work(limit time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer == nil {
		c.timer = time.AfterFunc(limit, func() { _ = c.Conn.Close() })
		_ = c.SetReadDeadline(time.Time{})
	}
}

// rest says that no mail is on its way.
func (c *conn) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	if c.leaving {
		_ = c.Conn.Close()
	}
}

// leave ends the connection, at once or when its mail was answered.
func (c *conn) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leaving = true
	if c.timer == nil {
		_ = c.Conn.Close()
	}
}
