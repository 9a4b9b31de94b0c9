package rules

import "gaitkeeper/gait"

// STOP-BONE: one deep spot, tender to a fingertip, at any site. In the groin or
// at the sacrum, with a pain that does not fade, it is urgent.
func stopBone(c *Case, s spot) match {
	if s.Focal != gait.Yes && !s.Is(gait.Bone) {
		return match{}
	}
	if (s.Site == gait.Groin || s.Site == gait.Sacrum) && s.Worst.AtLeast(c.Params.Pain.UrgentWorst) && s.doesNotFade() {
		m := say("%s: one deep, tender spot, and the pain did not fade while running. At this place a doctor should look at it today.", s.words())
		m.urgent = true
		return m
	}
	return say("%s: one deep, tender spot. It may be the bone, and bone gives little warning: somebody who knows should look at it before the next run.", s.words())
}

// STOP-LIMP: the runner says so; or the balance has shifted away from a leg
// that hurts.
func stopLimp(c *Case, s spot) match {
	if s.Limping == gait.Yes {
		return say("You said that you limped or changed your stride%s.", s.because())
	}
	if !c.limpMeasured(s) {
		return match{}
	}
	if !c.asymmetry().Louder(gait.LevelNone) {
		return say("Your %s foot is still on the ground for less time than before you said that nothing hurts, and now %s hurt. Your stride may be sparing it.",
			c.Accepted, s.inWords())
	}
	return say("%s, and %s hurt. Your stride may be sparing it.", c.shiftWords(), s.inWords())
}

// limpMeasured tells whether the balance has shifted away from the place, or
// may have, and the runner gave no other reason.
func (c *Case) limpMeasured(s spot) bool {
	if c.Gave(gait.AnswerNewStrap, gait.AnswerNewShoes, gait.AnswerNotALimp) {
		return false
	}
	if s.Site != gait.NoSite && !s.Site.Leg() {
		return false
	}
	if s.Side != gait.NoSide && s.Side != c.spared() {
		return false
	}
	p := c.Params.Pain
	named := s.Site != gait.NoSite && s.Side != gait.NoSide
	asks := c.asymmetry() == gait.LevelAsk || named && c.Accepted != gait.NoSide
	return c.asymmetry() == gait.LevelWarn && s.Worst.AtLeast(p.LimpWarnPain) || asks && s.Worst.AtLeast(p.LimpAskPain)
}

// spared returns the side that spends the shorter time on the ground, be it that
// nothing hurt while it became the normal.
func (c *Case) spared() gait.Side {
	switch {
	case c.Run == nil:
		return gait.NoSide
	case c.asymmetry().Louder(gait.LevelNone):
		return c.Run.ShortSide
	default:
		return c.Accepted
	}
}

// STOP-NIGHT: the pain interferes with sleep.
func stopNight(_ *Case, s spot) match {
	if s.Night != gait.Yes {
		return match{}
	}
	return say("%s kept you from sleeping well. A pain that disturbs the night asks for rest from running.", s.words())
}

// STOP-SHARP: a sharp pain, or a twinge that came back.
func stopSharp(c *Case, s spot) match {
	switch {
	case s.Is(gait.Cramp):
		return match{}
	case s.Is(gait.Sharp):
		return say("%s: sharp%s.", s.words(), s.of("worst"))
	case s.Is(gait.Twinge) && c.twingedBefore(s):
		return say("%s: the twinge came back.", s.words())
	default:
		return match{}
	}
}

func (c *Case) twingedBefore(s spot) bool {
	for _, past := range s.course.lately(c.At, c.Params.Pain.NewDays) {
		if past.Is(gait.Twinge) {
			return true
		}
	}
	return false
}

// STOP-MEDICATION: pain relievers were needed to get through a run.
func stopMedication(c *Case, s spot) match {
	if c.Run == nil || s.Medication != gait.Yes {
		return match{}
	}
	return say("%s: you took pain relievers for this run. They hide what the number should tell you.", s.words())
}

// STOP-WORSE: the pain grew while running.
func stopWorse(c *Case, s spot) match {
	p := c.Params.Pain
	switch {
	case c.Run == nil:
		return match{}
	case s.Worsening == gait.Yes:
		return say("%s grew worse while you ran%s.", s.words(), s.fromTo())
	case c.offScale(s):
		return match{}
	case s.Start.AtLeast(1) && s.rise() >= p.Worse, s.Start.AtMost(0) && s.End.AtLeast(p.WorseFromZero):
		return say("%s grew worse while you ran%s.", s.words(), s.fromTo())
	default:
		return match{}
	}
}

// STOP-HIGH: a high number; where bone lies close, a lower one that does not
// fade.
func stopHigh(c *Case, s spot) match {
	p := c.Params.Pain
	switch {
	case c.offScale(s):
		return match{}
	case s.Worst.AtLeast(p.High):
		return say("%s: %v of 10. From %d on, rest from running is the better training.", s.words(), s.Worst, p.High)
	case s.Site.Bony() && s.Worst.AtLeast(p.HighBony) && s.doesNotFade():
		if c.says(s, stopWorse) {
			return say("%s: %v of 10, and bone lies close there.", s.words(), s.Worst)
		}
		return say("%s: %v of 10, and it did not fade while you ran%s. Bone lies close there.", s.words(), s.Worst, s.fromTo())
	default:
		return match{}
	}
}
