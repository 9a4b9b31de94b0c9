package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// The therapist named has the rule; the numbers are ours.
const (
	returnsRuns, returnsOf = 3, 6 // PT-RETURNS: painful runs of the last ones; A
	returnsDays            = 14   // PT-RETURNS: days since the first modify; A
	returnsWorst           = 2    // PT-RETURNS and PT-PERSISTS: a run counts from this worst on, of 10
	episodeCount           = 3    // PT-RETURNS: episodes at one site
	episodeDays            = 180  // within so many days
	persistsDrop           = 0.20 // PT-PERSISTS: the share by which the weekly distance has fallen; B
	persistsDays           = 14   // for so many days; B
	purposeRuns            = 3    // who ran less often in them did not reduce on purpose
	morningTwice           = 2    // PT-MORNING: times of MOD-MORNING; B
	morningDays            = 28   // within so many days; B
	goalAfter              = 7    // PT-GOAL: a modify of more days counts before a race
	unexplainedRuns        = 2    // PT-UNEXPLAINED: runs with a balance at warn
	unexplainedOf          = 3    // of so many last ones
)

// PT-IGNORED: a pain that grew in a run that was run against a stop.
func ptIgnored(c *Case, s siteReport) match {
	if c.Run == nil || c.noPT(s) || s.offScale() {
		return match{}
	}
	runs := s.course.painfulRuns(c.At, c.Params.Pain)
	if !c.stopped(s.Spot()) || len(runs) == 0 || !above(s.Worst, runs[0].Worst, 1) {
		return match{}
	}
	f := s.numbers("")
	f.Before = runs[0].Worst
	return found(f)
}

// PT-STRAIN: what may be a torn muscle; a stop at the groin or the foot because
// it grew or is high; both calves that tighten each run.
func ptStrain(c *Case, s siteReport) match {
	sharp := s.Is(gait.Sharp) || s.Pop == gait.Yes || s.Limping == gait.Yes
	switch {
	case c.noPT(s) || s.Is(gait.Cramp):
		return match{}
	case sharp && slices.Contains([]gait.Site{gait.Calf, gait.Thigh, gait.Hamstring}, s.Site):
		return found(s.numbers(""))
	case (s.Site == gait.Groin || s.Site == gait.Foot) && (stopWorse(c, s).hit || stopHigh(c, s).hit):
		return found(s.numbers(finding.HowBone))
	case s.Site == gait.Calf && s.Side == gait.Both && stopWorse(c, s).hit && s.course.worsened(c.At, c.Params.Pain):
		return found(s.numbers(finding.HowTwice))
	default:
		return match{}
	}
}

// worsened reports whether STOP-WORSE matched at the spot lately.
func (c *SiteHistory) worsened(at time.Time, p gait.PainParams) bool {
	return c != nil && slices.ContainsFunc(c.worse, func(t time.Time) bool { return at.Sub(t) <= days(p.NewDays) })
}

// PT-RETURNS: the pain keeps coming back although training was reduced on
// purpose, or the site has its third episode in half a year.
func ptReturns(c *Case, s siteReport) match {
	if c.noPT(s) || !s.Worst.AtLeast(returnsWorst) {
		return match{}
	}
	if n := c.spells(s); n >= episodeCount {
		return found(finding.Fact{How: finding.HowAgain, Count: n, Days: episodeDays})
	}
	if n := c.painfulOfLast(s); c.Run != nil && n >= returnsRuns && c.changedTraining(s.course) {
		return c.askingWhyLess(found(finding.Fact{Count: n, Of: returnsOf, Date: s.course.modifySince}))
	}
	return match{}
}

// noPT reports whether the PT rules leave the report alone.
func (c *Case) noPT(s siteReport) bool { return s.Is(gait.Skin) || s.Is(gait.Stitch) || c.excused(s) }

// spells counts the times of pain at the spot within the days that PT-RETURNS
// looks at, this one included; 0 where this is not one: an old mild pain that
// asks for nothing begins no new time.
func (c *Case) spells(s siteReport) int {
	if s.course == nil || s.offScale() {
		return 0
	}
	goesOn := s.course.goesOn(c.At, c.Params.Pain)
	if !goesOn && !c.asksForChange(s) {
		return 0
	}
	n := 0
	for _, began := range s.course.spells {
		if c.At.Sub(began) <= days(episodeDays) {
			n++
		}
	}
	if !goesOn {
		n++
	}
	return n
}

