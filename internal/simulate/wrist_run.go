package simulate

import (
	"math"
	"time"

	"gaitkeeper/gait"
)

// run records the run, second by second.
func (d *wristDay) run(start time.Time, streamsAlone bool) gait.Run {
	seconds := int(float64(d.seconds) * d.longer)
	run := gait.Run{
		ID: gait.NewRunID(start), Start: start, Context: d.context,
		Duration: time.Duration(seconds) * time.Second, Elapsed: time.Duration(seconds) * time.Second,
	}
	if d.context == gait.Treadmill && !d.known {
		run.Context = gait.Road
	}
	run.Samples = d.samples(d.plan(seconds), streamsAlone)
	run.Distance = run.Samples[len(run.Samples)-1].Distance
	if run.Signals = gait.SignalsOf(run.Samples); !streamsAlone {
		run.Sensor = d.watch
	}
	return run
}

// plan is what the runner means to do in each second: a share of the easy speed,
// 0 for walking and -1 for standing.
func (d *wristDay) plan(seconds int) []float64 {
	p := make(plan, seconds)
	p.set(0, seconds, 1)
	switch d.kind {
	case Long:
		p.set(0, seconds, 0.96)
	case Tempo:
		p.set(seconds/4, seconds*3/4, 1.15)
	case Race:
		p.set(0, seconds, 1.2)
	case Interval:
		fast, rest := 60+d.rng.IntN(240), 60+d.rng.IntN(120)
		jog := 0.8
		if d.rng.Float64() < 0.3 {
			jog = 0
		}
		for t := 600; t+fast+rest < seconds-400; t += fast + rest {
			p.set(t, t+fast, 1.3)
			p.set(t+fast, t+fast+rest, jog)
		}
	case Easy:
	}
	if d.runFor > 0 && d.kind != Race && d.kind != Interval {
		for t := 300; t < seconds; t += int(d.walkFor) {
			t += int(normal(d.rng, d.runFor, 0.1*d.runFor))
			p.set(t, t+int(d.walkFor), 0)
		}
	}
	for left := int(d.walkBy * float64(seconds)); left > 15; {
		long := min(left, 30+d.rng.IntN(120))
		at := seconds/5 + d.rng.IntN(max(1, seconds*4/5-long))
		p.set(at, at+long, 0)
		left -= long
	}
	for range int(d.stops * float64(seconds) / 30 * d.rng.Float64() * 2) {
		at := d.rng.IntN(seconds)
		p.set(at, at+15+d.rng.IntN(30), -1)
	}
	return p
}

// samples makes the seconds of the run.
func (d *wristDay) samples(plan []float64, streamsAlone bool) []gait.Sample {
	out := make([]gait.Sample, len(plan))
	way := newRoute(d.rng, d.hills*d.climbs)
	mood, gps, baro := newAR1(d.rng, 0.06, 60), newAR1(d.rng, d.gpsNoise, 8), newAR1(d.rng, 0.5, 300)
	steps, ground := newAR1(d.rng, 1.6, 120), newAR1(d.rng, 2.5, 120)
	speed, heart, along, shown := 1.0, 95.0, 0.0, 0.0
	for t := range out {
		height, grade := way.at(along)
		want, share := d.easy, float64(t)/float64(len(out))
		switch {
		case plan[t] < 0:
			want = 0
		case plan[t] == 0:
			want = 1.45
		default:
			want *= plan[t] * d.faster * d.effort * (1 + 1.5*d.fadeBy*(0.5-share)) * clip(1-0.03*grade, 0.6, 1.15)
			want += mood.next(d.rng)
		}
		speed += (want - speed) / 3
		along += speed
		effort := speed/d.faster + 0.08*grade*speed
		heart += (d.heart + d.heartSlope*(effort-d.easy) + d.heartBy + d.heartCreep*(share-0.3) - heart) / 45
		measured := max(0, speed*d.reads+gps.next(d.rng))
		if d.context == gait.Treadmill {
			measured = speed * d.reads
		}
		shown += measured
		s := gait.NewSample(int32(t))
		s.Speed, s.Distance = gait.MetresPerSecond(measured), gait.Metres(shown)
		if d.context != gait.Treadmill {
			s.Altitude = gait.Metres(100 + height + baro.next(d.rng))
		}
		if d.heartKnown {
			s.HeartRate = gait.BeatsPerMinute(clip(heart, 45, 205))
		}
		d.legs(&s, plan[t], speed, grade, steps.next(d.rng), ground.next(d.rng))
		if streamsAlone {
			s.StanceTime, s.VerticalOscillation, s.StepLength = gait.Unknown[gait.Milliseconds](), gait.Unknown[gait.Millimetres](), gait.Unknown[gait.Millimetres]()
		}
		out[t] = fitScale(s)
	}
	return out
}

// legs fills in cadence and what the watch measures of the steps.
func (d *wristDay) legs(s *gait.Sample, plan, speed, grade, steps, ground float64) {
	if plan <= 0 {
		s.Cadence = gait.StepsPerMinute(max(0, normal(d.rng, 108, 6)*(1+min(0, plan))))
		return
	}
	natural := (d.cadence + d.cadenceSlope*(speed-d.easy) + d.cadenceGrade*grade) * d.cadenceTimes
	cadence := natural + d.cadenceBy + steps
	s.Cadence = gait.StepsPerMinute(math.Round(normal(d.rng, cadence+d.cadenceReads, 2)))
	if !d.dynamics {
		return
	}
	stance := d.stance + d.stanceSlope*(speed-d.easy) + d.stanceGrade*grade - d.stiffness*(d.cadenceBy+steps)
	s.StanceTime = gait.Milliseconds(normal(d.rng, stance+d.stanceBy+ground+d.stanceReads, 4))
	s.VerticalOscillation = gait.Millimetres(normal(d.rng, d.bounce+4*(speed-d.easy)-0.4*d.cadenceBy+d.bounceReads, 2))
	s.StepLength = gait.Millimetres(60000 * speed / cadence)
}
