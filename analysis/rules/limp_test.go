package rules

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// A measured stop takes a limp that is more likely than not: beside a pain that is
// news a warning is enough, beside one that is as ever, or on no named side, the
// stride alone has to say so; and but for the first of these it was asked before.
func TestAMeasuredStopTakesALimpMoreLikelyThanNot(t *testing.T) {
	const warn, ask, none = gait.LevelWarn, gait.LevelAsk, gait.LevelNone
	type run struct {
		level gait.Level
		odds  float64
		entry string
	}
	asEver := func(runs ...run) []run { // for weeks
		var all []run
		for range 8 {
			all = append(all, run{none, -6, "left knee 3"})
		}
		return append(all, runs...)
	}
	for name, try := range map[string]struct {
		runs []run
		want bool
	}{
		"news, a warning":                         {[]run{{warn, -1, "left knee 3"}}, true},
		"as ever, a first warning":                {asEver(run{warn, 2, "left knee 3"}), false},
		"as ever, again, and unlikely":            {asEver(run{warn, -1, "left knee 3"}, run{warn, -0.5, "left knee 3"}), false},
		"as ever, again, and likely":              {asEver(run{ask, -2, "left knee 3"}, run{warn, 0.5, "left knee 3"}), true},
		"above its usual, a warning":              {asEver(run{warn, -1, "left knee 5"}), true},
		"two days old, a first warning":           {[]run{{none, -6, "left knee 3"}, {warn, -1, "left knee 3"}}, false},
		"two days old, a first warning, likely":   {[]run{{none, -6, "left knee 3"}, {warn, 1, "left knee 3"}}, true},
		"two days old, asked before":              {[]run{{none, -6, "left knee 3"}, {ask, -2, "left knee 3"}, {warn, -1, "left knee 3"}}, true},
		"a question twice, the pain came with it": {[]run{{ask, -2, "left knee 3"}, {ask, -2, "left knee 3"}}, true},
		"a question twice, the pain came before":  {[]run{{none, -6, "left knee 3"}, {ask, -2, "left knee 3"}, {ask, -2, "left knee 3"}}, false},
		"no side, a warning that is unlikely":     {[]run{{warn, -1, "knee 3"}, {warn, -1, "knee 3"}}, false},
		"no side, a warning that is likely":       {[]run{{warn, 0.5, "knee 3"}}, true},
	} {
		w := newWorld(t)
		var o Outcome
		for i, r := range try.runs {
			w.shifted(r.level, gait.Left)
			w.evidence.LogOdds = r.odds
			o = w.run(2*i, w.pain(r.entry))
		}
		if o.has(finding.StopLimp) != try.want || !try.want && !o.asks(finding.AskFavouring) {
			t.Errorf("%s: %v, asks %v", name, o.names(), o.Questions)
		}
	}
}