// asksForChange reports whether a rule other than the PT rules asks to change
// the training, or to stop, because of the report.
func (c *Case) asksForChange(s siteReport) bool {
	return slices.ContainsFunc(table(), func(r rule) bool {
		return r.spot != nil && r.verdict.MoreSevere(finding.VerdictAsk) && !r.pt() && r.spot(c, s).hit
	})
}

// painfulOfLast counts the painful runs at the spot among the last ones, this
// one included.
func (c *Case) painfulOfLast(s siteReport) int {
	n := 1
	if s.course == nil || s.offScale() {
		return n
	}
	first := len(c.Runs) - returnsOf
	for _, past := range slices.Backward(s.course.past) {
		if past.Run >= 0 && past.Run < first {
			break
		}
		if past.Run >= 0 && past.Counts && past.Worst.AtLeast(returnsWorst) {
			n++
		}
	}
	return n
}

// ranOn reports whether the runner ran on in the last two weeks: a runner who
// did not run has not reduced training on purpose.
func (c *Case) ranOn() bool {
	return len(c.between(c.At.Add(-days(persistsDays)), c.At)) >= purposeRuns
}

// changedTraining reports whether the site asked for a change long enough ago,
// and the runs since were shorter, slower, flatter or had more walking than
// those until then.
func (c *Case) changedTraining(course *SiteHistory) bool {
	p := c.Params.Pain
	if c.less().Kind == gait.AnswerOtherReason || !course.goesOn(c.At, p) || course.modifySince.IsZero() || c.At.Sub(course.modifySince) < days(returnsDays) || !c.ranOn() {
		return false
	}
	since := c.between(course.modifySince, c.At)
	weeks := c.At.Sub(course.modifySince).Hours() / 24 / 7
	usual, runs := c.weekly(course.modifySince, 28)
	if len(runs) == 0 {
		return false
	}
	var metres float64
	for _, o := range since {
		metres += float64(o.Distance)
	}
	before, after := habitOf(runs), habitOf(since)
	return metres/weeks <= (1-cutLoad)*usual ||
		after.speed <= (1-cutPace)*before.speed ||
		after.walk >= before.walk+cutPace ||
		before.metresUp >= hilly && after.metresUp <= (1-cutLoad)*before.metresUp
}

// less is what the runner said of why he runs less, as long as it is about the weeks
// that PT-RETURNS and PT-PERSISTS look at.
func (c *Case) less() Reason {
	switch {
	case c.Tap == gait.AnswerCutBack, c.Tap == gait.AnswerOtherReason:
		return Reason{c.Tap, c.At}
	case c.At.Sub(c.Before.Less.At) > days(c.Params.Pain.NewDays):
		return Reason{}
	default:
		return c.Before.Less
	}
}

// askingWhyLess asks whether it was the pain that made the runner run less, unless
// that was said.
func (c *Case) askingWhyLess(m match) match {
	if c.less() != (Reason{}) {
		return m
	}
	return m.asking(finding.AskCutBack)
}

// restsOnLess reports whether the finding rests on having run less because of the
// pain.
func (f Finding) restsOnLess() bool {
	return f.Rule == finding.PTPersists || f.Rule == finding.PTReturns && f.How == ""
}

// PT-PERSISTS: less running for two weeks, and the pain no lower.
func ptPersists(c *Case, s siteReport) match {
	p := c.Params.Pain
	if c.less().Kind == gait.AnswerOtherReason || c.Run == nil || c.noPT(s) || s.offScale() || !s.Worst.AtLeast(returnsWorst) || !c.ranOn() {
		return match{}
	}
	split := c.At.Add(-days(persistsDays))
	now, _ := c.weekly(c.At, persistsDays)
	usual, runs := c.weekly(split, 28)
	before, hurt := s.course.painBefore(split, p)
	if len(runs) < 2 || !hurt || now > (1-persistsDrop)*usual {
		return match{}
	}
	if lower := s.Worst.AtMost(before.Worst.Low()-1) && s.Medication != gait.Yes; lower {
		return match{}
	}
	f := s.numbers("")
	f.Distance, f.Usual, f.Days = gait.Metres(now), gait.Metres(usual), persistsDays
	return c.askingWhyLess(found(f))
}

