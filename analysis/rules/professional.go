package rules

import (
	"slices"
	"time"

	"gaitkeeper/gait"
)

// PT-RETURNS: the pain keeps coming back although training was changed, or the
// site has its third episode in half a year.
func ptReturns(c *Case, s spot) match {
	p := c.Params.Pain
	if c.noPT(s) || !s.Worst.AtLeast(p.ReturnsWorst) {
		return match{}
	}
	if n := c.spells(s); n >= p.EpisodeCount {
		return say("%s: the %s time within %d days that it begins again.", s.words(), ordinal(n), p.EpisodeDays)
	}
	if n := c.painfulOfLast(s); c.Run != nil && n >= p.ReturnsRuns && c.changedTraining(s.course) {
		return say("%s: it hurt in %d of your last %d runs, although you have trained differently since %s.",
			s.words(), n, p.ReturnsOf, c.date(s.course.modifySince))
	}
	return match{}
}

// noPT tells whether the PT rules leave the report alone.
func (c *Case) noPT(s spot) bool { return s.Is(gait.Skin) || c.excused(s) }

// spells counts the times of pain at the place within the days that PT-RETURNS
// looks at, this one included; 0 where this is none: an old mild pain that asks
// for nothing begins no new time.
func (c *Case) spells(s spot) int {
	if s.course == nil || s.offScale() {
		return 0
	}
	goesOn := s.course.goesOn(c.At, c.Params.Pain)
	if !goesOn && !c.asksForChange(s) {
		return 0
	}
	n := 0
	for _, began := range s.course.spells {
		if c.At.Sub(began) <= time.Duration(c.Params.Pain.EpisodeDays)*day {
			n++
		}
	}
	if !goesOn {
		n++
	}
	return n
}

// asksForChange tells whether a rule other than the PT rules asks to change the
// training, or to stop, because of the report.
func (c *Case) asksForChange(s spot) bool {
	return slices.ContainsFunc(table(), func(r rule) bool {
		return r.spot != nil && r.verdict.Graver(gait.VerdictAsk) && !r.pt() && r.spot(c, s).text != ""
	})
}

// painfulOfLast counts the painful runs at the place among the last ones, this
// one included.
func (c *Case) painfulOfLast(s spot) int {
	p := c.Params.Pain
	n := 1
	if s.course == nil || s.offScale() {
		return n
	}
	first := len(c.Outings) - p.ReturnsOf
	for _, past := range slices.Backward(s.course.past) {
		if past.Run >= 0 && past.Run < first {
			break
		}
		if past.Run >= 0 && past.Counts && past.Worst.AtLeast(p.ReturnsWorst) {
			n++
		}
	}
	return n
}

// changedTraining tells whether the site asked for a change long enough ago,
// and the runs since were fewer or shorter, slower, flatter or had more walking
// than those until then.
func (c *Case) changedTraining(course *Course) bool {
	p := c.Params.Pain
	if !course.goesOn(c.At, p) || course.modifySince.IsZero() || c.At.Sub(course.modifySince) < time.Duration(p.ReturnsDays)*day {
		return false
	}
	since := c.between(course.modifySince, c.At)
	weeks := c.At.Sub(course.modifySince).Hours() / 24 / 7
	usual, runs := c.weekly(course.modifySince, 28)
	if len(runs) == 0 || len(since) == 0 {
		return false
	}
	var metres float64
	for _, o := range since {
		metres += float64(o.Distance)
	}
	before, after := habitOf(runs), habitOf(since)
	return metres/weeks <= (1-p.ChangedLoad)*usual ||
		after.speed <= (1-p.ChangedPace)*before.speed ||
		after.walk >= before.walk+p.ChangedPace ||
		before.metresUp > 0 && after.metresUp <= (1-p.ChangedLoad)*before.metresUp && before.metresUp >= p.Climb
}

