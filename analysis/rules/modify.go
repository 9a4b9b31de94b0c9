package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Pains are of 10.
const (
	bonyModify = 2  // MOD-BONE from this worst on; therapist A, the number ours
	hipTimes   = 3  // MOD-BONE in groin, hip or thigh: times until somebody should have a look; ours
	trendTwice = 1  // MOD-TREND: the rise in each of two runs (Salaffi et al. 2004: 1 point is noticeable)
	afterHours = 24 // MOD-AFTER: within so long after the run; therapist B
	grewFrom   = 2  // MOD-GREW: the end of a run that began without pain; ours
	minorWorst = 2  // MOD-NEW up to this worst shows on the page only; ours
	calmWorst  = 1  // MOD-NEW: the worst of a calm run; ours
	calmRuns   = 2  // MOD-NEW ends after so many of them in a row; ours
)

// MOD-FLAG: a swelling, a numbness that came again, or a joint that gives way or locks
// (that one ours): no doctor today, but somebody should have a look.
func modFlag(c *Case, s siteReport) match {
	if len(s.redFlags()) > 0 {
		return match{}
	}
	f := s.numbers("")
	if s.Swelling == gait.Yes {
		f.What = append(f.What, finding.SignSwelling)
	}
	again := slices.ContainsFunc(s.course.lately(c.At, c.Params.Pain.NewDays), func(past remembered) bool { return past.Numb == gait.Yes })
	if s.Numb == gait.Yes && again {
		f.What = append(f.What, finding.SignNumb)
	}
	if s.unstable && (s.Site == gait.Knee || s.Site == gait.Ankle) {
		f.What = append(f.What, finding.SignUnstable)
	}
	m := match{Fact: f, hit: len(f.What) > 0, professional: true}
	return s.asking(m, gait.SaysSwelling|gait.SaysNumb|gait.SaysUnstable)
}

// MOD-BONE: where the bone may be what hurts, a pain that does not fade, rises
// or has not settled, and nobody has felt for the one deep spot yet; in groin,
// hip and thigh also one that fades, from the second time on, and until it is known
// not to be at the front of the hip, where no finger reaches the bone: there a
// professional has to look. Hopping on it is never suggested. A heel with a deep spot that fades belongs here, too.
func modBone(c *Case, s siteReport) match {
	p := c.Params.Pain
	if c.plantarHeel(s) {
		m := found(s.numbers(finding.HowHeel))
		m.professional = true
		return m
	}
	hip := slices.Contains([]gait.Site{gait.Thigh, gait.Hip, gait.Groin}, s.Site)
	front := c.frontOfHip(s)
	felt := s.Focal != gait.Unsaid && (!hip || front == gait.No)
	if c.offScale(s) || !s.Site.Bony() || felt || s.deepSpot() || !s.Worst.AtLeast(bonyModify) {
		return match{}
	}
	times := 1
	for _, past := range s.course.painfulRuns(c.At, p) {
		if past.Worst.AtLeast(bonyModify) {
			times++
		}
	}
	m := match{hit: true}
	switch {
	case hip && front == gait.Yes:
		m.Fact, m.professional = s.numbers(finding.HowFront), true
		return m.asking(finding.AskWalking)
	case s.Worsening == gait.Yes || s.rise() > 0:
		m.Fact = s.numbers(finding.HowGrew)
	case s.doesNotFade():
		m.Fact = s.numbers(finding.HowSteady)
	case c.unsettled(s):
		m.Fact = s.numbers(finding.HowMorning)
	case hip && times > 1:
		m.Fact = s.numbers(finding.HowAgain)
	default:
		return match{}
	}
	m.professional = hip && times >= hipTimes
	if s.Focal == gait.Unsaid {
		m = m.asking(finding.AskDeepSpot)
	}
	if hip && front == gait.Unsaid {
		m = m.asking(finding.AskFrontOfHip)
	}
	return m.asking(finding.AskWalking)
}

