package send

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"io"
	"math/big"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/engine"
)

// A peer is a mail server that follows a script. For every verb ("greeting",
// "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "dot", "QUIT") replies
// may hold what it says instead of agreeing: a line, "drop" or "hang". With
// "refusal" it first says why it will not let the user in.
type peer struct {
	replies map[string]string
	offers  []string // lines of EHLO behind the first
	cert    *tls.Certificate
	early   int // when set, drops after so many bytes of text

	addr     *net.TCPAddr
	mu       sync.Mutex
	complete [][]byte // messages that reached their final dot
	commands []string
	stop     chan struct{}
}

func (p *peer) start(t *testing.T) *Sender {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.stop = make(chan struct{})
	p.addr = l.Addr().(*net.TCPAddr)
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { p.serve(c) })
		}
	})
	t.Cleanup(func() { close(p.stop); l.Close(); wg.Wait() })
	return &Sender{Host: "127.0.0.1", Port: p.addr.Port, StepTimeout: 20 * time.Second, DotTimeout: 20 * time.Second}
}

func (p *peer) serve(c net.Conn) {
	defer c.Close()
	s := &session{peer: p, c: c, r: bufio.NewReader(c)}
	if !s.say("greeting", "220 peer") {
		return
	}
	for {
		line, err := s.r.ReadString('\n')
		if err != nil || !s.obey(strings.TrimRight(line, "\r\n")) {
			return
		}
	}
}

type session struct {
	*peer
	c net.Conn
	r *bufio.Reader
}

// say gives the scripted reply of the verb, and reports whether to go on.
func (s *session) say(verb, agree string) bool {
	reply, ok := s.replies[verb]
	if !ok {
		reply = agree
	}
	switch reply {
	case "drop":
		return false
	case "hang":
		<-s.stop
		return false
	}
	_, err := io.WriteString(s.c, strings.ReplaceAll(reply, "\n", "\r\n")+"\r\n")
	return err == nil
}

func (s *session) obey(line string) bool {
	s.mu.Lock()
	s.commands = append(s.commands, line)
	s.mu.Unlock()
	verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
	switch verb {
	case "EHLO":
		lines := append([]string{"peer"}, s.offers...)
		for i := range lines {
			sep := "-"
			if i == len(lines)-1 {
				sep = " "
			}
			lines[i] = "250" + sep + lines[i]
		}
		return s.say(verb, strings.Join(lines, "\n"))
	case "STARTTLS":
		if !s.say(verb, "220 go") {
			return false
		}
		if s.replies[verb] == "" {
			s.c = tls.Server(s.c, &tls.Config{Certificates: []tls.Certificate{*s.cert}})
			s.r = bufio.NewReader(s.c)
		}
		return true
	case "AUTH":
		if s.replies["refusal"] != "" { // XOAUTH2: the reason first, and the reply once the client has heard it
			if !s.say("refusal", "") {
				return false
			}
			line, err := s.r.ReadString('\n')
			s.mu.Lock()
			s.commands = append(s.commands, strings.TrimRight(line, "\r\n"))
			s.mu.Unlock()
			return err == nil && s.say(verb, "535 5.7.8 no")
		}
		return s.say(verb, "235 welcome")
	case "DATA":
		return s.say(verb, "354 go") && (s.replies[verb] != "" || s.text())
	case "QUIT":
		s.say(verb, "221 bye")
		return false
	}
	return s.say(verb, "250 ok")
}

// text reads the message and undoes the dot-stuffing; a message without its
// final dot is not counted.
func (s *session) text() bool {
	var got bytes.Buffer
	for {
		line, err := s.r.ReadBytes('\n')
		if err != nil {
			return false
		}
		if string(line) == ".\r\n" {
			s.mu.Lock()
			s.complete = append(s.complete, got.Bytes())
			s.mu.Unlock()
			return s.say("dot", "250 queued")
		}
		got.Write(bytes.TrimPrefix(line, []byte(".")))
		if s.early > 0 && got.Len() > s.early {
			s.c.(*net.TCPConn).SetLinger(0)
			return false
		}
	}
}

func (p *peer) got() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.complete)
}

func (p *peer) said() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.commands)
}

func message(raw string) engine.Message {
	sum := sha256.Sum256([]byte(raw))
	return engine.Message{From: "plan@klatovy.cz", To: "info@charita.cz", Raw: []byte(raw), Hash: hex.EncodeToString(sum[:])}
}

// selfSigned makes a certificate for 127.0.0.1 and the pool that trusts it.
func selfSigned(t *testing.T, until time.Time) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
