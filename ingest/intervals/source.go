package intervals

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
	"gaitkeeper/ingest/fitfile"
)

const (
	day = 24 * time.Hour
	// overlap is how far a list goes back behind now: uploads come late, and
	// runners write about a run days later.
	overlap = 14 * day
	// everything is how old a list of the whole account may become.
	everything = 7 * day
	// begin is older than any activity with a file.
	begin = "1990-01-01"
	// ahead is how many years ahead a wrong clock may be: FIT counts until 2125.
	ahead = 100
	// patience is how many activities in a row may fail before the rest is left to
	// the next sync.
	patience = 3
)

// Source offers the runs of one account. Make one with [New].
type Source struct {
	client *client
	reader fitfile.Reader
	limits fitfile.Limits
}

// New returns the source of the account that c names. It speaks to nobody yet.
func New(c Config) *Source {
	if c.Limits == (fitfile.Limits{}) {
		c.Limits = fitfile.DefaultLimits()
	}
	return &Source{client: newClient(c), reader: fitfile.Reader{Fields: c.Fields}, limits: c.Limits}
}

// Name is intervals.
func (*Source) Name() gait.SourceName { return gait.SourceIntervals }

// Check asks for today's activities, to see whether the key is good.
func (s *Source) Check(ctx context.Context) error {
	today := s.client.Now()
	_, err := s.client.list(ctx, today, today)
	return err
}

// Offers lists the account's activities, the newest first. An error is
// a sentence for the runner, or a [ingest.Wait].
func (s *Source) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		files, err := remembered(ctx)
		if err != nil {
			yield(ingest.Item{}, err)
			return
		}
		now := s.client.Now()
		p := &listing{Source: s, files: files, oldest: now.Add(-overlap), seen: map[string]bool{}}
		due := now.Sub(files[s.listPath()].Modified) > everything
		var all []row
		if !due {
			all, err = p.list(ctx, now)
			due = err == nil && len(all) == 0 && p.there() > 0 // only the whole account tells whether they are gone
		}
		if due {
			p.oldest, _ = time.Parse(time.DateOnly, begin) // it is a date
			p.whole = true
			all, err = p.list(ctx, now)
		}
		if err != nil {
			yield(ingest.Item{}, err)
			return
		}
		p.total = len(all)
		slices.SortStableFunc(all, func(a, b row) int {
			return cmp.Or(b.start(s.client.Zone).Compare(a.start(s.client.Zone)), cmp.Compare(b.ID, a.ID))
		})
		for _, r := range all {
			offer := p.odd
			if r.fault == "" {
				offer = p.offer
			}
			if !yield(offer(r), nil) {
				return
			}
		}
		if p.leave(yield) && p.whole {
			yield(p.listed(now), nil)
		}
	}
}

// listPath is under which name the whole list is remembered.
func (s *Source) listPath() string {
	return s.client.BaseURL + "/athlete/" + s.client.Athlete + "/activities"
}

// path is the address of an activity's page, under which it is remembered.
func (s *Source) path(id text) string { return s.activities() + string(id) }

func (s *Source) activities() string { return s.client.BaseURL + "/activities/" }

// listing is one time through the list.
type listing struct {
	*Source
	files map[string]ingest.File
	// oldest is from when on is listed.
	oldest time.Time
	total  int
	seen   map[string]bool // paths
	// whole means that the whole account is listed: what failed is tried again.
	whole bool
	// nameless means that there is a row without a number, so that nobody knows
	// what is missing.
	nameless bool

	// What follows is of the downloads, of which there is one at a time.
	troubles int   // activities in a row
	missed   int   // activities
	refused  int   // files in a row that are not handed out
	handed   bool  // a file was handed out
	given    error // why nothing more is downloaded
}

// offer says what is to be done with an activity.
func (p *listing) offer(r row) ingest.Item {
	a, path := r.activity, p.path(r.ID)
	p.seen[path] = true
	start := a.start(p.client.Zone)
	o := ingest.Item{Name: path, Total: p.total}
	old, remembered := p.files[path]
	version := a.version()
	again := old.Outcome == ingest.FileGone || p.whole && old.Outcome == ingest.FileFailed
	if remembered && old.Version == version && !again {
		o.Known = true
		return o
	}
	o.File = &ingest.File{Path: path, Modified: start, Version: version}
	o.Costly = true
	edited := old.Outcome == ingest.FileImported && recording(old.Version) == recording(version)
	o.Read = func(ctx context.Context, _ func(string) (bool, error)) (ingest.Content, error) {
		c, err := p.read(ctx, a, start, edited)
		var w withheld
		if errors.As(err, &w) {
			c.Broken, err = w.Error(), nil
		}
		c.Reported = old.Outcome == ingest.FileFailed && c.Broken == old.Reason
		if w.all != nil && !c.Reported {
			err = p.endureRefusal(w)
		}
		return c, err
	}
	return o
}

