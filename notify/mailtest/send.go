package mailtest

import (
	"errors"
	"fmt"
	"net/textproto"
	"time"
)

// Send hands one mail to a server: hello is "EHLO" for SMTP and "LHLO" for
// LMTP. Its error is the reply of the server when that is not a plain yes.
func Send(addr, hello, from, to string, raw []byte) error {
	c, err := textproto.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	timer := time.AfterFunc(patience, func() { _ = c.Close() })
	defer timer.Stop()
	if _, _, err := c.ReadResponse(220); err != nil {
		return err
	}
	for _, step := range []struct {
		line string
		want int
	}{{hello + " test.example.org", 250}, {"MAIL FROM:<" + from + ">", 250}, {"RCPT TO:<" + to + ">", 250}, {"DATA", 354}} {
		if err := say(c, step.line, step.want); err != nil {
			return err
		}
	}
	w := c.DotWriter()
	_, err = w.Write(raw)
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	if _, _, err := c.ReadResponse(250); err != nil {
		return fmt.Errorf("final dot: %w", err)
	}
	_ = say(c, "QUIT", 221)
	return nil
}

func say(c *textproto.Conn, line string, want int) error {
	if err := c.PrintfLine("%s", line); err != nil {
		return err
	}
	if _, _, err := c.ReadResponse(want); err != nil {
		return fmt.Errorf("%s: %w", line, err)
	}
	return nil
}
