package analysis

import (
	"math"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// explainedShift is the shift that the runner has answered: "no pain", or a
// reason other than pain. While it lasts and does not grow it is no news: after
// one "no pain" for as many runs as a question is not repeated, after two, or a
// reason, for as long as it is there.
type explainedShift struct {
	// side is the spared one; none where it was the form.
	side gait.Side
	// normal is the balance before the shift, reached the farthest from it that
	// was answered; both are those of one sensor.
	normal, reached gait.Percent
	sensor          gait.Sensor
	// within is the level of the change inside a run that was answered.
	within gait.Level
	// earlier is the last answer, answers how many there were (a reason counts
	// twice), runs the number of runs since.
	earlier       rules.Reason
	answers, runs int
	// unseen, back and grown count the runs in a row in which it was not
	// measured, the balance stood nearer to where it was before, and the shift
	// was clearly larger.
	unseen, back, grown int
}

// settled is the number of answers after which there is no further question.
const settled = 2

// A shift has clearly grown when it is half as large again, and by more than two
// runs of the same runner differ: the band is two standard deviations of one run.
const grown = 1.5

// shiftedSide returns the side a run's balance has shifted to, none where only
// the form speaks.
func shiftedSide(e *gait.Evidence) gait.Side {
	if !rules.Asymmetry(e).Above(gait.LevelNone) {
		return gait.NoSide
	}
	return e.ShortSide
}

// meets reports whether what the run shows is the shift that was answered, and
// nothing more.
func (k *explainedShift) meets(e *gait.Evidence, sensor gait.Sensor, p gait.AnalysisParams) bool {
	k = k.wornWith(sensor, e)
	switch {
	case k.answers == 0, !figures(*e), shiftedSide(e) != k.side:
		return false
	case k.answers < settled && k.runs >= p.Refractory:
		return false
	case e.Chart == gait.ChartWithinRun && k.side != gait.NoSide:
		return !e.Level.Above(k.within)
	default:
		return !k.larger(e) || k.grown+1 < min(k.answers, settled)
	}
}

// wornWith returns the shift as another sensor shows it, which has a level of its
// own: as large, and beside what is normal with that sensor. The normal of a
// shift that is settled has the shift in it.
func (k *explainedShift) wornWith(s gait.Sensor, e *gait.Evidence) *explainedShift {
	if s == k.sensor || s == (gait.Sensor{}) || !gait.Known(e.Baseline) || e.Quality.Balance != gait.BalanceOK {
		return k
	}
	now := *k
	now.sensor = s
	if k.sensor != (gait.Sensor{}) {
		moved := e.Baseline - k.normal
		if k.answers >= settled {
			moved = e.Baseline - k.reached
		}
		now.normal, now.reached = k.normal+moved, k.reached+moved
	}
	return &now
}

// accepted returns the side of the shift where "nothing hurts", and no other
// reason, has made it the normal, and the run still shows at least half of it.
func (k *explainedShift) accepted(e *gait.Evidence, sensor gait.Sensor) gait.Side {
	k = k.wornWith(sensor, e)
	if k.answers < settled || k.earlier.Kind != gait.AnswerNoPain || k.side == gait.NoSide ||
		e.Quality.Balance != gait.BalanceOK || k.off(e.Balance) <= k.off(k.reached)/2 {
		return gait.NoSide
	}
	return k.side
}

// larger reports whether the shift is clearly larger than what was answered.
func (k *explainedShift) larger(e *gait.Evidence) bool {
	size, now := k.off(k.reached), k.off(e.Balance)
	return now > grown*size && now-size > math.Sqrt2*e.Band
}

// off returns by how much a balance has left the normal towards the side.
func (k *explainedShift) off(balance gait.Percent) gait.Points {
	if k.side == gait.Left {
		return gait.Points(k.normal - balance)
	}
	return gait.Points(balance - k.normal)
}

// after takes a run in, and reports whether the present level is the runner's
// new normal from here on: the runner named a reason, or met the same shift with
// "no pain" twice in a row. A limp is never a normal, whatever the reason.
func (k *explainedShift) after(l runView, m gait.Measures, p gait.AnalysisParams) (why gait.AnswerKind, rebaseline bool) {
	why, named := l.Reason()
	measured := figures(l.evidence)
	*k = *k.wornWith(m.Sensor, &l.evidence)
	k.runs++
	switch {
	case named && !l.limps():
		*k = explainedShift{}
		if measured {
			k.answer(l, m, why)
			k.answers = settled
		}
		return why, true
	case l.Hurts():
		*k = explainedShift{}
	}
	switch {
	case measured && l.Painless():
		k.answer(l, m, gait.AnswerNoPain)
		return gait.AnswerNoPain, k.answers >= settled
	case measured && shiftedSide(&l.evidence) == k.side:
		k.seen(l)
	default:
		k.unmet(l, p)
	}
	return "", false
}

// answer takes in a run that the runner has met with an answer.
func (k *explainedShift) answer(l runView, m gait.Measures, why gait.AnswerKind) {
	e := &l.evidence
	if side := shiftedSide(e); k.answers == 0 || side != k.side {
		*k = explainedShift{side: side, normal: e.Baseline, reached: e.Baseline, sensor: m.Sensor}
	}
	if k.off(e.Balance) > k.off(k.reached) {
		k.reached = e.Balance
	}
	if e.Chart == gait.ChartWithinRun && e.Level.Above(k.within) {
		k.within = e.Level
	}
	k.earlier = rules.Reason{Kind: why, At: l.c.At}
	k.answers++
	k.runs, k.unseen, k.back, k.grown = 0, 0, 0, 0
}

// seen takes in a run that shows a shift to the same side without an answer. A
// single run in which it is larger may be a strap that slipped.
func (k *explainedShift) seen(l runView) {
	k.unseen, k.back = 0, 0
	if k.larger(&l.evidence) {
		k.grown++
	} else {
		k.grown = 0
	}
}

// unmet takes in a run that does not show the shift. It is over when the balance
// is back where it was, and becomes a part of the normal in time.
func (k *explainedShift) unmet(l runView, p gait.AnalysisParams) {
	e := &l.evidence
	if e.Quality.Balance != gait.BalanceOK && k.side != gait.NoSide {
		return
	}
	k.unseen++
	k.grown = 0
	switch {
	case k.side == gait.NoSide, k.off(e.Balance) <= k.off(k.reached)/2:
		k.back++
	default:
		k.back = 0
	}
	if k.back >= p.NormalRuns || k.unseen >= evidence.ShiftRuns {
		*k = explainedShift{}
	}
}

// since returns the answer that meets the run, or none: with a pain, none does.
func (s *state) since(l runView, m *gait.Measures) rules.Reason {
	if l.Hurts() || !s.explained.meets(&l.evidence, m.Sensor, s.params.Analysis) {
		return rules.Reason{}
	}
	return s.explained.earlier
}
