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
	// spot matches what was said of one spot, whole the case as one.
	spot  func(*Case, siteReport) match
	whole func(*Case) match
	// figures: the rule rests on the run's own figures.
	figures bool
}

// pt tells whether the rule does nothing but send to a professional.
func (r rule) pt() bool { return r.professional && r.verdict == gait.VerdictModify }

// table returns every rule, in the order of docs/rules.md. PT-GOAL, WATCH,
// ASK-SILENT and the advice come after it, when the verdict is known.
func table() []rule {
	const (
		stop, modify, keep = gait.VerdictStop, gait.VerdictModify, gait.VerdictKeep
	)
	return []rule{
		{name: gait.RedFlag, verdict: stop, professional: true, spot: redFlag},
		{name: gait.StopBone, verdict: stop, professional: true, spot: stopBone},
		{name: gait.StopLimp, verdict: stop, spot: stopLimp},
		{name: gait.StopNight, verdict: stop, spot: stopNight},
		{name: gait.StopSharp, verdict: stop, spot: stopSharp},
		{name: gait.StopMedication, verdict: stop, spot: stopMedication},
		{name: gait.StopWorse, verdict: stop, spot: stopWorse},
		{name: gait.StopHigh, verdict: stop, spot: stopHigh},

		{name: gait.ModFlag, verdict: modify, professional: true, spot: modFlag},
		{name: gait.ModBone, verdict: modify, spot: modBone},
		{name: gait.ModTrend, verdict: modify, spot: modTrend},
		{name: gait.ModMorning, verdict: modify, spot: modMorning},
		{name: gait.ModWorsens, verdict: modify, spot: modWorsens},
		{name: gait.ModAfter, verdict: modify, spot: modAfter},
		{name: gait.ModRest, verdict: modify, spot: modRest},
		{name: gait.ModChanged, verdict: modify, spot: modChanged},
		{name: gait.ModGrew, verdict: modify, spot: modGrew},
		{name: gait.ModStable, verdict: modify, spot: modStable},
		{name: gait.ModNew, verdict: modify, spot: modNew},
		{name: gait.ModMeasured, verdict: modify, whole: modMeasured, figures: true},

		{name: gait.KeepWarmsUp, verdict: keep, spot: keepWarmsUp},
		{name: gait.KeepLow, verdict: keep, spot: keepLow},
		{name: gait.KeepSore, verdict: keep, spot: keepSore},
		{name: gait.KeepAnswered, verdict: keep, whole: keepAnswered, figures: true},
		{name: gait.KeepClear, verdict: keep, whole: keepClear},
		{name: gait.KeepQuiet, verdict: keep, whole: keepQuiet},
		{name: gait.Learning, verdict: gait.VerdictLearning, whole: learning},
		{name: gait.Ill, verdict: keep, whole: ill},

		{name: gait.AskMeasured, verdict: gait.VerdictAsk, whole: askMeasured, figures: true},

		{name: gait.PTIgnored, verdict: modify, professional: true, spot: ptIgnored},
		{name: gait.PTStrain, verdict: modify, professional: true, spot: ptStrain},
		{name: gait.PTReturns, verdict: modify, professional: true, spot: ptReturns},
		{name: gait.PTPersists, verdict: modify, professional: true, spot: ptPersists},
		{name: gait.PTLife, verdict: modify, professional: true, spot: ptLife},
		{name: gait.PTMorning, verdict: modify, professional: true, spot: ptMorning},
		{name: gait.PTUnsure, verdict: modify, professional: true, whole: ptUnsure},
		{name: gait.PTUnexplained, verdict: modify, professional: true, whole: ptUnexplained, figures: true},
	}
}

// match is what a rule says of a case; the zero value is that it does not match.
type match struct {
	gait.Fact
	hit          bool
	asks         []gait.Ask
	urgent       bool
	minor        bool
	professional bool
}

// found is a match with these facts.
func found(f gait.Fact) match { return match{Fact: f, hit: true} }

func (m match) asking(asks ...gait.Ask) match {
	m.asks = append(m.asks, asks...)
	return m
}

// numbers are the facts of a report: what the runner said in figures.
func (r Report) numbers(how gait.How) gait.Fact {
	f := gait.Fact{How: how, Worst: r.Worst, Start: r.Start, End: r.End, Morning: r.Morning}
	if len(r.Kinds) > 0 {
		f.Kind = r.Kinds[len(r.Kinds)-1]
	}
	return f
}

// apply runs one row over the case.
func (c *Case) apply(r rule) []Finding {
	if r.pt() && c.muted() {
		return nil
	}
	var all []Finding
	if r.whole != nil {
		if m := r.whole(c); m.hit {
			all = append(all, c.finding(r, m, gait.Spot{}))
		}
		return all
	}
	for _, s := range c.spots() {
		m := r.spot(c, s)
		if inexact(s.Worst) {
			m = m.asking(gait.AskHowBad)
		}
		if m.hit {
			all = append(all, c.finding(r, m, s.Spot))
		}
	}
	return all
}

func (c *Case) finding(r rule, m match, p gait.Spot) Finding {
	f := Finding{
		Fact: m.Fact, Verdict: r.verdict, Professional: r.professional || m.professional && !c.muted(), Urgent: m.urgent,
		At: c.At, RestDay: c.RestDay, Figures: r.figures, Minor: m.minor,
	}
	f.Rule, f.Spot = r.name, p
	for _, a := range m.asks {
		f.Questions = append(f.Questions, gait.Question{Ask: a, Spot: p})
	}
	return f
}

// muted tells whether a professional has had a look not long ago.
func (c *Case) muted() bool { return c.At.Before(c.Before.MutedUntil) }
