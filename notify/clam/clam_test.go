package clam

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// daemon follows the protocol of clamd up to the answer, which the script gives
// for the bytes it got; "" hangs up, "wait" says nothing for ever. It takes at
// most max bytes.
func daemon(t *testing.T, network string, max int, script func(command string, data []byte) string) *Client {
	t.Helper()
	addr := "127.0.0.1:0"
	if network == "unix" {
		addr = filepath.Join(t.TempDir(), "c")
	}
	l, err := net.Listen(network, addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go answer(c, max, script)
		}
	}()
	client, err := New(network + ":" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func answer(c net.Conn, limit int, script func(string, []byte) string) {
	defer c.Close()
	r := bufio.NewReader(c)
	command, err := r.ReadString(0)
	if err != nil {
		return
	}
	var data []byte
	for command == "zINSTREAM\x00" {
		var n uint32
		if binary.Read(r, binary.BigEndian, &n) != nil {
			return
		}
		if n == 0 {
			break
		}
		if len(data)+int(n) > limit {
			_, _ = io.WriteString(c, "INSTREAM size limit exceeded. ERROR\x00")
			_, _ = io.Copy(io.Discard, r)
			return
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return
		}
		data = append(data, chunk...)
	}
	switch said := script(command, data); said {
	case "":
	case "wait":
		_, _ = io.Copy(io.Discard, r)
	default:
		_, _ = io.WriteString(c, said)
	}
}

func virus(command string, data []byte) string {
	switch {
	case command == "zPING\x00":
		return "PONG\x00"
	case bytes.Contains(data, []byte("EICAR")):
		return "stream: Eicar-Signature FOUND\x00"
	}
	return "stream: OK\x00"
}

func TestScan(t *testing.T) {
	for _, network := range []string{"tcp", "unix"} {
		c := daemon(t, network, 1<<20, virus)
		for want, data := range map[string]string{"": "good", "Eicar-Signature": strings.Repeat("x", piece-2) + "EICAR over the edge of a piece"} {
			if got, err := c.Scan(context.Background(), []byte(data)); got != want || err != nil {
				t.Errorf("%s: %q, %v", network, got, err)
			}
		}
		if got, err := c.Scan(context.Background(), nil); got != "" || err != nil {
			t.Errorf("nothing at all: %q, %v", got, err)
		}
		if err := c.Ping(context.Background()); err != nil {
			t.Error(err)
		}
		if got, err := c.Scan(context.Background(), make([]byte, 8<<20)); got != "" || engine.CodeOf(err) != engine.Unavailable || !strings.Contains(err.Error(), "StreamMaxLength") {
			t.Errorf("a file too large: %q, %v", got, err)
		}
	}
}

// Whatever else the daemon says, the file was not looked at.
func TestNoAnswerIsNoGoodFile(t *testing.T) {
	for _, said := range []string{"", "wait", "stream: OK", "OK", "stream: \x00", "stream:  FOUND\x00", " FOUND\x00", "UNKNOWN COMMAND\x00", "stream: Can't allocate memory ERROR\x00", "\x00", strings.Repeat("x", 9000)} {
		c := daemon(t, "tcp", 1<<20, func(string, []byte) string { return said })
		c.limit = 300 * time.Millisecond
		malware, err := c.Scan(context.Background(), []byte("data"))
		if malware != "" || engine.CodeOf(err) != engine.Unavailable {
			t.Errorf("%.40q: %q, %v", said, malware, err)
		}
		if err := c.Ping(context.Background()); engine.CodeOf(err) != engine.Unavailable {
			t.Errorf("ping, %.40q: %v", said, err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	c, err := New("unix:" + filepath.Join(t.TempDir(), "nobody"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Scan(context.Background(), nil); engine.CodeOf(err) != engine.Unavailable {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAddresses(t *testing.T) {
	for address, ok := range map[string]bool{"unix:/run/clamd": true, "tcp:127.0.0.1:3310": true, "tcp:[::1]:3310": true,
		"": false, "unix:": false, "tcp:127.0.0.1": false, "127.0.0.1:3310": false, "/run/clamd": false} {
		if _, err := New(address); (err == nil) != ok || err != nil && engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
}
