package daemon

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sort"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/store"
	"gaitkeeper/web"
)

// NotePain stores an entry that came from the page. A button without a mark of
// its own gets one, so that the same words about a run are one entry.
func (p page) NotePain(ctx context.Context, n web.PainNote) (gait.Pain, error) {
	if n.Mark == "" {
		n.Mark = rand.Text()
	}
	stored, _, err := p.App.NotePain(ctx, n.Run, n.Entry, store.Form{Mark: n.Mark, Corrects: n.Corrects})
	return stored, diaryError(err)
}

// RemovePain removes an entry and returns the standing without it.
func (p page) RemovePain(ctx context.Context, id int64) (finding.Standing, error) {
	standing, err := p.App.RemovePain(ctx, id)
	return standing, diaryError(err)
}

// diaryError is [pageError] with the diary's own.
func diaryError(err error) error {
	if errors.Is(err, store.ErrNoPain) {
		return fmt.Errorf("%w: %w", web.ErrNotFound, err)
	}
	return pageError(err)
}

// RunsBetween returns the runs that began from..to, oldest first.
func (p page) RunsBetween(ctx context.Context, from, to time.Time) ([]api.Run, error) {
	s, err := p.season(ctx)
	if err != nil {
		return nil, err
	}
	at := func(t time.Time) int {
		return sort.Search(len(s.runs), func(i int) bool { return !s.runs[i].Start.Before(t) })
	}
	return p.marked(ctx, s, pointers(s.runs[at(from):max(at(from), at(to))]))
}

// RunNamed returns the run that ref names.
func (p page) RunNamed(ctx context.Context, ref string) (api.Run, error) {
	run, err := p.named(ctx, ref)
	if err != nil {
		return api.Run{}, pageError(err)
	}
	s, err := p.season(ctx)
	if err != nil {
		return api.Run{}, err
	}
	said, err := p.marked(ctx, s, []*gait.Run{&run})
	if err != nil {
		return api.Run{}, err
	}
	return said[0], nil
}
