package form

import "gaitkeeper/gait"

// formFeature is one of the features that are watched.
type formFeature int

const (
	cadence formFeature = iota // steps a minute
	stance                     // ms on the ground
	bounce                     // mm up and down
	walks                      // share of the time, in hundredths
	fade                       // by how much the last third was slower than the first, in hundredths
	pace                       // 100 times the natural log of the speed: differences are hundredths
	features
)

// name is what it is called outside of this package.
func (t formFeature) name() gait.Feature {
	return [features]gait.Feature{
		gait.FeatureCadence, gait.FeatureStanceTime, gait.FeatureVerticalOscillation,
		gait.FeatureWalkBreaks, gait.FeaturePaceFade, gait.FeaturePace,
	}[t]
}

// effects are what a feature depends on, the level first.
type effects [5]float64

// The places of the effects.
const (
	ofLevel     = iota
	ofPush      // the speed in m/s; for the pace itself the heart rate in tens of beats
	ofSlope     // mean steepness, up or down, in percent
	ofTreadmill // 1 on a treadmill, where the speed is measured otherwise
	ofLength    // natural log of the time against 45 minutes
)

// usual is what is known of a feature before the first run.
type usual struct {
	spread float64 // from run to run
	mean   effects
	unsure effects // standard deviations over runners
}

// usual returns what is known of the feature in all runners. Cadence and stance
// time were measured in real runners, with room for others; the rest is ours.
func (t formFeature) usual() usual {
	return [features]usual{
		{2.2, effects{168, 9, 0, 0, 0}, effects{20, 4, 0.4, 3, 1}},
		{4.5, effects{255, -45, 0, 0, 0}, effects{60, 20, 1.5, 10, 3}},
		{3, effects{85, 0, 0, 0, 0}, effects{30, 8, 1, 5, 2}},
		{3, effects{3, 0, 1, 0, 0}, effects{30, 3, 1.5, 3, 2}},
		{4.5, effects{2, 0, 0, 0, 0}, effects{10, 2, 0.8, 4, 2}},
		{4.5, effects{100, 8, -2, 0, -1}, effects{40, 5, 1.5, 8, 3}},
	}[t]
}
