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

func (m *memory) Nearby(ctx context.Context, from, to time.Time) ([]gait.Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var near []gait.Run
	for _, r := range m.runs {
		if !r.Start.After(to) && !r.End().Before(from) {
			r.Samples = nil
			near = append(near, r)
		}
	}
	return near, m.call(ctx, "nearby")
}

func (m *memory) Samples(ctx context.Context, id gait.RunID) ([]gait.Sample, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.runs[id].Samples, m.call(ctx, "samples")
}

func (m *memory) Holder(ctx context.Context, o gait.Origin) (gait.Run, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.runs {
		if slices.ContainsFunc(r.Origins, o.SamePlace) {
			r.Samples = nil
			return r, true, m.call(ctx, "holder")
		}
	}
	return gait.Run{}, false, m.call(ctx, "holder")
}

func (m *memory) Save(ctx context.Context, imports []ingest.Import) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errDead
	}
	if err := m.call(ctx, "save"); err != nil {
		return err
	}
	m.saves++
	for _, i := range imports {
		if i.File != nil {
			m.files[i.File.Path] = *i.File
		}
		for _, r := range i.Runs {
			m.saveRun(r)
		}
		for id, r := range m.runs {
			if i.Gone != nil {
				r.Origins = slices.DeleteFunc(slices.Clone(r.Origins), i.Gone.SamePlace)
				r.Gone = len(r.Origins) == 0
				m.runs[id] = r
			}
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
	for _, o := range old.Origins {
		kept := !slices.ContainsFunc(r.Run.Origins, func(p gait.Origin) bool {
			return o.Source == p.Source && (o.Key == p.Key || whole && o.Name == p.Name && o.Name != "")
		})
		if o.Recording = o.Recording && !whole; kept {
			origins = append(origins, o)
		}
	}
	origins = append(origins, r.Run.Origins...)
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
