package words

import (
	"strings"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestWhatIsLookedBackUponInWords(t *testing.T) {
	const day = 24 * time.Hour
	for want, got := range map[string]string{
		"6 years":                span(2200 * day),
		"19 months":              span(580 * day),
		"31 days":                span(30 * day),
		"a day":                  span(0),
		"once":                   times(1),
		"12 times":               times(12),
		"1,412":                  Thousands(1412),
		"412":                    Thousands(412),
		"1,000,000":              Thousands(1_000_000),
		"over 15 runs, still so": Lasted(finding.Change{Runs: 15, Open: true}),
		"in one run":             Lasted(finding.Change{Runs: 1}),
		"left foot 9 ms shorter on the ground (1.6 points)": Changed(finding.Change{Side: gait.Left, Shift: -1.64, Shorter: 8.7}),
		"right foot 12 ms shorter on the ground (2.2 points); cadence unlike your habit": Changed(finding.Change{
			Side: gait.Right, Shift: 2.2, Shorter: 12, What: []gait.Feature{gait.FeatureCadence},
		}),
		"cadence, time on the ground with each step unlike your habit": Changed(finding.Change{What: []gait.Feature{gait.FeatureCadence, gait.FeatureStanceTime}}),
		"In a day: 0 runs, no clear change of your gait.":              History(finding.LookBack{Sided: 5}),
		"In a day: 0 runs, no clear change of your running form.":      History(finding.LookBack{}),
		"In a day: 0 runs, your gait changed once:":                    History(finding.LookBack{Sided: 5, Changes: make([]finding.Change, 1)}),
		"In a day: 0 runs, your gait changed 3 times:":                 History(finding.LookBack{Sided: 5, Changes: make([]finding.Change, 3)}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestHowManyRunsHaveSides(t *testing.T) {
	all := finding.LookBack{Runs: 1412, Sided: 1400}
	few := finding.LookBack{Runs: 1412, Sided: 310, SidedFrom: time.Date(2023, 3, 4, 6, 0, 0, 0, time.UTC)}
	if got := (Words{}).sided(all); got != "" {
		t.Errorf("all: %q", got)
	}
	if got := (Words{}).sided(few); !strings.Contains(got, "Only 310 of these runs have left and right, the first on 4 March 2023") || !strings.Contains(got, "chest strap") {
		t.Errorf("few: %q", got)
	}
	for line := range strings.Lines((Words{}).sided(finding.LookBack{Runs: 3})) {
		if len(line) > 100 {
			t.Errorf("a line of %d letters", len(line))
		}
	}
}
