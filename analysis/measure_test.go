package analysis_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"gaitkeeper/analysis"
	"gaitkeeper/gait"
)

var params = gait.DefaultParams().Analysis

// steadyRun is a run of so many minutes at 3 m/s and 170 steps a minute whose
// balance wobbles a little around 50.5.
func steadyRun(minutes int) gait.Run {
	run := gait.Run{ID: "r", Start: time.Unix(1e9, 0).UTC(), Duration: time.Duration(minutes) * time.Minute, Context: gait.Road}
	for i := range minutes * 60 {
		s := gait.NewSample(int32(i))
		s.Distance, s.Speed = gait.Metres(3*i), 3
		s.Altitude = 100
		s.Cadence = gait.StepsPerMinute(170 + i%3 - 1)
		s.StanceTime = 250
		s.StanceTimeBalance = gait.Percent(50.5 + 0.1*float64((i/5)%3-1))
		run.Samples = append(run.Samples, s)
	}
	run.Signals = gait.SignalsOf(run.Samples)
	return run
}

func change(run *gait.Run, from, to int, f func(*gait.Sample)) {
	for i := range run.Samples {
		if s := &run.Samples[i]; int(s.Second) >= from && int(s.Second) < to {
			f(s)
		}
	}
}

func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if !(math.Abs(got-want) <= by) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestSteadyRunGivesOneBlockAMinuteAfterTheWarmUp(t *testing.T) {
	m := analysis.Measure(steadyRun(45), params)
	if len(m.Blocks) != 40 || m.Quality != (gait.Quality{Balance: gait.BalanceOK}) {
		t.Fatalf("got %d blocks, quality %+v", len(m.Blocks), m.Quality)
	}
	b := m.Blocks[0]
	near(t, "balance", float64(b.StanceTimeBalance), 50.5, 0.001)
	near(t, "speed", float64(b.Speed), 3, 0)
	near(t, "grade", float64(b.Grade), 0, 0.001)
	near(t, "middle", float64(b.Second), 330, 1)
	near(t, "warm-up", float64(m.WarmUp.Kept), 300, 0)
	if m.Method != analysis.MethodOf(params) || m.WalkShare != 0 || m.Ascent != 0 {
		t.Errorf("got %+v", m)
	}
}

func TestStaleBalanceWhileWalkingIsLeftOut(t *testing.T) {
	run := steadyRun(60)
	for from := 600; from < 3600; from += 300 { // one minute of walking in five
		change(&run, from, from+60, func(s *gait.Sample) {
			s.Cadence, s.Speed, s.StanceTime, s.StanceTimeBalance = 110, 1.4, 600, 46
		})
		// the strap still shows the walk for a moment
		change(&run, from+60, from+74, func(s *gait.Sample) { s.StanceTimeBalance = 46 })
	}
	m := analysis.Measure(run, params)
	near(t, "walk share", m.WalkShare, 10./60, 0.001)
	if len(m.Blocks) < 35 {
		t.Errorf("got %d blocks", len(m.Blocks))
	}
	for _, b := range m.Blocks {
		near(t, "balance", float64(b.StanceTimeBalance), 50.5, 0.2)
	}
}

func TestRunWalkerOfOneMinuteEachStillHasBlocks(t *testing.T) {
	run := steadyRun(60)
	for from := 60; from < 3600; from += 120 {
		change(&run, from, from+60, func(s *gait.Sample) { s.Cadence, s.Speed = 110, 1.4 })
	}
	if m := analysis.Measure(run, params); len(m.Blocks) < 25 || m.Quality.Balance != gait.BalanceOK {
		t.Errorf("got %d blocks, %+v", len(m.Blocks), m.Quality)
	}
}

