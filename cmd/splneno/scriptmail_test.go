package main

import (
	"bytes"
	"context"
	netmail "net/mail"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"splneno/cmd/splneno/example"
	"splneno/notify/mailbox"
)

// reply presses Reply on the newest mail to an address and types a text:
// reply [--program seznam] charita@example.cz 'text'. With --again the last
// reply is brought once more, as another copy of it.
func reply(ts *testscript.TestScript, _ bool, args []string) {
	program := "outlook"
	if args[0] == "--again" {
		bring(ts, append([]byte("Received: from elsewhere\r\n"), ts.Value("replied").(*bytes.Buffer).Bytes()...))
		return
	}
	if args[0] == "--program" {
		program, args = args[1], args[2:]
	}
	letter := asking(ts, args[0])
	at, err := parseTime(ts.Getenv("SPLNENO_TEST_NOW"))
	ts.Check(err)
	last := ts.Value("replied").(*bytes.Buffer)
	at = at.Add(time.Duration(last.Len()) * time.Second) // every reply has a Message-ID of its own
	raw, err := example.Reply{Program: program, Writer: "Jana Vymyšlená", Address: args[0], Text: args[1], At: at}.Mail(example.Letter{
		From: letter.Header("From"), ReplyTo: address(ts, letter), Subject: letter.Subject(), MessageID: letter.Header("Message-Id"), Text: letter.Text()})
	ts.Check(err)
	last.Reset()
	last.Write(raw)
	bring(ts, raw)
}

// asking gives the newest mail to an address that asks for an answer, and no
// receipt: those too can be answered, but here the first one is.
func asking(ts *testscript.TestScript, to string) mailbox.Message {
	all := ts.Value("box").(*mailbox.Mailbox).Messages()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].To[0] == to && all[i].Header("In-Reply-To") == "" {
			return all[i]
		}
	}
	ts.Fatalf("no mail to %s", to)
	return mailbox.Message{}
}

func address(ts *testscript.TestScript, letter mailbox.Message) string {
	a, err := netmail.ParseAddress(letter.Header("Reply-To"))
	ts.Check(err)
	return a.Address
}

// respond lets a program answer the newest mail to an address: the file holds
// its mail with {to} and {id} to be filled in.
func respond(ts *testscript.TestScript, _ bool, args []string) {
	letter := asking(ts, args[1])
	text := strings.NewReplacer("{to}", address(ts, letter), "{id}", letter.Header("Message-Id")).Replace(ts.ReadFile(args[0]))
	bring(ts, []byte(strings.ReplaceAll(text, "\n", "\r\n")))
}

// bring hands a mail to splneno receive.
func bring(ts *testscript.TestScript, raw []byte) {
	var out bytes.Buffer
	if code := runAs(ts, raw, &out, "receive"); code != exitDone {
		ts.Fatalf("receive exits %d: %s", code, out.String())
	}
	ts.Logf("%s", out.String())
}

// runAs runs the program with the script's surroundings and an input.
func runAs(ts *testscript.TestScript, in []byte, out *bytes.Buffer, args ...string) int {
	now, err := parseTime(ts.Getenv("SPLNENO_TEST_NOW"))
	ts.Check(err)
	args = append([]string{"--db", ts.Getenv("SPLNENO_DB"), "--key", ts.Getenv("SPLNENO_KEY"), "--tenant", ts.Getenv("SPLNENO_TENANT"),
		"--smtp", ts.Getenv("SPLNENO_SMTP"), "--no-dkim"}, args...)
	return run(context.Background(), world{args: args, out: out, err: out, in: bytes.NewReader(in), now: func() time.Time { return now }})
}

// mailID puts the id of the one mail whose line of the list holds a word into
// the variable MAIL.
func mailID(ts *testscript.TestScript, _ bool, args []string) {
	var out bytes.Buffer
	runAs(ts, nil, &out, "inbox", "--all")
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, args[0]) {
			ts.Setenv("MAIL", strings.Fields(line)[0])
			return
		}
	}
	ts.Fatalf("no mail with %q in\n%s", args[0], out.String())
}

// exits checks the exit code of a command that is given an input.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var out bytes.Buffer
	raw, err := os.ReadFile(ts.MkAbs("stranger.eml"))
	ts.Check(err)
	if got := runAs(ts, raw, &out, args[2:]...); got != want {
		ts.Fatalf("exits %d, want %d: %s", got, want, out.String())
	}
}
