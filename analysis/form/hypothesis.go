package form

import "math"

// hypothesis is one reason why features change together, from some run on.
type hypothesis struct {
	limp  bool
	every float64 // one run in so many begins it
	// grows is the share of them that come slowly.
	grows float64
	parts [features]part
	// device is the chance of it where the device is another one; 0: no more than
	// elsewhere.
	device float64
}

// part is what a hypothesis does to one feature: with a chance it moves it by about so
// much.
type part struct {
	chance float64
	size
}

// factor is how much more likely the runs are with the part than without.
func (p *part) factor(t trace) float64 {
	if p.chance == 0 || t.a == 0 {
		return 1
	}
	return 1 - p.chance + p.chance*t.factor(&p.size)
}

// hypotheses returns all hypotheses, in the units of the features. What a limp does is
// taken from the few studies that found anything (time on the ground +18 ms in
// runners whose legs hurt, PMC7740059; the cadence either way), and how often one
// begins from Garmin-RUNSAFE (1,820 injuries in 588,071 sessions); the rest is ours.
func hypotheses() []hypothesis {
	sure := func(mean, spread float64) part { return part{1, size{mean, spread, 0}} }
	all := []hypothesis{
		// a limp
		{limp: true, every: 320, grows: 0.25, parts: [features]part{
			cadence: {0.7, size{0, 6, 0}}, stance: {0.8, size{9, 9, 0}}, bounce: {0.4, size{0, 5, 0}},
			walks: {0.6, size{8, 8, 1}}, fade: {0.6, size{7, 6, 1}}, pace: {0.7, size{-7, 6, -1}},
		}},
		// a limp that shows in few features
		{limp: true, every: 1500, parts: [features]part{
			cadence: {0.4, size{0, 10, 0}}, stance: {0.4, size{12, 12, 0}}, bounce: {0.2, size{0, 8, 0}},
			walks: {0.3, size{15, 12, 1}}, fade: {0.3, size{7, 6, 1}}, pace: {0.3, size{-7, 6, -1}},
		}},
		// another watch
		{every: 320, device: 0.5, parts: [features]part{
			cadence: {0.5, size{0, 2, 0}}, stance: sure(0, 20), bounce: sure(0, 12), pace: {0.5, size{0, 3, 0}},
		}},
		// other shoes
		{every: 160, parts: [features]part{cadence: {0.5, size{0, 2, 0}}, stance: sure(0, 6), bounce: sure(0, 4)}},
		// another cadence on purpose
		{every: 480, grows: 0.5, parts: [features]part{
			cadence: sure(0, 8), stance: {0.8, size{0, 12, 0}}, bounce: {0.8, size{0, 8, 0}}, pace: {0.3, size{0, 4, 0}},
		}},
		// heat, hills, illness, training
		{every: 60, grows: 0.3, parts: [features]part{
			cadence: {0.3, size{0, 2, 0}}, stance: {0.3, size{0, 4, 0}}, bounce: {0.3, size{0, 3, 0}},
			walks: {0.6, size{3, 7, 0}}, fade: {0.6, size{2, 6, 0}}, pace: {0.7, size{0, 7, 0}},
		}},
		// a plan of running and walking
		{every: 600, parts: [features]part{
			cadence: {0.5, size{0, 3, 0}}, stance: {0.5, size{0, 5, 0}}, bounce: {0.5, size{0, 4, 0}},
			walks: sure(15, 15), fade: {0.5, size{0, 5, 0}}, pace: {0.7, size{0, 8, 0}},
		}},
		// practice: the pace grows, and walking and fading go
		{every: 240, grows: 0.7, parts: [features]part{
			cadence: {0.6, size{0, 5, 0}}, stance: {0.5, size{0, 8, 0}}, bounce: {0.5, size{0, 5, 0}},
			walks: {0.6, size{-6, 8, -1}}, fade: {0.5, size{-4, 5, -1}}, pace: {0.7, size{5, 6, 1}},
		}},
	}
	// a speed that reads otherwise
	for _, wrong := range []float64{-0.45, -0.2, 0.2, 0.45} { // m/s by which the speed reads high
		all = append(all, hypothesis{every: 1600, device: 0.1, parts: [features]part{
			cadence: sure(-9*wrong, 1+4*math.Abs(wrong)), stance: sure(45*wrong, 2+20*math.Abs(wrong)), pace: sure(36*wrong, 3),
		}})
	}
	return all
}

// The bouts: what a limp that comes and goes, and a bad day, do to a run.
func hit(limp bool) [][features]float64 {
	if limp {
		return [][features]float64{
			{-4, 9, 0, 6, 6, -5}, {4, 9, 0, 6, 6, -5}, {-8, 16, 0, 12, 10, -9}, {8, 16, 0, 12, 10, -9},
		}
	}
	return [][features]float64{{0, 0, 0, 6, 6, -5}, {0, 0, 0, 12, 10, -9}, {0, 0, 0, 0, 6, -8}, {0, 0, 0, 8, 0, 0}}
}

const (
	// boutsEvery and badDaysEvery are how many runs one begins in.
	boutsEvery, badDaysEvery = 2000, 240
)

// struck is the log of how much more likely a run is when a bout, or a bad day,
// hits every other run.
func struck(limp bool, readings []reading) float64 {
	kinds := hit(limp)
	likelier := math.Inf(-1)
	for _, kind := range kinds {
		l := 0.0
		for i := range readings {
			r := &readings[i]
			d := kind[r.habit.key.feature]
			l += (d*r.off - d*d/2) / r.variance()
		}
		likelier = logAdd(likelier, l-math.Log(float64(len(kinds))))
	}
	return logAdd(0, likelier) - math.Ln2
}
