package daemon

import (
	"context"
	"crypto/rand"
	"sort"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
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
	return stored, err
}

// RunsBetween returns the runs that began from..to, oldest first.
func (p page) RunsBetween(ctx context.Context, from, to time.Time) ([]api.Run, error) {
	s, situation, err := p.present(ctx)
	if err != nil {
		return nil, err
	}
	at := func(t time.Time) int {
		return sort.Search(len(s.runs), func(i int) bool { return !s.runs[i].Start.Before(t) })
	}
	return p.joined(s, pointers(s.runs[at(from):max(at(from), at(to))]), alert.Present(situation)), nil
}

// RunNamed returns the run that ref names.
func (p page) RunNamed(ctx context.Context, ref string) (api.Run, error) {
	run, err := p.named(ctx, ref)
	if err != nil {
		return api.Run{}, err
	}
	s, situation, err := p.present(ctx)
	if err != nil {
		return api.Run{}, err
	}
	return p.joined(s, []*gait.Run{&run}, alert.Present(situation))[0], nil
}
