package ingest_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gaitkeeper/gait"
)

// body is what a sensor sees of one runner in one run: heart rate and cadence
// second by second from the first of May, six o'clock, on.
func body(seed uint64, heart, steps float64) []gait.Sample {
	random := rand.New(rand.NewPCG(seed, 7))
	samples := make([]gait.Sample, 3*3600)
	wander := 0.0
	for i := range samples {
		wander = 0.995*wander + 0.6*random.NormFloat64()
		s := gait.NewSample(int32(i))
		s.HeartRate = gait.BeatsPerMinute(heart + wander)
		s.Cadence = gait.StepsPerMinute(steps + random.NormFloat64())
		samples[i] = s
	}
	return samples
}

// recorded is what a device recorded of a body from a minute on, for so many.
func recorded(of []gait.Sample, start, minutes int, change ...func(*gait.Run)) gait.Run {
	r := ran(start, minutes, withBalance)
	r.Signals |= gait.SignalHeartRate
	r.Samples = slices.Clone(of[start*60 : (start+minutes)*60])
	for i := range r.Samples {
		r.Samples[i].Second = int32(i)
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func unsided(r *gait.Run) { r.Signals &^= gait.SignalStanceTimeBalance | gait.SignalStanceTime }

// far makes a run a share longer or shorter than it was measured.
func far(share gait.Metres) func(*gait.Run) { return func(r *gait.Run) { r.Distance *= share } }

// sensor adds what another sensor reads differently.
func sensor(seed uint64, beats, steps float64) func(*gait.Run) {
	return func(r *gait.Run) {
		random := rand.New(rand.NewPCG(seed, 8))
		for i := range r.Samples {
			r.Samples[i].HeartRate += gait.BeatsPerMinute(beats * random.NormFloat64())
			r.Samples[i].Cadence += gait.StepsPerMinute(steps * random.NormFloat64())
		}
	}
}

func heartGone(r *gait.Run) {
	for i := range r.Samples {
		r.Samples[i].HeartRate = gait.Unknown[gait.BeatsPerMinute]()
	}
}

func stepsGone(r *gait.Run) {
	for i := range r.Samples {
		r.Samples[i].Cadence = gait.Unknown[gait.StepsPerMinute]()
	}
}

// locked is a wrist's heart rate that has fallen in with the steps.
func locked(r *gait.Run) {
	for i := range r.Samples {
		r.Samples[i].HeartRate = gait.BeatsPerMinute(r.Samples[i].Cadence)
	}
}

// flat is a made-up heart rate that says nothing.
func flat(r *gait.Run) {
	for i := range r.Samples {
		r.Samples[i].HeartRate, r.Samples[i].Cadence = 140, 170
	}
}

// paced lets the steps be quicker every other three minutes.
func paced(r *gait.Run) {
	for i := range r.Samples {
		r.Samples[i].Cadence += gait.StepsPerMinute(i / 180 % 2 * 10)
	}
}

// leaning gives a run a balance in each second.
func leaning(left gait.Percent) func(*gait.Run) {
	return func(r *gait.Run) {
		for i := range r.Samples {
			r.Samples[i].StanceTimeBalance = left + gait.Percent(i%7)/10
		}
	}
}

// paused leaves out five minutes on the way, as a device that stops by itself.
func paused(r *gait.Run) {
	r.Samples = slices.DeleteFunc(r.Samples, func(s gait.Sample) bool { return s.Second >= 600 && s.Second < 900 })
	r.Duration -= 5 * time.Minute
}

// typed is a run that was entered by hand.
func typed(r *gait.Run) { r.Samples, r.Signals = nil, 0 }

// TestHeartRateAndCadenceTellOneRunFromTwo: by time alone nobody knows whether
// two recordings are of one activity.
func TestHeartRateAndCadenceTellOneRunFromTwo(t *testing.T) {
	one, friend, later := body(1, 150, 170), body(2, 168, 178), body(3, 150, 170)
	equal := body(4, 154, 178) // whose heart beats much like the one's
	for name, tt := range map[string]struct {
		watch, other gait.Run
		runs         int
	}{
		"watch and treadmill, a quarter off":          {recorded(one, 60, 40), recorded(one, 60, 39, unsided, far(0.72), sensor(1, 2, 0.3), shifted(20*time.Second)), 1},
		"started two minutes later":                   {recorded(one, 60, 40), recorded(one, 62, 38, unsided, far(0.7)), 1},
		"without the heart rate":                      {recorded(one, 60, 40), recorded(one, 61, 39, unsided, far(0.7), heartGone), 1},
		"without the cadence":                         {recorded(one, 60, 40), recorded(one, 61, 39, unsided, far(0.7), stepsGone), 1},
		"pauses left out":                             {recorded(one, 60, 40), recorded(one, 61, 39, unsided, far(0.7), paused), 1},
		"a wrist that counts steps":                   {recorded(one, 60, 40), recorded(one, 61, 39, unsided, locked), 1},
		"nothing to compare, a quarter off":           {recorded(one, 60, 40), recorded(one, 61, 39, unsided, far(0.7), heartGone, stepsGone), 2},
		"nothing to compare, as far":                  {recorded(one, 60, 40), recorded(one, 61, 39, unsided, heartGone, stepsGone), 1},
		"two friends, as far":                         {recorded(one, 60, 40), recorded(friend, 60, 40, shifted(7*time.Second)), 2},
		"two friends, in one second":                  {recorded(one, 60, 40), recorded(friend, 60, 40), 2},
		"two friends, one goes farther":               {recorded(one, 60, 40), recorded(friend, 60, 40, far(1.4), shifted(7*time.Second)), 2},
		"two friends, much the same heart":            {recorded(one, 60, 40), recorded(equal, 60, 40, shifted(7*time.Second)), 2},
		"two friends with straps, in step":            {recorded(one, 60, 40, leaning(50), heartGone), recorded(one, 60, 40, leaning(47.5), heartGone, shifted(time.Second)), 2},
		"two watches, one strap":                      {recorded(one, 60, 40, leaning(50)), recorded(one, 61, 39, leaning(50.2)), 1},
		"one curve, but a limp hours later":           {recorded(one, 60, 40, leaning(50)), recorded(one, 60, 40, leaning(47), shifted(10*time.Hour)), 2},
		"one curve, a worse limp hours later":         {recorded(one, 60, 40, leaning(47.7)), recorded(one, 60, 40, leaning(46.8), shifted(6*time.Hour)), 2},
		"one strap, an hour ahead":                    {recorded(one, 60, 40, leaning(50)), recorded(one, 60, 40, leaning(50), shifted(time.Hour)), 1},
		"a clock an hour ahead":                       {recorded(one, 60, 40), recorded(one, 60, 40, unsided, sensor(2, 1, 1), shifted(time.Hour)), 1},
		"an hour behind, a quarter off":               {recorded(one, 60, 40), recorded(one, 61, 39, unsided, far(0.75), shifted(-time.Hour)), 1},
		"nine and a half hours ahead":                 {recorded(one, 60, 40), recorded(one, 62, 38, unsided, shifted(9*time.Hour+30*time.Minute)), 1},
		"the same laps an hour later":                 {recorded(one, 60, 40), recorded(later, 60, 40, shifted(time.Hour)), 2},
		"a morning and an evening":                    {recorded(one, 60, 40), recorded(later, 60, 40, shifted(12*time.Hour)), 2},
		"flat, an hour ahead, on a treadmill":         {recorded(one, 60, 40, flat), recorded(one, 60, 40, flat, unsided, far(0.8), shifted(time.Hour)), 1},
		"both flat, twelve hours apart":               {recorded(one, 60, 40, flat), recorded(one, 60, 40, flat, shifted(12*time.Hour)), 2},
		"an hour ahead, no heart rate":                {recorded(one, 60, 40), recorded(one, 60, 40, unsided, heartGone, shifted(time.Hour)), 2},
		"an hour ahead, no heart rate, many paces":    {recorded(one, 60, 40, paced), recorded(one, 60, 40, paced, unsided, heartGone, shifted(time.Hour)), 1},
		"the same paces an hour later, no heart rate": {recorded(one, 60, 40, paced), recorded(later, 60, 40, paced, heartGone, shifted(time.Hour)), 2},
		"a part of it, an hour later":                 {recorded(one, 60, 40), recorded(one, 60, 20, unsided, shifted(time.Hour)), 2},
		"typed in at noon, not as far":                {ran(60, 30, typed), ran(60, 48, typed), 2},
		"typed in at noon, once":                      {ran(60, 30, typed), ran(60, 30, typed, atStrava(1), typed), 1},
	} {
		for _, first := range []string{"the watch", "the other"} {
			t.Run(name+", "+first+" first", func(t *testing.T) {
				store := newMemory()
				sources := []offers{{holding("watch.fit", tt.watch)}, {holding("other.fit", tt.other)}}
				if first == "the other" {
					slices.Reverse(sources)
				}
				for _, s := range sources {
					sync1(t, store, s)
				}
				if len(store.runs) != tt.runs {
					t.Fatalf("%d runs, want %d", len(store.runs), tt.runs)
				}
				for _, r := range store.runs {
					if tt.runs == 1 && tt.watch.Signals != 0 && (!r.Signals.Has(gait.SignalStanceTimeBalance) || len(r.Origins) != 2) {
						t.Errorf("kept %v of %d places", r.Signals, len(r.Origins))
					}
				}
			})
		}
	}
}
