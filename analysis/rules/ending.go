package rules

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

const (
	// standsDays is how long a modify or a question stands where nothing more is
	// heard; ours.
	standsDays = 14
	// ordinaryRuns is after how many runs in a row with an ordinary balance and no
	// pain beyond the usual a measured STOP-LIMP ends; ours.
	ordinaryRuns = 2
)

// Stop is a stop that has not ended. Neither time nor silence lowers it.
type Stop struct {
	finding.Fact
	Since  time.Time
	Urgent bool
	// Questions are what was asked when it began: they stay until something
	// new is said.
	Questions []finding.Question
	// Measured: it rests on the balance, not on the runner's word.
	Measured bool
	// Overheard: it rests on a text without a tag, which nobody has confirmed.
	Overheard bool
	// Skin: it lasts until walking is normal.
	Skin bool
	// CalmDays are the days of which something calm was said, BadDay the last
	// day with a worse word.
	CalmDays []int
	BadDay   int
	// Ordinary is the number of runs in a row with an ordinary balance and no
	// pain beyond the usual.
	Ordinary int
	// Lowered: it has fallen to modify.
	Lowered bool
	// Settled is the number of settled runs since; waits that the last run was calm and
	// nobody has spoken of its morning: the next calm word does.
	Settled int
	waits   bool
}

// needsDoctor reports whether only a professional's word ends the stop.
func (s Stop) needsDoctor() bool { return s.Rule == finding.StopBone || s.Rule == finding.RedFlag }

// after returns the stop as the case leaves it, and whether it still stands.
func (s Stop) after(c *Case) (Stop, bool) {
	if c.Tap == gait.AnswerCleared { // what calm days would have lowered falls at once
		s.Lowered = true
		return s, !s.needsDoctor()
	}
	switch {
	case s.Overheard && !c.At.Before(s.ends()):
		return s, false
	case s.needsDoctor():
		return s, true
	case s.Measured && c.Gave(gait.AnswerNotALimp, gait.AnswerNewStrap, gait.AnswerNewShoes):
		return s, false
	case s.Lowered && c.Tap == gait.AnswerOwnPlan:
		return s, false
	}
	calm, bad := c.words(s.Spot)
	if s.Skin && c.RestDay && len(calm) > 0 && !bad {
		return s, false
	}
	s.hear(c, calm, bad)
	if c.Run != nil {
		return s.afterRun(c, bad)
	}
	return s, s.Settled < c.Params.Pain.SettledRuns
}

// ends is when a stop that nobody has confirmed ends by time alone: it was a
// question.
func (s Stop) ends() time.Time { return s.Since.Add(days(standsDays)) }

// hear counts the days of which something calm was said; a worse word begins the
// count again.
func (s *Stop) hear(c *Case, calm []int, bad bool) {
	if bad {
		s.CalmDays, s.BadDay, s.Settled, s.Ordinary, s.waits = nil, c.day(c.At), 0, 0, false
		return
	}
	if s.waits && c.Run == nil && len(calm) > 0 {
		s.Settled, s.waits = s.Settled+1, false
	}
	for _, d := range calm {
		if d != s.BadDay && !slices.Contains(s.CalmDays, d) {
			s.CalmDays = append(slices.Clip(s.CalmDays), d)
		}
	}
	s.Lowered = s.Lowered || len(s.CalmDays) >= c.Params.Pain.FreeDays
}

// words returns the days of which the case says something calm of a spot, and whether
// it says anything worse.
func (c *Case) words(p gait.Spot) (calm []int, bad bool) {
	switch c.Tap {
	case gait.AnswerWalkingFine:
		calm = append(calm, c.day(c.At))
	case gait.AnswerStillHurts:
		bad = true
	}
	course := c.course(p)
	walking := course.usualWalking(c.At, c.Params.Pain)
	for _, r := range c.about(p) {
		said := siteReport{r, course}
		bad = bad || r.troubled() || c.unsettled(said)
		if c.settled(said) {
			calm = append(calm, c.day(c.At.Add(day)))
		}
		switch {
		case c.RestDay && r.Worst.Known() && !mayExceed(r.Worst, walking) && !r.troubled(), c.Run != nil && r.calm(0):
			calm = append(calm, c.day(c.At))
		case c.RestDay && float64(r.Worst.Low()) > walking, c.Run != nil && r.Worst.AtLeast(c.Params.Pain.SettledWorst+1):
			bad = true
		}
	}
	return calm, bad
}

