package daemon

import (
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// TestLookingBackComesOnce: after many runs, however many imports it took to
// bring them in, and after a sync no more.
func TestLookingBackComesOnce(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	now := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	app := h.open(func() time.Time { return now })
	defer app.Close()
	season := simulate.LimpSeason(1, time.Date(2021, 1, 1, 7, 0, 0, 0, time.UTC), lookBackRuns+10, -1, 0, gait.Left)
	due := func() bool {
		_, due, err := app.LookBack(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return due
	}
	take := func(runs []gait.Run) {
		for _, run := range runs {
			h.drop(run)
		}
		if _, err := app.Import(t.Context(), []string{h.watched()}, nil); err != nil {
			t.Fatal(err)
		}
	}
	take(season[:30]) // and nobody looks: it was killed
	take(season[30 : lookBackRuns+5])
	if !due() || due() {
		t.Error("many runs have come: it is due once")
	}
	take(season[lookBackRuns+5:])
	if due() {
		t.Error("five more runs are no years")
	}
	if err := app.store.SetSetting(t.Context(), countedRuns, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if due() {
		t.Error("a sync has counted them")
	}
}
