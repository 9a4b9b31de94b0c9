package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// soreHours is how long muscles may be sore after a hard run; ours.
const soreHours = 72

// KEEP-WARMS-UP: a pain that fades with the warm-up, as it did before.
// Provisional until the morning.
func keepWarmsUp(c *Case, s siteReport) match {
	if !c.warmsUp(s) {
		return match{}
	}
	return found(s.numbers(""))
}

// warmsUp reports whether the pain fades in the run, in a runner who runs as
// usual. A new pain must have done so before.
func (c *Case) warmsUp(s siteReport) bool {
	p := c.Params.Pain
	if c.Run == nil || c.offScale(s) || !s.Worst.AtMost(p.StableTo) || !s.fades() || !c.formUnchanged(s) || c.unsettled(s) || c.fresh(s) {
		return false
	}
	return !s.course.NewStands(c.At) || slices.ContainsFunc(s.course.painfulRuns(c.At, p), func(past remembered) bool { return past.fades() })
}

// KEEP-LOW: a known, small, settled pain. It is said once, and then silent.
func keepLow(c *Case, s siteReport) match {
	p := c.Params.Pain
	grew := s.Start.Known() && s.End.Known() && s.rise() > 0
	if c.Run == nil || c.offScale(s) || !s.within(1, p.SettledWorst) || s.Medication == gait.Yes || grew || !c.settled(s) || !s.course.known(c.At, p) {
		return match{}
	}
	f := s.numbers("")
	if !s.course.lowSaid {
		f.How = finding.HowFirst
	}
	return found(f)
}

// KEEP-SORE: muscles on both sides that are sore from a hard or long run, or, up
// to a high number, from strength work, which no watch sees: on a rest day, or
// where the note names it.
func keepSore(c *Case, s siteReport) match {
	p := c.Params.Pain
	muscle := slices.Contains([]gait.Site{gait.Calf, gait.Thigh, gait.Hamstring, gait.Buttock}, s.Site)
	if !s.Is(gait.Sore) || s.Side != gait.Both || !muscle {
		return match{}
	}
	if why, on := c.hardLately(); why != "" {
		return found(finding.Fact{How: why, Date: on})
	}
	long := slices.ContainsFunc(s.course.lately(c.At, 7), func(past remembered) bool {
		return past.Hurts() && c.At.Sub(past.At) > time.Duration(soreHours)*time.Hour
	})
	if !s.Worst.AtMost(p.High) || long || !c.RestDay && !s.strength {
		return match{}
	}
	return found(finding.Fact{How: finding.HowStrength})
}

// hardLately names the hard or long run of the last days.
func (c *Case) hardLately() (finding.How, time.Time) {
	for i := len(c.Runs) - 1; i >= 0; i-- {
		o := c.Runs[i]
		if c.At.Sub(o.End) > time.Duration(soreHours)*time.Hour {
			break
		}
		h := habitOf(c.Runs[max(0, i-habitRuns):i])
		race := slices.ContainsFunc(c.Races, func(r time.Time) bool { return c.day(r) == c.day(o.Start) })
		switch {
		case race:
			return finding.HowRace, o.Start
		case h.formed() && float64(o.Distance) >= longRun*h.distance:
			return finding.HowLong, o.Start
		case h.formed() && h.speed > 0 && float64(o.Speed) >= hardPace*h.speed:
			return finding.HowFast, o.Start
		}
	}
	return "", time.Time{}
}

// KEEP-ANSWERED: something was measured, and the runner has said what it was.
func keepAnswered(c *Case) match {
	if !c.measured() || c.limps() {
		return match{}
	}
	for _, k := range []gait.AnswerKind{gait.AnswerNewStrap, gait.AnswerNewShoes, gait.AnswerOnPurpose} {
		if c.Gave(k) {
			return found(finding.Fact{How: finding.How(k)})
		}
	}
	switch {
	case c.Painless():
		return found(finding.Fact{How: finding.How(gait.AnswerNoPain)})
	case c.Gave(gait.AnswerNotALimp):
		return found(finding.Fact{How: finding.How(gait.AnswerNotALimp)})
	case c.Earlier.Kind != "":
		return found(finding.Fact{How: finding.How(c.Earlier.Kind), Date: c.Earlier.At})
	default:
		return match{}
	}
}

// limps reports whether STOP-LIMP matches at any spot: then no reason that the
// runner gives makes the figures a new normal.
func (c *Case) limps() bool {
	return slices.ContainsFunc(c.spots(), func(s siteReport) bool { return stopLimp(c, s).hit })
}

// KEEP-CLEAR: the runner says that nothing hurts, and nothing was measured.
func keepClear(c *Case) match {
	switch {
	case !c.Painless() || c.measured():
		return match{}
	case c.Run == nil:
		return found(finding.Fact{How: finding.HowRest})
	default:
		return found(finding.Fact{})
	}
}

// KEEP-QUIET: nothing measured and nothing reported, which is not the same as
// "no pain".
func keepQuiet(c *Case) match {
	if c.Run == nil || c.learning() || c.measured() || c.reported() {
		return match{}
	}
	f := finding.Fact{}
	if c.Run.Quality.Balance != gait.BalanceOK {
		f.How = finding.HowBlind
	}
	return found(f)
}

// LEARNING: the same, while the normal is still too young.
func learning(c *Case) match {
	if c.Run == nil || !c.learning() || c.measured() || c.reported() {
		return match{}
	}
	return found(finding.Fact{Count: c.Run.BaselineRuns, Of: c.Params.Analysis.LearningRuns})
}

// learning reports whether the normal is still too young. A runner whose runs
// have no balance is not learning forever: the first runs are enough.
func (c *Case) learning() bool {
	enough := c.Params.Analysis.LearningRuns
	return c.Run.BaselineRuns < enough && (c.Run.Quality.Balance == gait.BalanceOK || len(c.Runs) <= enough)
}

// ILL: the run of an ill runner stays outside the baseline.
func ill(c *Case) match { return match{hit: c.Gave(gait.AnswerIll)} }

// watch is WATCH, which goes with every keep that has pain in it.
func (c *Case) watch() []Finding {
	var all []Finding
	for _, s := range c.spots() {
		if !s.Hurts() && !s.Morning.AtLeast(1) {
			continue
		}
		m := found(s.numbers(""))
		switch {
		case s.offScale():
			m.How = finding.HowOffScale
		case s.Numb == gait.Yes:
			m.How = finding.HowNumb
		case !s.Worst.Known():
			m = m.asking(finding.AskHowBad)
		}
		all = append(all, c.finding(finding.Watch, m, s.Spot()))
	}
	return all
}