func TestSensorFaultsAreTheSensor(t *testing.T) {
	for _, c := range []struct {
		name   string
		from   int
		to     int
		change func(*gait.Sample)
		want   gait.BalanceQuality
		reason string
	}{
		{"no contact for five minutes", 1200, 1500, func(s *gait.Sample) { s.StanceTimeBalance = gait.Percent(25 + s.Second%3) }, gait.BalanceOK, "minutes 21 to 25: the strap lost contact"},
		{"a dip no run keeps", 1200, 1500, func(s *gait.Sample) { s.StanceTimeBalance = gait.Percent(46 + float64(s.Second%3)/10) }, gait.BalanceOK, "minutes 21 to 25: the strap lost contact"},
		{"no contact for most of the run", 300, 2400, func(s *gait.Sample) { s.StanceTimeBalance = gait.Percent(30 + s.Second%3) }, gait.BalanceSuspectSensor, "check your strap"},
		{"frozen", 600, 2700, func(s *gait.Sample) { s.StanceTimeBalance = 50.25 }, gait.BalanceSuspectSensor, "check your strap"},
		{"zeros for most of the run", 500, 2700, func(s *gait.Sample) { s.StanceTimeBalance = 0 }, gait.BalanceSuspectSensor, "check your strap"},
		{"nothing but zeros", 0, 2700, func(s *gait.Sample) { s.StanceTimeBalance = 0 }, gait.BalanceNone, "chest strap or a pod"},
		{"no balance", 0, 2700, func(s *gait.Sample) { s.StanceTimeBalance = gait.Unknown[gait.Percent]() }, gait.BalanceNone, "chest strap or a pod"},
	} {
		t.Run(c.name, func(t *testing.T) {
			run := steadyRun(45)
			change(&run, c.from, c.to, c.change)
			m := analysis.Measure(run, params)
			if m.Quality.Balance != c.want || !strings.Contains(m.Quality.Reason, c.reason) {
				t.Errorf("got %+v, want %s with %q", m.Quality, c.want, c.reason)
			}
			for _, b := range m.Blocks {
				if c.want == gait.BalanceOK && math.Abs(float64(b.StanceTimeBalance)-50.5) > 0.2 {
					t.Errorf("a fault is in the block at %d s: %v", b.Second, b.StanceTimeBalance)
				}
			}
		})
	}
}

func TestChangeThatStaysIsKept(t *testing.T) {
	run := steadyRun(45)
	change(&run, 1500, 2700, func(s *gait.Sample) { s.StanceTimeBalance -= 3 })
	m := analysis.Measure(run, params)
	last := m.Blocks[len(m.Blocks)-1]
	near(t, "balance at the end", float64(last.StanceTimeBalance), 47.5, 0.2)
	if m.Quality != (gait.Quality{Balance: gait.BalanceOK}) {
		t.Errorf("got %+v", m.Quality)
	}
}

// TestSlowMinutesBetweenIntervalsAreKept: some runners' balance moves by points
// with speed; the same minutes at the usual speed are lost contact.
func TestSlowMinutesBetweenIntervalsAreKept(t *testing.T) {
	for _, speed := range []gait.MetresPerSecond{2, 3} {
		run := steadyRun(50)
		for from := 900; from < 2700; from += 600 {
			change(&run, from, from+180, func(s *gait.Sample) { s.Speed, s.StanceTimeBalance = speed, s.StanceTimeBalance+4 })
		}
		lost := 0
		for _, b := range analysis.Measure(run, params).Blocks {
			if !gait.Known(b.StanceTimeBalance) {
				lost++
			}
		}
		if slow := speed < 3; slow != (lost == 0) {
			t.Errorf("at %v m/s the balance of %d minutes was dropped", speed, lost)
		}
	}
}

func TestLargeChangeHalfwayIsKept(t *testing.T) {
	for _, points := range []gait.Percent{-2.6, 2.6} {
		run := steadyRun(41)
		minute := int32(0)
		change(&run, 1600, 2460, func(s *gait.Sample) { s.StanceTimeBalance += points })
		change(&run, 0, 2460, func(s *gait.Sample) { // the minutes scatter
			minute = s.Second / 60
			s.StanceTimeBalance += gait.Percent(minute*7%5)*0.25 - 0.5
		})
		m := analysis.Measure(run, params)
		for _, b := range m.Blocks {
			if !gait.Known(b.StanceTimeBalance) {
				t.Errorf("%v: the minute at %d s was dropped: %s", points, b.Second, m.Quality.Reason)
			}
		}
	}
}

func TestShortAndTruncatedRunsSaySo(t *testing.T) {
	m := analysis.Measure(steadyRun(10), params)
	if m.Quality.Balance != gait.BalanceTooShort || m.Quality.Reason != "5 steady minutes after the warm-up, 8 are needed" {
		t.Errorf("short: got %+v", m.Quality)
	}
	run := steadyRun(45)
	run.Truncated = true
	m = analysis.Measure(run, params)
	if m.Quality.Balance != gait.BalanceOK || m.Quality.Reason != "the recording broke off: only its beginning is here" {
		t.Errorf("truncated: got %+v", m.Quality)
	}
}

