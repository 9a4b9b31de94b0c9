package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// folder offers files as a watched folder does: what is remembered is not opened
// again.
type folder struct {
	files []ingest.Item
	// opened are the paths that were opened, archives by the folder itself.
	opened []string
	// open is called when an archive is opened.
	open func(path string) error
}

func (*folder) Name() gait.SourceName { return gait.SourceFIT }

func (f *folder) Offers(ctx context.Context, remembered ingest.Remembered) iter.Seq2[ingest.Item, error] {
	return func(yield func(ingest.Item, error) bool) {
		files, err := remembered(ctx)
		if err != nil {
			yield(ingest.Item{}, err)
			return
		}
		for _, o := range f.files {
			if _, seen := files[o.Name]; seen && !o.Named {
				o = ingest.Item{Name: o.Name, Known: true}
			}
			if !yield(o, nil) {
				return
			}
			if o.Opening == nil || o.Opening.Refused != "" {
				continue
			}
			f.opened = append(f.opened, o.Name)
			if err := f.open(o.Name); err != nil {
				yield(ingest.Item{}, err)
				return
			}
		}
	}
}

// process is one start of a program that dies where it reads one of the files.
type process struct {
	m     *memory
	files folder
	now   time.Time
	kills map[string]int // how often a file still kills it
}

func newProcess(paths ...string) *process {
	p := &process{m: newMemory(), now: day, kills: map[string]int{}}
	for i, path := range paths {
		o := holding(path, ran(100*i, 30))
		read := o.Read
		o.Read = func(ctx context.Context, known func(string) (bool, error)) (ingest.Content, error) {
			if err := p.reads(path); err != nil {
				return ingest.Content{}, err
			}
			return read(ctx, known)
		}
		p.files.files = append(p.files.files, o)
	}
	p.files.open = p.reads
	return p
}

// reads dies where it is to: nothing gets to the disk from then on.
func (p *process) reads(path string) error {
	p.m.mu.Lock()
	defer p.m.mu.Unlock()
	if p.kills[path] == 0 {
		return nil
	}
	p.kills[path]--
	p.m.dead = true
	return errDead
}

// start syncs once; died tells that it did not come to its end.
func (p *process) start(t *testing.T) (r ingest.Report, died bool) {
	t.Helper()
	p.m.dead, p.files.opened = false, nil
	s := &ingest.Syncer{Store: p.m, Measure: measure, Now: func() time.Time { return p.now }}
	r, err := s.Sync(t.Context(), &p.files)
	if err != nil && !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	return r, err != nil
}

// deaths starts until it lives, and returns how often it died.
func (p *process) deaths(t *testing.T) (r ingest.Report, n int) {
	t.Helper()
	for n = range 20 {
		var died bool
		if r, died = p.start(t); !died {
			return r, n
		}
	}
	t.Fatal("it dies at every start")
	return r, n
}

func many(n int) (paths []string) {
	for i := range n {
		paths = append(paths, fmt.Sprintf("%03d.fit", i))
	}
	return paths
}

const forEver = 1 << 30

// A file that kills the process is found among many, named and left closed, and
// all others are taken.
func TestAFileThatKillsIsFoundAndLeftClosed(t *testing.T) {
	const bad = "250.fit"
	p := newProcess(many(400)...)
	p.kills[bad] = forEver
	r, died := p.deaths(t)
	if died != 4 || len(p.m.runs) != 399 {
		t.Errorf("died %d times, %d runs", died, len(p.m.runs))
	}
	if len(r.Failed) != 1 || r.Failed[0].Path != bad {
		t.Errorf("named: %v", r.Failed)
	}
	if r, died := p.deaths(t); died > 0 || len(r.Failed) > 0 || r.Known != 400 {
		t.Errorf("the next sync: %+v", r)
	}

	p.now = p.now.Add(25 * time.Hour) // it is tried again, once
	if _, died := p.deaths(t); died != 1 {
		t.Errorf("a day later it died %d times", died)
	}
	p.now, p.kills[bad] = p.now.Add(25*time.Hour), 0 // as by a newer gaitkeeper
	if r, died := p.deaths(t); died > 0 || r.New != 1 {
		t.Errorf("once it can be read: %+v", r)
	}
	if len(p.m.settings) > 1 || p.m.settings["sync under way: fit"] != "" {
		t.Errorf("kept for nothing: %v", p.m.settings)
	}
}

