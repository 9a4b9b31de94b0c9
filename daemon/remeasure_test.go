package daemon

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// After an upgrade or a change of [analysis] the figures of all runs are taken
// again from their samples, but never while an import may replace those.
func TestANewMethodTakesOldFiguresAgain(t *testing.T) {
	h, c := newHome(t), &clock{at: time.Date(2026, 4, 1, 7, 0, 0, 0, time.UTC)}
	app := h.open(c.now)
	for _, run := range simulate.LimpSeason(1, time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 3, -1, 0, gait.Left) {
		h.drop(run)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	before := figures(t, app)
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}

	h.cfg.Params.Analysis.WarmUp *= 2
	importing := flock.New(h.cfg.Storage.Path + syncLock)
	if taken, err := importing.TryLock(); err != nil || !taken {
		t.Fatal(taken, err)
	}
	impatient, cancel := context.WithTimeout(t.Context(), 3*lockRetry)
	defer cancel()
	if _, err := Open(impatient, h.cfg, Options{Log: slog.New(slog.DiscardHandler), Now: c.now}); err == nil || impatient.Err() == nil {
		t.Errorf("figures were taken while an import ran: %v", err)
	}
	if err := importing.Unlock(); err != nil {
		t.Fatal(err)
	}

	app = h.open(c.now)
	defer app.Close()
	after := figures(t, app)
	if len(after) != 3 {
		t.Fatalf("figures of %d runs, want 3", len(after))
	}
	for id, m := range after {
		if m.Method != analysis.MethodOf(h.cfg.Params.Analysis) || len(m.Blocks) >= len(before[id].Blocks) {
			t.Errorf("run %s: method %d and %d minutes after %d: not taken again", id, m.Method, len(m.Blocks), len(before[id].Blocks))
		}
	}
}

func figures(t *testing.T, app *App) map[gait.RunID]gait.Measures {
	t.Helper()
	h, err := app.store.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	of := map[gait.RunID]gait.Measures{}
	for _, m := range h.Runs {
		of[m.Run] = m
	}
	return of
}
