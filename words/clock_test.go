package words_test

import (
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

func TestTheFaultOfAClockIsSaid(t *testing.T) {
	now := time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)
	for want, start := range map[string]time.Time{
		"dated 28 November 2026, 23:00 to 00:00, which is not over yet. The run counts once it is.": now.Add(5 * time.Hour),
		"dated 28 November 2027. The run is kept but not counted.":                                  now.AddDate(1, 0, 0),
		"dated 1 January 1970, before it was ever set. The run is kept but not counted.":            time.Unix(300, 0),
	} {
		r := gait.Run{Start: start, Elapsed: time.Hour, Signals: gait.SignalSpeed}
		if got := words.ClockFault(r, now, time.UTC); got != "its clock is wrong: "+want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