// frontOfHip is what the runner said last of whether the pain at the spot is at the
// front of the hip: a place, which does not change from run to run.
func (c *Case) frontOfHip(s siteReport) gait.YesNo {
	said := s.FrontOfHip
	for _, past := range s.course.lately(c.At, c.Params.Pain.NewDays) {
		if said == gait.Unsaid {
			said = past.FrontOfHip
		}
	}
	return said
}

// MOD-TREND: a known site gets worse from run to run.
func modTrend(c *Case, s siteReport) match {
	p := c.Params.Pain
	runs := s.course.painfulRuns(c.At, p)
	if c.Run == nil || c.offScale(s) || len(runs) == 0 {
		return match{}
	}
	f := s.numbers("")
	f.Before = runs[0].Worst
	switch {
	case above(s.Worst, f.Before, p.TrendOnce):
		return found(f)
	case len(runs) > 1 && above(s.Worst, f.Before, trendTwice) && above(f.Before, runs[1].Worst, trendTwice):
		f.How, f.Earlier = finding.HowTwice, runs[1].Worst
		return found(f)
	default:
		return match{}
	}
}

// above reports whether a score is surely higher than another by so much.
func above(now, before gait.Score, by int) bool {
	n, known := before.Number()
	return known && now.AtLeast(n+by)
}

// MOD-MORNING: the next morning is worse than the spot's mornings usually are.
func modMorning(c *Case, s siteReport) match {
	if c.Run == nil || s.Is(gait.Skin) || c.excused(s) || !s.Morning.AtLeast(c.Params.Pain.MorningWorst) || !c.unsettled(s) {
		return match{}
	}
	return found(s.numbers(""))
}

// MOD-WORSENS: from rest day to rest day it hurts more.
func modWorsens(c *Case, s siteReport) match {
	f, rises := c.restRise(s)
	if !rises || s.Worst.AtLeast(c.Params.Pain.StableTo) {
		return match{}
	}
	return found(f)
}

// restRise reports whether the rest-day entries of a spot rise: by one twice, or
// by two at once.
func (c *Case) restRise(s siteReport) (finding.Fact, bool) {
	f := s.numbers("")
	if !c.RestDay || c.offScale(s) || s.course == nil {
		return f, false
	}
	p := c.Params.Pain
	var before []gait.Score
	for _, past := range s.course.lately(c.At, p.NewDays) {
		if past.Run < 0 && past.Worst.Known() && past.Counts && past.Medication != gait.Yes {
			before = append(before, past.Worst)
		}
	}
	if len(before) == 0 {
		return f, false
	}
	f.Before = before[0]
	if len(before) > 1 && above(s.Worst, before[0], trendTwice) && above(before[0], before[1], trendTwice) {
		f.How, f.Earlier = finding.HowTwice, before[1]
		return f, true
	}
	return f, above(s.Worst, before[0], p.TrendOnce)
}

// MOD-AFTER: the pain came only after the run. Gone by the morning, it asks for
// nothing.
func modAfter(c *Case, s siteReport) match {
	morning, gone := s.Morning, c.settled(s)
	if past := s.course.lately(c.At, 2); c.RestDay && len(past) > 0 && past[0].Run == len(c.Runs)-1 {
		morning = past[0].Morning // of the run that this entry came after
		gone = morning.AtMost(c.Params.Pain.SettledMorning)
	}
	switch {
	case c.offScale(s), !s.Worst.AtLeast(1), !c.onlyAfter(s), gone:
		return match{}
	case morning.Known():
		return found(s.numbers(""))
	default:
		return found(s.numbers("")).asking(finding.AskGone)
	}
}

