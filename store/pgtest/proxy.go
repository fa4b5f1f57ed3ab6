package pgtest

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// A Proxy stands between a client and PostgreSQL as a network does, and loses
// connections on demand.
type Proxy struct {
	DSN string // the database, through the proxy

	target net.Addr
	open   atomic.Int64
	mu     sync.Mutex
	marker []byte
	refuse string // the code everybody is answered with, "" for nobody
	cut    bool   // nobody is let in
	conns  map[net.Conn]bool
}

// NewProxy gives a proxy to the database, which must be behind a socket file.
func NewProxy(t testing.TB, dsn string) *Proxy {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	dir := u.Query().Get("host")
	if dir == "" {
		t.Skip("the proxy needs a server of our own behind a socket file")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	u.Host, u.RawQuery = l.Addr().String(), "sslmode=disable"
	p := &Proxy{conns: map[net.Conn]bool{}, DSN: u.String(), target: &net.UnixAddr{Net: "unix", Name: filepath.Join(dir, ".s.PGSQL.5432")}}
	go p.accept(l)
	return p
}

// LoseReplyTo loses the connection on which a message with the marker is sent
// next: the server gets it and answers, the client never hears.
func (p *Proxy) LoseReplyTo(marker string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.marker = []byte(marker)
}

// Refuse ends every connection and answers each new one with an error of this
// SQLSTATE; "" lets them through again.
func (p *Proxy) Refuse(code string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = code
	for c := range p.conns {
		_ = c.Close()
	}
}

// refused answers a client in the server's place, or with nothing, if it is to
// be refused.
func (p *Proxy) refused(client net.Conn) bool {
	p.mu.Lock()
	code, cut := p.refuse, p.cut
	if code == "" && !cut {
		p.conns[client] = true
	}
	p.mu.Unlock()
	if cut {
		_ = client.Close()
		return true
	}
	if code == "" {
		return false
	}
	_, _ = client.Read(make([]byte, 1024)) // what it begins with
	fields := "SFATAL\x00VFATAL\x00C" + code + "\x00Mrefused by the proxy\x00\x00"
	_, _ = client.Write(append(binary.BigEndian.AppendUint32([]byte{'E'}, uint32(len(fields)+4)), fields...))
	_ = client.Close()
	return true
}

// Cut loses every connection and lets nobody in, or lets everybody in again.
func (p *Proxy) Cut(cut bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = cut
	for c := range p.conns {
		if cut {
			_ = c.Close()
		}
	}
}

// Open gives the number of connections that stand.
func (p *Proxy) Open() int64 { return p.open.Load() }

func (p *Proxy) accept(l net.Listener) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		if p.refused(client) {
			continue
		}
		server, err := net.Dial(p.target.Network(), p.target.String())
		if err != nil {
			_ = client.Close()
			continue
		}
		p.open.Add(1)
		go p.carry(client, server)
	}
}

// carry passes bytes both ways until one side closes.
func (p *Proxy) carry(client, server net.Conn) {
	defer p.open.Add(-1)
	defer p.forget(client)
	var lose atomic.Bool
	go func() {
		defer server.Close()
		pass(server, client, func(b []byte) {
			if p.take(b) {
				lose.Store(true)
			}
		})
	}()
	defer client.Close()
	pass(client, server, func([]byte) {
		if lose.Load() {
			_ = client.Close()
		}
	})
}

func (p *Proxy) forget(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c)
}

// pass copies, showing each piece before it is written.
func pass(to io.Writer, from io.Reader, show func([]byte)) {
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		show(b[:n])
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}

// take reports whether the marker is in b, once.
func (p *Proxy) take(b []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.marker == nil || !bytes.Contains(b, p.marker) {
		return false
	}
	p.marker = nil
	return true
}
