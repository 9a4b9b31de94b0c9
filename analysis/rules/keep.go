package rules

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// KEEP-WARMS-UP: a known pain that fades with the warm-up. Provisional until
// the morning.
func keepWarmsUp(c *Case, s spot) match {
	p := c.Params.Pain
	if c.Run == nil || c.offScale(s) || !s.Worst.AtMost(p.StableTo) || !s.fades() || !c.formUnchanged(s) || modNew(c, s).text != "" {
		return match{}
	}
	if s.unsettled(p) {
		return match{}
	}
	until := ""
	if !s.settled(p) {
		until = " If tomorrow morning is calm too, carry on."
	}
	return say("%s warmed up%s.%s", s.words(), s.fromTo(), until)
}

// KEEP-LOW: a known, small, settled pain. It stays silent.
func keepLow(c *Case, s spot) match {
	p := c.Params.Pain
	grew := s.Start.Known() && s.End.Known() && s.rise() > 0
	if c.Run == nil || c.offScale(s) || !s.within(1, p.SettledWorst) || s.Medication == gait.Yes || grew || !s.settled(p) || !s.course.known(c.At, p) {
		return match{}
	}
	return say("%s: %v of 10, and calm the next morning.", s.words(), s.Worst)
}

// KEEP-SORE: muscles on both sides that are sore from a hard or long run.
func keepSore(c *Case, s spot) match {
	muscle := slices.Contains([]gait.Site{gait.Calf, gait.Thigh, gait.Hamstring, gait.Buttock}, s.Site)
	if !s.Is(gait.Sore) || s.Side != gait.Both || !muscle {
		return match{}
	}
	why := c.hardLately()
	if why == "" {
		return match{}
	}
	return say("%s are sore after %s. Easy days until that is gone.", s.words(), why)
}

// hardLately names the hard or long run of the last days.
func (c *Case) hardLately() string {
	p := c.Params.Pain
	for i := len(c.Outings) - 1; i >= 0; i-- {
		o := c.Outings[i]
		if c.At.Sub(o.End) > time.Duration(p.SoreHours)*time.Hour {
			return ""
		}
		h := habitOf(c.Outings[max(0, i-p.HabitRuns):i])
		race := slices.ContainsFunc(c.Races, func(r time.Time) bool { return c.day(r) == c.day(o.Start) })
		switch {
		case race:
			return "the race of " + c.date(o.Start)
		case h.formed(p) && float64(o.Distance) >= p.LongRun*h.distance:
			return "the long run of " + c.date(o.Start)
		case h.formed(p) && h.speed > 0 && float64(o.Speed) >= p.HardPace*h.speed:
			return "the fast run of " + c.date(o.Start)
		}
	}
	return ""
}

// KEEP-ANSWERED: something was measured, and the runner has said what it was.
func keepAnswered(c *Case) match {
	switch {
	case !c.measured() || c.limps():
		return match{}
	case c.Gave(gait.AnswerNewStrap):
		return say("The figures were different, and you said why: a new strap. This is your new normal.")
	case c.Gave(gait.AnswerNewShoes):
		return say("The figures were different, and you said why: new shoes. This is your new normal.")
	case c.Gave(gait.AnswerOnPurpose):
		return say("The figures were different, and you said why: on purpose. This is your new normal.")
	case c.Painless():
		return say("The figures were different, and you said that nothing hurts.")
	case c.Gave(gait.AnswerNotALimp):
		return say("The figures were different, and you know your stride: it is taken for your new normal.")
	case c.Earlier.Kind != "":
		return say("The figures are as different as on %s, when you said %s. That still counts; say so when something hurts.", c.date(c.Earlier.At), c.Earlier.words())
	default:
		return match{}
	}
}

// words says what the answer was.
func (e Earlier) words() string {
	switch e.Kind {
	case gait.AnswerNewStrap:
		return "that it was a new strap"
	case gait.AnswerNewShoes:
		return "that it was new shoes"
	case gait.AnswerOnPurpose:
		return "that it was on purpose"
	case gait.AnswerNotALimp:
		return "that you know your stride"
	default:
		return "that nothing hurts"
	}
}

// limps tells whether STOP-LIMP matches at any place: then no reason that the
// runner gives makes the figures a new normal.
func (c *Case) limps() bool {
	return slices.ContainsFunc(c.spots(), func(s spot) bool { return stopLimp(c, s).text != "" })
}

// KEEP-CLEAR: the runner says that nothing hurts, and nothing was measured.
func keepClear(c *Case) match {
	switch {
	case !c.Painless() || c.measured():
		return match{}
	case c.Run == nil:
		return say("You said: no pain.")
	default:
		return say("You said: no pain. The figures show nothing else.")
	}
}

// KEEP-QUIET: nothing measured and nothing reported, which is not the same as
// no pain.
func keepQuiet(c *Case) match {
	if c.Run == nil || c.learning() || c.measured() || c.reported() {
		return match{}
	}
	return say("Nothing was seen in the figures, and nothing was reported.")
}

// LEARNING: the runner's normal rests on too few runs, and nothing was
// reported.
func learning(c *Case) match {
	if c.Run == nil || !c.learning() || c.measured() || c.reported() {
		return match{}
	}
	return say("Still learning what is normal for you: %d of %d runs so far. Nothing was reported.", c.Run.BaselineRuns, c.Params.Analysis.LearningRuns)
}

// learning tells whether the normal is still too young. A runner whose runs have
// no balance is not learning for ever: the first runs are enough.
func (c *Case) learning() bool {
	enough := c.Params.Analysis.LearningRuns
	return c.Run.BaselineRuns < enough && (c.Run.Quality.Balance == gait.BalanceOK || len(c.Outings) <= enough)
}

// ILL: the run of an ill runner stays outside the baseline.
func ill(c *Case) match {
	if !c.Gave(gait.AnswerIll) {
		return match{}
	}
	return say("You were ill: this run does not count towards what is normal for you. Come back when you are well.")
}

// WATCH goes with every keep that has pain in it.
func (c *Case) watch() []Finding {
	var found []Finding
	for _, s := range c.spots() {
		if !s.Hurts() && !s.Morning.AtLeast(1) {
			continue
		}
		m := say("Keep an eye on %s: changes come slowly.", s.inWords())
		if !s.Worst.Known() {
			m = m.asking(howBad)
		}
		if s.offScale() {
			m = say("%s%s: keep an eye on it. If it makes you change your stride, stop there.", s.words(), kindWords(s))
		}
		found = append(found, Finding{Reason: gait.Reason{Rule: gait.Watch, Text: m.text}, Verdict: gait.VerdictKeep, Place: s.Place, Questions: m.questions, At: c.At})
	}
	return found
}

func kindWords(s spot) string {
	if s.Is(gait.Cramp) {
		return ", a cramp"
	}
	return ", the skin"
}
