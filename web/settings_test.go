package web

import (
	"context"
	"strings"
	"testing"
	"time"
)

func (f fakeApp) ChannelNames() []string { return nil }

// settled is an app with one race.
type settled struct{ fakeApp }

func (settled) Settings(context.Context) (Settings, error) {
	return Settings{Races: []time.Time{time.Date(2026, 9, 27, 0, 0, 0, 0, time.UTC)}}, nil
}

// TestARaceIsReadOutByItsDay: a field without words of its own says what it holds.
func TestARaceIsReadOutByItsDay(t *testing.T) {
	_, page := get(t, settled{}, "/settings", here)
	if !strings.Contains(page, `aria-label="Race of 2026-09-27"`) || strings.Count(page, `aria-label="Another race"`) != 2 {
		t.Errorf("the fields of the races say something else:\n%s", page)
	}
}
