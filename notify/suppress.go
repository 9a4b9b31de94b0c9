package notify

import "gaitkeeper/gait"

// Suppress returns the assessments with [gait.Alert.Suppressed] filled in: why a
// run's own alert would not be sent as of now. What was sent, or says nothing,
// is not suppressed; what the fold has said of it stays.
func Suppress(s Situation) []gait.Assessment {
	all := toldOf(s)
	told := map[gait.RunID]bool{}
	for _, n := range s.Notices {
		if n.Kind == gait.MessageAlert || n.Kind == gait.MessageEscalate {
			told[n.Run] = true
		}
	}
	steps := map[gait.RunID]gait.Suppression{}
	for _, e := range s.Episodes {
		for i, st := range e.Steps {
			_, not := s.news(e, i, all)
			if not == gait.NotSuppressed && e.ClosedBy == gait.ClosedAnswered {
				not = gait.SuppressedAnswered
			}
			steps[st.Run] = not
		}
	}
	assessments := append([]gait.Assessment(nil), s.Assessments...)
	for i := range assessments {
		a := &assessments[i]
		if told[a.Run] && a.Alert.Suppressed == gait.SuppressedRefractory {
			a.Alert.Suppressed = gait.NotSuppressed // it was sent all the same, where no reminder is to come
		}
		if gait.LevelAsk.Louder(a.Alert.Level) || a.Alert.Suppressed != gait.NotSuppressed || told[a.Run] {
			continue
		}
		a.Alert.Suppressed = s.suppression(a.Run, steps)
	}
	return assessments
}

func (s Situation) suppression(run gait.RunID, steps map[gait.RunID]gait.Suppression) gait.Suppression {
	end, dated := s.RunEnds[run]
	switch {
	case steps[run] != gait.NotSuppressed:
		return steps[run]
	case dated && s.Now.Sub(end) > s.Settings.MaxAge:
		return gait.SuppressedTooOld
	case s.paused():
		return gait.SuppressedPaused
	case s.Settings.Quiet.Contains(s.Now, s.zone()):
		return gait.SuppressedQuietHours
	default:
		return gait.NotSuppressed
	}
}
