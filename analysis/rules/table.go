package rules

import "gaitkeeper/gait"

// rule is one row of the table: its name, what it asks for, and when it
// matches. Exactly one of spot and whole is set.
type rule struct {
	name    gait.Rule
	verdict gait.Verdict
	// professional: the rule sends to one. Those of the PT group fall silent
	// for a while after the runner has seen one; a stop never does.
	professional bool
	// spot matches what was said of one place, whole the case as one.
	spot  func(*Case, spot) match
	whole func(*Case) match
	// figures: the rule rests on the run's own figures.
	figures bool
}

// pt tells whether the rule does nothing but send to a professional.
func (r rule) pt() bool { return r.professional && r.verdict == gait.VerdictModify }

// table returns every rule, in the order of docs/rules.md. WATCH and the advice
// come after it, when the verdict is known; so does PT-GOAL.
func table() []rule {
	return []rule{
		{name: gait.StopBone, verdict: gait.VerdictStop, professional: true, spot: stopBone},
		{name: gait.StopLimp, verdict: gait.VerdictStop, spot: stopLimp},
		{name: gait.StopNight, verdict: gait.VerdictStop, spot: stopNight},
		{name: gait.StopSharp, verdict: gait.VerdictStop, spot: stopSharp},
		{name: gait.StopMedication, verdict: gait.VerdictStop, spot: stopMedication},
		{name: gait.StopWorse, verdict: gait.VerdictStop, spot: stopWorse},
		{name: gait.StopHigh, verdict: gait.VerdictStop, spot: stopHigh},

		{name: gait.ModBone, verdict: gait.VerdictModify, spot: modBone},
		{name: gait.ModTrend, verdict: gait.VerdictModify, spot: modTrend},
		{name: gait.ModMorning, verdict: gait.VerdictModify, spot: modMorning},
		{name: gait.ModAfter, verdict: gait.VerdictModify, spot: modAfter},
		{name: gait.ModRest, verdict: gait.VerdictModify, spot: modRest},
		{name: gait.ModChanged, verdict: gait.VerdictModify, spot: modChanged},
		{name: gait.ModGrew, verdict: gait.VerdictModify, spot: modGrew},
		{name: gait.ModStable, verdict: gait.VerdictModify, spot: modStable},
		{name: gait.ModNew, verdict: gait.VerdictModify, spot: modNew},
		{name: gait.ModMeasured, verdict: gait.VerdictModify, whole: modMeasured, figures: true},

		{name: gait.KeepWarmsUp, verdict: gait.VerdictKeep, spot: keepWarmsUp},
		{name: gait.KeepLow, verdict: gait.VerdictKeep, spot: keepLow},
		{name: gait.KeepSore, verdict: gait.VerdictKeep, spot: keepSore},
		{name: gait.KeepAnswered, verdict: gait.VerdictKeep, whole: keepAnswered, figures: true},
		{name: gait.KeepClear, verdict: gait.VerdictKeep, whole: keepClear},
		{name: gait.KeepQuiet, verdict: gait.VerdictKeep, whole: keepQuiet},
		{name: gait.Learning, verdict: gait.VerdictLearning, whole: learning},
		{name: gait.Ill, verdict: gait.VerdictKeep, whole: ill},

		{name: gait.AskMeasured, verdict: gait.VerdictAsk, whole: askMeasured, figures: true},

		{name: gait.PTReturns, verdict: gait.VerdictModify, professional: true, spot: ptReturns},
		{name: gait.PTPersists, verdict: gait.VerdictModify, professional: true, spot: ptPersists},
		{name: gait.PTLife, verdict: gait.VerdictModify, professional: true, spot: ptLife},
		{name: gait.PTMorning, verdict: gait.VerdictModify, professional: true, spot: ptMorning},
		{name: gait.PTUnsure, verdict: gait.VerdictModify, professional: true, whole: ptUnsure},
		{name: gait.PTUnexplained, verdict: gait.VerdictModify, professional: true, whole: ptUnexplained, figures: true},
	}
}

// howBad asks for the number that was not said.
const howBad = "How bad was it at its worst, from 0 to 10, and where?"

// match is what a rule says; without a text it does not match.
type match struct {
	text      string
	questions []string
	urgent    bool
	minor     bool
}

func (m match) asking(questions ...string) match {
	m.questions = append(m.questions, questions...)
	return m
}

// apply runs one row over the case.
func (c *Case) apply(r rule) []Finding {
	if r.pt() && c.At.Before(c.Before.MutedUntil) {
		return nil
	}
	finding := func(m match, p Place) Finding {
		return Finding{
			Reason: gait.Reason{Rule: r.name, Text: m.text}, Verdict: r.verdict, Place: p,
			Professional: r.professional, Urgent: m.urgent, Questions: m.questions,
			At: c.At, RestDay: c.RestDay, Figures: r.figures, Minor: m.minor,
		}
	}
	var found []Finding
	if r.whole != nil {
		if m := r.whole(c); m.text != "" {
			found = append(found, finding(m, Place{}))
		}
		return found
	}
	for _, s := range c.spots() {
		m := r.spot(c, s)
		if inexact(s.Worst) {
			m = m.asking(howBad)
		}
		if m.text != "" {
			found = append(found, finding(m, s.Place))
		}
	}
	return found
}
