package daemon

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/config"
	"gaitkeeper/gait"
	"gaitkeeper/internal/plainfile"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/notify"
	"gaitkeeper/web"
	"gaitkeeper/words"
)

// The demo's season: what is made up, and known, about its runner.
const (
	demoSeed                 = 7
	demoRuns                 = 34
	demoLimpFrom             = 30 // the index of the first limping run
	demoSide                 = gait.Left
	demoSize     gait.Points = 2
	demoFrom                 = "gaitkeeper@demo.example"
	demoTo                   = "runner@demo.example"
)

// Demo makes up a season with a limp in it below dir and puts it through the
// real pipeline day by day: real FIT files, a real database, real mail files. It
// prints to out what happened. From then on it is a daemon like any other, on
// the clock of the world: what is tapped on the page or in a mail counts now,
// and a mail that follows from it comes. The folder must be new, or empty.
func Demo(ctx context.Context, dir string, out io.Writer, progress func(Progress)) (err error) {
	if dir, err = unused(dir); err != nil {
		return err
	}
	d := demo{dir: dir, out: out}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	d.page = "http://" + listener.Addr().String()
	if err := d.open(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, d.app.Close()) }()
	unlock, err := d.app.lockServe()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer unlock()
	if err := d.run(ctx, progress); err != nil {
		if ctx.Err() != nil {
			err = nil // it may end at any time: there is nothing to go on with
		}
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintf(out, "\nThe page is served until Ctrl-C:\n%s\n", d.page)
	return d.app.serveOn(ctx, listener)
}

// unused returns the whole path of a folder in which nothing lies yet: nobody's
// config or database is to become the demo's.
func unused(dir string) (string, error) {
	there, err := plainfile.ReadFolder(dir)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	case len(there) > 0:
		return "", fmt.Errorf("%s is not empty: name a new folder for the demo (--dir), or none", dir)
	default:
		return filepath.Abs(dir)
	}
}

// run plays the season, tells its end, and comes to the present.
func (d *demo) run(ctx context.Context, progress func(Progress)) error {
	if err := d.season(ctx, progress); err != nil {
		return err
	}
	if err := d.end(ctx); err != nil {
		return err
	}
	d.live = true
	_, err := d.app.Sync(ctx, nil)
	d.mails.tell = d.tell // what comes from now on is told of
	return err
}

// now is the clock: of the season, and of the world once that is over.
func (d *demo) now() time.Time {
	if d.live {
		return time.Now()
	}
	return d.clock
}

// tell tells of a mail that has come while the page is served.
func (d *demo) tell(title, file string) {
	fmt.Fprintf(d.out, "\nA mail has come: %s\n%s\n", title, file)
}

// demo is a season under way.
type demo struct {
	dir    string
	page   string // its address
	out    io.Writer
	app    *App
	mails  *mailbox
	clock  time.Time
	live   bool // the season is over, and the world's clock counts
	seen   int  // messages seen so far
	warned bool
}

func (d *demo) open(ctx context.Context) error {
	d.mails = &mailbox{dir: filepath.Join(d.dir, "mail"), tell: func(string, string) {}}
	for _, sub := range []string{d.watched(), d.mails.dir} {
		if err := os.MkdirAll(sub, 0o700); err != nil {
			return err
		}
	}
	if err := d.writeConfig(); err != nil {
		return err
	}
	cfg, err := config.Load(d.config(), func(string) string { return "" })
	if err != nil {
		return err
	}
	cfg.Web.PublicURL = d.page
	d.app, err = Open(ctx, cfg, Options{Log: slog.New(slog.DiscardHandler), Now: d.now})
	if err != nil {
		return err
	}
	d.app.channels, d.app.mails = []channel{{Channel: d.mails}}, d.mails.all
	return nil
}

func (d *demo) watched() string { return filepath.Join(d.dir, "watch") }

// season lets the watch write one file after the other and syncs after each.
func (d *demo) season(ctx context.Context, progress func(Progress)) error {
	fmt.Fprintf(d.out, "%s\n\n", words.DemoBegins(demoLimpFrom, demoSide))
	for i, run := range demoSeason(time.Now().UTC()) {
		if err := d.write(i, run); err != nil {
			return err
		}
		d.clock = run.End().Add(time.Hour)
		if _, err := d.app.Sync(ctx, nil); err != nil {
			return err
		}
		if err := d.report(ctx, i); err != nil {
			return err
		}
		progress(Progress{Done: i + 1, Total: demoRuns})
	}
	return nil
}

// demoSeason makes the runs: each at about seven in the morning, the last one
// on the day before now.
func demoSeason(now time.Time) []gait.Run {
	const day = 24 * time.Hour
	last := now.Truncate(day).Add(7*time.Hour - day)
	return simulate.LimpSeasonUntil(demoSeed, last, demoRuns, demoLimpFrom, demoSize, demoSide)
}

