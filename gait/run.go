package gait

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"time"
)

// RunID names a run. It depends on nothing but the second the run began, so it
// is the same on every import, in any order and from any source.
type RunID string

// NewRunID returns the ID of the run that began at start: 16 hexadecimal digits.
func NewRunID(start time.Time) RunID {
	sum := sha256.Sum256([]byte(start.UTC().Format(time.RFC3339)))
	return RunID(hex.EncodeToString(sum[:8]))
}

// NewPlaceID returns the ID of a run whose second is not known, or is the name
// of another run already: it comes from the place the run was found in.
func NewPlaceID(o Origin) RunID {
	sum := sha256.Sum256([]byte(string(o.Source) + ":" + o.Key))
	return RunID(hex.EncodeToString(sum[:8]))
}

// Context is where a run took place. It moves the balance and the stance time,
// so it is taken out before runs are compared.
type Context string

// The contexts a watch can name.
const (
	Road      Context = "road"
	Trail     Context = "trail"
	Track     Context = "track"
	Treadmill Context = "treadmill"
)

// SourceName is the kind of place a run came from.
type SourceName string

// The sources, best first: a FIT file holds left and right, Strava does not.
const (
	SourceFIT       SourceName = "fit"
	SourceIntervals SourceName = "intervals"
	SourceStrava    SourceName = "strava"
	// SourceAppleHealth brings the runs of an Apple Watch, and everyday walks.
	SourceAppleHealth SourceName = "applehealth"
)

// Origin is one place a run was found in.
type Origin struct {
	Source SourceName `json:"source"`
	// Key names the run within its source: the SHA-256 of a file and the
	// number of the session in it, or the number of an activity.
	Key string `json:"key"`
	// Name is what a person would call it: a file's path, an address.
	Name string `json:"name"`
	// Recording means that the samples and figures are of this place.
	Recording bool `json:"recording"`
}

// SamePlace reports whether o and p are one place.
func (o Origin) SamePlace(p Origin) bool { return o.Source == p.Source && o.Key == p.Key }

// Supersedes reports whether o now stands where p was found: a file written
// again under its old name.
func (o Origin) Supersedes(p Origin) bool {
	return o.Source == p.Source && o.Name == p.Name && o.Name != "" && o.Key != p.Key
}

// Run is one running activity: its summary, which signals it has, and its
// samples (absent where only the summary was asked for).
type Run struct {
	ID    RunID
	Start time.Time // UTC
	// Duration is the time with the timer running, pauses left out.
	Duration time.Duration
	// Elapsed is the time from start to end, pauses included.
	Elapsed  time.Duration
	Distance Metres
	Context  Context
	Title    string
	// Description is what the runner wrote about the run.
	Description string
	// PrivateNote is what the runner wrote about the run for nobody else. It is
	// read for pain where a source hands it out, and never stored.
	PrivateNote string
	// Gear is what the runner wore, as a server calls it: "Trail shoes 2".
	Gear string
	// Feel and Effort are what the runner entered of the run as a whole.
	Feel   Feel
	Effort Effort
	// NoMetadata means that this reading of the run did not ask for its title,
	// description, note, gear, feel and effort: what is stored of them stays.
	NoMetadata bool
	Signals    Signals
	// Sensor names the device that measured the running dynamics.
	Sensor Sensor
	// Others are the balances of further sensors in the recording: shown, and
	// never judged.
	Others []SensorBalance
	// Unused names what apps and pods wrote into the recording beside the watch's
	// own figures and nothing was made of.
	Unused []string
	// Truncated means that the recording broke off and only its beginning is here.
	Truncated bool
	// Clock reports whether the recorder's time can be believed.
	Clock Clock
	// AverageBalance is the left foot's share that the recorder wrote for the
	// run as a whole, 0 where it wrote none.
	AverageBalance Percent
	Oddities       []Oddity
	// StartHidden means that a server keeps the hour of the start to itself: Start
	// is the beginning of its day, local time.
	StartHidden bool
	// Excluded means that the run is out of everything: because the runner took it
	// out, or because it is Gone.
	Excluded bool
	// Gone means that the last place that had the run has deleted it.
	Gone    bool
	Origins []Origin
	Samples []Sample
}

// End returns the moment the run ended.
func (r Run) End() time.Time { return r.Start.Add(max(r.Elapsed, r.Duration)) }

// Sample is one second of a run. A figure that was not measured in that second
// is unknown (NaN).
type Sample struct {
	// Second is the number of seconds since the run's start.
	Second              int32
	Distance            Metres // from the start
	Speed               MetresPerSecond
	Altitude            Metres
	Cadence             StepsPerMinute
	StanceTime          Milliseconds
	StanceTimeBalance   Percent // the left foot's share
	VerticalOscillation Millimetres
	StepLength          Millimetres
	HeartRate           BeatsPerMinute
	Power               Watts
}

// NewSample returns a sample at the given second with every figure unknown.
func NewSample(second int32) Sample {
	return Sample{
		Second:              second,
		Distance:            Unknown[Metres](),
		Speed:               Unknown[MetresPerSecond](),
		Altitude:            Unknown[Metres](),
		Cadence:             Unknown[StepsPerMinute](),
		StanceTime:          Unknown[Milliseconds](),
		StanceTimeBalance:   Unknown[Percent](),
		VerticalOscillation: Unknown[Millimetres](),
		StepLength:          Unknown[Millimetres](),
		HeartRate:           Unknown[BeatsPerMinute](),
		Power:               Unknown[Watts](),
	}
}

// Feel is how a run felt as a whole, as the runner entered it on the watch or
// on a server. The zero value is unknown.
type Feel int8

// The answers, from the worst to the best.
const (
	FeltVeryWeak Feel = 1 + iota
	FeltWeak
	FeltNormal
	FeltStrong
	FeltVeryStrong
)

// String is the answer in plain words; empty where nothing was said.
func (f Feel) String() string {
	words := [...]string{"", "very weak", "weak", "normal", "strong", "very strong"}
	if f < 0 || int(f) >= len(words) {
		return ""
	}
	return words[f]
}

// Effort is how hard the runner found the run, on the scale of 1 to 10 (Borg's
// CR-10). The zero value is unknown.
type Effort int8

// NewEffort returns the effort nearest to v; unknown where v is off the scale.
func NewEffort(v float64) Effort {
	n := math.Round(v)
	if !(n >= 1 && n <= 10) {
		return 0
	}
	return Effort(n)
}
