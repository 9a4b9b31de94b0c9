package analysis

import (
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/analysis/walking"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// state is what the fold knows after the events so far.
type state struct {
	params   gait.Params
	history  gait.History
	walks    *walking.Course
	detector detector

	// at is the moment of the last event, current what stands since.
	at      time.Time
	current current
	open    rules.State
	courses []*rules.SiteHistory
	places  map[gait.Spot]*rules.SiteHistory
	runs    []rules.RunSummary
	// lastRun is the last run that counted.
	lastRun gait.RunID
	// calm are the reasons of the last event that ask for nothing.
	calm []finding.Fact
	// learning means that the last run's verdict was that.
	learning bool
	// explained is the shift that the runner has explained last.
	explained explainedShift
	// feedback are what the runner's answers about limps have taught.
	feedback feedback

	episodes episodes
}

// newState is the state before the first event: nothing is known yet.
func newState(p gait.Params, d detector) state {
	return state{
		params: p, detector: d, places: map[gait.Spot]*rules.SiteHistory{},
		current: current{verdict: finding.VerdictLearning}, learning: true,
	}
}

// current is the verdict as it stands, and since when.
type current struct {
	verdict finding.Verdict
	minor   bool
	since   time.Time
}

// restDay takes a rest-day entry into the fold.
func (s *state) restDay(e event) {
	s.pass(e.at)
	c := s.rest(e.at)
	c.RestDay, c.RunReport = true, runReport([]statement{{recorded: e.entry.Recorded, entry: e.entry}})
	o := rules.Judge(c)
	sign := s.sign(o, gait.LevelNone)
	sign.At, sign.Entry = knownAt(e.entry.Recorded, e.at), e.entry.ID
	s.episodes.observe(sign, e.at, entryKey(e.entry.ID))
	s.remember(c, o)
	s.commit(o, e.at)
}

// answer takes an answer into the fold that counts from the moment it is given.
func (s *state) answer(e event) {
	s.pass(e.at)
	c := s.rest(e.at)
	switch e.answer.Kind {
	default:
		c.Tap = e.answer.Kind
		if reports := rules.Answers(c); len(reports) > 0 { // to "how is it now?"
			c.RestDay, c.Reports = true, reports
		}
	case gait.AnswerSeenProfessional:
		c.Before.MutedUntil = e.at.AddDate(0, 0, s.params.Pain.ProfessionalDay)
	}
	o := rules.Judge(c)
	s.remember(c, o)
	s.commit(o, e.at)
}

// rest returns the case of a moment without a run.
func (s *state) rest(at time.Time) rules.Case {
	return rules.Case{
		Params: s.params, At: at, Zone: s.history.Zone,
		Courses: s.courses, Runs: s.runs, Races: s.history.Races,
		Before: s.open,
	}
}

// commit takes over what a case leaves open.
func (s *state) commit(o rules.Outcome, at time.Time) {
	s.open = o.Next
	s.calm = nil
	for _, f := range o.Findings {
		if !f.Verdict.MoreSevere(finding.VerdictKeep) {
			s.calm = append(s.calm, f.Fact)
		}
	}
	if at.After(s.at) {
		s.at = at
	}
	if !o.Verdict.MoreSevere(finding.VerdictKeep) { // what nobody has spoken of is asked about, whatever happens
		o = s.lookAt(at)
	}
	s.current = s.current.after(o, at)
	s.episodes.settle(s.painStands(at), o, at, s.closing(at))
}

// after returns the verdict as it stands after an outcome.
func (c current) after(o rules.Outcome, at time.Time) current {
	if o.Verdict != c.verdict {
		c.since = at
	}
	c.verdict, c.minor = o.Verdict, o.Minor
	return c
}

// pass moves the state on to a moment, and ends what time alone ends.
func (s *state) pass(to time.Time) {
	c := s.rest(s.at)
	for _, at := range c.Breakpoints(s.at, to) {
		o := s.lookAt(at)
		s.current = s.current.after(o, at)
		s.episodes.settle(s.painStands(at), o, at, s.closing(at))
	}
}

// lookAt returns what stands at a moment when nothing happens.
func (s *state) lookAt(at time.Time) rules.Outcome {
	o := rules.Look(s.rest(at), at)
	if s.learning && o.Verdict == finding.VerdictKeep {
		o.Verdict = finding.VerdictLearning
	}
	return o
}

// painStands reports whether a stop, a pain that was reported or a new pain
// still asks for something.
func (s *state) painStands(at time.Time) bool {
	return len(s.open.Stops) > 0 ||
		slices.ContainsFunc(s.open.Open, func(f rules.Finding) bool { return !f.Figures && at.Before(f.Ends()) }) ||
		slices.ContainsFunc(s.courses, func(c *rules.SiteHistory) bool { return c.NewStands(at) })
}

// closing tells how a trouble ends that ends now: settled only where the last
// word of every spot was a calm one.
func (s *state) closing(at time.Time) finding.Closing {
	if slices.ContainsFunc(s.courses, func(c *rules.SiteHistory) bool { return c.LeftOpen(at, s.params.Pain) }) {
		return finding.ClosedSilent
	}
	return finding.ClosedSettled
}

// remember adds what was said to the histories of the places: once for each.
func (s *state) remember(c rules.Case, o rules.Outcome) {
	for _, r := range c.Reports {
		c.Remember(s.course(r.Spot()), r, o)
	}
	if c.NoPain == nil {
		return
	}
	for _, course := range s.courses {
		named := slices.ContainsFunc(c.Reports, func(r rules.Report) bool { return r.Spot() == course.Spot })
		if named {
			continue
		}
		st := *c.NoPain
		if course.Spot == (gait.Spot{}) { // nobody knows where: any morning is its own
			for _, r := range c.Reports {
				st.Morning = st.Morning.Worse(r.Morning)
			}
		}
		c.Remember(course, st, rules.Outcome{})
	}
}

// course returns the history of a place, which begins with the first report of it.
func (s *state) course(p gait.Spot) *rules.SiteHistory {
	course, ok := s.places[p]
	if !ok {
		course = &rules.SiteHistory{Spot: p}
		s.places[p] = course
		s.courses = append(s.courses, course)
	}
	return course
}

// knownAt returns when an entry was made, or the moment it is about where nobody
// noted that.
func knownAt(recorded, about time.Time) time.Time {
	if recorded.IsZero() {
		return about
	}
	return recorded
}
