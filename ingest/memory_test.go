package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// memory is a Store that keeps everything in maps, by the rules of the real one.
type memory struct {
	mu      sync.Mutex
	files   map[string]ingest.File
	runs    map[gait.RunID]gait.Run
	figures map[gait.RunID]gait.Measures
	// described are the diary entries that were read from texts.
	described map[gait.RunID][]gait.Pain
	saves     int
	settings  map[string]string
	dead      bool                    // nothing more gets to the disk
	before    func(what string) error // called before each call, if set
}

func newMemory() *memory {
	return &memory{files: map[string]ingest.File{}, runs: map[gait.RunID]gait.Run{}, figures: map[gait.RunID]gait.Measures{}, described: map[gait.RunID][]gait.Pain{}, settings: map[string]string{}}
}

var errDead = errors.New("the process is dead")

func (m *memory) Setting(ctx context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.settings[key], m.call(ctx, "setting")
}

func (m *memory) SetSetting(ctx context.Context, key, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errDead
	}
	m.settings[key] = value
	return m.call(ctx, "set setting")
}

func (m *memory) call(ctx context.Context, what string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.before != nil {
		return m.before(what)
	}
	return nil
}

func (m *memory) Files(ctx context.Context) (map[string]ingest.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.files), m.call(ctx, "files")
}

func (m *memory) Known(ctx context.Context, sha256 string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.files {
		if f.SHA256 == sha256 && f.Outcome != ingest.FileFailed {
			return true, nil
		}
	}
	return false, m.call(ctx, "known")
}

// memoryTx is a transaction of memory, which is locked.
type memoryTx struct{ *memory }

func (m memoryTx) Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error) {
	var near []gait.Run
	for _, r := range m.runs {
		if !r.Start.After(to) && !r.End().Before(from) {
			r.Samples = nil
			near = append(near, r)
		}
	}
	return near, m.call(ctx, "nearby")
}

func (m memoryTx) Samples(ctx context.Context, id gait.RunID) ([]gait.Sample, error) {
	return m.runs[id].Samples, m.call(ctx, "samples")
}

func (m memoryTx) Holder(ctx context.Context, o gait.Origin) (gait.Run, bool, error) {
	for _, r := range m.runs {
		if slices.ContainsFunc(r.Origins, o.SamePlace) {
			r.Samples = nil
			return r, true, m.call(ctx, "holder")
		}
	}
	return gait.Run{}, false, m.call(ctx, "holder")
}

func (m memoryTx) ByID(ctx context.Context, id gait.RunID) (gait.Run, bool, error) {
	r, found := m.runs[id]
	r.Samples = nil
	return r, found, m.call(ctx, "by ID")
}

func (*memory) Pack([]gait.Sample) ([]byte, error) { return nil, nil }

func (m *memory) Save(ctx context.Context, do func(ingest.Transaction) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errDead
	}
	files, runs, figures, described := maps.Clone(m.files), maps.Clone(m.runs), maps.Clone(m.figures), maps.Clone(m.described)
	err := do(memoryTx{m})
	if err == nil {
		err = m.call(ctx, "save")
	}
	if err != nil {
		m.files, m.runs, m.figures, m.described = files, runs, figures, described
		return err
	}
	m.saves++
	return nil
}

func (m memoryTx) Put(_ context.Context, in ingest.Import) error {
	if in.File != nil {
		m.files[in.File.Path] = *in.File
	}
	for _, r := range in.Runs {
		m.saveRun(r)
	}
	for id, r := range m.runs {
		if in.Gone != nil {
			r.Origins = slices.DeleteFunc(slices.Clone(r.Origins), in.Gone.SamePlace)
			r.Gone = len(r.Origins) == 0
			m.runs[id] = r
		}
	}
	return nil
}

func (m *memory) saveRun(r ingest.ImportedRun) {
	old, ok := m.runs[r.Same]
	if r.Same != "" && (!ok || r.Run.ID != r.Same || r.Measures.Run != r.Same) {
		panic(fmt.Sprintf("run %s is to be the same as %s, which is not there", r.Run.ID, r.Same))
	}
	if _, ok := m.runs[r.Run.ID]; ok && r.Same == "" {
		panic("a new run has the ID of one that is there")
	}
	whole := r.Same == "" || r.Better
	var origins []gait.Origin
	read := false // the recording is of this place already
	for _, o := range old.Origins {
		if slices.ContainsFunc(r.Run.Origins, o.SamePlace) {
			read = read || o.Recording
			continue
		}
		if o.Recording = o.Recording && !whole; !slices.ContainsFunc(r.Superseded, o.SamePlace) {
			origins = append(origins, o)
		}
	}
	for _, o := range r.Run.Origins {
		o.Recording = whole || read
		origins = append(origins, o)
	}
	if r.Same == "" || r.Better {
		old = r.Run
		m.figures[r.Run.ID] = r.Measures
	}
	old.Origins, old.Gone = origins, false
	m.described[r.Run.ID] = append(slices.DeleteFunc(m.described[r.Run.ID], func(p gait.Pain) bool {
		return !r.Run.NoMetadata && p.FromText.Key == r.Run.Origins[0].Key
	}), r.Described...)
	m.runs[r.Run.ID] = old
}
