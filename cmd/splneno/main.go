// Splneno takes a community plan of social services in and gives its annual
// evaluation out, with every status traced to an answer and to the coordinator
// who approved it.
//
// This package is the program: the one place where ports and adapters meet, the
// one place that reads the clock, and one file per command. It must not hold
// rules: those are in engine, their order in workflows. Start reading at
// [command] and install.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the town's computer may have none

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"splneno/engine"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitRetry  = 75 // EX_TEMPFAIL: a mail server that brought a mail tries again
)

// command is the command line.
type command struct {
	Config string `name:"config" env:"SPLNENO_CONFIG" placeholder:"FILE" help:"File of settings. Default: splneno.yaml here, then /etc/splneno/splneno.yaml."`
	DB     string `name:"db" default:"sqlite:splneno.db" env:"SPLNENO_DB" secret:"" help:"Database: sqlite:FILE or postgres://user@host/name."`
	Key    string `name:"key" env:"SPLNENO_KEY" placeholder:"FILE" help:"File with the key that signs links; made when missing. Default: beside the database."`
	Tenant string `name:"tenant" default:"mesto" env:"SPLNENO_TENANT" help:"Municipality, by its short name in this installation."`
	URL    string `name:"url" default:"http://127.0.0.1:8080" env:"SPLNENO_URL" help:"Address under which people reach the pages; stands in links."`
	SMTP   string `name:"smtp" env:"SPLNENO_SMTP" secret:"" placeholder:"URL" help:"Mail server: smtp://user:password@host:587 or smtps://… Without it mail waits."`
	OAuth  string `name:"oauth" env:"SPLNENO_OAUTH" secret:"" placeholder:"URL" help:"Sign-in of the mail accounts where passwords are refused: microsoft://CLIENT_ID:SECRET@TENANT or google:///path/key.json."`

	Post postroom `embed:""`
	Log  logging  `embed:"" prefix:"log-"`

	conf *configuration // where all of it comes from; nil in tests that need none

	Demo         demoCommand         `cmd:"" group:"begin" help:"Live through two years of a real plan on a virtual clock."`
	Handbook     helpCommand         `cmd:"" name:"help" group:"begin" help:"Print the handbook of whoever runs this: install, mail, copies, trouble and more."`
	Municipality municipalityCommand `cmd:"" group:"begin" help:"Show or change the municipality: coordinator, steering group, rhythm."`
	Account      accountCommand      `cmd:"" group:"begin" help:"Who may sign in to the desk: make, list, invite again or end accounts."`

	Import       importCommand       `cmd:"" group:"plan" help:"Read a plan or an evaluation from a file."`
	Export       exportCommand       `cmd:"" group:"plan" help:"Write a plan as a file that import reads back."`
	Activity     activityCommand     `cmd:"" group:"plan" help:"Change an activity of a plan."`
	Carry        carryCommand        `cmd:"" group:"plan" help:"Carry activities over to a newer plan: list, link, drop."`
	Organisation organisationCommand `cmd:"" group:"plan" help:"List organisations, set their contacts and members, end or merge them."`
	Read         readCommand         `cmd:"" group:"plan" help:"Show how a term, a status or a reply is understood."`

	Season   seasonCommand   `cmd:"" group:"year" help:"Prepare, open, cancel and close a season, set its days, list seasons, replace or revoke a link."`
	Preview  previewCommand  `cmd:"" group:"year" help:"Print every mail that will leave until a day, and why."`
	Tick     tickCommand     `cmd:"" group:"year" help:"Do what is due up to a time, once."`
	Approve  approveCommand  `cmd:"" group:"year" help:"List answers that wait, approve, return or reopen."`
	Evaluate evaluateCommand `cmd:"" group:"year" help:"Make the annual evaluation; approve or restate it."`
	Meeting  meetingCommand  `cmd:"" group:"year" help:"Call the steering group to a meeting, send its papers, cancel it."`
	Template templateCommand `cmd:"" group:"year" help:"The town's own layout of its Word documents: check, example, set, remove."`
	Verify   verifyCommand   `cmd:"" group:"year" help:"Check the journal's hash chain, the states and the frozen evaluations; or documents, without a database."`
	Bundle   bundleCommand   `cmd:"" group:"year" help:"Deliver an approved evaluation to the region; check or take in what towns deliver."`
	RollUp   rollUpCommand   `cmd:"" name:"rollup" group:"year" help:"Roll up what the towns of a region delivered; map their areas, show the gaps."`

	Inbox   inboxCommand   `cmd:"" group:"mail" help:"List mail that came in; assign, ignore or block what waits."`
	Receive receiveCommand `cmd:"" group:"mail" help:"Take in a mail from a pipe."`

	Towns     tenantCommand    `cmd:"" name:"tenant" group:"towns" help:"The municipalities of this installation: make, list, suspend, export or erase one."`
	Person    personCommand    `cmd:"" group:"towns" help:"Show or erase what is stored about a person."`
	Retention retentionCommand `cmd:"" group:"towns" help:"Show how long which records are kept, and what is due to go."`

	Backup  backupCommand  `cmd:"" group:"copies" help:"Write everything into one file while the program runs."`
	Restore restoreCommand `cmd:"" group:"copies" help:"Bring a backup back into an empty database."`
	Copy    copyCommand    `cmd:"" group:"copies" help:"Copy everything from SQLite to PostgreSQL, or back."`
	Hold    holdCommand    `cmd:"" group:"copies" help:"What a restored or copied municipality would send, what left already, and letting it go on."`

	Serve      serveCommand      `cmd:"" group:"system" help:"Run the server: pages, calendar, mail."`
	Doctor     doctorCommand     `cmd:"" group:"system" help:"Look at everything the program needs: settings, disk, clock, database, rights, mail; say what to do."`
	Settings   configCommand     `cmd:"" name:"config" group:"system" help:"Check or show the settings, or print an example of their file."`
	Nodes      nodesCommand      `cmd:"" group:"system" help:"List the servers that run on this database."`
	Clock      clockCommand      `cmd:"" group:"system" help:"Say that the clock of this computer is right."`
	Migrate    migrateCommand    `cmd:"" group:"system" help:"Bring the database to this program's schema."`
	Generate   generateCommand   `cmd:"" group:"system" help:"Fill an empty database with an invented country that has lived for years, to measure with."`
	Completion completionCommand `cmd:"" group:"system" help:"Print what makes a shell complete command lines."`
	Complete   completeCommand   `cmd:"" hidden:"" help:"Complete a command line, for the scripts of completion."`
	Manual     manualCommand     `cmd:"" group:"system" help:"Write manual pages."`
	Version    versionCommand    `cmd:"" group:"system" help:"Print the version."`
}

