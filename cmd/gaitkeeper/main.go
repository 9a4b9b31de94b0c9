// Command gaitkeeper watches a runner's gait: it takes runs from the watch,
// sees a stride turn lopsided in a way that looks like a limp, joins that with
// the pain the runner reports, and tells the runner in time.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the runner's time zone, also where the system has no table

	"github.com/alecthomas/kong"

	"gaitkeeper/config"
	"gaitkeeper/daemon"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// The exit codes of every command.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// cli is the command line: one field a command.
type cli struct {
	Config string `placeholder:"FILE" help:"The config file. Default: $$XDG_CONFIG_HOME/gaitkeeper/config.toml, else /etc/gaitkeeper/config.toml, else built-in defaults."`

	Init         initCmd         `cmd:"" help:"Set up gaitkeeper: asks where your runs come from and how to reach you, tries each answer, and writes the config."`
	Serve        serveCmd        `cmd:"" help:"Run the daemon: schedule, watched folders, page and messages. Ctrl-C or SIGTERM ends it."`
	Sync         syncCmd         `cmd:"" help:"Look for new runs in every source now, judge them, and send what is waiting."`
	Import       importCmd       `cmd:"" help:"Import FIT files, folders, .fit.gz, .zip and bulk exports."`
	Runs         runsCmd         `cmd:"" help:"List your runs with their verdicts, oldest first."`
	Explain      explainCmd      `cmd:"" help:"Show why a run got its verdict."`
	Backtest     backtestCmd     `cmd:"" help:"Replay your whole history with your thresholds or others. Sends and changes nothing."`
	Pain         painCmd         `cmd:"" help:"The pain diary."`
	Answer       answerCmd       `cmd:"" help:"Answer a question or a warning."`
	Check        checkCmd        `cmd:"" help:"Test the config, every source and every channel, without sending anything."`
	Notify       notifyCmd       `cmd:"" help:"Test the channels."`
	Report       reportCmd       `cmd:"" help:"Print an HTML page for your physical therapist, with the season's chart, pain, verdicts and load: gaitkeeper report > report.html."`
	Strava       stravaCmd       `cmd:"" help:"The connection to Strava: login, status, logout."`
	Status       statusCmd       `cmd:"" help:"Show the latest verdict, the sources, and what is waiting or failing."`
	Health       healthCmd       `cmd:"" help:"Ask the running daemon whether all is well: one line, and exit code 0 or 1."`
	Exclude      excludeCmd      `cmd:"" help:"Ignore a run, or count it again with --undo."`
	Pause        pauseCmd        `cmd:"" help:"Send no messages until a day. Runs are still judged."`
	Resume       resumeCmd       `cmd:"" help:"End a pause."`
	Export       exportCmd       `cmd:"" help:"Print your data: runs, diary, answers."`
	Backup       backupCmd       `cmd:"" help:"Copy the database to a file, even while the daemon runs."`
	Restore      restoreCmd      `cmd:"" help:"Check a backup, and replace the database with it."`
	Demo         demoCmd         `cmd:"" help:"Play a made-up season with a limp, in a temporary folder."`
	HashPassword hashPasswordCmd `cmd:"" help:"Ask for a password and print its hash, for [web] password_file."`
	Version      versionCmd      `cmd:"" help:"Print version, commit and Go version."`
}

// program is what a command needs of the world around it.
type program struct {
	ctx    context.Context // it lives as long as the one command does
	env    func(string) string
	config string
	level  slog.Level
	stdout io.Writer
	stderr io.Writer
	// terminal is how results are shown: plain where they go into a pipe.
	terminal terminal
}

func main() {
	bearHangUps(os.Args[1:])
	runtime.MemProfileRate = 0 // nobody asks for a profile; its tables would stay in memory
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	endWithin(ctx, endAfter, func() {
		fmt.Fprintln(os.Stderr, "gaitkeeper: something did not stop in time and was cut off; everything saved is intact")
		os.Exit(exitFailed)
	})
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// bearHangUps keeps a SIGHUP from ending a daemon that is about to start: it
// reads its config anyway.
func bearHangUps(args []string) {
	if slices.Contains(args, "serve") {
		signal.Ignore(syscall.SIGHUP)
	}
}

// endAfter is how long a command may take to end once it was told to: less than the
// 10 seconds that container engines wait before they kill.
const endAfter = 9 * time.Second

// endWithin calls end if the program still runs so long after ctx has ended. What
// hangs then, as on a network share that is gone, would hang forever; the database
// is intact at any moment.
func endWithin(ctx context.Context, limit time.Duration, end func()) {
	context.AfterFunc(ctx, func() { time.AfterFunc(limit, end) })
}

// run does what args say and returns the exit code.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	var c cli
	helped := false
	parser, err := newParser(&c, kong.Writers(stdout, stderr), kong.Exit(func(int) { helped = true }))
	if err != nil {
		fmt.Fprintln(stderr, "gaitkeeper:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if helped {
		return exitDone
	}
	if err != nil {
		fmt.Fprintf(stderr, "gaitkeeper: %s\nTry: %s --help\n", gait.Sanitize(plain(err)), meant(err))
		return exitUsage
	}
	results := &results{to: stdout}
	p := &program{ctx: ctx, env: env, config: c.Config, level: slog.LevelWarn, stdout: results, stderr: stderr, terminal: newTerminal(stdout, env)}
	err = parsed.Run(p)
	if err == nil {
		err = results.err
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errStopped // what was under way just then tells a runner nothing
	}
	return report(err, stderr)
}

func newParser(c *cli, options ...kong.Option) (*kong.Kong, error) {
	return kong.New(c, append(options, kong.Name("gaitkeeper"),
		kong.Description(words.Purpose),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))...)
}

