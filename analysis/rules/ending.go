package rules

import (
	"fmt"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Stop is a stop that has not ended. Neither time nor a run without a word of
// pain lowers it.
type Stop struct {
	Rule   gait.Rule
	Place  Place
	Since  time.Time
	Text   string
	Urgent bool
	// Questions are what was asked when it began: they stay until something
	// new is said.
	Questions []string
	// Measured: it rests on the balance, not on the runner's word.
	Measured bool
	// Skin: it lasts until walking is normal.
	Skin bool
	// FreeDays are the days with an entry of free walking, BadDay the last day
	// with one that was not.
	FreeDays []int
	BadDay   int
	// Lowered: it has fallen to modify.
	Lowered bool
	// Settled is the number of settled runs since.
	Settled int
}

// after returns the stop as the case leaves it, and whether it still stands.
func (s Stop) after(c *Case) (Stop, bool) {
	switch {
	case s.Rule == gait.StopBone:
		return s, !c.Cleared
	case s.Measured && c.Gave(gait.AnswerNotALimp, gait.AnswerNewStrap, gait.AnswerNewShoes):
		return s, false
	case c.RestDay:
		return s.afterRestDay(c)
	case c.Run != nil:
		return s.afterRun(c)
	default:
		return s, true
	}
}

// afterRestDay counts the days on which walking is free: with a pain of 0 to 1
// and no night, limp or painkiller.
func (s Stop) afterRestDay(c *Case) (Stop, bool) {
	p, today := c.Params.Pain, c.day(c.At)
	free, bad := false, false
	for _, r := range s.about(c) {
		free = free || r.calm(p.WalkingFree)
		bad = bad || r.Worst.AtLeast(p.WalkingFree+1) || slices.Contains([]gait.YesNo{r.Night, r.Limping, r.Medication}, gait.Yes)
	}
	switch {
	case bad:
		s.FreeDays, s.BadDay, s.Settled = nil, today, 0
	case free && s.Skin:
		return s, false
	case free && s.BadDay != today && !slices.Contains(s.FreeDays, today):
		s.FreeDays = append(slices.Clone(s.FreeDays), today)
		s.Lowered = s.Lowered || len(s.FreeDays) >= p.FreeDays
	}
	return s, true
}

// afterRun counts the settled runs of a stop that has fallen to modify.
func (s Stop) afterRun(c *Case) (Stop, bool) {
	p := c.Params.Pain
	if !s.Lowered {
		return s, true
	}
	settled, bad := false, false
	for _, r := range s.about(c) {
		settled = settled || r.calm(p.SettledWorst) && r.settled(p)
		bad = bad || r.Worst.AtLeast(p.SettledWorst+1) || r.unsettled(p) || r.Medication == gait.Yes
	}
	switch {
	case bad:
		s.Settled = 0
	case settled:
		s.Settled++
	}
	return s, s.Settled < p.SettledRuns
}

// about returns what was said of the stop's place: also by "nothing hurts", and
// of any place where the stop's own was not named.
func (s Stop) about(c *Case) []Report {
	var about []Report
	for _, r := range c.Reports {
		if r.Place == s.Place || s.Place.Site == gait.NoSite || r.Site == gait.NoSite {
			about = append(about, r)
		}
	}
	if c.Clear != nil {
		about = append(about, *c.Clear)
	}
	return about
}

// finding says that the stop still stands, or that it has fallen to modify.
func (s Stop) finding(c *Case) Finding {
	f := Finding{
		Reason: gait.Reason{Rule: s.Rule, Text: fmt.Sprintf("Since %s: %s", c.date(s.Since), s.Text)}, Verdict: gait.VerdictStop,
		Place: s.Place, Professional: s.Rule == gait.StopBone, Urgent: s.Urgent, At: s.Since,
	}
	switch {
	case s.Lowered:
		f.Verdict = gait.VerdictModify
		f.Reason = gait.Reason{Rule: gait.ModStanding, Text: fmt.Sprintf(
			"%s: the stop of %s has eased. Come back step by step; %s.", s.Place.words(), c.date(s.Since), s.ends(c.Params.Pain))}
	case c.Run == nil && !c.RestDay:
		f.Questions = s.Questions
	}
	return f
}

// ends says how the stop ends.
func (s Stop) ends(p gait.PainParams) string {
	switch {
	case s.Rule == gait.StopBone:
		return "this stop ends when a professional has looked and you answer \"cleared\""
	case s.Skin:
		return "this stop ends with an entry that walking is normal"
	case s.Lowered:
		return fmt.Sprintf("it ends after %s at %d or less with a morning of %d or less", count(p.SettledRuns, "run"), p.SettledWorst, p.SettledMorning)
	default:
		return fmt.Sprintf("this stop ends with entries on %s that walking hurts %d or less, with a quiet night, no limp and no painkiller",
			count(p.FreeDays, "day"), p.WalkingFree)
	}
}

// command is how the runner says what ends the stop.
func (s Stop) command() string {
	switch {
	case s.Rule == gait.StopBone:
		return "gaitkeeper answer latest cleared"
	case s.Lowered:
		return "gaitkeeper pain add --run latest --worst 1 --morning 0"
	default:
		return "gaitkeeper pain add --at today --worst 0"
	}
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
		if f.Verdict == gait.VerdictStop {
			stops = c.begin(stops, f)
		}
	}
	return stops
}

func (c *Case) begin(stops []Stop, f Finding) []Stop {
	next := Stop{Rule: f.Rule, Place: f.Place, Since: c.At, Text: f.Text, Urgent: f.Urgent, Questions: f.Questions}
	for _, s := range c.spots() {
		if s.Place == f.Place {
			next.Skin = s.Is(gait.Skin) && f.Rule == gait.StopLimp
			next.Measured = f.Rule == gait.StopLimp && s.Limping != gait.Yes
		}
	}
	if c.RestDay {
		next.BadDay = c.day(c.At)
	}
	for i := range stops {
		if stops[i].Place == f.Place {
			stops[i].FreeDays, stops[i].Settled = nil, 0
		}
	}
	i := slices.IndexFunc(stops, func(s Stop) bool { return s.Place == f.Place && s.Rule == f.Rule })
	if i < 0 {
		return append(stops, next)
	}
	if !stops[i].Lowered {
		next.Since = stops[i].Since
	}
	next.Urgent = next.Urgent || stops[i].Urgent
	next.Measured = next.Measured && stops[i].Measured
	stops[i] = next
	return stops
}