// onlyAfter reports whether the pain was entered within hours of a run in which
// the spot was silent: a run whose first and last steps were free of it, or a
// rest-day entry after a run without a report of the spot.
func (c *Case) onlyAfter(s siteReport) bool {
	if len(c.Runs) == 0 {
		return false
	}
	run := c.Runs[len(c.Runs)-1]
	soon := func(t time.Time) bool {
		return !t.Before(run.End) && t.Sub(run.End) <= time.Duration(afterHours)*time.Hour
	}
	if c.Run != nil {
		return s.Start.AtMost(0) && s.End.AtMost(0) && soon(s.Entered)
	}
	hurt := slices.ContainsFunc(s.course.lately(c.At, 2), func(past remembered) bool {
		return past.Run == len(c.Runs)-1 && past.Hurts() && !past.Worst.AtMost(0)
	})
	return c.RestDay && soon(c.At) && !hurt
}

// MOD-REST: pain on a rest day.
func modRest(c *Case, s siteReport) match {
	if !c.RestDay || c.offScale(s) || !s.Worst.AtLeast(c.Params.Pain.RestWorst) {
		return match{}
	}
	return found(s.numbers("")).asking(finding.AskWalking)
}

// MOD-CHANGED: pain, and the run was cut short, broken by walking or faded
// against the runner's own habit. A walk on purpose on the way back is none.
func modChanged(c *Case, s siteReport) match {
	how := c.changed()
	if len(how.What) == 0 || !s.Worst.AtLeast(1) || c.excused(s) || s.Is(gait.Stitch) || c.Before.Plan.stands() {
		return match{}
	}
	f := s.numbers("")
	f.What, f.Distance, f.Usual = how.What, how.Distance, how.Usual
	return found(f)
}

// changed says in what the run differs from the runner's habit.
func (c *Case) changed() finding.Fact {
	var f finding.Fact
	if c.Run == nil || len(c.Runs) == 0 {
		return f
	}
	h, o := c.habit(), c.Runs[len(c.Runs)-1]
	told := !c.Before.Since.IsZero() // to run less, and with walking breaks: a runner who does so has not changed anything of his own
	seen := func(feature gait.Feature) bool {
		return c.form().Above(gait.LevelNone) && !c.Run.Form.ByPain && slices.Contains(c.Run.Form.What, feature)
	}
	if h.formed() && !told && float64(o.Distance) < min(shortRun*h.distance, h.least) {
		f.What, f.Distance, f.Usual = append(f.What, finding.ChangeShort), o.Distance, gait.Metres(h.distance)
	}
	if !told && (h.formed() && o.Walk >= h.walk+walkExcess || seen(gait.FeatureWalkBreaks)) {
		f.What = append(f.What, finding.What(gait.FeatureWalkBreaks))
	}
	if h.formed() && o.Fade >= h.fade+fadeExcess || seen(gait.FeaturePaceFade) {
		f.What = append(f.What, finding.What(gait.FeaturePaceFade))
	}
	for _, feature := range []gait.Feature{gait.FeatureCadence, gait.FeatureStanceTime, gait.FeatureVerticalOscillation, gait.FeaturePace} {
		if seen(feature) && !c.Explained() {
			f.What = append(f.What, finding.What(feature))
		}
	}
	return f
}

// formUnchanged reports whether the runner ran as usual, as far as is known.
func (c *Case) formUnchanged(s siteReport) bool {
	return s.Limping != gait.Yes && !c.limpMeasured(s) && len(c.changed().What) == 0
}

// MOD-GREW: a pain that began at nothing and ended at 2 or 3. The question
// decides whether it kept growing, which would be STOP-WORSE.
func modGrew(c *Case, s siteReport) match {
	p := c.Params.Pain
	if c.Run == nil || c.offScale(s) || !s.Start.AtMost(0) || !s.End.AtLeast(grewFrom) || s.End.AtLeast(p.WorseFromZero) {
		return match{}
	}
	m := found(s.numbers(""))
	if s.Worsening == gait.Unsaid {
		m = m.asking(finding.AskGrowing)
	}
	return m
}

// MOD-STABLE: a moderate pain that stays as it is.
func modStable(c *Case, s siteReport) match {
	p := c.Params.Pain
	steady := s.doesNotFade() && s.rise() < p.Worse || !s.Start.Known() || !s.End.Known() || s.Medication == gait.Yes
	if c.Run == nil || c.offScale(s) || !s.within(p.StableFrom, p.StableTo) || !steady || !c.formUnchanged(s) {
		return match{}
	}
	return found(s.numbers(""))
}

