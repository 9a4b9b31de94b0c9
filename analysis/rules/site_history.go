package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

const day = 24 * time.Hour

const (
	// newEndsDays is after how many days MOD-NEW ends; ours.
	newEndsDays = 14
	// morningSilences is after how many unanswered or calm mornings in a row the
	// morning is not asked about; ours.
	morningSilences = 3
)

// SiteHistory is what is known of one spot before a moment.
type SiteHistory struct {
	gait.Spot
	// past are the reports of the spot, oldest first.
	past []remembered
	// newSince is when a new pain began that MOD-NEW watches; newWorst the
	// worst since.
	newSince time.Time
	newWorst gait.Score
	// calm is the number of calm runs in a row.
	calm int
	// spells are the beginnings of the times of pain at the spot: the first
	// that asked for a change after none, or after it had calmed down.
	spells []time.Time
	// modifySince is when the present spell began.
	modifySince time.Time
	// mornings are the moments at which MOD-MORNING matched, worse those at
	// which STOP-WORSE did.
	mornings, worse []time.Time

	inSpell bool
	// lowSaid means that KEEP-LOW has said what it has to say.
	lowSaid bool
}

// Clone returns a course that goes on by itself.
func (c *SiteHistory) Clone() *SiteHistory {
	own := *c
	own.past, own.spells = slices.Clip(c.past), slices.Clip(c.spells)
	own.mornings, own.worse = slices.Clip(c.mornings), slices.Clip(c.worse)
	return &own
}

// remembered is one report of the past.
type remembered struct {
	Report
	At time.Time
	// Run is the number of the run in the runner's history, from 0; -1 on a
	// rest day.
	Run int
	// Counts reports whether the pain counts on the scale: no cramp, no blister, no
	// soreness after a hard run.
	Counts bool
	// News means that the pain said something about that run's stride.
	News bool
	// Asked means that the next morning was worth asking about.
	Asked bool
}

// painful reports whether the report counts as a pain at the spot.
func (p remembered) painful() bool { return p.Counts && p.Worst.AtLeast(1) }

// known reports whether the spot hurt in the last days.
func (c *SiteHistory) known(at time.Time, p gait.PainParams) bool {
	_, ok := c.lastPain(at, p)
	return ok
}

// goesOn reports whether the last time of pain at the spot has not ended.
func (c *SiteHistory) goesOn(at time.Time, p gait.PainParams) bool {
	return c != nil && c.inSpell && c.known(at, p)
}

// lastPain returns the last painful report of the spot within the days after
// which a pain is new.
func (c *SiteHistory) lastPain(at time.Time, p gait.PainParams) (remembered, bool) {
	for _, past := range c.lately(at, p.NewDays) {
		if past.painful() {
			return past, true
		}
	}
	return remembered{}, false
}

// lately returns the reports of the last days, newest first.
func (c *SiteHistory) lately(at time.Time, days int) []remembered {
	if c == nil {
		return nil
	}
	from := len(c.past)
	for from > 0 && at.Sub(c.past[from-1].At) <= time.Duration(days)*day {
		from--
	}
	recent := slices.Clone(c.past[from:])
	slices.Reverse(recent)
	return recent
}

// painfulRuns returns the painful runs of the last days whose number was not
// taken with painkillers, newest first.
func (c *SiteHistory) painfulRuns(at time.Time, p gait.PainParams) []remembered {
	return slices.DeleteFunc(c.lately(at, p.NewDays), func(past remembered) bool {
		return past.Run < 0 || !past.painful() || past.Medication == gait.Yes
	})
}

// usualOf is of how many numbers the usual one is the median.
const usualOf = 5

// usual returns the spot's own usual number: the median of the last few that
// were said before the present trouble, or so long ago that the trouble itself
// has become the usual. Without any it is least.
func (c *SiteHistory) usual(at time.Time, p gait.PainParams, least int, number func(remembered) gait.Score) float64 {
	if c == nil {
		return float64(least)
	}
	old := at.Add(-days(p.NewDays))
	if c.inSpell && c.modifySince.After(old) {
		old = c.modifySince
	} else if !c.inSpell {
		old = at
	}
	var numbers []float64
	for _, past := range slices.Backward(c.past) {
		if n := number(past); past.At.Before(old) && n.Known() && past.Medication != gait.Yes && len(numbers) < usualOf {
			numbers = append(numbers, float64(n.Low()))
		}
	}
	return max(float64(least), median(numbers))
}

