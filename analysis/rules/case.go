package rules

import (
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Case is one moment of a runner's time line with everything a rule may look at:
// a run with what was said of it, a rest-day entry, an answer that counts from
// the moment it is given, or only a look at the clock.
type Case struct {
	Params gait.Params
	// At is the end of the run, the moment of the rest day or answer, or now.
	At   time.Time
	Zone *time.Location

	// Run is the run's evidence; nil where the case is no run.
	Run *gait.Evidence
	// RestDay means that the case is a rest-day entry.
	RestDay bool
	// Said is what was said of it.
	RunReport
	// Tap is the answer of this moment: cleared, walking is fine, it still
	// hurts, a plan of my own, why I ran less.
	Tap gait.AnswerKind

	// Courses are the spots that ever hurt, as they were before.
	Courses []*SiteHistory
	// Runs are the runs so far, oldest first; where the case is a run, it is
	// the last of them.
	Runs []RunSummary
	// Races are the days of races.
	Races []time.Time
	// Before is what was open before.
	Before State
}

// State is what stays open from one moment to the next.
type State struct {
	// Stops are the stops that have not ended.
	Stops []Stop
	// Open are the findings that stand until more is heard.
	Open []Finding
	// Plan is the way back; without steps where there is none.
	Plan Plan
	// MutedUntil is until when a professional's word silences the PT rules.
	MutedUntil time.Time
	// Less is what the runner said last of why he ran less, and when.
	Less Reason
	// Since is when the present trouble began: the first moment that asked for a
	// change or a stop; zero where there is none.
	Since time.Time
	// Last is the moment of the last event.
	Last time.Time
	// once tells when advice that is given once a trouble was given.
	once map[finding.Rule]time.Time
}

// Reason is an answer that says why something was, and when: the moment at which it
// was given, or the end of the run that it was about.
type Reason struct {
	Kind gait.AnswerKind
	At   time.Time
}

// Finding is a rule that matched.
type Finding struct {
	finding.Fact
	Verdict      finding.Verdict
	Professional bool
	Urgent       bool
	Questions    []finding.Question
	// At is when it matched.
	At time.Time
	// RestDay means that a rest-day entry made it.
	RestDay bool
	// Figures means that the run's own figures made it: the next run decides again.
	Figures bool
	// Minor: worth a line on the page, not a message.
	Minor bool
}

// Outcome is what the rules make of a case.
type Outcome struct {
	Verdict      finding.Verdict
	Professional bool
	Urgent       bool
	// Minor means that nothing speaks but a new pain of 1 to 2.
	Minor bool
	// Findings are all rules that matched, most serious first.
	Findings  []Finding
	Advice    []finding.Fact
	Questions []finding.Question
	// Next is what stays open.
	Next State
}

// Reasons returns the facts of the findings.
func (o Outcome) Reasons() []finding.Fact {
	facts := make([]finding.Fact, len(o.Findings))
	for i, f := range o.Findings {
		facts[i] = f.Fact
	}
	return facts
}

// siteReport is one report with the course of its place.
type siteReport struct {
	Report
	course *SiteHistory
}

func (c *Case) spots() []siteReport {
	spots := make([]siteReport, len(c.Reports))
	for i, r := range c.Reports {
		spots[i] = siteReport{r, c.course(r.Spot())}
	}
	return spots
}

// course returns the course of a spot, or nil where it never hurt.
func (c *Case) course(p gait.Spot) *SiteHistory {
	for _, course := range c.Courses {
		if course.Spot == p {
			return course
		}
	}
	return nil
}

// asymmetry returns the level of this run's balance, where it can be trusted.
func (c *Case) asymmetry() gait.Level { return Asymmetry(c.Run) }

// Asymmetry returns the level of a run's balance: none where there is no
// balance, or where the sensor is suspect.
func Asymmetry(e *gait.Evidence) gait.Level {
	if e == nil || e.Quality.Balance != gait.BalanceOK || e.Level == "" {
		return gait.LevelNone
	}
	return e.Level
}

// form returns the level of this run's running form.
func (c *Case) form() gait.Level {
	if c.Run == nil || c.Run.Form.Level == "" {
		return gait.LevelNone
	}
	return c.Run.Form.Level
}

// measured reports whether the run's own figures are worth mentioning.
func (c *Case) measured() bool {
	return c.asymmetry().Above(gait.LevelNone) || c.form().Above(gait.LevelNone)
}

// ordinary reports whether the run has a balance that can be trusted, and by
// itself it is as usual: what the runs before it showed may still speak.
func (c *Case) ordinary() bool {
	if c.Run == nil || c.Run.Quality.Balance != gait.BalanceOK {
		return false
	}
	return !c.asymmetry().Above(gait.LevelNone) || c.insideBand()
}

// band is how many of the runner's usual variations healthy runs stay within.
const band = 2

// excused reports whether the report is the soreness after a hard run, which
// KEEP-SORE explains.
func (c *Case) excused(s siteReport) bool { return keepSore(c, s).hit }

// offScale reports whether the report's numbers have no place on the scale.
func (c *Case) offScale(s siteReport) bool { return s.offScale() || c.excused(s) }

// day returns the number of the local day of a moment.
func (c *Case) day(t time.Time) int { return Day(t, c.Zone) }

// Day returns the number of the day on which t falls in a zone (nil is UTC).
func Day(t time.Time, zone *time.Location) int {
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func days(n int) time.Duration { return time.Duration(n) * day }
