package rules

import (
	"fmt"
	"slices"

	"gaitkeeper/gait"
)

// advise lists the advice that fits the outcome, from the runner's own data.
func (c *Case) advise(o *Outcome) []gait.Reason {
	rows := []struct {
		rule gait.Rule
		fits func(*Case, *Outcome) string
	}{
		{gait.CutShort, cutShort},
		{gait.Return, comeBack},
		{gait.LessVolume, lessVolume},
		{gait.Flatter, flatter},
		{gait.Slower, slower},
		{gait.WalkBreaks, walkBreaks},
		{gait.WarmUp, warmUp},
		{gait.FormReview, formReview},
		{gait.KeepBusy, keepBusy},
		{gait.LongView, longView},
	}
	var advice []gait.Reason
	for _, r := range rows {
		if text := r.fits(c, o); text != "" {
			advice = append(advice, gait.Reason{Rule: r.rule, Text: text})
		}
	}
	return advice
}

// CUT-SHORT goes with every stop.
func cutShort(_ *Case, o *Outcome) string {
	if o.Verdict != gait.VerdictStop {
		return ""
	}
	return "If it comes on during a run, stop there and walk home. Missing the last part of a run is no failure."
}

// RETURN says how a stop ends and how to come back from it.
func comeBack(c *Case, o *Outcome) string {
	var stop *Stop
	for i, s := range o.Next.Stops {
		if stop == nil || stop.Lowered && !s.Lowered || s.Rule == gait.StopBone && !s.Lowered {
			stop = &o.Next.Stops[i]
		}
	}
	if stop == nil {
		return ""
	}
	how := "half the usual distance"
	if h := c.habitNow(); h.distance > 0 {
		how = fmt.Sprintf("%s instead of the usual %s", c.distance(c.Params.Pain.ReturnShare*h.distance), c.distance(h.distance))
	}
	return fmt.Sprintf("%s. Say so on the page, or with: %s. Then come back on flat ground, running and walking in turns, %s.",
		capital(stop.ends(c.Params.Pain)), stop.command(), how)
}

// habitNow returns the habit as of the last run, that one included.
func (c *Case) habitNow() habit {
	return habitOf(c.Outings[max(0, len(c.Outings)-c.Params.Pain.HabitRuns):])
}

// LESS-VOLUME names a weekly figure.
func lessVolume(c *Case, o *Outcome) string {
	if o.Verdict != gait.VerdictModify || len(c.Outings) == 0 {
		return ""
	}
	week, runs := c.weekly(c.Outings[len(c.Outings)-1].End, 28)
	if len(runs) == 0 || week <= 0 {
		return ""
	}
	why := "That alone is often the most effective change."
	if !o.painful() {
		why = "That costs little until it is clear what it is."
	}
	return fmt.Sprintf("Run less for now: about %s a week instead of %s. %s",
		c.distance((1-c.Params.Pain.LessVolume)*week), c.distance(week), why)
}

// onlyOffScale tells whether nothing but a cramp or a blister is spoken of, which
// say nothing of what the tissue bears.
func (c *Case) onlyOffScale(o *Outcome) bool {
	return len(c.Reports) > 0 && !slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict.Graver(gait.VerdictAsk) && !slices.ContainsFunc(c.Reports, func(r Report) bool { return r.Place == f.Place && r.offScale() })
	})
}

// painful tells whether the runner's own word stands behind the outcome, and not
// the figures alone.
func (o *Outcome) painful() bool {
	return slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict.Graver(gait.VerdictAsk) && !f.Figures && f.Rule != gait.PTGoal
	})
}

// FLATTER names the metres climbed for each kilometre, where the Achilles
// tendon or the calf hurts.
func flatter(c *Case, o *Outcome) string {
	if !o.Verdict.Graver(gait.VerdictAsk) || o.Verdict == gait.VerdictStop || !o.about(func(p Place) bool { return p.Site == gait.Achilles || p.Site == gait.Calf }) {
		return ""
	}
	up := habitOf(c.Outings[max(0, len(c.Outings)-5):]).metresUp
	if up < c.Params.Pain.Climb {
		return ""
	}
	return fmt.Sprintf("Look for flatter ground: your last runs climbed %.0f metres a kilometre, and hills load that spot most.", up)
}