// usualWorst is the spot's usual pain, of runs and rest days.
func (c *SiteHistory) usualWorst(at time.Time, p gait.PainParams) float64 {
	return c.usual(at, p, 0, func(r remembered) gait.Score { return r.Worst })
}

// usualMorning is the spot's usual next morning.
func (c *SiteHistory) usualMorning(at time.Time, p gait.PainParams) float64 {
	return c.usual(at, p, p.SettledMorning, func(r remembered) gait.Score { return r.Morning })
}

// usualWalking is the spot's usual pain in walking and daily life.
func (c *SiteHistory) usualWalking(at time.Time, p gait.PainParams) float64 {
	return c.usual(at, p, p.WalkingFree, func(r remembered) gait.Score {
		if r.Run >= 0 {
			return gait.Score{}
		}
		return r.Worst
	})
}

// settled reports whether the next morning was calm: no worse than the spot's
// mornings usually are.
func (c *Case) settled(s siteReport) bool {
	return s.Morning.Known() && s.Medication != gait.Yes && !mayExceed(s.Morning, s.course.usualMorning(c.At, c.Params.Pain))
}

// unsettled reports whether the next morning surely was not calm.
func (c *Case) unsettled(s siteReport) bool {
	return s.Morning.Known() && float64(s.Morning.Low()) > s.course.usualMorning(c.At, c.Params.Pain)
}

// mayExceed reports whether a score may be above a usual number.
func mayExceed(s gait.Score, usual float64) bool {
	n, exact := s.Number()
	return !exact || float64(n) > usual
}

// usualRuns is how many painful runs tell what a spot's usual pain is.
const usualRuns = 8

// News reports whether a pain says anything about today's stride: it is new at
// its spot, or clearly above what is usual there: by two, or by one twice in a
// row. A pain that has not changed says nothing.
func (c *SiteHistory) News(r Report, at time.Time, p gait.PainParams) bool {
	runs := c.painfulRuns(at, p)
	if len(runs) == 0 {
		return true
	}
	worst := func(runs []remembered) float64 {
		var numbers []float64
		for _, past := range runs[:min(usualRuns, len(runs))] {
			numbers = append(numbers, float64(past.Worst.Low()))
		}
		return median(numbers)
	}
	now := float64(r.Worst.Low())
	return now >= worst(runs)+2 || len(runs) > 1 && now >= worst(runs[1:])+1 && float64(runs[0].Worst.Low()) >= worst(runs[1:])+1
}

// NewStands reports whether MOD-NEW watches the spot.
func (c *SiteHistory) NewStands(at time.Time) bool {
	return c != nil && !c.newSince.IsZero() && at.Before(c.newEnds()) && c.calm < calmRuns
}

// newEnds is when MOD-NEW ends by time alone.
func (c *SiteHistory) newEnds() time.Time {
	return c.newSince.Add(days(newEndsDays))
}

// silence returns from when and until when a trouble is asked about of which
// nobody has said a word: from the time that all it asked for has lapsed, until
// the pain is an old one.
func (c *SiteHistory) silence(p gait.PainParams) (from, until time.Time) {
	for _, past := range slices.Backward(c.past) {
		if past.painful() {
			return c.past[len(c.past)-1].At.Add(days(standsDays)), past.At.Add(days(p.NewDays))
		}
	}
	return from, until
}

// silent reports whether a trouble at the spot was left without a word for so
// long that it has to be asked about: nobody has said that it has settled.
func (c *SiteHistory) silent(at time.Time, p gait.PainParams) bool {
	from, until := c.silence(p)
	last, hurt := c.lastPain(at, p)
	return hurt && c.inSpell && !at.Before(from) && at.Before(until) && last.Worst.AtLeast(minorWorst+1)
}

// LeftOpen reports whether the last word of the spot, not long ago, was that it
// hurts.
func (c *SiteHistory) LeftOpen(at time.Time, p gait.PainParams) bool {
	last := c.lately(at, 2*p.NewDays)
	return len(last) > 0 && last[0].Counts && last[0].Hurts() && !last[0].calm(calmWorst)
}