// Whoever names the very file wants it read; a changed one is another file.
func TestAFileThatKillsIsReadWhereItIsNamedOrChanged(t *testing.T) {
	for name, change := range map[string]func(*ingest.Item){
		"named":   func(o *ingest.Item) { o.Named = true },
		"changed": func(o *ingest.Item) { o.File = &ingest.File{Path: o.Name, Size: 7} },
	} {
		p := newProcess("a.fit")
		p.kills["a.fit"] = 4
		p.deaths(t)
		delete(p.m.files, "a.fit") // an import looks again at what failed
		if r, _ := p.start(t); r.New > 0 || len(r.Failed) != 1 {
			t.Errorf("%s, before: %+v", name, r)
		}
		delete(p.m.files, "a.fit")
		change(&p.files.files[0])
		if r, _ := p.start(t); r.New != 1 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// A process that was killed by others loses nothing, whatever it read just then.
func TestAnUnluckyFileIsReadAgain(t *testing.T) {
	p := newProcess(many(100)...)
	for i := range 100 { // each is being read at two kills
		p.kills[fmt.Sprintf("%03d.fit", i)] = 2
	}
	for range 300 {
		if r, died := p.start(t); len(r.Failed) > 0 {
			t.Fatalf("named: %v", r.Failed)
		} else if !died {
			break
		}
	}
	if len(p.m.runs) != 100 {
		t.Errorf("%d runs", len(p.m.runs))
	}
}

// An archive can kill before anything in it is on offer.
func TestAnArchiveThatKillsIsLeftClosed(t *testing.T) {
	p := newProcess("a.fit", "z.fit")
	file := ingest.File{Path: "b.zip", Size: 1}
	archive := ingest.Item{Name: "b.zip", File: &file}
	p.kills["b.zip"] = forEver
	p.files.files = slices.Insert(p.files.files, 1, archive)
	for died := 0; ; died++ {
		p.files.files[1].Opening = &ingest.Opening{}
		if _, cut := p.start(t); !cut {
			break
		}
		if died > 4 {
			t.Fatal("it dies at every start")
		}
	}
	if why := p.files.files[1].Opening.Refused; why == "" || len(p.m.runs) != 2 || len(p.files.opened) > 0 {
		t.Errorf("refused: %q, %d runs", why, len(p.m.runs))
	}
}

// A mark that cannot be read holds nothing up.
func TestAMarkOfAnotherVersion(t *testing.T) {
	p := newProcess(many(3)...)
	p.m.settings["sync under way: fit"] = "?"
	if r, died := p.start(t); died || r.New != 3 || p.m.settings["sync under way: fit"] != "" {
		t.Errorf("%+v, left behind: %v", r, p.m.settings)
	}
}

// What is no fault of the files ends in good order, and the next sync reads as
// many at once as ever.
func TestAnEndInGoodOrderLeavesNoMark(t *testing.T) {
	p := newProcess(many(10)...)
	ctx, stop := context.WithCancel(t.Context())
	p.files.files[5].Read = func(context.Context, func(string) (bool, error)) (ingest.Content, error) {
		stop()
		return ingest.Content{}, ctx.Err()
	}
	s := &ingest.Syncer{Store: p.m, Measure: measure}
	if _, err := s.Sync(ctx, &p.files); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if mark := p.m.settings["sync under way: fit"]; mark != "" {
		t.Errorf("left behind: %s", mark)
	}
}