// odd passes over a row that cannot be read, and names it once: it is remembered
// by what it says. What was taken of it before stays.
func (p *listing) odd(r row) ingest.Item {
	o := ingest.Item{Name: p.listPath(), Total: p.total}
	if r.ID != "" {
		o.Name = p.path(r.ID)
		p.seen[o.Name] = true
	} else {
		p.nameless = true
	}
	path := p.listPath() + "#" + r.hash
	if _, o.Known = p.files[path]; o.Known {
		return o
	}
	o.File = &ingest.File{Path: path, Modified: p.client.Now()}
	o.Read = ingest.Ready(ingest.Content{Broken: "intervals.icu lists it in a form that is not understood (" + r.fault + "); it is passed over until that changes"})
	return o
}

// list asks for the activities from p.oldest on. A day more at the begin: days are
// the runner's, not the server's. The end lies far ahead for recorders whose clock is
// wrong.
func (p *listing) list(ctx context.Context, now time.Time) ([]row, error) {
	return p.client.list(ctx, p.oldest.Add(-day), now.AddDate(ahead, 0, 0))
}

// holds reports whether what is remembered is an activity that should be listed.
func (p *listing) holds(f ingest.File) bool {
	return strings.HasPrefix(f.Path, p.activities()) && f.Outcome != ingest.FileGone && !f.Modified.Before(p.oldest)
}

// there is how many activities should be listed.
func (p *listing) there() (n int) {
	for _, f := range p.files {
		if p.holds(f) {
			n++
		}
	}
	return n
}

// leave offers what was there and is listed no more. Where that is most of the
// account, or nothing is listed at all, something else is wrong: nothing is taken out
// then. False means that no more offers are wanted.
func (p *listing) leave(yield func(ingest.Item, error) bool) bool {
	if p.nameless {
		return true
	}
	var gone []ingest.File
	for _, f := range p.files {
		if p.holds(f) && !p.seen[f.Path] {
			gone = append(gone, f)
		}
	}
	const few = 3
	if there := p.there(); len(gone) > max(few, there/2) || len(gone) > 0 && p.total == 0 {
		yield(ingest.Item{}, fmt.Errorf("intervals.icu no longer lists %d of %d activities: gaitkeeper keeps them until they are listed again; "+
			"if you left intervals.icu, set [sources.intervals] enabled to false", len(gone), there))
		return false
	}
	slices.SortFunc(gone, func(a, b ingest.File) int { return cmp.Compare(a.Path, b.Path) })
	for _, f := range gone {
		f.Outcome, f.Reason = ingest.FileGone, "it was deleted at intervals.icu"
		id := strings.TrimPrefix(f.Path, p.activities())
		for i := range sessions {
			o := ingest.Item{Name: f.Path, Total: p.total, Gone: &gait.Origin{Source: gait.SourceIntervals, Key: key(id, i), Name: f.Path}}
			if i == 0 {
				o.File = &f
			}
			if !yield(o, nil) {
				return false
			}
		}
	}
	return true
}

// listed is remembered once everything before it has been dealt with, and
// nothing was in trouble.
func (p *listing) listed(now time.Time) ingest.Item {
	return ingest.Item{
		Name: p.listPath(), Total: p.total, Last: true,
		File: &ingest.File{Path: p.listPath(), Modified: now, Outcome: ingest.FileImported},
		Read: func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
			if p.missed > 0 {
				return ingest.Content{Broken: "not everything came", Reported: true, Transient: true}, nil
			}
			return ingest.Content{}, nil
		},
	}
}

// endured counts an activity that fails, and gives up after several in a row.
func (p *listing) endured(err error) (ingest.Content, error) {
	if !errors.As(err, new(trouble)) {
		return ingest.Content{}, err
	}
	p.missed++
	if p.troubles++; p.troubles >= patience {
		p.given = err
		return ingest.Content{}, err
	}
	return ingest.Content{Broken: err.Error(), Transient: true}, nil
}

// endureRefusal counts a file that is not handed out: that is the file's own
// fault, unless it happens several times in a row and no file has come.
func (p *listing) endureRefusal(w withheld) error {
	if p.refused++; p.refused >= patience && !p.handed {
		p.given = w.all
	}
	return p.given
}