// errStopped says what a signal in the middle of a command leaves.
var errStopped = errors.New("stopped before the end; what was done is saved, and the same command goes on from there")

// report prints err, if any, and returns the exit code it stands for.
func report(err error, stderr io.Writer) int {
	var refused gait.Refused
	var faults config.Faults
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &faults):
		for line := range strings.Lines(faults.Error()) {
			fmt.Fprintln(stderr, gait.Sanitize(withRemedy(strings.TrimSuffix(line, "\n"))))
		}
		return exitUsage
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(stderr, "gaitkeeper:", gait.Sanitize(withRemedy(strings.TrimSuffix(line, "\n"))))
	}
	if errors.As(err, &refused) {
		return exitUsage
	}
	return exitFailed
}

// openConfig reads a config, lets change alter it, and opens the database, the sources
// and the channels.
func (p *program) openConfig(file string, change func(*config.Config)) (*daemon.App, error) {
	cfg, err := config.Load(file, p.env)
	if err != nil {
		return nil, err
	}
	change(&cfg)
	return daemon.Open(p.ctx, cfg, daemon.Options{Log: newLog(cfg.LogFormat, p.level, p.stderr), Version: version})
}

// with opens everything, calls do, and closes again.
func (p *program) with(do func(*daemon.App) error) error {
	app, err := p.openConfig(p.config, func(*config.Config) {})
	if err != nil {
		return err
	}
	return errors.Join(do(app), app.Close())
}

// printf writes a result. [results] remembers what could not be written.
func (p *program) printf(format string, args ...any) {
	fmt.Fprint(p.stdout, p.terminal.wrapped(gait.Sanitize(fmt.Sprintf(format, args...))))
}

// results is where a command's results go. It remembers the first that could not
// be written, so that no command succeeds whose results a full disk has lost. (A
// reader that went away ends the program through the broken pipe.)
type results struct {
	to  io.Writer
	err error
}

func (r *results) Write(b []byte) (int, error) {
	n, err := r.to.Write(b)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("write the result: %w", err)
	}
	return n, err
}

// meant is the command that a mistake on the command line was about.
func meant(mistake error) string {
	var wrong *kong.ParseError
	if errors.As(mistake, &wrong) && wrong.Context.Selected() != nil {
		return wrong.Context.Selected().FullPath()
	}
	return "gaitkeeper"
}

// plain says a mistake on the command line in a runner's words where the parser
// speaks of its own.
func plain(mistake error) string {
	said := mistake.Error()
	if m := regexp.MustCompile(`^(\S+) must be one of (.*) but got "([^"]*)"$`).FindStringSubmatch(said); m != nil {
		known := strings.Split(strings.ReplaceAll(m[2], `"`, ""), ",")
		said = fmt.Sprintf("%s: %q is not one of %s", strings.Trim(m[1], "<>"), m[3], strings.Join(known, ", "))
		if near := gait.Nearest(strings.ToLower(m[3]), known); near != "" {
			said += "; did you mean " + near + "?"
		}
		return said
	}
	for _, p := range []struct{ theirs, ours string }{
		{`expected a valid \d+ bit u?int but got ("[^"]*")`, `$1 is not a whole number`},
		{`expected int value but got ("-[^"]*") \(.*`, `$1 is below 0, or the number is missing`},
		{`expected (?:int|string) value but got "EOL".*`, `its value is missing`},
		{`^expected "(<[^"]*)"$`, `$1 is missing`},
		{`^expected (?:one of )?"(.*)`, `the command is missing: "$1`},
	} {
		said = regexp.MustCompile(p.theirs).ReplaceAllString(said, p.ours)
	}
	return said
}

// withRemedy adds what to do to a line that ends in the system's own words.
func withRemedy(line string) string {
	for _, r := range []struct {
		is     syscall.Errno
		remedy string
	}{
		{syscall.ENOENT, "check the path, and that the disk or share it is on is there"},
		{syscall.EACCES, "let this user in, or run it as the user it belongs to"},
		{syscall.EPERM, "let this user in, or run it as the user it belongs to"},
		{syscall.ENOSPC, "free some space; everything saved before is intact"},
		{syscall.EROFS, "name a place that can be written to"},
		{syscall.EISDIR, "name a file, not a folder"},
		{syscall.ENOTDIR, "a part of the path is a file, not a folder"},
		{syscall.ECONNREFUSED, "check the address, and that the server runs"},
	} {
		if strings.HasSuffix(line, r.is.Error()) {
			return line + ": " + r.remedy
		}
	}
	return line
}
