package simulate

import (
	"math/rand/v2"
	"time"

	"gaitkeeper/gait"
)

// Ground is what the ways of a runner do to the balance.
type Ground struct {
	// Hills is the steepness of each of the three waves the roads are made of,
	// in percent; trails are four times as steep.
	Hills float64
	// Camber is the side slope of the road: it flips on the way back.
	Camber gait.Points
	// Bend moves the balance in the bends of a track, by their direction.
	Bend gait.Points
	// Treadmill and Trail are offsets of the level on that ground, TrailFactor
	// how many times the spread inside a run grows on a trail (0: 1).
	Treadmill, Trail gait.Points
	TrailFactor      float64
	// Turns says where the side slope changes its side.
	Turns Turns
}

// Strap is the chest strap and what goes wrong with it.
type Strap struct {
	// First is the strap of the first run.
	First gait.Sensor
	// Worn is the share of runs with the strap on.
	Worn float64
	// SlipChance is the chance that it sits badly for a whole run, SlipFactor
	// how many times further the run then lies from the level.
	SlipChance, SlipFactor float64
	// ContactLoss is the chance that it loses contact for some minutes of a
	// run and reads 12 to 47 %, or as much to the other side.
	ContactLoss float64
	// SwapChance is the chance before each run that a new strap is taken, which
	// reads SwapSD off the one before; Announced the share of them with another
	// serial number.
	SwapChance float64
	SwapSD     gait.Points
	Announced  float64
	// DyingChance is the chance before each run that the strap begins to die:
	// two to four bad runs, then a new one.
	DyingChance float64
	// MoveChance is the chance that it moves by MoveSD within a run and stays so
	// to its end.
	MoveChance float64
	MoveSD     gait.Points
	// FlipChance is the chance that it is worn upside down in a run; Upside from
	// which run on it always is (0: never).
	FlipChance float64
	Upside     int
	// Second is what another strap, worn in half of the runs, reads off the
	// first; Named whether its serial number tells.
	Second gait.Points
	Named  bool
	// Step is the resolution of what is recorded (0: 1/32), Recorded the share of
	// seconds that hold a balance (0: all).
	Step, Recorded float64
}

// Watch is the watch and its recording.
type Watch struct {
	// WristDynamics tells that it measures stance time without a strap, longer
	// by WristOffset.
	WristDynamics bool
	WristOffset   gait.Milliseconds
	// SpeedNoise is the spread of the GPS speed.
	SpeedNoise gait.MetresPerSecond
	// Dropouts is the share of time without GPS, in which the speed stands still.
	Dropouts float64
	// AltitudeNoise is the spread of the barometer's wandering.
	AltitudeNoise gait.Metres
	// SmartRecording leaves out up to six of seven seconds.
	SmartRecording bool
}

// Habits are how often, how long and how the runner runs.
type Habits struct {
	// RunsPerWeek lies between 2.4 and 7: one to three days from run to run.
	RunsPerWeek float64
	// Minutes is the median length of a run, Spread the spread of its logarithm.
	Minutes, Spread float64
	Mix             Mix
	// Treadmill, Trail and Track are shares of runs on that ground; Track
	// counts intervals only.
	Treadmill, Trail, Track float64
	// RunFor and WalkFor are the plan of a run-walker; zero: runs through.
	RunFor, WalkFor time.Duration
	// ShoesChance is the chance before each run of new shoes, which move the
	// level by ShoesSD.
	ShoesChance float64
	ShoesSD     gait.Points
	// Pairs is by how much the balance differs between two pairs of shoes that
	// are worn in turn.
	Pairs gait.Points
	// RetrainChance is the chance before each run that the runner raises the
	// cadence by 5 % on purpose and keeps it.
	RetrainChance float64
}

// Mix is how often each kind of run comes, as weights.
type Mix struct{ Easy, Long, Interval, Tempo, Race float64 }

// NewRoughRunner draws the runner of [NewRunner] with the same seed, and with
// every nuisance of real data.
func NewRoughRunner(seed uint64) Runner {
	r := NewRunner(seed)
	rng := stream(seed, streamRough, 0)
	if rng.Float64() < 0.05 {
		r.Body.SpeedSlope = normal(rng, 0, 3) // some runners change much with speed
	}
	r.Ground = Ground{
		Hills: 0.4 + 1.2*rng.Float64(), Camber: gait.Points(normal(rng, 0, 0.3)), Bend: 0.4,
		Treadmill: gait.Points(normal(rng, 0, 0.3)), Trail: gait.Points(normal(rng, 0, 0.3)), TrailFactor: 1.4,
	}
	r.Strap = roughStrap(rng, r.Strap.First)
	r.Watch = Watch{
		WristDynamics: rng.Float64() < 0.7, WristOffset: gait.Milliseconds(normal(rng, 25, 10)),
		SpeedNoise: 0.12, Dropouts: 0.01, AltitudeNoise: 0.5, SmartRecording: rng.Float64() < 0.15,
	}
	r.Habits.Spread = 0.45
	r.Habits.Mix = Mix{Easy: 60, Long: 15, Interval: 10, Tempo: 8, Race: 3}
	r.Habits.Treadmill, r.Habits.Trail, r.Habits.Track = 0.10, 0.08, 0.5
	r.Habits.ShoesChance, r.Habits.ShoesSD, r.Habits.RetrainChance = 1.0/60, 0.1, 1.0/400
	if rng.Float64() < 0.15 {
		r.Habits.RunFor = time.Duration(1+rng.IntN(4)) * time.Minute
		r.Habits.WalkFor = time.Minute
	}
	return r
}

func roughStrap(rng *rand.Rand, first gait.Sensor) Strap {
	s := Strap{
		First: first, Worn: 1, SlipChance: 0.03, SlipFactor: 4, ContactLoss: 0.015,
		SwapChance: 1.0 / 150, SwapSD: 0.7, Announced: 0.7, DyingChance: 1.0 / 400,
	}
	switch who := rng.Float64(); {
	case who < 0.1:
		s.Worn = 0
	case who < 0.4:
		s.Worn = 0.8
	}
	return s
}

// Garmin's numbers of its makers, straps and watches in the FIT profile.
const (
	makerGarmin   = "garmin"
	productHRMRun = 1752
	productHRMPro = 3300
	productWatch  = 4024 // Forerunner 955
	serialWatch   = 3900000001
)

func strapModel(rng *rand.Rand) gait.Sensor {
	s := gait.Sensor{Manufacturer: makerGarmin, Product: productHRMRun, Serial: 100_000_000 + rng.Uint32N(900_000_000)}
	if rng.Float64() < 0.7 {
		s.Product = productHRMPro
	}
	return s
}

// watchSensor is the watch itself, where it measures the running dynamics.
func watchSensor() gait.Sensor {
	return gait.Sensor{Manufacturer: makerGarmin, Product: productWatch, Serial: serialWatch}
}
