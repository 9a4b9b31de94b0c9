package analysis

import (
	"gaitkeeper/analysis/evidence"
	"gaitkeeper/analysis/form"
	"gaitkeeper/gait"
)

// learned is what is learned of a runner: the balance between left and right, and
// beside it the running form.
type learned struct {
	balance *evidence.Detector
	form    *form.Fold
	params  gait.AnalysisParams
}

func newLearned(p gait.AnalysisParams) learned {
	return learned{evidence.New(p), form.New(p.AskLogOdds), p}
}

// besideBalance is what a balance that can be judged takes from the odds of
// another form: it would show a limp better. Ours.
const besideBalance = -1.5

// formRoom is the most by which a pain raises the odds of another form. Ours.
const formRoom = 1.0

// Judge says what the balance and the form of a run show.
func (l learned) Judge(m gait.Measures, prior gait.Prior) gait.Evidence {
	e := l.balance.Judge(m, prior)
	pain, beside := min(prior.Form, formRoom), 0.0
	if e.Quality.Balance == gait.BalanceOK {
		beside = besideBalance
	}
	e.Form = l.form.Judge(m, pain+beside)
	e.Form.ByPain = e.Form.Level.Above(gait.LevelNone) && e.Form.LogOdds-pain < l.params.AskLogOdds
	return e
}

// Learn takes a run into what is normal; see [evidence.Detector.Learn].
func (l learned) Learn(m gait.Measures, e gait.Evidence, healthy bool) {
	l.balance.Learn(m, e, healthy)
	l.form.Learn(m, healthy)
}

// Rebaseline takes the present balance and form for the new normal.
func (l learned) Rebaseline(why gait.AnswerKind) {
	l.balance.Rebaseline(why)
	if why.Explains() {
		l.form.Rebaseline()
	}
}

func (l learned) clone() detector { return learned{l.balance.Clone(), l.form.Clone(), l.params} }
