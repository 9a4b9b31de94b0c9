package analysis

import (
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Standing returns the verdict as of a moment: the runs, entries and answers
// known until then, and the rules that time alone moves. Its Morning is the pain
// to ask about on the day of asOf: one of a run on the day before.
func (f *Fold) Standing(asOf time.Time) finding.Standing {
	if asOf.Before(f.newest) {
		f = f.before(asOf)
	}
	s := f.at(asOf)
	c := s.rest(asOf)
	o := rules.Look(c, asOf)
	st := finding.Standing{
		AsOf: asOf, Since: s.current.since, Verdict: s.current.verdict, SeeProfessional: o.Professional, Urgent: o.Urgent,
		Reasons: o.Reasons(), Advice: o.Advice, Questions: o.Questions, Plan: o.Next.Plan.Facts(),
		Run: s.lastRun, Episode: s.episodes.open(), Morning: s.morning(asOf),
	}
	if len(st.Reasons) == 0 {
		st.Reasons = slices.Clone(s.calm)
	}
	s.addWalking(&st)
	switch {
	case len(st.Reasons) > 0:
	case s.lastRun == "":
		st.Reasons = []finding.Fact{{Rule: finding.KeepQuiet, How: finding.HowFirst}}
	default:
		st.Reasons = []finding.Fact{{Rule: finding.KeepQuiet, How: finding.HowStill}}
	}
	if about := s.saidLate(asOf); !about.IsZero() && len(st.Reasons) == 1 && st.Reasons[0].Rule == finding.KeepQuiet {
		st.Reasons = []finding.Fact{{Rule: finding.KeepQuiet, How: finding.HowLate, Date: about}}
	}
	return st
}

// EpisodesAt returns the episodes as of a moment: [Fold.Episodes], except for an
// episode that time alone has ended since the last event.
func (f *Fold) EpisodesAt(asOf time.Time) []finding.Episode {
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
	s.history, s.walks = f.history, f.walks
	s.episodes.all = slices.Clone(s.episodes.all)
	s.pass(asOf)
	return s
}

// morning returns the worst pain of the runs of the day before whose morning is
// worth asking about, or nil.
func (s *state) morning(asOf time.Time) *gait.Pain {
	var worst *gait.Pain
	yesterday := rules.Day(asOf, s.history.Zone) - 1
	for i := len(s.runs) - 1; i >= 0; i-- {
		run := s.runs[i]
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
					ID: r.ID, Run: run.Run, At: run.End, Recorded: r.Recorded, Site: r.Site, Side: r.Side,
					Worst: r.Worst, Start: r.Start, End: r.End,
				}
			}
		}
	}
	return worst
}

// addWalking adds what the runner's walks say: a question where they have become
// uneven, which a word since then answers, and support for the way back.
func (s *state) addWalking(st *finding.Standing) {
	w := s.walks.At(st.AsOf)
	st.Walking = w
	back := st.Verdict == finding.VerdictStop || st.Plan != nil
	switch {
	case w.Level == gait.LevelAsk && !st.Verdict.MoreSevere(finding.VerdictKeep) && !s.saidSince(w.Asked):
		st.Verdict, st.Since = finding.VerdictAsk, w.Asked
		st.Reasons = append([]finding.Fact{{Rule: finding.AskWalk, Walking: w}}, st.Reasons...)
		st.Questions = append(st.Questions, finding.Question{Ask: finding.AskHurt})
	case w.Level == gait.LevelAsk:
		st.Reasons = append(st.Reasons, finding.Fact{Rule: finding.AskWalk, Walking: w})
	case back && w.Fine >= fineDays:
		st.Advice = append(st.Advice, finding.Fact{Rule: finding.WalkFine, Days: w.Fine, Walking: w})
	}
}

// fineDays is on how many of the last five days there must have been walks before
// they are worth mentioning.
const fineDays = 3

// saidSince reports whether the runner has said anything since a moment.
func (s *state) saidSince(t time.Time) bool {
	return slices.ContainsFunc(s.history.Pain, func(p gait.Pain) bool { return p.Recorded.After(t) }) ||
		slices.ContainsFunc(s.history.Answers, func(a gait.Answer) bool { return a.Recorded.After(t) })
}

// saidLate returns the last moment so long ago that it changes nothing any more and of
// which the runner spoke only on the day of asOf; zero where there is none.
func (s *state) saidLate(asOf time.Time) (about time.Time) {
	today, old := rules.Day(asOf, s.history.Zone), asOf.AddDate(0, 0, -s.params.Pain.NewDays)
	see := func(at, recorded time.Time) {
		if rules.Day(recorded, s.history.Zone) == today && at.Before(old) && at.After(about) {
			about = at
		}
	}
	for _, p := range s.history.Pain {
		if p.FromText.Text == "" {
			see(p.At, p.Recorded)
		}
	}
	for _, a := range s.history.Answers {
		i := slices.IndexFunc(s.history.Runs, func(m gait.Measures) bool { return m.Run == a.Run })
		if i >= 0 && !a.Kind.OfTheDay() {
			see(s.history.Runs[i].Start, a.Recorded)
		}
	}
	return about
}

// WalkWeeks returns the weeks of everyday walks from a moment on, the oldest first;
// none where no phone has measured any.
func (f *Fold) WalkWeeks(since time.Time) []gait.WalkWeek { return f.walks.Weeks(since) }
