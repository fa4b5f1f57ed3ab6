// Package clam asks a clamd, the ClamAV daemon, whether a file holds malware.
//
// It must not know where files come from or what is done with a bad one. A file
// the daemon did not look at is an error, never a good file. Start reading at
// [Client.Scan].
package clam

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"time"

	"splneno/engine"
)

// The bounds of one question: its time, a piece of the file, the answer.
const (
	limit     = 30 * time.Second
	piece     = 64 << 10
	maxAnswer = 4 << 10
)

// A Client knows one daemon. It is safe for concurrent use; every question has
// a connection of its own.
type Client struct {
	network, address string
	limit            time.Duration
}

// New takes the address of a daemon: "unix:/run/clamav/clamd.ctl" or
// "tcp:127.0.0.1:3310". Any other is Invalid.
func New(address string) (*Client, error) {
	network, rest, _ := strings.Cut(address, ":")
	_, _, err := net.SplitHostPort(rest)
	if network != "unix" && (network != "tcp" || err != nil) || rest == "" {
		return nil, engine.Errorf(engine.Invalid, "the address of the virus scanner is not like unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310")
	}
	return &Client{network: network, address: rest, limit: limit}, nil
}

// Ping reports whether the daemon is there and answers. Its error is
// Unavailable.
func (c *Client) Ping(ctx context.Context) error {
	answer, err := c.ask(ctx, "PING", nil)
	if err != nil {
		return err
	}
	if answer != "PONG" {
		return engine.Errorf(engine.Unavailable, "what listens at the address of the virus scanner is not clamd; check the address")
	}
	return nil
}

// Scan gives the name of the malware in data, "" when there is none. Every
// error is Unavailable and means that nothing is known of the data.
func (c *Client) Scan(ctx context.Context, data []byte) (malware string, err error) {
	answer, err := c.ask(ctx, "INSTREAM", data)
	if err != nil {
		return "", err
	}
	said, _ := strings.CutPrefix(answer, "stream: ")
	name, found := strings.CutSuffix(said, " FOUND")
	switch {
	case said == "OK":
		return "", nil
	case found && name != "":
		return name, nil
	case strings.Contains(answer, "size limit exceeded"):
		return "", engine.Errorf(engine.Unavailable, "the virus scanner takes no file of %d bytes; raise StreamMaxLength in clamd.conf", len(data))
	}
	return "", engine.Errorf(engine.Unavailable, "the virus scanner could not look at a file; see its log")
}

// ask says one command, with data as a stream of pieces when there is any, and
// gives the answer.
func (c *Client) ask(ctx context.Context, command string, data []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", engine.Errorf(engine.Unavailable, "the virus scanner cannot be reached, check that clamd runs: %w", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	// Who exceeds its limit is answered while he still writes: the answer counts,
	// not the error of writing.
	go write(conn, command, data)
	answer, err := bufio.NewReader(io.LimitReader(conn, maxAnswer)).ReadString(0)
	switch {
	case err == nil:
		return strings.TrimSuffix(answer, "\x00"), nil
	case ctx.Err() != nil:
		return "", engine.Errorf(engine.Unavailable, "the virus scanner did not answer in time: %w", ctx.Err())
	}
	return "", engine.Errorf(engine.Unavailable, "the virus scanner broke off in the middle of its answer, see its log: %w", err)
}

func write(conn net.Conn, command string, data []byte) {
	stream := append([]byte("z"+command), 0)
	if command == "INSTREAM" {
		for len(data) > 0 {
			n := min(piece, len(data))
			stream = binary.BigEndian.AppendUint32(stream, uint32(n)) //nolint:gosec // G115: at most piece
			stream = append(stream, data[:n]...)
			data = data[n:]
			if _, err := conn.Write(stream); err != nil {
				return
			}
			stream = stream[:0]
		}
		stream = append(stream, 0, 0, 0, 0)
	}
	_, _ = conn.Write(stream)
}
