package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/store/pgtest"
)

// TestMain lets the scripts run this very program, with a clock of their own:
// it is read here and nowhere in the product.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"splneno": func() {
		now, err := testClock()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(exitUsage)
		}
		ctx, stop := untilToldToEnd()
		defer stop()
		os.Exit(run(ctx, world{args: os.Args[1:], out: os.Stdout, err: os.Stderr, in: os.Stdin, now: now,
			passed: func() time.Duration { return now().Sub(time.Unix(0, 0)) }}))
	}})
}

// testClock gives the clock of a program under test: SPLNENO_TEST_NOW is what it
// shows for ever; SPLNENO_TEST_CLOCK names a file with what the clock of several
// shows, SPLNENO_TEST_SKEW by how much this one differs.
func testClock() (func() time.Time, error) {
	if s := os.Getenv("SPLNENO_TEST_NOW"); s != "" {
		at, err := parseTime(s)
		return func() time.Time { return at }, err
	}
	file := os.Getenv("SPLNENO_TEST_CLOCK")
	if file == "" {
		return time.Now, nil
	}
	var skew time.Duration
	if s := os.Getenv("SPLNENO_TEST_SKEW"); s != "" {
		var err error
		if skew, err = time.ParseDuration(s); err != nil {
			return nil, err
		}
	}
	return func() time.Time {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		at, err := parseTime(string(text))
		if err != nil {
			panic(err)
		}
		return at.Add(skew)
	}, nil
}

// TestScripts runs simulated years and the command line as scripts.
func TestScripts(t *testing.T) {
	all, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(all) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	runScripts(t, all, func(env *testscript.Env) string { return "sqlite:" + filepath.Join(env.WorkDir, "plan.db") })
}

// TestScriptsOnPostgres runs the scripts that live through a year, and those
// that change a plan under way, on the other database.
func TestScriptsOnPostgres(t *testing.T) {
	var files []string
	for _, name := range []string{"year", "smtpdown", "merge", "parties", "carry", "reply", "account", "preview", "desk", "meeting", "rollup", "tenant"} {
		files = append(files, "testdata/script/"+name+".txtar")
	}
	runScripts(t, files, func(*testscript.Env) string { return pgtest.NewDSN(t) })
}

func runScripts(t *testing.T, files []string, dsn func(*testscript.Env) string) {
	testscript.Run(t, testscript.Params{
		Files: files,
		Setup: func(env *testscript.Env) error {
			box, err := mailbox.Start("127.0.0.1:0")
			if err != nil {
				return err
			}
			env.Defer(func() { _ = box.Close() })
			env.Values["box"], env.Values["replied"] = box, new(bytes.Buffer)
			examples, err := filepath.Abs("example")
			if err != nil {
				return err
			}
			env.Setenv("EXAMPLES", examples)
			env.Setenv("BOX", "smtp://"+box.Addr())
			env.Setenv("SPLNENO_SMTP", "smtp://"+box.Addr())
			env.Setenv("SPLNENO_TENANT", "klatovy")
			env.Setenv("SPLNENO_DKIM", "false")
			env.Setenv("SPLNENO_DB", dsn(env))
			env.Setenv("SPLNENO_KEY", filepath.Join(env.WorkDir, "plan.key"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"at": at, "mails": mails, "mail": mail, "answer": answer,
			"reply": reply, "respond": respond, "mailid": mailID, "exits": exits, "fails": fails, "word": scriptWord,
		},
	})
}

// at sets the clock of the commands that follow: at 2024-01-10T08:00.
func at(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("SPLNENO_TEST_NOW", args[0])
}

// fails checks the exit code of a command that goes wrong: fails 2 splneno ….
func fails(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var code *exec.ExitError
	if !errors.As(err, &code) || code.ExitCode() != want {
		ts.Fatalf("it ends with %v, want exit code %d", err, want)
	}
}

// mails checks how many mails arrived so far: mails 3.
func mails(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := ts.Value("box").(*mailbox.Mailbox).Messages()
	if len(got) == want {
		return
	}
	for _, m := range got {
		ts.Logf("%s: %s", m.To, m.Subject())
	}
	ts.Fatalf("%d mails arrived, want %d", len(got), want)
}

// mail writes the text of the newest mail to an address into a file, so that
// the script can look into it: mail charita@example.cz mail.txt.
func mail(ts *testscript.TestScript, _ bool, args []string) {
	m := newest(ts, args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte("Subject: "+m.Subject()+"\n\n"+m.Text()), 0o600))
}

func newest(ts *testscript.TestScript, to string) mailbox.Message {
	all := ts.Value("box").(*mailbox.Mailbox).Messages()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].To[0] == to {
			return all[i]
		}
	}
	ts.Fatalf("no mail to %s", to)
	return mailbox.Message{}
}

// answer follows the link in the newest mail to an address and sends the form:
// answer charita@example.cz 1=fulfilled:text 2=partial:done:missing. A leading !
// expects to be refused.
func answer(ts *testscript.TestScript, neg bool, args []string) {
	link := findLink(newest(ts, args[0]).Text(), "http://127.0.0.1:8080/o/")
	form := url.Values{"action": {"odeslat"}, "kdo": {"Jana Vymyšlená"}}
	for _, item := range args[1:] {
		number, what, _ := strings.Cut(item, "=")
		part := append(strings.Split(what, ":"), "", "")
		fill(example.ScriptAnswer{Status: engine.State(part[0]), Done: part[1], Missing: part[2]}, form, number)
	}
	status, body := postTo(ts, strings.TrimPrefix(link, "http://127.0.0.1:8080"), form)
	if (status < 400) == neg {
		ts.Fatalf("the answer page said %d:\n%s", status, body)
	}
}

// postTo posts to the pages of the script's installation.
func postTo(ts *testscript.TestScript, path string, form url.Values) (int, string) {
	now, err := parseTime(ts.Getenv("SPLNENO_TEST_NOW"))
	ts.Check(err)
	c := command{DB: ts.Getenv("SPLNENO_DB"), Key: ts.Getenv("SPLNENO_KEY"), URL: "http://127.0.0.1:8080"}
	in, err := c.open(context.Background(), func() time.Time { return now })
	ts.Check(err)
	defer func() { ts.Check(in.db.Close()) }()
	h := in.pages("klatovy", slog.New(slog.NewTextHandler(io.Discard, nil))).Handler()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res := httptest.NewRecorder()
	h.ServeHTTP(res, req)
	return res.Code, res.Body.String()
}
