package main

import (
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A mutePeer takes connections and says nothing, or stops after some words.
func mutePeer(t *testing.T, greeting string) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(c, greeting) // and holds the line
			t.Cleanup(func() { _ = c.Close() })
		}
	}()
	return ln
}

// within checks that the process ends by itself in less than ten seconds.
func (s *served) within(t *testing.T) {
	t.Helper()
	s.terminate()
	s.leaves(10 * time.Second)
}

// TestStopsWhateverHangs tells the real program to end while a mail server, a
// client or another program keeps it waiting. It ends in time, and whoever was
// to get a letter gets it from the next run.
func TestStopsWhateverHangs(t *testing.T) {
	up := func(t *testing.T, smtp string) *served {
		w := newTown(t, smtp, "odpovedi+{token}@zdar.example", "prvni@zdar.example", "druha@zdar.example")
		return w.serve("--mail-drop", t.TempDir())
	}
	for name, greeting := range map[string]string{"silent mail server": "", "mail server that stops talking": "220 ready\r\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := up(t, mutePeer(t, greeting).Addr().String())
			s.eventually("it is sending", func() bool {
				return metricOf(s.metrics(), `splneno_messages_due{municipality="mesto",state="queued"}`) == 0
			})
			s.within(t)
			s.again(time.Hour, 2)
		})
	}
	t.Run("mail server that keeps its last word", func(t *testing.T) {
		t.Parallel()
		peer := newHoldingServer(t)
		s := up(t, peer.Addr().String())
		<-peer.inHand
		s.within(t)
		s.again(time.Hour, 2) // the one that is unsure once more, and no third time
		s.again(3*time.Hour, 0)
	})
	t.Run("slow client", func(t *testing.T) {
		t.Parallel()
		s := up(t, mutePeer(t, "").Addr().String())
		c, err := net.Dial("tcp", s.pages())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "POST /o/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nkdo=")
		s.within(t)
	})
	t.Run("database that is locked", func(t *testing.T) {
		t.Parallel()
		s := up(t, mutePeer(t, "").Addr().String())
		tx := s.locks()
		s.terminate()
		s.leaves(10 * time.Second)
		tx()
	})
	t.Run("second signal", func(t *testing.T) {
		t.Parallel()
		s := up(t, mutePeer(t, "").Addr().String())
		s.eventually("it is sending", func() bool {
			return metricOf(s.metrics(), `splneno_messages_due{municipality="mesto",state="queued"}`) == 0
		})
		s.terminate()
		s.eventually("it is stopping", func() bool {
			_, err := http.Get("http://" + s.pages() + "/healthz")
			return err != nil
		})
		began := time.Now()
		s.terminate()
		if err := s.ended(); err == nil || s.cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
			t.Errorf("it ends by itself: %v", err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

// locks takes the database for itself, as another program may.
func (s *served) locks() (free func()) {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(s.dsn, "sqlite:")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		s.t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		s.t.Fatal(err)
	}
	return func() { _ = db.Close() }
}

// metrics gives what the process tells of itself.
func (s *served) metrics() string {
	res, err := http.Get("http://" + s.pages() + "/metrics")
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	var b strings.Builder
	_ = res.Write(&b)
	return b.String()
}

// again runs the calendar later, with a mail server that takes everything, and
// counts what leaves.
func (s *served) again(later time.Duration, want int) {
	s.t.Helper()
	peer := newHoldingServer(s.t)
	peer.release()
	s.at = s.clock().Add(later).Format("2006-01-02T15:04")
	s.do("--smtp", "smtp://"+peer.Addr().String(), "tick")
	if n := len(peer.mails()); n != want {
		s.t.Errorf("%d letters left in the next run, want %d", n, want)
	}
	s.do("verify")
}
