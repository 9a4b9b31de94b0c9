package rules

import (
	"fmt"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// MOD-BONE: where bone lies close, a pain that does not fade, rises or has not
// settled, and nobody has felt for the one deep spot yet. Hopping on it is
// never suggested.
func modBone(c *Case, s spot) match {
	p := c.Params.Pain
	stubborn := s.doesNotFade() || s.rise() > 0 || s.Worsening == gait.Yes || s.unsettled(p)
	if c.offScale(s) || !s.Site.Bony() || s.Focal != gait.Unsaid || !s.Worst.AtLeast(p.BonyModify) || !stubborn {
		return match{}
	}
	questions := []string{"Is there one deep spot that is tender to a fingertip?", "Does walking hurt?"}
	if s.Site == gait.Thigh || s.Site == gait.Hip || s.Site == gait.Groin {
		questions = slices.Insert(questions, 1, "Is it at the front of the hip?")
	}
	if c.says(s, stopHigh) {
		return say("%s: nobody has felt yet whether it is one deep spot.", s.words()).asking(questions...)
	}
	how := "it does not fade"
	switch {
	case s.Worsening == gait.Yes || s.rise() > 0:
		how = "it grew"
	case !s.doesNotFade():
		how = "it had not settled by the next morning"
	}
	return say("%s: %v of 10, and %s. Bone lies close there, so it deserves a closer look.", s.words(), s.Worst, how).asking(questions...)
}

// MOD-TREND: a known site gets worse from run to run.
func modTrend(c *Case, s spot) match {
	p := c.Params.Pain
	runs := s.course.painfulRuns(c.At, p)
	if c.Run == nil || c.offScale(s) || len(runs) == 0 {
		return match{}
	}
	up := func(now, before gait.Score, by int) bool {
		n, known := before.Number()
		return known && now.AtLeast(n+by)
	}
	last := runs[0].Worst
	switch {
	case up(s.Worst, last, p.TrendOnce):
		return say("%s: up to %v of 10, from %v the last time it hurt.", s.words(), s.Worst, last)
	case len(runs) > 1 && up(s.Worst, last, p.TrendTwice) && up(last, runs[1].Worst, p.TrendTwice):
		return say("%s: it has grown twice in a row, from %v to %v to %v of 10.", s.words(), runs[1].Worst, last, s.Worst)
	default:
		return match{}
	}
}

// MOD-MORNING: the next morning is worse than the site's mornings usually are.
func modMorning(c *Case, s spot) match {
	usual := median(s.course.lastMornings(3))
	if c.Run == nil || s.Is(gait.Skin) || c.excused(s) || !s.Morning.AtLeast(c.Params.Pain.MorningWorst) || float64(s.Morning.Low()) <= usual {
		return match{}
	}
	return say("%s: still %v of 10 the next morning. That run was a bit more than it bears for now.", s.words(), s.Morning)
}

// lastMornings returns the last n mornings at the place.
func (c *Course) lastMornings(n int) []float64 {
	var mornings []float64
	if c == nil {
		return nil
	}
	for _, past := range slices.Backward(c.past) {
		if len(mornings) == n {
			break
		}
		if past.Morning.Known() && past.Medication != gait.Yes {
			mornings = append(mornings, float64(past.Morning.Low()))
		}
	}
	return mornings
}

// MOD-AFTER: the pain came only after the run.
func modAfter(c *Case, s spot) match {
	if c.offScale(s) || !s.Worst.AtLeast(1) || !c.onlyAfter(s) {
		return match{}
	}
	m := say("%s: %v of 10 after the run, not during it.", s.words(), s.Worst)
	if c.says(s, stopHigh) {
		m = say("%s: it came after the run, not during it.", s.words())
	}
	return m.asking("Is it gone by the morning?")
}

// onlyAfter tells whether the pain was entered within hours of a run in which
// the place was silent: a run whose first and last steps were free of it, or a
// rest-day entry after a run without a word of the place.
func (c *Case) onlyAfter(s spot) bool {
	if len(c.Outings) == 0 {
		return false
	}
	run := c.Outings[len(c.Outings)-1]
	soon := func(t time.Time) bool {
		return !t.Before(run.End) && t.Sub(run.End) <= time.Duration(c.Params.Pain.AfterHours)*time.Hour
	}
	if c.Run != nil {
		return s.Start.AtMost(0) && s.End.AtMost(0) && soon(s.Entered)
	}
	hurt := slices.ContainsFunc(s.course.lately(c.At, 2), func(past remembered) bool {
		return past.Run == len(c.Outings)-1 && past.Hurts() && !past.Worst.AtMost(0)
	})
	return c.RestDay && soon(c.At) && !hurt
}

// MOD-REST: pain on a rest day.
func modRest(c *Case, s spot) match {
	if !c.RestDay || c.offScale(s) || !s.Worst.AtLeast(c.Params.Pain.RestWorst) {
		return match{}
	}
	m := say("%s: %v of 10 outside of running.", s.words(), s.Worst)
	if c.says(s, stopHigh, modAfter) {
		m = say("%s: that is much for a day without a run.", s.words())
	}
	return m.asking("How is walking?")
}

// MOD-CHANGED: pain, and the run was cut short, broken by walking or faded
// against the runner's own habit.
func modChanged(c *Case, s spot) match {
	how := c.changed()
	if len(how) == 0 || !s.Worst.AtLeast(1) || c.excused(s) {
		return match{}
	}
	return say("%s hurt%s, and this run was not run as usual: %s.", s.words(), s.of("worst"), list(how))
}

// changed says in what the run differs from the runner's habit.
func (c *Case) changed() []string {
	if c.Run == nil || len(c.Outings) == 0 {
		return nil
	}
	var how []string
	p, h, o := c.Params.Pain, c.habit(), c.Outings[len(c.Outings)-1]
	seen := func(f gait.Feature) bool {
		return c.form().Louder(gait.LevelNone) && !c.Run.Form.ByPain && slices.Contains(c.Run.Form.What, f)
	}
	if h.formed(p) && float64(o.Distance) < min(p.CutShort*h.distance, h.least) {
		how = append(how, "it ended after "+c.distance(float64(o.Distance))+" where "+c.distance(h.distance)+" are usual")
	}
	if h.formed(p) && o.Walk >= h.walk+p.WalkExcess || seen(gait.FeatureWalkBreaks) {
		how = append(how, "there was more walking in it")
	}
	if h.formed(p) && o.Fade >= h.fade+p.FadeExcess || seen(gait.FeaturePaceFade) {
		how = append(how, "the pace fell towards the end")
	}
	for _, f := range []gait.Feature{gait.FeatureCadence, gait.FeatureStanceTime, gait.FeatureVerticalOscillation, gait.FeaturePace} {
		if seen(f) && !c.Explained() {
			how = append(how, "your "+f.Words()+" was different")
		}
	}
	return how
}

// formUnchanged tells whether the runner ran as usual, as far as is known.
func (c *Case) formUnchanged(s spot) bool {
	return s.Limping != gait.Yes && !c.limpMeasured(s) && len(c.changed()) == 0
}

// MOD-GREW: a pain that began at nothing and ended at 2 or 3. The question
// decides whether it kept growing, which would be STOP-WORSE.
func modGrew(c *Case, s spot) match {
	p := c.Params.Pain
	if c.Run == nil || c.offScale(s) || !s.Start.AtMost(0) || !s.End.AtLeast(p.GrewFrom) || s.End.AtLeast(p.WorseFromZero) {
		return match{}
	}
	m := say("%s: nothing at the start, %v of 10 at the end.", s.words(), s.End)
	if s.Worsening == gait.Unsaid {
		m = m.asking("Did it keep growing while you ran?")
	}
	return m
}

// MOD-STABLE: a moderate pain that stays as it is.
func modStable(c *Case, s spot) match {
	p := c.Params.Pain
	steady := s.doesNotFade() || !s.Start.Known() || !s.End.Known() || s.Medication == gait.Yes
	if c.Run == nil || c.offScale(s) || !s.within(p.StableFrom, p.StableTo) || !steady || !c.formUnchanged(s) {
		return match{}
	}
	if c.says(s, stopHigh, stopWorse, modBone, modTrend, modAfter, modGrew) {
		return say("%s: a moderate pain.", s.words())
	}
	return say("%s: %v of 10%s.", s.words(), s.Worst, s.fromTo())
}

// says tells whether one of the rules that come before says the number already.
func (c *Case) says(s spot, rules ...func(*Case, spot) match) bool {
	return slices.ContainsFunc(rules, func(rule func(*Case, spot) match) bool { return rule(c, s).text != "" })
}

// MOD-NEW: the first pain at this site for weeks, until it has calmed down or
// become an old one. A single twinge is one too, and a cramp that leaves the
// place sore.
func modNew(c *Case, s spot) match {
	switch {
	case s.Is(gait.Skin) || c.excused(s):
		return match{}
	case c.fresh(s):
		m := say("%s: %s.", s.words(), c.freshWords(s))
		m.minor = s.Worst.AtMost(c.Params.Pain.MinorWorst) && s.Medication != gait.Yes
		return m
	case s.course.NewStands(c.At, c.Params.Pain) && !c.calmsDown(s.course, s.Report):
		return c.newStill(s.course, s.course.newWorst.Worse(s.Worst))
	default:
		return match{}
	}
}

// fresh tells whether the report begins a new pain.
func (c *Case) fresh(s spot) bool {
	p := c.Params.Pain
	switch {
	case s.Is(gait.Skin) || c.excused(s) || s.course.NewStands(c.At, p):
		return false
	case s.Is(gait.Cramp):
		return s.Morning.AtLeast(1)
	case s.Is(gait.Twinge):
		return !s.Worst.AtLeast(p.High) && !c.twingedBefore(s)
	default:
		return s.within(1, p.StableTo) && !s.course.known(c.At, p)
	}
}

func (c *Case) freshWords(s spot) string {
	switch {
	case s.Is(gait.Cramp):
		return "still sore the morning after the cramp"
	case s.Is(gait.Twinge):
		return "a single twinge" + s.of("worst")
	case c.says(s, stopHigh, stopSharp, stopWorse, modBone, modAfter, modRest, modGrew, modStable):
		return fmt.Sprintf("the first pain there in %s", count(c.Params.Pain.NewDays, "day"))
	default:
		return "new, worst " + s.Worst.String() + " of 10"
	}
}

// newStill is MOD-NEW on a later day.
func (c *Case) newStill(course *Course, worst gait.Score) match {
	p := c.Params.Pain
	m := say("%s: new since %s. It counts as new until %s, or until %d runs in a row stay at %d or less.",
		course.words(), c.date(course.newSince), c.date(course.newEnds(p)), p.CalmRuns, p.CalmWorst)
	m.minor = worst.AtMost(p.MinorWorst)
	return m
}

// calmsDown tells whether this report is the calm run that ends MOD-NEW.
func (c *Case) calmsDown(course *Course, r Report) bool {
	p := c.Params.Pain
	return c.Run != nil && r.calm(p.CalmWorst) && course.calm+1 >= p.CalmRuns
}

// newElsewhere is MOD-NEW at the places nobody spoke of now, or only of another
// trouble there: a blister, the soreness after a hard run.
func (c *Case) newElsewhere() []Finding {
	var found []Finding
	for _, course := range c.Courses {
		spoken := slices.ContainsFunc(c.spots(), func(s spot) bool {
			return s.Place == course.Place && !s.Is(gait.Skin) && !c.excused(s)
		})
		if spoken || !course.NewStands(c.At, c.Params.Pain) || c.Clear != nil && c.calmsDown(course, *c.Clear) {
			continue
		}
		m := c.newStill(course, course.newWorst)
		found = append(found, Finding{
			Reason: gait.Reason{Rule: gait.ModNew, Text: m.text}, Verdict: gait.VerdictModify, Place: course.Place,
			At: c.At, Minor: m.minor,
		})
	}
	return found
}

// MOD-MEASURED: a warning while nobody knows how much it hurts, or a shift
// beside a pain that is not STOP-LIMP: any at warn, a small one at ask. A
// question, not a claim.
func modMeasured(c *Case) match {
	warn := c.asymmetry() == gait.LevelWarn
	beside := slices.ContainsFunc(c.spots(), func(s spot) bool {
		return s.Worst.AtLeast(1) && !c.limpMeasured(s) && (warn || s.within(1, c.Params.Pain.LimpAskPain-1))
	})
	switch {
	case !c.asymmetry().Louder(gait.LevelNone) || c.Explained():
		return match{}
	case beside, warn && !c.rated():
		m := say("%s.", c.shiftWords())
		if !c.rated() {
			m = m.asking(c.howMuch())
		}
		return m
	default:
		return match{}
	}
}