// afterRun counts the ordinary runs that end a measured stop, and the settled
// runs that end one that has fallen to modify.
func (s Stop) afterRun(c *Case, bad bool) (Stop, bool) {
	p := c.Params.Pain
	easy, settled, calm := false, false, false
	course := c.course(s.Spot)
	usual := course.usualWorst(c.At, p)
	for _, r := range c.about(s.Spot) {
		easy = easy || r.Worst.Known() && !r.troubled() && !mayExceed(r.Worst, usual)
		calm = calm || r.calm(p.SettledWorst) && !r.Morning.Known()
		settled = settled || r.calm(p.SettledWorst) && c.settled(siteReport{r, course})
	}
	switch {
	case !s.Measured:
	case c.ordinary():
		if easy && !bad {
			s.Ordinary++
		}
	case c.asymmetry().Above(gait.LevelNone):
		s.Ordinary = 0
	}
	if s.Lowered && !bad && (calm || settled) {
		if s.waits { // this run says how the morning after the last one was
			s.Settled++
		}
		if s.waits = !settled; settled {
			s.Settled++
		}
	}
	return s, s.Settled < p.SettledRuns && (!s.Measured || s.Ordinary < ordinaryRuns)
}

// about returns what was said of the spot of a stop or plan: also by "nothing hurts",
// and of any spot where its own was not named.
func (c *Case) about(p gait.Spot) []Report {
	var about []Report
	for _, r := range c.Reports {
		if r.Spot() == p || p.Site == gait.NoSite || r.Site == gait.NoSite {
			about = append(about, r)
		}
	}
	if c.NoPain != nil {
		about = append(about, *c.NoPain)
	}
	return about
}

// finding says that the stop still stands, or that it has fallen to modify.
func (s Stop) finding(c *Case) Finding {
	f := Finding{Fact: s.Fact, Verdict: finding.VerdictStop, Professional: s.needsDoctor(), Urgent: s.Urgent, At: s.Since}
	switch {
	case s.Lowered:
		f.Verdict = finding.VerdictModify
		f.Fact = finding.Fact{Rule: finding.ModStanding, Spot: s.Spot, Found: s.Since, Count: c.Params.Pain.SettledRuns, Limit: c.Params.Pain.SettledWorst}
	case c.Run == nil && !c.RestDay:
		f.Questions = s.Questions
	}
	return f
}

// end is how the stop ends, as the facts of RETURN.
func (s Stop) end(p gait.PainParams) finding.Fact {
	f := finding.Fact{Rule: finding.Return, Spot: s.Spot, Days: p.FreeDays, Limit: p.WalkingFree, Count: len(s.CalmDays), Of: ordinaryRuns}
	switch {
	case s.needsDoctor():
		f.How = finding.HowCleared
	case s.Skin:
		f.How = finding.HowSkin
	case s.Measured:
		f.How = finding.HowMeasured
	}
	return f
}

// stops returns what is left of the stops before, and those that the findings
// of this case begin or renew.
func (c *Case) stops(found []Finding) []Stop {
	var stops []Stop
	for _, s := range c.Before.Stops {
		if next, stands := s.after(c); stands {
			stops = append(stops, next)
		}
	}
	for _, f := range found {
		if f.Verdict == finding.VerdictStop {
			stops = c.begin(stops, f)
		}
	}
	return stops
}

func (c *Case) begin(stops []Stop, f Finding) []Stop {
	f.Found = c.At // the stop may stand for longer
	next := Stop{Fact: f.Fact, Since: c.At, Urgent: f.Urgent, Questions: f.Questions, BadDay: c.day(c.At)}
	for _, s := range c.spots() {
		if s.Spot() != f.Spot {
			continue
		}
		next.Overheard = s.overheard
		next.Skin = s.Is(gait.Skin) && f.Rule == finding.StopLimp
		next.Measured = f.Rule == finding.StopLimp && s.Limping != gait.Yes
		if c.Run != nil && c.settled(s) { // the next morning counts already
			next.CalmDays = []int{c.day(c.At.Add(day))}
		}
	}
	for i := range stops {
		if stops[i].Spot == f.Spot {
			stops[i].CalmDays, stops[i].Settled = next.CalmDays, 0
		}
	}
	i := slices.IndexFunc(stops, func(s Stop) bool { return s.Same(f.Fact) })
	if i < 0 {
		return append(stops, next)
	}
	if !stops[i].Lowered {
		next.Since = stops[i].Since
	}
	next.Urgent = next.Urgent || stops[i].Urgent
	next.Measured = next.Measured && stops[i].Measured
	next.Overheard = next.Overheard && stops[i].Overheard
	stops[i] = next
	return stops
}
