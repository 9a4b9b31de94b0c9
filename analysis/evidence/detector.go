package evidence

import "gaitkeeper/gait"

// Detector holds what was learned of one runner so far. It is not safe for
// concurrent use.
type Detector struct {
	p gait.AnalysisParams
}

// New returns a detector that has seen no run yet.
func New(p gait.AnalysisParams) *Detector { return &Detector{p: p} }

// Judge says what the run shows against what was learned before it. It changes
// nothing that a later judgement sees.
func (d *Detector) Judge(m gait.Measures, prior gait.Prior) gait.Evidence {
	return gait.Evidence{Level: gait.LevelNone, Quality: m.Quality, Form: gait.Form{Level: gait.LevelNone}}
}

// Learn takes the run that was judged into the runner's normal. A run that is
// not healthy (a pain of 3 or more, a limp, an illness) is kept out of it. An
// open question or warning alone does not make a run unhealthy: the detector
// itself keeps runs that look shifted apart until they are explained.
func (d *Detector) Learn(m gait.Measures, e gait.Evidence, healthy bool) {}

// Rebaseline takes the present level for the new normal: the runner has
// explained the change.
func (d *Detector) Rebaseline(why gait.AnswerKind) {}
