package daemon

import (
	"errors"
	"slices"
	"testing"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// During a pause nothing goes out, neither what comes up nor what was waiting;
// afterwards what still stands is said, once.
func TestAPauseHoldsMessagesBack(t *testing.T) {
	t.Parallel()
	h, c := newHome(t), &clock{}
	app := h.open(c.now)
	defer app.Close()
	season := limpSeason(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), 40, 30, 40)
	for _, run := range season[:32] {
		h.drop(run)
	}
	c.at = season[31].End().Add(time.Hour)
	var refused gait.Refused
	if err := app.Pause(t.Context(), c.at); !errors.As(err, &refused) {
		t.Errorf("a pause that is over: %v", err)
	}
	until := c.at.Add(12 * time.Hour)
	if err := app.Pause(t.Context(), until); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	runs, err := app.Runs(t.Context(), time.Time{}, 0)
	if err != nil || !slices.ContainsFunc(runs, func(r api.Run) bool { return r.Alert.Suppressed == finding.SuppressedPaused }) {
		t.Errorf("no run says that it was silent for the pause (%v)", err)
	}
	if got := h.kinds(); got != "" {
		t.Errorf("said during the pause: %s", got)
	}
	if was, err := app.Resume(t.Context()); !was || err != nil {
		t.Errorf("no pause: %v", err)
	}
	if err := app.Pause(t.Context(), Forever()); err != nil { // decided by now, not delivered yet
		t.Fatal(err)
	}
	if _, err := app.deliver(t.Context()); err != nil || h.kinds() != "" {
		t.Errorf("delivered during the pause: %s, %v", h.kinds(), err)
	}
	if was, err := app.Resume(t.Context()); !was || err != nil {
		t.Errorf("no pause: %v", err)
	}
	for range 2 {
		if _, err := app.Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.kinds(); got != "alert" {
		t.Errorf("said after the pause: %q", got)
	}
	if was, err := app.Resume(t.Context()); was || err != nil {
		t.Errorf("still a pause: %v", err)
	}
}
