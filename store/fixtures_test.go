package store

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// newSamples returns n seconds as a watch would write them, with a gap and with
// seconds in which nothing was measured.
func newSamples(n int) []gait.Sample {
	samples := make([]gait.Sample, n)
	for i := range samples {
		s := gait.NewSample(int32(i + i/40*5))
		if i%7 != 3 {
			s.Distance = gait.Metres(float64(i*312+i%5) / 100)
			s.Speed = gait.MetresPerSecond(float64(3000+i%211) / 1000)
			s.Altitude = gait.Metres(float64(2500+i%9)/5 - 500)
			s.Cadence = gait.StepsPerMinute(2 * (84 + float64(i%128)/128))
			s.StanceTime = gait.Milliseconds(float64(2400+i%37) / 10)
			s.StanceTimeBalance = gait.Percent(float64(4900+i%150) / 100)
			s.VerticalOscillation = gait.Millimetres(float64(800+i%33) / 10)
			s.StepLength = gait.Millimetres(float64(10900+i%77) / 10)
			s.HeartRate = gait.BeatsPerMinute(140 + i%20)
		}
		samples[i] = s
	}
	return samples
}

// newRun returns the run of day n with every field set.
func newRun(n int) gait.Run {
	start := day(n)
	samples := newSamples(200)
	return gait.Run{
		ID: gait.NewRunID(start), Start: start,
		Duration: 45*time.Minute + 123*time.Millisecond, Elapsed: 50 * time.Minute,
		Distance: 8120.43, Context: gait.Trail, Title: "Round the lake", Description: "cold; #pain 2",
		Gear: "Trail shoes 2", Feel: gait.FeltStrong, Effort: 7, StartHidden: true,
		Signals:   gait.SignalsOf(samples),
		Sensor:    gait.Sensor{Manufacturer: "garmin", Product: 65535, Serial: math.MaxUint32},
		Truncated: true, Excluded: true,
		Clock: gait.ClockJumped, AverageBalance: 48.25, Oddities: []gait.Oddity{
			{Kind: gait.OddityBreaksOff, Recorded: time.Minute, Counted: time.Hour, Signals: gait.SignalSpeed, Text: "breaks off"}, {Kind: gait.OddityClockJumped},
		},
		Others: []gait.SensorBalance{{Sensor: gait.Sensor{Manufacturer: gait.MakerRunScribe, Product: 2, Serial: 3}, Mean: 51.04}}, Unused: []string{"RunScribe contact time"},
		Origins: []gait.Origin{{Source: gait.SourceFIT, Key: fmt.Sprintf("sha%d:0", n), Name: fmt.Sprintf("/fit/%d.fit", n), Recording: true}},
		Samples: samples,
	}
}

// newMeasures returns figures with every field set.
func newMeasures(id gait.RunID, start time.Time) gait.Measures {
	m := gait.Measures{
		Run: id, Method: 3, Start: start, Duration: 45 * time.Minute, Distance: 8120.43, Context: gait.Trail,
		Signals: gait.SignalCadence | gait.SignalPower, Sensor: gait.Sensor{Manufacturer: "garmin", Product: 7, Serial: 9},
		Truncated: true, WalkShare: 0.0125, Ascent: 123.4,
		Quality: gait.Quality{Balance: gait.BalanceSuspectSensor, Reason: "the strap stood still"},
		WarmUp: gait.Block{
			Second: 300, Kept: 590, Speed: 2.71828, Grade: -0.1234567, Cadence: 165.3, StanceTime: 251.123,
			StanceTimeBalance: 50.123, VerticalOscillation: 88.05, HeartRate: 138.5,
		},
	}
	for i := range 40 {
		m.Blocks = append(m.Blocks, gait.Block{
			Second: int32(630 + 60*i), Kept: int32(60 - i%7),
			Speed: gait.MetresPerSecond(float64(6000+i) / 2000), Grade: gait.Percent(math.Cos(float64(i))),
			Cadence: gait.StepsPerMinute(168 + float64(i%5)/64), StanceTime: gait.Milliseconds(240 + float64(i%11)/20),
			StanceTimeBalance:   gait.Percent(50 + float64(i%13)/200),
			VerticalOscillation: gait.Millimetres(85 + float64(i%9)/20), HeartRate: gait.BeatsPerMinute(140 + float64(i)/2),
		})
	}
	m.Blocks[5].StanceTimeBalance = gait.Unknown[gait.Percent]()
	return m
}

// newImport returns the import of one file with the run of day n in it.
func newImport(n int) ingest.Import {
	r := newRun(n)
	r.Excluded = false
	return ingest.Import{
		File: &ingest.File{
			Path: r.Origins[0].Name, Size: 1234 + int64(n), Modified: day(n).Add(123456789 * time.Nanosecond),
			SHA256: fmt.Sprintf("sha%d", n), Outcome: ingest.FileImported, Reason: "",
		},
		Runs: []ingest.ImportedRun{{Run: r, Measures: newMeasures(r.ID, r.Start)}},
	}
}