// groups are the headings of the list of commands, in their order.
var groups = kong.ExplicitGroups([]kong.Group{
	{Key: "begin", Title: "To begin with:"},
	{Key: "plan", Title: "The plan:"},
	{Key: "year", Title: "The year:"},
	{Key: "mail", Title: "Mail that comes in:"},
	{Key: "towns", Title: "Towns and persons:"},
	{Key: "copies", Title: "Copies:"},
	{Key: "system", Title: "The system:"},
})

// world is what the program meets outside itself; tests hand in another.
type world struct {
	args   []string
	out    io.Writer
	err    io.Writer
	in     io.Reader
	now    func() time.Time
	passed func() time.Duration // since some moment, whatever the clock shows
	screen bool                 // a person watches: show progress
}

func main() {
	ctx, stop := untilToldToEnd()
	defer stop()
	screen := term.IsTerminal(int(os.Stderr.Fd()))
	os.Exit(run(ctx, world{args: os.Args[1:], out: os.Stdout, err: os.Stderr, in: os.Stdin, now: time.Now, passed: passing(), screen: screen}))
}

// untilToldToEnd gives a context that ends with the first signal to end. A second
// one ends the program at once: it is let through before anybody hears of the first.
func untilToldToEnd() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-told:
		case <-ctx.Done():
		}
		signal.Stop(told)
		cancel()
	}()
	return ctx, cancel
}

// run is the program as a function.
func run(ctx context.Context, w world) (code int) {
	defer func() {
		if r := recover(); r != nil {
			n, left := r.(exit) // kong leaves by its exit function, after --help
			if !left {
				panic(r)
			}
			code = int(n)
		}
	}()
	conf := &configuration{}
	c := command{conf: conf}
	parser, err := kong.New(&c, kong.Resolvers(conf), kong.Name("splneno"), kong.Writers(w.out, w.err), kong.Exit(func(n int) { panic(exit(n)) }),
		kong.Description("Splneno asks what became of every promise of a community plan, and makes the annual evaluation."),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}), groups)
	if err != nil {
		fmt.Fprintln(w.err, "splneno:", err)
		return exitFailed
	}
	kctx, err := parser.Parse(w.args)
	if err != nil {
		fmt.Fprintln(w.err, "splneno:", misuse(err))
		return exitUsage
	}
	conf.complete(kctx)
	if !tolerant(kctx) && !canBeTenant(c.Tenant) {
		conf.fault("--tenant is empty or no text; write the short name of the municipality")
	}
	if !tolerant(kctx) && len(conf.faults) > 0 {
		fmt.Fprintln(w.err, "splneno:", strings.Join(conf.faults, "\nsplneno: "))
		return exitUsage
	}
	if err := engine.CheckLifecycle(); err != nil {
		fmt.Fprintln(w.err, "splneno:", err)
		return exitFailed
	}
	kctx.BindTo(ctx, (*context.Context)(nil))
	if err := kctx.Run(&c, &w); err != nil {
		fmt.Fprintln(w.err, "splneno:", err)
		var e *engine.Error
		if errors.As(err, &e) && e.Code == usage {
			return exitUsage
		}
		if errors.As(err, &e) && e.Code == retryLater {
			return exitRetry
		}
		return exitFailed
	}
	return exitDone
}

// tolerant reports whether a command runs on faulty settings: those that look
// for faults, or tell how to mend them.
func tolerant(c *kong.Context) bool {
	words := commandPath(c)
	return len(words) > 0 && (words[0] == "config" || words[0] == "doctor" || words[0] == "help")
}

// misuse says what is wrong with a command line, and whose help to read.
func misuse(err error) string {
	var file *fs.PathError
	if errors.As(err, &file) && errors.Is(err, fs.ErrNotExist) {
		return file.Path + ": there is no such file"
	}
	help := "splneno"
	var e *kong.ParseError
	if errors.As(err, &e) && e.Context != nil && e.Context.Selected() != nil {
		help = strings.Join(append([]string{help}, commandPath(e.Context)...), " ")
	}
	return fmt.Sprintf("%v; see %s --help", err, help)
}

// commandPath gives the words of the command that was called.
func commandPath(c *kong.Context) (words []string) {
	for _, p := range c.Path {
		if p.Command != nil {
			words = append(words, p.Command.Name)
		}
	}
	return words
}

// exit carries kong's exit code out of its parser.
type exit int

// usage is the code of an error that lies in how the command was called.
const usage engine.Code = "usage"

// versionCommand prints the version.
type versionCommand struct{}

// Run does it.
func (versionCommand) Run(w *world) error {
	_, err := fmt.Fprintln(w.out, "splneno", version)
	return err
}

// version is the newest heading of CHANGELOG.md.
const version = "0.6.0"
