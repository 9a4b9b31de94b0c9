package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"time"
)

// A file is left closed for a day once the process has died so often while it
// was read alone. Fewer times may be bad luck: a power cut, or a kill because of
// another file.
const (
	maxCrashes = 3
	leftShut   = 24 * time.Hour
)

// crashGuard keeps one file from crashing the process at every start. A sync is
// noted on the disk before it opens anything, until it ends. After one that was cut
// off, as many files as it may have been reading are read alone, each noted on the
// disk before it is opened: if the process dies again, the file is known.
type crashGuard struct {
	store Store
	key   string // of the setting
	now   func() time.Time
	state underWay
	alone int // so many more are read alone
}

// underWay is what is on the disk of a sync.
type underWay struct {
	// Open: it has begun and not ended.
	Open bool `json:"open"`
	// Reading is the file that is being read alone, nil where there is none.
	Reading *File `json:"reading,omitempty"`
	// Deaths are the files at which the process died, by path.
	Deaths map[string]crash `json:"deaths,omitempty"`
}

type crash struct {
	File  File      `json:"file"`
	Count int       `json:"count"`
	Last  time.Time `json:"last"`
}

// recall reads what the sync before left behind.
func (s *Syncer) recall(ctx context.Context) (*crashGuard, error) {
	w := &crashGuard{store: s.Store, key: "sync under way: " + s.Key, now: s.clock()}
	text, err := s.Store.Setting(ctx, w.key)
	if err != nil || text == "" {
		return w, err
	}
	if json.Unmarshal([]byte(text), &w.state) != nil {
		w.state = underWay{Open: true} // another version's: it is careful for nothing, at worst
	}
	if !w.state.Open {
		return w, nil
	}
	// One batch, and what was between the source and the store.
	w.alone = batchImports + (window+2)*runtime.NumCPU()
	if f := w.state.Reading; f != nil {
		d := w.deaths(*f)
		w.state.Reading = nil
		w.died(crash{File: *f, Count: d.Count + 1, Last: w.now()})
	}
	return w, w.keep(ctx)
}

// deaths returns what is known of the file as it is now.
func (w *crashGuard) deaths(f File) crash {
	if d, ok := w.state.Deaths[f.Path]; ok && f.Unchanged(d.File) && f.Version == d.File.Version {
		return d
	}
	return crash{}
}

func (w *crashGuard) died(d crash) {
	if w.state.Deaths == nil {
		w.state.Deaths = map[string]crash{}
	}
	w.state.Deaths[d.File.Path] = d
}

// keep puts the state on the disk.
func (w *crashGuard) keep(ctx context.Context) error {
	text := ""
	if w.state.Open || len(w.state.Deaths) > 0 {
		b, err := json.Marshal(w.state)
		if err != nil {
			return err
		}
		text = string(b)
	}
	return w.store.SetSetting(ctx, w.key, text)
}

// end notes that the sync has ended.
func (w *crashGuard) end(ctx context.Context) error {
	if !w.state.Open {
		return nil
	}
	w.read()
	w.state.Open = false
	return w.keep(context.WithoutCancel(ctx))
}

// files returns what is remembered of every file, except for those that are due
// for another try, and the archives around them.
func (w *crashGuard) files(ctx context.Context) (map[string]File, error) {
	files, err := w.store.Files(ctx)
	for path, d := range w.state.Deaths {
		if d.Count < maxCrashes || w.shut(d) {
			continue
		}
		for n := range path {
			if path[n] == '!' {
				delete(files, path[:n])
			}
		}
		delete(files, path)
	}
	return files, err
}

// shut reports whether a file is to stay closed for now.
func (w *crashGuard) shut(d crash) bool {
	age := w.now().Sub(d.Last)
	return d.Count >= maxCrashes && age > -leftShut && age < leftShut
}

// take deals with a job before it is read: it may be read alone, or not at all.
func (w *crashGuard) take(ctx context.Context, j *job) error {
	if j.offer.File == nil || j.offer.Read == nil || j.offer.Last {
		return nil
	}
	refused, alone, err := w.mark(ctx, j.offer)
	switch {
	case refused != "":
		j.offer.Read = Ready(Content{Broken: refused})
	case alone:
		j.kept = make(chan struct{})
	}
	return err
}

// mark notes, where that is needed, that a file is about to be opened or read, and
// whether alone; refused says why it stays closed.
func (w *crashGuard) mark(ctx context.Context, o Item) (refused string, alone bool, err error) {
	d := w.deaths(*o.File)
	if w.shut(d) && !o.Named {
		return fmt.Sprintf("gaitkeeper died %d times while it read this file alone: it is tried again tomorrow, or when it changes", d.Count), false, nil
	}
	before := w.state.Reading != nil
	w.read()
	alone = w.alone > 0 || d.Count > 0
	if alone {
		file := *o.File
		w.state.Reading = &file
	}
	if w.state.Open && !alone && !before {
		return "", false, nil // it is on the disk already
	}
	w.state.Open = true
	return "", alone, w.keep(ctx)
}

// passed counts a file that was read alone, unless it will be offered again.
func (w *crashGuard) passed(c Content) {
	if !c.Transient {
		w.alone = max(0, w.alone-1)
	}
}

// read notes that the file that was read alone did no harm.
func (w *crashGuard) read() {
	if f := w.state.Reading; f != nil {
		delete(w.state.Deaths, f.Path)
		w.state.Reading = nil
	}
}
