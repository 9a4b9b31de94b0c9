package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Plan is the way back after a stop, or after a pause with pain before it: steps
// that each run is compared with. The steps and what is allowed beside them are
// judgements without a source.
type Plan struct {
	gait.Spot
	// Step is the next one to do, from 1 to planSteps; 0: there is no plan.
	Step int
	// Usual is the runner's usual distance before the trouble.
	Usual gait.Metres
	// Repeats is how often in a row the pain said no to the step.
	Repeats int
	// Beyond is the length of the last run where it was far more than planned.
	Beyond gait.Metres
	// stepped is when the last step was run; waits that it was run well and its
	// morning is not known yet.
	stepped time.Time
	waits   bool
	// ended is when the last plan was done or skipped.
	ended time.Time
}

const (
	planSteps = 5
	// within: a fifth more than planned is still within the step; less than half
	// of it is none.
	within, tooLittle = 1.2, 0.5
	// stepDays lie at least between two steps.
	stepDays = 2
	// stepPain is what may hurt in a step, of 10.
	stepPain = 2
)

func (p Plan) stands() bool { return p.Step > 0 }

// limit returns the distance of a step; the first is walking.
func (p Plan) limit(step int) gait.Metres {
	return p.Usual * gait.Metres([]float64{0, 0, 0.5, 0.5, 0.75, 1}[step])
}

// Facts returns the plan as it is shown; nil where there is none.
func (p Plan) Facts() *finding.Plan {
	if !p.stands() {
		return nil
	}
	limits := make([]gait.Metres, planSteps)
	for i := range limits {
		limits[i] = p.limit(i + 1)
	}
	return &finding.Plan{Spot: p.Spot, Step: p.Step, Of: planSteps, Limit: p.limit(p.Step), Limits: limits, Repeats: p.Repeats}
}

// plan returns the plan after the case: begun, a step further, or ended.
func (c *Case) plan(stops []Stop) Plan {
	p := c.Before.Plan
	if c.Tap == gait.AnswerOwnPlan {
		return Plan{ended: c.At}
	}
	if slices.ContainsFunc(stops, func(s Stop) bool { return !s.Lowered }) {
		return Plan{ended: p.ended}
	}
	if !p.stands() {
		if p = c.beginPlan(stops); !p.stands() || c.Run == nil {
			return p
		}
	}
	if c.looks() {
		return p
	}
	p.Beyond = 0
	if c.Run != nil {
		return c.heldAgainst(p)
	}
	calm, bad := c.words(p.Spot)
	return p.word(len(calm) > 0, bad, c.At)
}

// word applies to the plan what was said on a day without a run: it finishes a
// step whose morning nobody spoke of, and walking is the first step.
func (p Plan) word(calm, bad bool, at time.Time) Plan {
	switch {
	case bad && p.waits:
		p.waits, p.Repeats = false, p.Repeats+1
	case calm && p.waits, calm && p.Step == 1:
		return p.done(at)
	}
	return p
}

// done goes on to the next step.
func (p Plan) done(at time.Time) Plan {
	p.Step, p.Repeats, p.waits = p.Step+1, 0, false
	if p.Step > planSteps {
		return Plan{ended: at}
	}
	return p
}

// beginPlan begins the way back where a stop has just fallen or was cleared, or
// where a pause of two weeks follows a pain.
func (c *Case) beginPlan(stops []Stop) Plan {
	before := c.Before.Plan
	for _, s := range c.Before.Stops {
		i := slices.IndexFunc(stops, func(now Stop) bool { return now.Same(s.Fact) })
		if !s.Lowered && (i >= 0 && stops[i].Lowered || i < 0 && c.Tap == gait.AnswerCleared) {
			return c.newPlan(s.Spot, s.Since, before)
		}
	}
	if len(stops) > 0 {
		return before
	}
	n := len(c.Runs)
	now := c.At
	if c.Run != nil && n > 0 {
		n--
		now = c.Runs[n].Start
	}
	if n == 0 || now.Sub(c.Runs[n-1].End) < days(c.Params.Pain.PauseDays) || before.ended.After(c.Runs[n-1].End) {
		return before
	}
	for _, course := range c.Courses {
		last, hurt := course.lastPain(c.Runs[n-1].End, c.Params.Pain)
		if hurt && course.inSpell && last.Worst.AtLeast(stepPain) && !last.offScale() {
			return c.newPlan(course.Spot, course.modifySince, before)
		}
	}
	return before
}

// newPlan is the plan for a trouble that began at a moment. Without runs before
// it there is no usual distance to plan with.
func (c *Case) newPlan(p gait.Spot, since time.Time, before Plan) Plan {
	if course := c.course(p); course.goesOn(since, c.Params.Pain) && course.modifySince.Before(since) {
		since = course.modifySince
	}
	usual := c.usualDistance(since)
	if usual <= 0 {
		return before
	}
	return Plan{Spot: p, Step: 1, Usual: usual, ended: before.ended}
}

// usualDistance is the median run of the four weeks before a moment, or the last
// habit where there was none.
func (c *Case) usualDistance(before time.Time) gait.Metres {
	runs := c.between(before.Add(-days(28)), before.Add(-time.Hour))
	if len(runs) == 0 {
		runs = c.Runs[max(0, len(c.Runs)-habitRuns):]
	}
	return gait.Metres(habitOf(runs).distance)
}

// heldAgainst compares a run with its step.
func (c *Case) heldAgainst(p Plan) Plan {
	o := c.Runs[len(c.Runs)-1]
	said, bad, morning := false, false, gait.Score{}
	course := c.course(p.Spot)
	usual := max(stepPain, course.usualWorst(c.At, c.Params.Pain))
	for _, r := range c.about(p.Spot) {
		said = said || r.Worst.Known()
		bad = bad || float64(r.Worst.Low()) > usual || r.rise() > 0 || r.Worsening == gait.Yes || r.troubled() || c.unsettled(siteReport{r, course})
		morning = morning.Worse(r.Morning)
	}
	if p.waits && !bad && said { // nobody spoke of the morning, and it goes well
		p = p.done(o.Start)
		if !p.stands() {
			return p
		}
	}
	step := max(p.Step, 2)
	limit := p.limit(step)
	if float64(o.Distance) > within*float64(limit) { // named; where it goes well, it does this step and no more
		p.Beyond = o.Distance
	}
	switch {
	case !said && !bad, float64(o.Distance) < tooLittle*float64(limit), c.day(o.Start)-c.day(p.stepped) < stepDays:
		if bad {
			p.Step, p.Repeats = step, p.Repeats+1
		}
		return p
	case bad:
		p.Step, p.Repeats, p.stepped, p.waits = step, p.Repeats+1, o.Start, false
		return p
	}
	p.Step, p.stepped, p.waits = step, o.Start, true
	if morning.Known() {
		return p.done(o.End)
	}
	return p
}

// planned says where a run stands beside its step: far beyond it, or a step that
// the pain has said no to twice.
func (c *Case) planned(p Plan) []Finding {
	var all []Finding
	if p.Beyond > 0 {
		f := finding.Fact{How: finding.HowBeyond, Distance: p.Beyond, Usual: p.limit(max(p.Step, 2))}
		m := found(f).asking(finding.AskMorning)
		all = append(all, c.finding(finding.Return, m, p.Spot))
	}
	if p.Repeats > 1 && !c.muted() {
		m := found(finding.Fact{How: finding.HowStep, Count: p.Repeats})
		all = append(all, c.finding(finding.PTReturns, m, p.Spot))
	}
	return all
}
