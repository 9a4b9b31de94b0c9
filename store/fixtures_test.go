package store

import (
	"fmt"
	"math"
	"time"

	"gaitkeeper/gait"
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
		Signals:   gait.SignalsOf(samples),
		Sensor:    gait.Sensor{Manufacturer: "garmin", Product: 65535, Serial: math.MaxUint32},
		Truncated: true, Excluded: true,
		Origins: []gait.Origin{{Source: gait.SourceFIT, Key: fmt.Sprintf("sha%d:0", n), Name: fmt.Sprintf("/fit/%d.fit", n)}},
		Samples: samples,
	}
}

// newMeasures returns figures with every field set.
func newMeasures(id gait.RunID, start time.Time) gait.Measures {
	m := gait.Measures{
		Run: id, Method: 3, Start: start, Duration: 45 * time.Minute, Distance: 8120.43, Context: gait.Trail,
		Signals: gait.SignalCadence | gait.SignalPower, Sensor: gait.Sensor{Manufacturer: "garmin", Product: 7, Serial: 9},
		Truncated: true, WalkShare: 0.0125, WalkBreaks: 3, Ascent: 123.4, CadenceSD: gait.Unknown[gait.StepsPerMinute](),
		Quality: gait.Quality{Balance: gait.BalanceSuspectSensor, Reason: "the strap stood still"},
		WarmUp: gait.Block{
			Second: 300, Kept: 590, Speed: 2.71828, Grade: -0.1234567, Cadence: 165.3, StanceTime: 251.123,
			StanceTimeBalance: 50.123,
		},
	}
	for i := range 40 {
		m.Blocks = append(m.Blocks, gait.Block{
			Second: int32(630 + 60*i), Kept: int32(60 - i%7),
			Speed: gait.MetresPerSecond(float64(6000+i) / 2000), Grade: gait.Percent(math.Sin(float64(i))),
			Cadence: gait.StepsPerMinute(168 + float64(i%5)/64), StanceTime: gait.Milliseconds(240 + float64(i%11)/20),
			StanceTimeBalance: gait.Percent(50 + float64(i%13)/200),
		})
	}
	m.Blocks[5].StanceTimeBalance = gait.Unknown[gait.Percent]()
	return m
}

// newImport returns the import of one file with the run of day n in it.
func newImport(n int) gait.Import {
	r := newRun(n)
	r.Excluded = false
	return gait.Import{
		File: &gait.File{
			Path: r.Origins[0].Name, Size: 1234 + int64(n), Modified: day(n).Add(123456789 * time.Nanosecond),
			SHA256: fmt.Sprintf("sha%d", n), Outcome: gait.FileImported, Reason: "",
		},
		Runs: []gait.ImportedRun{{Run: r, Measures: newMeasures(r.ID, r.Start)}},
	}
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
		Focal: gait.No, Worsening: gait.Yes, Limping: gait.No, Night: gait.Yes, Medication: gait.No,
		DailyLife: gait.Yes, Mood: gait.No, Note: "after the hills; \"ü\"",
	}
}