// Remember adds what the case said of a spot to its course, with what the
// rules made of it. It changes the course and nothing else.
func (c *Case) Remember(course *SiteHistory, r Report, o Outcome) {
	s := siteReport{r, course}
	past := remembered{Report: r, At: c.At, Run: -1, Counts: !c.offScale(s), News: course.News(r, c.At, c.Params.Pain), Asked: c.morningMatters(s, o.Next.Plan)}
	fresh, warms := c.fresh(s), c.warmsUp(s)
	if c.Run != nil {
		past.Run = len(c.Runs) - 1
	}
	if fresh && r.Is(gait.Cramp) { // the soreness after it is what counts
		past.Counts, past.Worst = true, r.Morning
	}
	asks := false
	for _, f := range o.Findings {
		if f.Spot != r.Spot() || !f.At.Equal(c.At) {
			continue
		}
		asks = asks || f.Verdict.MoreSevere(finding.VerdictAsk)
		switch f.Rule {
		case finding.ModMorning:
			course.mornings = append(course.mornings, c.At)
		case finding.StopWorse:
			course.worse = append(course.worse, c.At)
		case finding.KeepLow:
			course.lowSaid = true
		case finding.ModAfter: // is it gone by the morning?
			past.Asked = c.Run != nil
		}
	}
	course.add(past, c.Params.Pain, fresh, asks)
	if warms { // the acceptable kind: nothing new any more
		course.newSince = time.Time{}
	}
}

// morningMatters reports whether the next morning is worth asking about: the
// pain is new, moderate, or has not settled, or a stop or a plan rests on it.
func (c *Case) morningMatters(s siteReport, plan Plan) bool {
	if c.Run == nil || s.Is(gait.Skin) || s.Is(gait.Stitch) || c.excused(s) {
		return false
	}
	p := c.Params.Pain
	stop := slices.ContainsFunc(c.Before.Stops, func(stop Stop) bool { return stop.Spot == s.course.Spot && !stop.needsDoctor() })
	planned := plan.stands() && plan.Spot == s.course.Spot || c.Before.Plan.stands() && c.Before.Plan.Spot == s.course.Spot
	last, known := s.course.lastMorning()
	return stop || planned || s.Hurts() && (c.fresh(s) || s.Is(gait.Cramp) || s.course.NewStands(c.At) || s.Worst.AtLeast(p.StableFrom) ||
		known && mayExceed(last, s.course.usualMorning(c.At, p)))
}

func (c *SiteHistory) lastMorning() (gait.Score, bool) {
	if c == nil {
		return gait.Score{}, false
	}
	for _, past := range slices.Backward(c.past) {
		if past.Morning.Known() {
			return past.Morning, true
		}
	}
	return gait.Score{}, false
}

// add appends a report. Fresh reports whether MOD-NEW took the pain for a new
// one, asks that a rule asked for a change because of it: with that a time of
// pain begins.
func (c *SiteHistory) add(past remembered, p gait.PainParams, fresh, asks bool) {
	if past.painful() && asks && !c.goesOn(past.At, p) {
		c.inSpell, c.modifySince, c.lowSaid = true, past.At, false
		c.spells = append(c.spells, past.At)
	}
	switch {
	case fresh:
		c.newSince, c.newWorst, c.calm = past.At, past.Worst, 0
	case past.Run >= 0 && past.Counts && past.calm(calmWorst):
		c.calm++
	case past.painful():
		c.calm = 0
	}
	if past.painful() {
		c.newWorst = c.newWorst.Worse(past.Worst)
	}
	if c.calm >= calmRuns {
		c.inSpell, c.newSince = false, time.Time{}
	}
	c.past = append(c.past, past)
}

// AskMorning returns the report of a run (by its number in the runner's history)
// whose next morning should be asked about, unless the runner has left the last
// ones unanswered, or they were all calm.
func (c *SiteHistory) AskMorning(run int, p gait.PainParams) (Report, bool) {
	for _, past := range slices.Backward(c.past) {
		if past.Run == run {
			r := past.Report
			r.Site, r.Side = c.Site, c.Side
			return r, past.Asked && !past.Morning.Known() && c.enoughMornings(p) <= morningSilences
		}
	}
	return Report{}, false
}

// enoughMornings returns how many mornings in a row were asked about in vain since
// the present time of pain began, this one included; or, where that is more, how
// many were calm. A pain that comes back is asked about again.
func (c *SiteHistory) enoughMornings(p gait.PainParams) int {
	silences, calm := 0, 0
	for _, past := range slices.Backward(c.past) {
		switch {
		case past.At.Before(c.modifySince):
			return max(silences, calm+1)
		case past.Morning.AtMost(p.SettledMorning):
			calm++
		case past.Morning.Known():
			return max(silences, calm+1)
		case past.Asked && calm == 0:
			silences++
		}
	}
	return max(silences, calm+1)
}
