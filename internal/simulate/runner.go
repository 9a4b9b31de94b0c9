package simulate

import (
	"math"
	"math/rand/v2"

	"gaitkeeper/gait"
)

// Runner is everything that makes one runner's data what they are.
type Runner struct {
	// Seed decides everything that is left to chance.
	Seed   uint64
	Body   Body
	Noise  Noise
	Ground Ground
	Strap  Strap
	Watch  Watch
	Habits Habits
}

// Body is how the runner runs when nothing disturbs the measurement.
type Body struct {
	// Level is the runner's own stance time balance, the left foot's share.
	Level gait.Percent
	// SpeedSlope and GradeSlope move the balance, in points for each m/s above
	// EasySpeed and for each percent of climb.
	SpeedSlope, GradeSlope float64
	// EasySpeed is the speed of an easy run on the flat.
	EasySpeed gait.MetresPerSecond
	// Cadence is the one at 3 m/s; CadenceSlope and CadenceGrade are steps a
	// minute for each m/s and for each percent of climb.
	Cadence                    gait.StepsPerMinute
	CadenceSlope, CadenceGrade float64
	// StanceTime is the one at 3 m/s; StanceSlope milliseconds for each m/s.
	StanceTime  gait.Milliseconds
	StanceSlope float64
	// LimpCadence is how a limp changes the cadence, steps a minute for each
	// point of its size: some runners shorten their steps, some lengthen them.
	LimpCadence float64
	// LimpStance is by how many milliseconds a limp lengthens the mean stance
	// time for each point of its size. Nobody has measured its sign.
	LimpStance float64
	// LimpSlope is the slope downwards, in percent, and LimpPace the share by which a
	// speed is above the easy one, at which a limp that is felt there only is whole.
	LimpSlope, LimpPace float64
}

// Noise is how far the figures scatter without any change of the gait.
type Noise struct {
	// DriftSD is the spread of the level's slow wandering, DriftRuns the
	// number of runs after which it has forgotten where it was.
	DriftSD   gait.Points
	DriftRuns float64
	// RunSD is the spread from run to run.
	RunSD gait.Points
	// DriftByDay lets the level wander with the calendar: DriftRuns counts
	// pairs of days then, and a long rest moves it on.
	DriftByDay bool
	// RunTail is the degrees of freedom of the noise from run to run (Student's
	// t); 0 is a normal one.
	RunTail float64
	// MinuteSD is the spread of 60-second means inside a run, Hurst the
	// exponent of its long memory (0.5: none).
	MinuteSD gait.Points
	Hurst    float64
	// SlideMean and SlideSD describe the slide of the balance from the start
	// to the end of a run.
	SlideMean, SlideSD gait.Points
	// SlideMinutes is the time in which two thirds of the slide are done; 0 is a
	// straight one.
	SlideMinutes float64
	// WarmUp moves the beginning of every run by so much, WarmUpSD differently
	// from run to run; two thirds of it are gone after WarmUpMinutes.
	WarmUp, WarmUpSD gait.Points
	WarmUpMinutes    float64
	// CadenceRunSD and StanceRunSD are spreads from run to run, CadenceSD from
	// second to second.
	CadenceRunSD, CadenceSD gait.StepsPerMinute
	StanceRunSD             gait.Milliseconds
}

// NewRunner draws an ordinary road runner: easy, long and tempo runs with a
// strap and a watch that never fail.
func NewRunner(seed uint64) Runner {
	rng := stream(seed, streamRunner, 0)
	return Runner{
		Seed: seed,
		Body: Body{
			Level:        gait.Percent(normal(rng, 50, 1.3)), // gauge
			SpeedSlope:   normal(rng, 0, 0.5),
			GradeSlope:   normal(rng, 0, 0.05),
			EasySpeed:    gait.MetresPerSecond(clip(normal(rng, 2.8, 0.3), 2.2, 3.6)),
			Cadence:      gait.StepsPerMinute(clip(normal(rng, 168, 8), 150, 190)), // measured, as all below
			CadenceSlope: normal(rng, 9, 3),
			CadenceGrade: normal(rng, 0.2, 0.3),
			StanceTime:   gait.Milliseconds(clip(normal(rng, 255, 20), 200, 320)),
			StanceSlope:  normal(rng, -33, 8),
			LimpCadence:  0.8 * float64(1-2*rng.IntN(2)),
			LimpStance:   2,
			LimpSlope:    1,
			LimpPace:     0.1,
		},
		Noise: Noise{
			DriftSD:      gait.Points(lognormal(rng, 0.40, 0.3)),
			DriftRuns:    20,
			RunSD:        gait.Points(lognormal(rng, 0.36, 0.3)),
			MinuteSD:     gait.Points(lognormal(rng, 0.38, 0.3)),
			Hurst:        clip(normal(rng, 0.73, 0.05), 0.6, 0.85),
			SlideMean:    gait.Points(normal(rng, 0, 0.35)),
			SlideSD:      0.5,
			CadenceRunSD: 2,
			CadenceSD:    4,
			StanceRunSD:  3,
		},
		Ground: Ground{Hills: 0.8},
		Strap:  Strap{Worn: 1, First: strapModel(rng)},
		Habits: Habits{
			RunsPerWeek: 3 + 2*rng.Float64(), Minutes: 45, Spread: 0.35,
			Mix: Mix{Easy: 75, Long: 17, Tempo: 8},
		},
	}
}

// The streams of random numbers: each purpose has its own, so that a nuisance
// switched on leaves everything else as it was.
const (
	streamRunner uint64 = iota
	streamRough
	streamSeason
	streamDrift
	streamRun
	streamDay
	streamWrist
	streamWristLife
	streamWristDays
	streamWristRun
	streamUnlike
	streamUnlikeDay
	streamWalker
)

// stream returns the random numbers for one purpose and one run.
func stream(seed, purpose uint64, run int) *rand.Rand {
	//nolint:gosec // made-up runners must be the same every time: no secret hangs on these numbers
	return rand.New(rand.NewPCG(seed, purpose<<32|uint64(run)))
}

func normal(rng *rand.Rand, mean, sd float64) float64 { return mean + sd*rng.NormFloat64() }

func lognormal(rng *rand.Rand, median, spread float64) float64 {
	return median * math.Exp(spread*rng.NormFloat64())
}

func clip(v, low, high float64) float64 { return min(max(v, low), high) }
