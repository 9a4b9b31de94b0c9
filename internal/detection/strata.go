package main

import "gaitkeeper/internal/simulate"

// stratum is a part of the healthy runs that something sets apart. A new or a
// dying strap and a changed cadence are felt for some runs.
type stratum struct {
	name string
	in   func(s *subject, i int) bool
}

// after is for how many runs a lasting change is held against the alarms.
const after = 8

func strata() []stratum {
	truth := func(is func(t simulate.Truth) bool) func(*subject, int) bool {
		return func(s *subject, i int) bool { return is(s.looks[i].truth) }
	}
	lately := func(is func(s *subject, i int) bool) func(*subject, int) bool {
		return func(s *subject, i int) bool {
			for j := i; j >= 0 && i-j < after; j-- {
				if is(s, j) {
					return true
				}
			}
			return false
		}
	}
	return []stratum{
		{"first 10 runs", func(_ *subject, i int) bool { return i < 10 }},
		{"treadmill", func(s *subject, i int) bool { return s.looks[i].Context == "treadmill" }},
		{"trail", func(s *subject, i int) bool { return s.looks[i].Context == "trail" }},
		{"track", func(s *subject, i int) bool { return s.looks[i].Context == "track" }},
		{"hills, steeper half of the runners", func(s *subject, i int) bool {
			return s.season.Runner.Ground.Hills > 1 && s.looks[i].Context == "road"
		}},
		{"intervals", truth(func(t simulate.Truth) bool { return t.Kind == simulate.Interval })},
		{"races", truth(func(t simulate.Truth) bool { return t.Kind == simulate.Race })},
		{"run-walkers", func(s *subject, _ int) bool { return s.season.Runner.Habits.WalkFor > 0 }},
		{"gaps in the recording", func(s *subject, _ int) bool { return s.season.Runner.Watch.SmartRecording }},
		{"strap sometimes left at home", func(s *subject, _ int) bool { return s.season.Runner.Strap.Worn < 1 }},
		{"slipped or dying strap", truth(func(t simulate.Truth) bool { return t.BadStrap })},
		{"lost contact", truth(func(t simulate.Truth) bool { return t.LostTo > 0 })},
		{"8 runs after a new strap, announced", lately(func(s *subject, i int) bool { return s.newStrap(i, true) })},
		{"8 runs after a new strap, silent", lately(func(s *subject, i int) bool { return s.newStrap(i, false) })},
		{"8 runs after the cadence was raised", lately(func(s *subject, i int) bool {
			return i > 0 && s.looks[i].truth.Retrained && !s.looks[i-1].truth.Retrained
		})},
	}
}

// newStrap tells whether the strap of run i is another one than before, and its
// serial number says so or not.
func (s *subject) newStrap(i int, announced bool) bool {
	return i > 0 && s.looks[i].truth.NewStrap && announced == (s.strapSerial(i) != s.strapSerial(i-1))
}

// strapSerial is the serial number of the strap last worn in run i or before.
func (s *subject) strapSerial(i int) uint32 {
	for ; i >= 0; i-- {
		if s.looks[i].strapped() {
			return s.looks[i].Sensor.Serial
		}
	}
	return 0
}

// stratify counts the alarms in every stratum.
func (h *healthySeason) stratify(l limit, s *subject) {
	for _, x := range strata() {
		h.strata[x.name] = l.tallies(h.readings[0], func(i int) bool { return s.looks[i].strapped() && x.in(s, i) })
	}
}
