package analysis

import (
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// Standing returns the verdict as of a moment: the runs, entries and answers
// known until then, and the rules that time alone moves. Its Morning is the pain
// to ask about on the day of asOf: one of a run on the day before.
func (f *Fold) Standing(asOf time.Time) gait.Standing {
	if asOf.Before(f.newest) {
		f = f.before(asOf)
	}
	s := f.at(asOf)
	c := s.rest(asOf)
	o := rules.Look(c, asOf)
	st := gait.Standing{
		AsOf: asOf, Since: s.current.since, Verdict: s.current.verdict, SeeProfessional: o.Professional, Urgent: o.Urgent,
		Reasons: o.Reasons(), Advice: o.Advice, Questions: o.Questions, Plan: o.Next.Plan.Facts(),
		Run: s.lastRun, Episode: s.episodes.open(), Morning: s.morning(asOf),
	}
	if len(st.Reasons) == 0 {
		st.Reasons = slices.Clone(s.calm)
	}
	switch {
	case len(st.Reasons) > 0:
	case s.lastRun == "":
		st.Reasons = []gait.Fact{{Rule: gait.KeepQuiet, How: gait.HowFirst}}
	default:
		st.Reasons = []gait.Fact{{Rule: gait.KeepQuiet, How: gait.HowStill}}
	}
	return st
}

// EpisodesAt returns the episodes as of a moment: [Fold.Episodes], but for an
// episode that time alone has ended since the last event.
func (f *Fold) EpisodesAt(asOf time.Time) []gait.Episode {
	if asOf.Before(f.newest) {
		f = f.before(asOf)
	}
	s := f.at(asOf)
	return s.episodes.all
}

// before folds what was known at a moment.
func (f *Fold) before(asOf time.Time) *Fold { return f.With(until(f.history, asOf)) }

// at returns the state of the fold once time has gone by until a moment.
func (f *Fold) at(asOf time.Time) state {
	s := *f.end()
	s.episodes.all = slices.Clone(s.episodes.all)
	s.pass(asOf)
	return s
}

// morning returns the worst pain of the runs of the day before whose morning is
// worth asking about, or nil.
func (s *state) morning(asOf time.Time) *gait.Pain {
	var worst *gait.Pain
	yesterday := rules.Day(asOf, s.history.Zone) - 1
	for i := len(s.outings) - 1; i >= 0; i-- {
		run := s.outings[i]
		switch on := rules.Day(run.Start, s.history.Zone); {
		case on < yesterday:
			return worst
		case on > yesterday:
			continue
		}
		for _, c := range s.courses {
			r, ask := c.AskMorning(i, s.params.Pain)
			if ask && (worst == nil || worst.Worst.Worse(r.Worst) != worst.Worst) {
				worst = &gait.Pain{
					ID: r.Entry, Run: run.Run, At: run.End, Recorded: r.Spoken, Site: r.Site, Side: r.Side,
					Worst: r.Worst, Start: r.Start, End: r.End,
				}
			}
		}
	}
	return worst
}