// save stores imports. A run from a place that has one already is that run.
func save(ctx context.Context, s *Store, imports ...ingest.Import) error {
	return s.Save(ctx, func(tx ingest.Transaction) error {
		for _, in := range imports {
			in.Runs = slices.Clone(in.Runs)
			for i := range in.Runs {
				r := &in.Runs[i]
				for _, o := range r.Run.Origins {
					if old, found, err := tx.Holder(ctx, o); err != nil {
						return err
					} else if found && r.Same == "" {
						r.Same = old.ID
					}
				}
			}
			if err := tx.Put(ctx, in); err != nil {
				return err
			}
		}
		return nil
	})
}

// nearby looks for runs as an import does.
func nearby(ctx context.Context, s *Store, from, to time.Time) (runs []gait.Run, err error) {
	err = s.Save(ctx, func(tx ingest.Transaction) error {
		runs, err = tx.Nearby(ctx, from, to)
		return err
	})
	return runs, err
}

func exactly(n int) gait.Score {
	s, err := gait.Exactly(n)
	if err != nil {
		panic(err)
	}
	return s
}

func atLeast(n int) gait.Score {
	s, err := gait.AtLeastScore(n)
	if err != nil {
		panic(err)
	}
	return s
}

// fullPain returns an entry with every field but its number set.
func fullPain(run gait.RunID) gait.Pain {
	return gait.Pain{
		Run: run, At: day(0).Add(50 * time.Minute), Recorded: day(0).Add(time.Hour + 7*time.Millisecond),
		Site: gait.Achilles, Side: gait.Left, Kind: gait.Tight,
		Worst: atLeast(3), Start: exactly(0), End: exactly(2), Morning: exactly(1),
		Focal: gait.No, FrontOfHip: gait.Yes, Worsening: gait.Yes, Limping: gait.No, Night: gait.Yes, Medication: gait.No,
		DailyLife: gait.Yes, Mood: gait.No, CannotBearWeight: gait.No, Pop: gait.Yes, Swelling: gait.Yes, Hot: gait.No,
		Numb: gait.Yes, Twisted: gait.No, Chest: gait.No, Note: "after the hills; \"ü\"",
	}
}

// noisy returns seconds as rough as real ones.
func noisy(n int) []gait.Sample {
	random := rand.New(rand.NewPCG(1, 2))
	samples := make([]gait.Sample, n)
	var distance, balance float64
	for i := range samples {
		step := func(mean, sd, scale float64) float64 { return math.Round((mean+sd*random.NormFloat64())*scale) / scale }
		s := gait.NewSample(int32(i))
		s.Speed = gait.MetresPerSecond(step(3, 0.05, 1000))
		distance += step(float64(s.Speed), 0.02, 100)
		s.Distance = gait.Metres(distance)
		s.Altitude = gait.Metres(step(100+20*math.Sin(float64(i)/300), 0.1, 5))
		s.Cadence = gait.StepsPerMinute(step(168, 1, 1))
		s.StanceTime = gait.Milliseconds(step(245, 3, 1))
		if i%4 == 0 {
			balance = step(50, 0.3, 32)
		}
		s.StanceTimeBalance = gait.Percent(balance)
		s.VerticalOscillation = gait.Millimetres(step(85, 2, 1))
		s.StepLength = gait.Millimetres(step(1070, 15, 1))
		s.HeartRate = gait.BeatsPerMinute(step(150+float64(i)/300, 0.3, 1))
		s.Power = gait.Watts(step(280, 6, 1))
		samples[i] = s
	}
	return samples
}

// complete fails the test when a field of v, at any depth, has its zero value:
// a field that the domain gained must be stored, and the fixture must show it.
func complete(t *testing.T, v any) {
	t.Helper()
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch {
		case v.IsZero():
			t.Errorf("%s is not set: is it stored?", path)
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]() && v.Type() != reflect.TypeFor[gait.Score]():
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case v.Kind() == reflect.Slice && v.Len() > 0 && v.Type().Elem() != reflect.TypeFor[gait.Sample]():
			walk(path+"[0]", v.Index(0))
		}
	}
	walk(reflect.TypeOf(v).Name(), reflect.ValueOf(v))
}

// newest returns the newest run that is not excluded.
func newest(t *testing.T, s *Store) (gait.Run, error) {
	t.Helper()
	runs, err := s.Runs(t.Context())
	for _, r := range slices.Backward(runs) {
		if !r.Excluded {
			return r, err
		}
	}
	return gait.Run{}, ErrNoRun
}
