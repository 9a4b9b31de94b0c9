package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// motion is a run in motion: what goes on from one second to the next.
type motion struct {
	runner Runner
	limps  []Limp
	day    day
	rng    *rand.Rand
	route  route
	// place is what this ground does to the level, pace to the speed.
	place, pace float64
	// position is metres along the way out, covered metres run at all.
	position, covered    float64
	speed, height, grade float64
	heart                float64
	minute               fractional
	mood, bounce         ar1 // of the speed, of the trunk
	strap                strapFilter
	gps                  gps
	barometer            ar1
}

func newMotion(s Season, d day, rng *rand.Rand) *motion {
	r := s.Runner
	m := &motion{runner: r, limps: s.Limps, day: d, rng: rng, pace: 1, speed: 1, heart: 95}
	hills, spread := r.Ground.Hills, d.spread*float64(r.Noise.MinuteSD)
	switch d.context {
	case gait.Trail:
		hills, m.pace, m.place = 4*hills, 0.9, float64(r.Ground.Trail)
		if r.Ground.TrailFactor > 0 {
			spread *= r.Ground.TrailFactor
		}
	case gait.Treadmill:
		hills, m.place = 0, float64(r.Ground.Treadmill)
	case gait.Track:
		hills = 0
	case gait.Road:
	}
	m.route = newRoute(rng, hills)
	m.height, m.grade = m.route.at(0)
	m.minute = newFractional(rng, spread, r.Noise.Hurst)
	m.mood, m.bounce = newAR1(rng, 0.08, 60), newAR1(rng, 3, 120)
	m.gps = newGPS(rng, r.Watch, d.context)
	m.barometer = newAR1(rng, float64(r.Watch.AltitudeNoise), 300)
	m.strap = newStrapFilter(m.balance(0))
	return m
}

func (m *motion) samples() []gait.Sample {
	samples := make([]gait.Sample, len(m.day.plan)+1)
	for t := range samples {
		s := gait.NewSample(int32(t))
		if t > 0 {
			m.move(t)
		}
		m.onWatch(&s)
		m.onStrap(&s, t)
		samples[t] = fitScale(s)
	}
	return samples
}

// wish is the planned speed as a multiple of the easy one; 0 is walking.
func (m *motion) wish(t int) float64 { return m.day.plan[min(t, len(m.day.plan)-1)] }

// back tells that the runner has turned round.
func (m *motion) back(t int) bool { return t > len(m.day.plan)/2 }

// move runs or walks on for one second.
func (m *motion) move(t int) {
	want := 1.5
	if m.wish(t) > 0 {
		hill := clip(1-0.025*m.grade, 0.7, 1.15)
		want = float64(m.runner.Body.EasySpeed)*m.wish(t)*m.pace*hill + m.mood.next(m.rng)
	}
	m.speed += (want - m.speed) * (1 - math.Exp(-1.0/3))
	m.heart += (55 + 33*m.speed + 3*m.grade - m.heart) / 40
	m.covered += m.speed
	if m.back(t) {
		m.position -= m.speed
	} else {
		m.position += m.speed
	}
	if m.height, m.grade = m.route.at(m.position); m.back(t) {
		m.grade = -m.grade
	}
}

// balance is the left foot's share in this second, as the body makes it.
func (m *motion) balance(t int) float64 {
	body, d := m.runner.Body, m.day
	b := d.level + d.offset + m.place + m.minute.next(m.rng)
	b += d.slide*m.runner.Noise.slid(t, len(d.plan)) + d.warmUp*math.Exp(-float64(t)/60/max(m.runner.Noise.WarmUpMinutes, 1))
	b += d.moved.at(t)
	b += body.SpeedSlope * (m.speed - float64(body.EasySpeed))
	b += body.GradeSlope * m.grade
	b += m.tilt(t)
	for _, l := range m.limps {
		b += sign(l.Side) * m.felt(l, t)
	}
	return b
}

// felt is the limp's size in this second, where the runner is now.
func (m *motion) felt(l Limp, t int) float64 {
	return l.size(m.day.index, t, len(m.day.plan)) * l.here(&m.runner.Body, m.grade, m.speed/float64(m.runner.Body.EasySpeed))
}

// tilt is what the side slope of a road and the bends of a track do: the
// second half of every 200 metres is a bend.
func (m *motion) tilt(t int) float64 {
	switch {
	case m.day.context == gait.Road:
		return float64(m.runner.Ground.Camber) * m.day.lean(t)
	case m.day.context == gait.Track && math.Mod(m.covered, 200) > 84.4:
		return float64(m.runner.Ground.Bend)
	default:
		return 0
	}
}

// limping returns how large the limps are together in this second.
func (m *motion) limping(t int) float64 {
	sum := 0.0
	for _, l := range m.limps {
		sum += m.felt(l, t)
	}
	return sum
}

// onStrap fills in cadence, stance time, balance and what goes with them.
func (m *motion) onStrap(s *gait.Sample, t int) {
	cadence, stance := m.legs(t)
	s.Cadence = gait.StepsPerMinute(cadence)
	s.HeartRate = gait.BeatsPerMinute(clip(m.heart+normal(m.rng, 0, 0.7), 40, 205))
	bounce := 85 + m.bounce.next(m.rng) + 4*(m.speed-3)
	switch {
	case m.day.worn:
		s.StanceTime = gait.Milliseconds(stance)
		s.StanceTimeBalance = m.shown(t)
		if m.day.silent(t) {
			s.StanceTimeBalance = gait.Unknown[gait.Percent]()
		}
	case m.runner.Watch.WristDynamics:
		s.StanceTime = gait.Milliseconds(stance) + m.runner.Watch.WristOffset
	default:
		return
	}
	s.VerticalOscillation = gait.Millimetres(bounce)
	s.StepLength = gait.Millimetres(1000 * m.speed * 60 / cadence)
}

// legs returns cadence and stance time, of walking or of running.
func (m *motion) legs(t int) (cadence, stance float64) {
	body, noise := m.runner.Body, m.runner.Noise
	limp := m.limping(t)
	cadenceSD := float64(noise.CadenceSD) * math.Exp(limpUnsteady*limp)
	if m.wish(t) == 0 {
		return normal(m.rng, 108, float64(noise.CadenceSD)), normal(m.rng, 609, 15)
	}
	cadence = float64(body.Cadence) + body.CadenceSlope*(m.speed-3) + body.CadenceGrade*m.grade + body.LimpCadence*limp
	cadence = cadence*m.day.cadence + m.day.cadenceBy + normal(m.rng, 0, cadenceSD)
	stance = float64(body.StanceTime) + body.StanceSlope*(m.speed-3) + body.LimpStance*limp + m.day.stanceBy
	return cadence, stance/m.day.cadence + normal(m.rng, 0, 4)
}

// shown is the balance as the strap shows it.
func (m *motion) shown(t int) gait.Percent {
	balance := m.balance(t)
	if m.wish(t) == 0 {
		return m.strap.shown
	}
	shown := m.day.as(m.strap.next(m.rng, balance))
	if t >= m.day.lostFrom && t < m.day.lostTo {
		return steps32(normal(m.rng, m.day.lostAt, 0.5))
	}
	return shown
}