// MOD-NEW: the first pain at this site for weeks, until it has calmed down, has
// shown that it warms up, or has become an old one. A single twinge is one too,
// and a cramp that leaves the spot sore.
func modNew(c *Case, s siteReport) match {
	switch {
	case s.offScale() && !s.Is(gait.Cramp) || c.excused(s):
		return match{}
	case c.fresh(s):
		m := found(s.numbers(""))
		m.minor = s.Worst.AtMost(minorWorst) && s.Medication != gait.Yes
		return m
	case s.course.NewStands(c.At) && !c.calmsDown(s.course, s.Report) && !c.warmsUp(s) && !c.stopped(s.Spot()):
		return newStill(s.course, s.course.newWorst.Worse(s.Worst))
	default:
		return match{}
	}
}

// fresh reports whether the report begins a new pain.
func (c *Case) fresh(s siteReport) bool {
	p := c.Params.Pain
	switch {
	case s.offScale() && !s.Is(gait.Cramp) || c.excused(s) || s.course.NewStands(c.At):
		return false
	case s.Is(gait.Cramp):
		return s.Morning.AtLeast(1)
	case s.Is(gait.Twinge):
		return !s.Worst.AtLeast(p.High) && !c.twingedBefore(s)
	default:
		return s.within(1, p.StableTo) && !s.course.known(c.At, p)
	}
}

// stopped reports whether a stop stands at a spot: beside it, advice to take the
// next runs easier makes no sense.
func (c *Case) stopped(p gait.Spot) bool {
	return slices.ContainsFunc(c.Before.Stops, func(s Stop) bool { return s.Spot == p && !s.Lowered })
}

// newStill is MOD-NEW on a later day.
func newStill(course *SiteHistory, worst gait.Score) match {
	m := found(finding.Fact{How: finding.HowStill, Date: course.newSince, Count: calmRuns, Limit: calmWorst})
	m.minor = worst.AtMost(minorWorst)
	return m
}

// calmsDown reports whether this report is the calm run that ends MOD-NEW.
func (c *Case) calmsDown(course *SiteHistory, r Report) bool {
	return c.Run != nil && r.calm(calmWorst) && course.calm+1 >= calmRuns
}

// newElsewhere is MOD-NEW at the spots nobody spoke of now, or only of another
// trouble there: a blister, the soreness after a hard run.
func (c *Case) newElsewhere() []Finding {
	var all []Finding
	for _, course := range c.Courses {
		spoken := slices.ContainsFunc(c.spots(), func(s siteReport) bool {
			return s.Spot() == course.Spot && !s.Is(gait.Skin) && !c.excused(s)
		})
		if spoken || c.stopped(course.Spot) || !course.NewStands(c.At) || c.NoPain != nil && c.calmsDown(course, *c.NoPain) {
			continue
		}
		m := newStill(course, course.newWorst)
		all = append(all, c.finding(finding.ModNew, m, course.Spot))
	}
	return all
}

// MOD-MEASURED: a warning while nobody knows how much it hurts, or a shift
// beside a pain that is not STOP-LIMP: any at warn, a question at ask. It asks
// before it claims.
func modMeasured(c *Case) match {
	warn := c.asymmetry() == gait.LevelWarn
	if !c.asymmetry().Above(gait.LevelNone) || c.Explained() {
		return match{}
	}
	f := finding.Fact{Shift: finding.ShiftOf(c.Run)}
	for _, s := range c.spots() {
		if s.Worst.AtLeast(1) && !c.limpMeasured(s) && (warn || c.spares(s)) {
			f.How = finding.HowBeside
			m := found(f)
			if c.spares(s) {
				return m.asking(finding.AskFavouring)
			}
			return m
		}
	}
	if warn && !c.rated() {
		return found(f).asking(c.howMuch())
	}
	return match{}
}
