package notify

import (
	"slices"

	"gaitkeeper/gait"
)

// caughtUp returns the episode with one step more where one of its steps was
// too old by the time it could be told, and a younger run shows that the trouble
// lasts: after a pause, from a watch that is emptied once a week, or on the first
// day with gaitkeeper. That run tells it in its place.
func (s Situation) caughtUp(e gait.Episode, all map[string]told) gait.Episode {
	if !e.Closed.IsZero() || !s.missed(e, all) {
		return e
	}
	for _, a := range slices.Backward(s.Assessments) {
		end, dated := s.RunEnds[a.Run]
		st := gait.Step{At: end, Run: a.Run, Level: a.Alert.Level, Verdict: a.Verdict, SeeProfessional: a.SeeProfessional}
		switch {
		case !dated:
			continue
		case s.tooOld(st):
			return e
		case speaks(a) && a.Alert.Suppressed == gait.SuppressedRefractory && grows(s.why(e, st, all[e.Key])):
			e.Steps = append(slices.Clip(e.Steps), st)
			return e
		}
	}
	return e
}

// missed tells whether a step that a run's figures made was never told because
// the run was too old. What the runner entered himself he was shown on the spot.
func (s Situation) missed(e gait.Episode, all map[string]told) bool {
	return slices.ContainsFunc(e.Steps, func(st gait.Step) bool {
		return st.Entry == 0 && st.Suppressed == gait.NotSuppressed && s.tooOld(st) && grows(s.why(e, st, all[e.Key]))
	})
}

// speaks tells whether the run's own figures speak.
func speaks(a gait.Assessment) bool {
	e := a.Evidence
	balance := e.Quality.Balance == gait.BalanceOK && e.Level.Louder(gait.LevelNone)
	return balance || e.Form.Level.Louder(gait.LevelNone)
}

// grows tells whether a step is news because nothing as grave was told.
func grows(w Why) bool { return w == WhyOpened || w == WhyGraver }