// PT-PERSISTS: less running for two weeks, and the pain no lower.
func ptPersists(c *Case, s spot) match {
	p := c.Params.Pain
	if c.Run == nil || c.noPT(s) || s.offScale() || !s.Worst.AtLeast(p.ReturnsWorst) {
		return match{}
	}
	split := c.At.Add(-time.Duration(p.PersistsDays) * day)
	now, _ := c.weekly(c.At, p.PersistsDays)
	usual, runs := c.weekly(split, 28)
	before, hurt := s.course.painBefore(split, p)
	if len(runs) < 2 || !hurt || now > (1-p.PersistsDrop)*usual {
		return match{}
	}
	if lower := s.Worst.AtMost(before.Worst.Low()-1) && s.Medication != gait.Yes; lower {
		return match{}
	}
	return say("%s: still %v of 10, though you ran %s a week over the last %d days instead of %s.",
		s.words(), s.Worst, c.distance(now), p.PersistsDays, c.distance(usual))
}

// painBefore returns the last pain at the place within the weeks before a
// moment, from the worst on that counts.
func (c *Course) painBefore(at time.Time, p gait.PainParams) (remembered, bool) {
	if c == nil {
		return remembered{}, false
	}
	for _, past := range slices.Backward(c.past) {
		if past.At.After(at) {
			continue
		}
		if at.Sub(past.At) > time.Duration(p.NewDays)*day {
			break
		}
		if past.Run >= 0 && past.Counts && past.Worst.AtLeast(p.ReturnsWorst) {
			return past, true
		}
	}
	return remembered{}, false
}

// PT-LIFE: the pain reaches beyond running.
func ptLife(c *Case, s spot) match {
	if c.noPT(s) {
		return match{}
	}
	var what []string
	if s.DailyLife == gait.Yes {
		what = append(what, "your daily life")
	}
	if s.Mood == gait.Yes {
		what = append(what, "your mood or confidence")
	}
	if s.Night == gait.Yes {
		what = append(what, "your sleep")
	}
	if len(what) == 0 {
		return match{}
	}
	return say("%s affects %s. That is worth sharing with somebody who knows running.", s.words(), list(what))
}

// PT-MORNING: MOD-MORNING at the site for the second time.
func ptMorning(c *Case, s spot) match {
	if c.noPT(s) || s.course == nil || modMorning(c, s).text == "" {
		return match{}
	}
	p := c.Params.Pain
	n := 1
	for _, at := range s.course.mornings {
		if c.At.Sub(at) <= time.Duration(p.MorningDays)*day {
			n++
		}
	}
	if n < p.MorningTwice {
		return match{}
	}
	return say("%s: the %s time within %d days that the next morning was worse than usual.", s.words(), ordinal(n), p.MorningDays)
}

// PT-GOAL: a race is near, and running on as planned is in question. It looks
// at the verdict of all other rules.
func (c *Case) ptGoal(v gait.Verdict) []Finding {
	if !v.Graver(gait.VerdictAsk) || c.At.Before(c.Before.MutedUntil) {
		return nil
	}
	for _, race := range c.Races {
		days := c.day(race) - c.day(c.At)
		if days < 0 || days > c.Params.Pain.GoalDays {
			continue
		}
		m := say("Your race on %s is %s away. A goal makes it hard to judge for oneself.", c.date(race), count(days, "day"))
		return []Finding{{
			Reason: gait.Reason{Rule: gait.PTGoal, Text: m.text}, Verdict: gait.VerdictModify, Professional: true, At: c.At,
		}}
	}
	return nil
}

// PT-UNSURE: the runner is not sure.
func ptUnsure(c *Case) match {
	if !c.Gave(gait.AnswerUnsure) {
		return match{}
	}
	return say("You are not sure what to make of it. That is a good reason to ask somebody who works with runners.")
}

// PT-UNEXPLAINED: the balance was at warn in two of three runs, with the same
// strap, and nobody has said why.
func ptUnexplained(c *Case) match {
	p := c.Params.Pain
	if c.Run == nil || len(c.Outings) == 0 {
		return match{}
	}
	last := c.Outings[len(c.Outings)-1]
	if !last.Warned {
		return match{}
	}
	n := 0
	for _, o := range c.Outings[max(0, len(c.Outings)-p.UnexplainedOf):] {
		if o.Warned && o.Sensor == last.Sensor {
			n++
		}
	}
	if n < p.UnexplainedRuns {
		return match{}
	}
	return say("The balance was as far off in %d of your last %d runs, and nothing explains it yet.", n, p.UnexplainedOf) // MOD-MEASURED says how far
}