func TestABalanceOfTheWholeRunIsCalledWhatItIs(t *testing.T) {
	run := steadyRun(45)
	change(&run, 0, 45*60, func(s *gait.Sample) { s.StanceTimeBalance = gait.Unknown[gait.Percent]() })
	run.Signals, run.AverageBalance = gait.SignalsOf(run.Samples), 48.31
	m := analysis.Measure(run, params)
	if m.Quality.Balance != gait.BalanceNone || !strings.Contains(m.Quality.Reason, "only the average of the whole run is there, 48.31 % left") {
		t.Errorf("got %+v", m.Quality)
	}
	if m := analysis.Measure(steadyRun(45), params); m.Quality.Reason != "" {
		t.Errorf("beside a balance of each second: %+v", m.Quality)
	}
}

func TestACadenceThatNoFeetHaveIsNamed(t *testing.T) {
	run := steadyRun(45)
	change(&run, 0, 45*60, func(s *gait.Sample) { s.Cadence = 232 })
	m := analysis.Measure(run, params)
	if m.Quality.Balance != gait.BalanceTooShort || !strings.Contains(m.Quality.Reason, "the cadence is above 220 steps a minute") {
		t.Errorf("got %+v", m.Quality)
	}
}

func TestSmartRecordingStillGivesBlocks(t *testing.T) {
	full := steadyRun(45)
	run := full
	run.Samples = nil
	for i := 0; i < len(full.Samples); i += 4 + i%4 {
		run.Samples = append(run.Samples, full.Samples[i])
	}
	m := analysis.Measure(run, params)
	if len(m.Blocks) < 36 || m.Quality.Balance != gait.BalanceOK {
		t.Errorf("got %d blocks, %+v", len(m.Blocks), m.Quality)
	}
}

func TestSignalsThatAreMissing(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*gait.Sample)
	}{
		{"treadmill without speed, distance and height", func(s *gait.Sample) {
			s.Speed, s.Distance, s.Altitude = gait.Unknown[gait.MetresPerSecond](), gait.Unknown[gait.Metres](), gait.Unknown[gait.Metres]()
		}},
		{"treadmill whose speed is zero", func(s *gait.Sample) { s.Speed, s.Distance = 0, 0 }},
		{"no cadence", func(s *gait.Sample) { s.Cadence = gait.Unknown[gait.StepsPerMinute]() }},
		{"no stance time", func(s *gait.Sample) { s.StanceTime = gait.Unknown[gait.Milliseconds]() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			run := steadyRun(45)
			change(&run, 0, 2700, c.change)
			if m := analysis.Measure(run, params); len(m.Blocks) != 40 || m.Quality.Balance != gait.BalanceOK {
				t.Errorf("got %d blocks, %+v", len(m.Blocks), m.Quality)
			}
		})
	}
	if m := analysis.Measure(gait.Run{}, params); m.Quality.Balance != gait.BalanceNone || len(m.Blocks) != 0 {
		t.Errorf("empty run: got %+v", m)
	}
}

func TestHillsAreMeasuredAndSteepOnesLeftOut(t *testing.T) {
	run := steadyRun(45)
	height := 100.0
	for i := range run.Samples { // 4 % up for 10 minutes, 15 % for 5, then flat
		switch second := i; {
		case second >= 600 && second < 1200:
			height += 0.04 * 3
		case second >= 1200 && second < 1500:
			height += 0.15 * 3
		}
		run.Samples[i].Altitude = gait.Metres(height)
	}
	m := analysis.Measure(run, params)
	for _, b := range m.Blocks {
		if b.Second > 640 && b.Second < 1100 {
			near(t, fmt.Sprint("grade at ", b.Second), float64(b.Grade), 4, 0.2)
		}
		if b.Second > 1300 && b.Second < 1400 {
			t.Errorf("a steep minute is kept: %+v", b)
		}
	}
	near(t, "ascent", float64(m.Ascent), 72+135, 1)
}

func TestIntervalsKeepTheRunningParts(t *testing.T) {
	run := steadyRun(60)
	for from := 900; from < 2700; from += 180 { // 2 min hard, 1 min walk
		change(&run, from, from+120, func(s *gait.Sample) { s.Speed, s.Cadence = 4.2, 184 })
		change(&run, from+120, from+180, func(s *gait.Sample) { s.Speed, s.Cadence, s.StanceTimeBalance = 1.3, 105, 44.5 })
	}
	m := analysis.Measure(run, params)
	fast := 0
	for _, b := range m.Blocks {
		near(t, "balance", float64(b.StanceTimeBalance), 50.5, 0.2)
		if b.Speed > 4 {
			fast++
		}
	}
	if fast < 9 {
		t.Errorf("got %d fast blocks of 10 repetitions", fast)
	}
}

func BenchmarkMeasure(b *testing.B) {
	run := steadyRun(60)
	for b.Loop() {
		analysis.Measure(run, params)
	}
}
