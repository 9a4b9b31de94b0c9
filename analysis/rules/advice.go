package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// advise lists the advice that fits the outcome, from the runner's own data.
// Beside a red flag there is none: the doctor comes first.
func (c *Case) advise(o *Outcome) []finding.Fact {
	if slices.ContainsFunc(o.Findings, func(f Finding) bool { return f.Rule == finding.RedFlag }) {
		return nil
	}
	var advice []finding.Fact
	for _, row := range []struct {
		rule finding.Rule
		fits func(*Case, *Outcome) match
	}{
		{finding.CutShort, cutShort},
		{finding.Return, comeBack},
		{finding.LessVolume, lessVolume},
		{finding.Flatter, flatter},
		{finding.Slower, slower},
		{finding.WalkBreaks, walkBreaks},
		{finding.WarmUp, warmUp},
		{finding.OtherSide, otherSide},
		{finding.FormReview, formReview},
		{finding.KeepBusy, keepBusy},
		{finding.NotAlone, onceWithPain(finding.NotAlone)},
		{finding.LongView, onceWithPain(finding.LongView)},
	} {
		if m := row.fits(c, o); m.hit {
			m.Rule = row.rule
			advice = append(advice, m.Fact)
		}
	}
	return advice
}

// CUT-SHORT is for a runner whose pain may come up on the way: it grew in the
// last run, or a stop has just fallen. A runner who should not run, or walks for
// now, has no run to cut short.
func cutShort(c *Case, o *Outcome) match {
	back := o.Next.Plan.Step > 1
	for _, f := range o.Findings {
		back = back || f.Rule == finding.ModGrew || f.Rule == finding.ModStanding && !o.Next.Plan.stands()
	}
	return match{hit: back && o.Verdict != finding.VerdictStop && o.onceATrouble(c, finding.CutShort)}
}

// RETURN says how a stop ends, or which step of the way back is next.
func comeBack(c *Case, o *Outcome) match {
	var stop *Stop
	for i, s := range o.Next.Stops {
		if stop == nil || stop.Lowered && !s.Lowered || s.needsDoctor() && !s.Lowered {
			stop = &o.Next.Stops[i]
		}
	}
	switch plan := o.Next.Plan; {
	case stop != nil && !stop.Lowered:
		return found(stop.end(c.Params.Pain))
	case plan.stands():
		return found(finding.Fact{
			How: finding.HowStep, Spot: plan.Spot, Count: plan.Step, Of: planSteps, Distance: plan.limit(plan.Step), Usual: plan.Usual,
		})
	default:
		return match{}
	}
}

// began is when the trouble began that asks for a change.
func (c *Case) began(o *Outcome) time.Time {
	began := c.At
	for _, f := range o.Findings {
		if !f.Verdict.MoreSevere(finding.VerdictAsk) {
			continue
		}
		if f.At.Before(began) {
			began = f.At
		}
		if course := c.course(f.Spot); course.goesOn(c.At, c.Params.Pain) && course.modifySince.Before(began) {
			began = course.modifySince
		}
	}
	return began
}

// LESS-VOLUME names a weekly distance, compared with the weeks before the
// trouble, and knows what the runner has cut back already.
func lessVolume(c *Case, o *Outcome) match {
	if o.Verdict != finding.VerdictModify || o.Minor || o.Next.Plan.stands() { // nobody cuts a week for 1 of 10
		return match{}
	}
	p, began := c.Params.Pain, c.began(o)
	usual, runs := c.weekly(began, 28)
	if len(runs) == 0 || usual <= 0 {
		return match{}
	}
	f := finding.Fact{Distance: gait.Metres((1 - p.LessVolume) * usual), Usual: gait.Metres(usual)}
	if !o.painful() {
		f.How = finding.HowMeasured
	}
	if now, _ := c.weekly(c.At, persistsDays); c.ranOn() && c.At.Sub(began) >= 7*day && now <= float64(f.Distance) {
		f.How, f.Distance = finding.HowCut, gait.Metres(now)
	}
	return found(f)
}

// onlyOffScale reports whether the runner speaks only of a cramp or a blister,
// which say nothing about load.
func (c *Case) onlyOffScale(o *Outcome) bool {
	return len(c.Reports) > 0 && !slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict.MoreSevere(finding.VerdictAsk) && !slices.ContainsFunc(c.Reports, func(r Report) bool { return r.Spot() == f.Spot && r.offScale() })
	})
}

// painful reports whether the runner's own word stands behind the outcome, and
// not the figures alone.
func (o *Outcome) painful() bool {
	return slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict.MoreSevere(finding.VerdictAsk) && !f.Figures && f.Rule != finding.PTGoal
	})
}

// sites returns the sites that ask for a change, the most serious first.
func (o *Outcome) sites() []gait.Site {
	var sites []gait.Site
	for _, f := range o.Findings {
		if f.Verdict.MoreSevere(finding.VerdictAsk) && f.Site != gait.NoSite && !slices.Contains(sites, f.Site) {
			sites = append(sites, f.Site)
		}
	}
	return sites
}

// FLATTER is the spot's own line: what loads it most, with the metres climbed
// where it is hills.
func flatter(c *Case, o *Outcome) match {
	sites := o.sites()
	if len(sites) == 0 || o.Verdict != finding.VerdictModify {
		return match{}
	}
	f := finding.Fact{Spot: gait.Spot{Site: sites[0]}}
	switch sites[0] {
	case gait.Achilles, gait.Calf:
		if up := habitOf(c.Runs[max(0, len(c.Runs)-5):]).metresUp; up >= hilly {
			f.Climb = up
		}
	case gait.Knee, gait.Hamstring, gait.Buttock, gait.Shin, gait.Foot, gait.Toes, gait.Heel, gait.Hip:
	default:
		return match{}
	}
	return found(f)
}