func (d *demo) write(i int, run gait.Run) error {
	path := filepath.Join(d.watched(), fmt.Sprintf("%03d-%s.fit", i+1, run.Start.Format(time.DateOnly)))
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(simulate.WriteFIT(f, run), f.Close())
}

// report tells of the messages that the last run led to.
func (d *demo) report(ctx context.Context, i int) error {
	notices, err := d.app.store.Notices(ctx)
	if err != nil {
		return err
	}
	for _, n := range notices[min(d.seen, len(notices)):] {
		d.warned = d.warned || n.Level == gait.LevelWarn
		fmt.Fprintln(d.out, words.DemoMail(i+1, n))
	}
	d.seen = len(notices)
	return nil
}

// end says what the newest verdict is and where everything lies.
func (d *demo) end(ctx context.Context) error {
	runs, err := d.app.Runs(ctx, time.Time{}, 0)
	if err != nil {
		return err
	}
	last := runs[len(runs)-1]
	if !d.warned || last.Asymmetry.ShortSide != demoSide {
		return fmt.Errorf("the demo's limp on the %s was not warned of", demoSide)
	}
	fmt.Fprintf(d.out, "\n%s\n", words.DemoEnds(d.app.cfg.Runner.Name, demoLimpFrom, last))
	picture, err := d.drawSeason(ctx, last.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "\nMail:     %s\nChart:    %s\nDatabase: %s\nFIT:      %s\n", d.warningMail(), picture, d.app.store.Path(), d.watched())
	fmt.Fprintf(d.out, "Look closer with: gaitkeeper --config %s explain latest\n%s\n", d.config(), words.DemoFolder(d.dir))
	return nil
}

// config is the file with which the demo is opened, and by other commands later.
func (d *demo) config() string { return filepath.Join(d.dir, "config.toml") }

func (d *demo) writeConfig() error {
	text := fmt.Sprintf("[runner]\nname = \"Robin\"\ntimezone = \"UTC\"\n[storage]\npath = %q\n[sources.fit]\ndirs = [%q]\nsettle = \"0s\"\n[alerts]\nquiet_hours = \"\"\n",
		filepath.Join(d.dir, "gaitkeeper.db"), d.watched())
	return os.WriteFile(d.config(), []byte(text), 0o600)
}

func (d *demo) drawSeason(ctx context.Context, run gait.RunID) (string, error) {
	s, err := d.app.season(ctx)
	if err != nil {
		return "", err
	}
	png, _, err := s.Season(run, false)
	if err != nil {
		return "", err
	}
	path := filepath.Join(d.dir, "season.png")
	return path, os.WriteFile(path, png, 0o600)
}

// warningMail returns the file of the last mail that is no reminder: their names
// end with their kind.
func (d *demo) warningMail() string {
	for _, m := range slices.Backward(d.mails.all()) {
		if !strings.HasSuffix(m.Name, "-"+string(alert.MessageReminder)) {
			return filepath.Join(d.mails.dir, m.Name+".eml")
		}
	}
	return "none"
}

// mailbox is a channel that puts each mail into a folder, as a file that every
// mail program opens, keeps it for the page, and tells of it.
type mailbox struct {
	dir  string
	tell func(title, file string)

	mu    sync.Mutex
	mails []web.Mail
}

func (*mailbox) Name() string { return "mailbox" }

func (*mailbox) Check(context.Context) (string, error) { return "written to a folder", nil }

// Send writes the mail.
func (b *mailbox) Send(_ context.Context, m alert.Message) error {
	name := m.Created.Format("2006-01-02-150405-") + string(m.Kind)
	path := filepath.Join(b.dir, name+".eml")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(notify.WriteEML(f, notify.EmailConfig{From: demoFrom, To: []string{demoTo}}, m), f.Close()); err != nil {
		return err
	}
	m = m.Sanitized()
	for _, p := range m.Pictures {
		m.HTML = strings.ReplaceAll(m.HTML, "cid:"+p.ID, "data:image/png;base64,"+base64.StdEncoding.EncodeToString(p.Data))
	}
	b.mu.Lock()
	b.mails = append(b.mails, web.Mail{Name: name, Subject: m.Title, At: m.Created, Preview: preview(m.Text), HTML: m.HTML})
	b.mu.Unlock()
	b.tell(m.Title, path)
	return nil
}

// all returns the mails, oldest first.
func (b *mailbox) all() []web.Mail {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.mails)
}

// preview is how a text begins, without its greeting.
func preview(text string) string {
	const most = 140
	_, after, greeted := strings.Cut(text, ",\n")
	if !greeted || strings.Contains(text[:len(text)-len(after)], " ") {
		after = text
	}
	words := strings.Join(strings.Fields(after), " ")
	if len(words) > most {
		words = words[:strings.LastIndexByte(words[:most], ' ')] + " …"
	}
	return words
}
