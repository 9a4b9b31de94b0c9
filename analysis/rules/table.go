package rules

import (
	"slices"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// rule is one row of the table: its name, what it asks for, and when it matches. A new
// rule is a function and its row here, its name in package finding, its sentence in
// package words, and its line in docs/rules.md.
type rule struct {
	name    finding.Rule
	verdict finding.Verdict
	// professional: the rule sends to one. Those that do no more than that fall silent
	// for a while after the runner has seen one; a stop never does.
	professional bool
	// spot matches what was said of one spot, whole the case as one. A rule with
	// neither is not looked for here: it follows from what the others found.
	spot  func(*Case, siteReport) match
	whole func(*Case) match
	// figures: the rule rests on the run's own figures.
	figures bool
}

// pt reports whether the rule does nothing but send to a professional.
func (r rule) pt() bool { return r.professional && r.verdict == finding.VerdictModify }

// table returns every rule in the order of docs/rules.md, in which reasons of equal
// weight are given. The advice is listed in [Case.advise].
func table() []rule {
	const (
		stop, modify, keep, ask = finding.VerdictStop, finding.VerdictModify, finding.VerdictKeep, finding.VerdictAsk
	)
	return []rule{
		{name: finding.RedFlag, verdict: stop, professional: true, spot: redFlag},
		{name: finding.StopBone, verdict: stop, professional: true, spot: stopBone},
		{name: finding.StopLimp, verdict: stop, spot: stopLimp},
		{name: finding.StopNight, verdict: stop, spot: stopNight},
		{name: finding.StopSharp, verdict: stop, spot: stopSharp},
		{name: finding.StopMedication, verdict: stop, spot: stopMedication},
		{name: finding.StopWorse, verdict: stop, spot: stopWorse},
		{name: finding.StopHigh, verdict: stop, spot: stopHigh},

		{name: finding.ModStanding, verdict: modify}, // a stop that has fallen
		{name: finding.ModFlag, verdict: modify, spot: modFlag},
		{name: finding.ModBone, verdict: modify, spot: modBone},
		{name: finding.ModTrend, verdict: modify, spot: modTrend},
		{name: finding.ModMorning, verdict: modify, spot: modMorning},
		{name: finding.ModWorsens, verdict: modify, spot: modWorsens},
		{name: finding.ModAfter, verdict: modify, spot: modAfter},
		{name: finding.ModRest, verdict: modify, spot: modRest},
		{name: finding.ModChanged, verdict: modify, spot: modChanged},
		{name: finding.ModGrew, verdict: modify, spot: modGrew},
		{name: finding.ModStable, verdict: modify, spot: modStable},
		{name: finding.ModNew, verdict: modify, spot: modNew},
		{name: finding.ModMeasured, verdict: modify, whole: modMeasured, figures: true},

		{name: finding.KeepWarmsUp, verdict: keep, spot: keepWarmsUp},
		{name: finding.KeepLow, verdict: keep, spot: keepLow},
		{name: finding.KeepSore, verdict: keep, spot: keepSore},
		{name: finding.KeepAnswered, verdict: keep, whole: keepAnswered, figures: true},
		{name: finding.KeepClear, verdict: keep, whole: keepClear},
		{name: finding.KeepQuiet, verdict: keep, whole: keepQuiet},
		{name: finding.Learning, verdict: finding.VerdictLearning, whole: learning},
		{name: finding.Ill, verdict: keep, whole: ill},

		{name: finding.AskMeasured, verdict: ask, whole: askMeasured, figures: true},

		{name: finding.PTIgnored, verdict: modify, professional: true, spot: ptIgnored},
		{name: finding.PTStrain, verdict: modify, professional: true, spot: ptStrain},
		{name: finding.PTReturns, verdict: modify, professional: true, spot: ptReturns},
		{name: finding.PTPersists, verdict: modify, professional: true, spot: ptPersists},
		{name: finding.PTLife, verdict: modify, professional: true, spot: ptLife},
		{name: finding.PTMorning, verdict: modify, professional: true, spot: ptMorning},
		{name: finding.PTUnsure, verdict: modify, professional: true, whole: ptUnsure},
		{name: finding.PTUnexplained, verdict: modify, professional: true, whole: ptUnexplained, figures: true},

		{name: finding.Return, verdict: keep},
		{name: finding.PTGoal, verdict: modify, professional: true},
		{name: finding.AskSilent, verdict: ask},
		{name: finding.Watch, verdict: keep},
	}
}

// place returns where a rule stands in the table.
func place(rules []rule, name finding.Rule) int {
	return slices.IndexFunc(rules, func(r rule) bool { return r.name == name })
}

// match is what a rule says of a case; the zero value is that it does not match.
type match struct {
	finding.Fact
	hit          bool
	asks         []finding.Ask
	urgent       bool
	minor        bool
	professional bool
}

// found is a match with these facts.
func found(f finding.Fact) match { return match{Fact: f, hit: true} }

func (m match) asking(asks ...finding.Ask) match {
	m.asks = append(m.asks, asks...)
	return m
}

// numbers are the facts of a report: what the runner said in figures.
func (r Report) numbers(how finding.How) finding.Fact {
	return finding.Fact{How: how, Worst: r.Worst, Start: r.Start, End: r.End, Morning: r.Morning, Kind: r.Kind}
}

// apply looks for one rule in the case.
func (c *Case) apply(r rule) []Finding {
	if r.pt() && c.muted() {
		return nil
	}
	var all []Finding
	if r.whole != nil {
		if m := r.whole(c); m.hit {
			all = append(all, c.finding(r.name, m, gait.Spot{}))
		}
	}
	if r.spot != nil {
		for _, s := range c.spots() {
			m := r.spot(c, s)
			if inexact(s.Worst) {
				m = m.asking(finding.AskHowBad)
			}
			if m.hit {
				all = append(all, c.finding(r.name, m, s.Spot()))
			}
		}
	}
	return all
}

// finding is what a rule has found at a spot, or in the case as a whole.
func (c *Case) finding(name finding.Rule, m match, p gait.Spot) Finding {
	rules := table()
	r := rules[place(rules, name)]
	f := Finding{
		Fact: m.Fact, Verdict: r.verdict, Professional: r.professional || m.professional && !c.muted(), Urgent: m.urgent,
		At: c.At, RestDay: c.RestDay, Figures: r.figures, Minor: m.minor,
	}
	f.Rule, f.Spot = name, p
	for _, a := range m.asks {
		f.Questions = append(f.Questions, finding.Question{Ask: a, Spot: p})
	}
	return f
}

// muted reports whether a professional has had a look not long ago.
func (c *Case) muted() bool { return c.At.Before(c.Before.MutedUntil) }