// painBefore returns the last pain at the spot within the weeks before a
// moment, from the worst on that counts.
func (c *SiteHistory) painBefore(at time.Time, p gait.PainParams) (remembered, bool) {
	if c == nil {
		return remembered{}, false
	}
	for _, past := range slices.Backward(c.past) {
		if past.At.After(at) {
			continue
		}
		if at.Sub(past.At) > days(p.NewDays) {
			break
		}
		if past.Run >= 0 && past.Counts && past.Worst.AtLeast(returnsWorst) {
			return past, true
		}
	}
	return remembered{}, false
}

// PT-LIFE: the pain reaches beyond running.
func ptLife(c *Case, s siteReport) match {
	if c.noPT(s) {
		return match{}
	}
	var f finding.Fact
	for what, said := range map[finding.What]gait.YesNo{finding.LifeDaily: s.DailyLife, finding.LifeMood: s.Mood, finding.LifeSleep: s.Night} {
		if said == gait.Yes && (what != finding.LifeSleep || !s.Is(gait.Cramp)) {
			f.What = append(f.What, what)
		}
	}
	slices.Sort(f.What)
	return match{Fact: f, hit: len(f.What) > 0}
}

// PT-MORNING: MOD-MORNING at the site for the second time.
func ptMorning(c *Case, s siteReport) match {
	if c.noPT(s) || s.course == nil || !modMorning(c, s).hit {
		return match{}
	}
	n := 1
	for _, at := range s.course.mornings {
		if c.At.Sub(at) <= days(morningDays) {
			n++
		}
	}
	return match{Fact: finding.Fact{Count: n, Days: morningDays}, hit: n >= morningTwice}
}

// ptGoal is PT-GOAL: a race is near, and running on as planned is in question by
// more than a small thing of a few days. It looks at what all other rules found. Once
// a trouble it is news; after that it stands and is not explained again.
func (c *Case) ptGoal(o *Outcome) []Finding {
	p, since := c.Params.Pain, o.Next.Since
	sore := slices.ContainsFunc(o.Findings, func(f Finding) bool { return f.Rule == finding.KeepSore })
	painful := slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict == finding.VerdictModify && f.Worst.AtLeast(p.StableFrom)
	})
	lasting := !since.IsZero() && c.At.Sub(since) > days(goalAfter)
	serious := o.Verdict == finding.VerdictStop || o.Verdict == finding.VerdictModify && (painful || lasting)
	if !serious || sore || c.muted() {
		return nil
	}
	for _, race := range c.Races {
		if away := c.day(race) - c.day(c.At); away >= 0 && away <= p.GoalDays {
			m := found(finding.Fact{Date: race, Days: away})
			if !o.onceATrouble(c, finding.PTGoal) {
				m.How = finding.HowStill
			}
			return []Finding{c.finding(finding.PTGoal, m, gait.Spot{})}
		}
	}
	return nil
}

// PT-UNSURE: the runner is not sure.
func ptUnsure(c *Case) match { return match{hit: c.Gave(gait.AnswerUnsure)} }

// PT-UNEXPLAINED: the balance was at warn in two of three runs, or speaks now and
// was outside the runner's normal to the same side in three in a row, with the
// same strap, and nobody has said why.
func ptUnexplained(c *Case) match {
	if c.Run == nil || len(c.Runs) == 0 {
		return match{}
	}
	last := c.Runs[len(c.Runs)-1]
	warned, silent := 0, 0
	for _, o := range c.Runs[max(0, len(c.Runs)-unexplainedOf):] {
		if o.Warned && o.Sensor == last.Sensor {
			warned++
		}
		if o.Silent && o.Sensor == last.Sensor && o.Off == last.Short {
			silent++
		}
	}
	f := finding.Fact{Count: max(warned, silent), Of: unexplainedOf, Shift: finding.ShiftOf(c.Run)}
	return match{Fact: f, hit: last.Warned && warned >= unexplainedRuns || last.Silent && last.Short != gait.NoSide && silent >= unexplainedOf}
}