// about tells whether a finding that asks for a change is about such a place.
func (o *Outcome) about(is func(Place) bool) bool {
	return slices.ContainsFunc(o.Findings, func(f Finding) bool {
		return f.Verdict.Graver(gait.VerdictAsk) && is(f.Place)
	})
}

// SLOWER compares the painful runs with the usual ones.
func slower(c *Case, o *Outcome) string {
	if o.Verdict != gait.VerdictModify {
		return ""
	}
	p, h := c.Params.Pain, c.habit()
	speed := median(c.painfulSpeeds(o))
	if !h.formed(p) || h.speed <= 0 || speed < (1+p.Faster)*h.speed {
		return ""
	}
	return fmt.Sprintf("Run slower for now: the painful runs were run at %s, where %s is usual for you.", c.pace(speed), c.pace(h.speed))
}

// painfulSpeeds returns the speeds of the painful runs of the last weeks at the
// places that ask for a change, this run included.
func (c *Case) painfulSpeeds(o *Outcome) []float64 {
	runs := map[int]bool{}
	for _, f := range o.Findings {
		if f.Verdict != gait.VerdictModify {
			continue
		}
		for _, past := range c.course(f.Place).lately(c.At, c.Params.Pain.NewDays) {
			if past.Run >= 0 && past.painful() {
				runs[past.Run] = true
			}
		}
		hurt := slices.ContainsFunc(c.Reports, func(r Report) bool { return r.Place == f.Place && r.Worst.AtLeast(1) })
		if hurt && c.Run != nil {
			runs[len(c.Outings)-1] = true
		}
	}
	var speeds []float64
	for i := range runs {
		if i < len(c.Outings) && c.Outings[i].Speed > 0 {
			speeds = append(speeds, float64(c.Outings[i].Speed))
		}
	}
	return speeds
}

// WALK-BREAKS goes with a modify whose pain does not grow.
func walkBreaks(c *Case, o *Outcome) string {
	grows := slices.ContainsFunc(c.Reports, func(r Report) bool { return r.rise() > 0 || r.Worsening == gait.Yes }) ||
		slices.ContainsFunc(o.Findings, func(f Finding) bool { return f.Rule == gait.ModTrend || f.Rule == gait.ModGrew })
	if o.Verdict != gait.VerdictModify || grows || !o.about(func(p Place) bool { return p.Site != gait.NoSite }) {
		return ""
	}
	return "Put walking breaks into your runs: a minute of walking after every few minutes of running."
}

// WARM-UP is a question: the watch cannot see what came before the start.
func warmUp(c *Case, o *Outcome) string {
	soft := func(p Place) bool {
		return slices.Contains([]gait.Site{gait.Achilles, gait.Calf, gait.Thigh, gait.Hamstring, gait.Buttock}, p.Site)
	}
	hurts := slices.ContainsFunc(c.Reports, func(r Report) bool {
		return soft(r.Place) && r.Worst.AtLeast(1) && r.Focal != gait.Yes && !r.offScale()
	})
	if c.Run == nil || o.Verdict == gait.VerdictStop || !hurts {
		return ""
	}
	last := c.Outings[len(c.Outings)-1]
	if last.StartSpeed <= 0 || float64(last.StartSpeed) < c.Params.Pain.FastStart*float64(last.Speed) {
		return ""
	}
	return fmt.Sprintf("The recording begins at %s, and cannot show what came before: did you walk for 5 to 10 minutes first? That helps a stiff spot.",
		c.pace(float64(last.StartSpeed)))
}

// FORM: what a professional does beside the examination.
func formReview(_ *Case, o *Outcome) string {
	if !o.Professional || o.Urgent {
		return ""
	}
	return "A physical therapist who works with runners also looks at your running form: part of the answer may lie there."
}

// KEEP-BUSY goes with every stop.
func keepBusy(_ *Case, o *Outcome) string {
	if o.Verdict != gait.VerdictStop {
		return ""
	}
	return "This is a stop for running, not for you: keep up whatever else does you good and does not hurt."
}

// LONG-VIEW is said once for each trouble.
func longView(c *Case, o *Outcome) string {
	if c.LongViewSaid || !o.Verdict.Graver(gait.VerdictAsk) || o.Minor {
		return ""
	}
	view := "Missing part of a workout costs little, ignoring a sign can cost months. Being consistent matters more than being perfect."
	if o.painful() && !c.onlyOffScale(o) {
		view += " A pain like this mostly says that the load was more than the tissue could take just now."
	}
	return view
}