// SLOWER is for the muscles and tendons that speed loads most; for others, where
// the painful runs were faster than usual.
func slower(c *Case, o *Outcome) match {
	if o.Verdict != finding.VerdictModify {
		return match{}
	}
	f, h, speed := finding.Fact{}, c.habit(), median(c.painfulSpeeds(o))
	if h.formed() && h.speed > 0 && speed >= (1+faster)*h.speed {
		f.Speed, f.UsualSpeed = gait.MetresPerSecond(speed), gait.MetresPerSecond(h.speed)
		return found(f)
	}
	always := []gait.Site{gait.Calf, gait.Hamstring, gait.Thigh, gait.Achilles}
	return match{Fact: f, hit: slices.ContainsFunc(o.sites(), func(s gait.Site) bool { return slices.Contains(always, s) })}
}

// painfulSpeeds returns the speeds of the painful runs of the last weeks at the
// spots that ask for a change, this run included.
func (c *Case) painfulSpeeds(o *Outcome) []float64 {
	runs := map[int]bool{}
	for _, f := range o.Findings {
		if f.Verdict != finding.VerdictModify {
			continue
		}
		for _, past := range c.course(f.Spot).lately(c.At, c.Params.Pain.NewDays) {
			if past.Run >= 0 && past.painful() {
				runs[past.Run] = true
			}
		}
		hurt := slices.ContainsFunc(c.Reports, func(r Report) bool { return r.Spot() == f.Spot && r.Worst.AtLeast(1) })
		if hurt && c.Run != nil {
			runs[len(c.Runs)-1] = true
		}
	}
	var speeds []float64
	for i := range runs {
		if i < len(c.Runs) && c.Runs[i].Speed > 0 {
			speeds = append(speeds, float64(c.Runs[i].Speed))
		}
	}
	return speeds
}

// WALK-BREAKS goes with a modify whose pain does not grow.
func walkBreaks(c *Case, o *Outcome) match {
	grows := slices.ContainsFunc(c.Reports, func(r Report) bool { return r.rise() > 0 || r.Worsening == gait.Yes }) ||
		slices.ContainsFunc(o.Findings, func(f Finding) bool { return f.Rule == finding.ModTrend || f.Rule == finding.ModGrew })
	return match{hit: o.Verdict == finding.VerdictModify && !o.Minor && !grows && len(o.sites()) > 0 && !o.Next.Plan.stands()}
}

// soft reports whether a warm-up helps the site: muscles and tendons.
func soft(s gait.Site) bool {
	return slices.Contains([]gait.Site{
		gait.Achilles, gait.Calf, gait.Thigh, gait.Hamstring, gait.Buttock, gait.Knee, gait.Heel, gait.Groin, gait.Hip,
	}, s)
}

// WARM-UP is said once a trouble, and again, as a question, where the run starts
// fast: the watch cannot see what came before the start.
func warmUp(c *Case, o *Outcome) match {
	hurts := slices.ContainsFunc(c.Reports, func(r Report) bool {
		return soft(r.Site) && r.Worst.AtLeast(1) && r.Focal != gait.Yes && !r.offScale()
	})
	if o.Verdict == finding.VerdictStop {
		return match{}
	}
	if c.Run != nil && hurts {
		last := c.Runs[len(c.Runs)-1]
		if last.StartSpeed > 0 && float64(last.StartSpeed) >= fastStart*float64(last.Speed) {
			return found(finding.Fact{How: finding.HowFast, Speed: last.StartSpeed})
		}
	}
	tissue := slices.ContainsFunc(o.sites(), soft)
	return match{hit: o.Verdict == finding.VerdictModify && tissue && o.onceATrouble(c, finding.WarmUp)}
}

// OTHER-SIDE says that the spared foot is not the side that hurts.
func otherSide(c *Case, _ *Outcome) match {
	if !c.asymmetry().Above(gait.LevelNone) || c.Explained() {
		return match{}
	}
	for _, r := range c.Reports {
		if r.Worst.AtLeast(1) && !r.offLeg() && r.Side == c.Run.ShortSide.Opposite() && r.Side != gait.NoSide {
			return found(finding.Fact{Spot: r.Spot(), Shift: finding.ShiftOf(c.Run)})
		}
	}
	return match{}
}

// FORM: what a professional does beside the examination.
func formReview(_ *Case, o *Outcome) match { return match{hit: o.Professional && !o.Urgent} }

// KEEP-BUSY goes with every stop, and once before one is needed, in the second
// week of a change.
func keepBusy(c *Case, o *Outcome) match {
	if o.Verdict == finding.VerdictStop {
		return found(finding.Fact{})
	}
	second := o.Verdict == finding.VerdictModify && o.painful() && c.At.Sub(o.Next.Since) >= 7*day
	return match{Fact: finding.Fact{How: finding.HowStill}, hit: second && o.onceATrouble(c, finding.KeepBusy)}
}

// onceWithPain is for what is said once a trouble, where a pain was said that load can
// make: NOT-ALONE and LONG-VIEW.
func onceWithPain(r finding.Rule) func(*Case, *Outcome) match {
	return func(c *Case, o *Outcome) match {
		fits := o.Verdict.MoreSevere(finding.VerdictAsk) && !o.Minor && o.painful() && !c.onlyOffScale(o)
		return match{hit: fits && o.onceATrouble(c, r)}
	}
}
