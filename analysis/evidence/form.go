package evidence

import (
	"math"

	"gaitkeeper/gait"
)

// form watches the running form beside the balance. It has no left and right.
type form struct {
	cadence, walks, fade *trait
	// stances are the habits of the stance time by what measures it: a wrist and
	// a strap differ by some 25 ms in the same runner.
	stances map[source]*trait
	runs    int // that make a habit
}

// source is what measured a stance time.
type source struct {
	sensor  gait.Sensor // of a strap or a pod the model: two of the same measure alike
	balance bool        // a strap or a pod, which also measures left and right
}

func newSource(m gait.Measures) source {
	s := source{m.Sensor, m.Quality.Balance != gait.BalanceNone}
	if s.balance {
		s.sensor.Serial = 0
	}
	return s
}

func newForm(p gait.AnalysisParams) *form {
	n := p.BaselineRuns
	return &form{
		cadence: newTrait(gait.FeatureCadence, 2.5, 9, 3, n),
		walks:   newTrait(gait.FeatureWalkBreaks, 0.04, 0, 1e-6, n),
		fade:    newTrait(gait.FeaturePaceFade, 0.04, 0, 1e-6, n),
		stances: map[source]*trait{}, runs: n,
	}
}

// stance is the habit of the stance time with what measured it in the run.
func (f *form) stance(v figures) *trait {
	t, ok := f.stances[v.source]
	if !ok {
		t = newTrait(gait.FeatureStanceTime, 3, -33, 8, f.runs) // 2.9 ms from run to run in a real runner
		f.stances[v.source] = t
	}
	return t
}

// forget drops the habits that the explained change has ended.
func (f *form) forget(why gait.AnswerKind) {
	switch why {
	case gait.AnswerNewStrap, gait.AnswerNewShoes:
		clear(f.stances)
	case gait.AnswerOnPurpose:
		clear(f.stances)
		f.cadence.runs, f.cadence.last = nil, [2]float64{}
	}
}

// figures are the form of one run.
type figures struct {
	cadence, stance, speed, walks, fade float64
	treadmill                           bool
	source                              source
}

// at is a feature that moves with speed; alone one that does not.
func (v *figures) at(feature float64) outing { return outing{feature, v.speed, v.treadmill} }

func alone(feature float64) outing { return outing{value: feature, speed: math.NaN()} }

func formFigures(m gait.Measures) figures {
	n := len(m.Blocks)
	room := make([]float64, 3*n)
	cadence, stance, speed := room[:n:n], room[n:2*n:2*n], room[2*n:]
	for i, b := range m.Blocks {
		cadence[i], stance[i], speed[i] = float64(b.Cadence), float64(b.StanceTime), float64(b.Speed)
	}
	return figures{
		cadence: middle(cadence), stance: middle(stance), speed: middle(speed),
		walks: m.WalkShare, fade: fade(speed),
		treadmill: m.Context == gait.Treadmill, source: newSource(m),
	}
}

// fade is by what share the last third of the run was slower than the first.
func fade(speed []float64) float64 {
	third := len(speed) / 3
	if third < 3 {
		return math.NaN()
	}
	return 1 - middle(speed[len(speed)-third:])/middle(speed[:third])
}

// habits are the figures of one run and how they stand beside the habits.
type habits struct {
	figures
	cadence, stance, walks, fade reading
	lately                       float64 // the cadence of the last three runs, in spreads
}

func (f *form) read(v figures) habits {
	cadence := f.cadence.read(v.at(v.cadence))
	return habits{
		v, cadence, f.stance(v).read(v.at(v.stance)),
		f.walks.read(alone(v.walks)), f.fade.read(alone(v.fade)),
		(cadence.z + f.cadence.last[0] + f.cadence.last[1]) / 3,
	}
}

// learn takes the run in; a run that is not healthy only counts as the run
// before the next one.
func (f *form) learn(h *habits, healthy bool) {
	stance := f.stance(h.figures)
	f.cadence.passed(h.cadence)
	stance.passed(h.stance)
	if !healthy {
		return
	}
	v := h.figures
	f.cadence.learn(v.at(v.cadence))
	stance.learn(v.at(v.stance))
	f.walks.learn(alone(v.walks))
	f.fade.learn(alone(v.fade))
}
