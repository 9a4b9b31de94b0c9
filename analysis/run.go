package analysis

import (
	"slices"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// run takes a run and all that was said of it into the fold. First it looks at
// the run's figures alone, as on the day they came in; then at each statement in the
// order in which it was said. Only the last view counts for the assessment; the
// earlier ones tell when the trouble became known, and from whom.
func (s *state) run(e event) finding.Assessment {
	m, at := e.run, end(e.run)
	s.pass(at)
	before := s.current
	s.runs = append(s.runs, rules.NewRunSummary(*m))
	var look runView
	for n := range len(e.statements) + 1 {
		look = s.judge(e, n, look)
		sign, key := s.sign(look.outcome, look.unexplained()), string(m.Run)
		sign.At, sign.Run = at, m.Run
		sign.Side, sign.Measured, sign.Explained = shiftedSide(&look.evidence), figures(look.evidence), look.explained()
		if n > 0 {
			w := e.statements[n-1]
			sign.At, sign.Entry, key = knownAt(w.recorded, at), w.id(), statementKey(w)
		}
		s.episodes.observe(sign, at, key)
	}
	a := s.assess(m.Run, look)
	a.Alert = finding.Alert{Level: severity(look.outcome, rules.Asymmetry(&look.evidence), before)}
	s.finishRun(*m, look)
	return a
}

// runView is one look at a run.
type runView struct {
	rules.RunReport
	prior    gait.Prior
	evidence gait.Evidence
	c        rules.Case
	outcome  rules.Outcome
	taken    bool
}

// explained reports whether the runner gave a reason for what was measured, or
// said that nothing hurts.
func (l runView) explained() bool { return l.Explained() || l.Painless() }

// unexplained returns the level of the run's balance, where the runner has not
// answered it.
func (l runView) unexplained() gait.Level {
	if l.explained() {
		return gait.LevelNone
	}
	return rules.Asymmetry(&l.evidence)
}

func (l runView) limps() bool {
	return slices.ContainsFunc(l.outcome.Findings, func(f rules.Finding) bool {
		return f.Rule == finding.StopLimp && f.At.Equal(l.c.At)
	})
}

// judge judges a run as it was known after the first n statements. The detector is
// asked again only where the words change what is known beforehand.
func (s *state) judge(e event, n int, last runView) runView {
	l := runView{RunReport: runReport(e.statements[:n]), taken: true}
	l.prior, l.evidence = s.prior(l.RunReport, end(e.run)), last.evidence
	if !last.taken || l.prior != last.prior {
		l.evidence = s.detector.Judge(*e.run, l.prior)
	}
	l.Earlier, l.Accepted = s.since(l, e.run), s.explained.accepted(&l.evidence, e.run.Sensor)
	run, silent := &s.runs[len(s.runs)-1], !l.Answered() && !l.Explained()
	run.Warned, run.Short = rules.Asymmetry(&l.evidence) == gait.LevelWarn && silent, shiftedSide(&l.evidence)
	run.Inside = rules.InsideBand(&l.evidence)
	run.Off, run.Silent = outside(&l.evidence), silent
	l.c = s.rest(end(e.run))
	l.c.Run, l.c.RunReport = &l.evidence, l.RunReport
	l.outcome = rules.Judge(l.c)
	return l
}

// outside returns the side to which the balance has left the runner's normal
// band, or speaks.
func outside(e *gait.Evidence) gait.Side {
	if e.Quality.Balance == gait.BalanceOK && finding.ShiftOf(e).Spreads >= 2 {
		return e.ShortSide
	}
	return shiftedSide(e)
}

// figures reports whether the run's own figures are worth mentioning.
func figures(e gait.Evidence) bool {
	return rules.Asymmetry(&e).Above(gait.LevelNone) || e.Form.Level.Above(gait.LevelNone)
}

// assess puts a view of a run into the form that is shown.
func (s *state) assess(id gait.RunID, l runView) finding.Assessment {
	o := l.outcome
	return finding.Assessment{
		Run: id, Verdict: o.Verdict, SeeProfessional: o.Professional, Urgent: o.Urgent,
		Evidence: l.evidence, Pain: l.Summary(), Reasons: o.Reasons(), Advice: o.Advice, Questions: o.Questions,
		Feedback: s.feedback.facts(l), UnevenWalks: s.walkOdds(l.c.At) > 0,
	}
}

// finishRun takes the run into the courses, the detector and the habit.
func (s *state) finishRun(m gait.Measures, l runView) {
	at := end(&m)
	healthy := s.healthy(l, at) && !l.limpsStill()
	s.remember(l.c, l.outcome)
	s.episodes.ran(l, s.params.Analysis.NormalRuns)
	s.lastRun = m.Run
	s.learning = l.outcome.Verdict == finding.VerdictLearning
	s.commit(l.outcome, at)
	s.detector.Learn(m, l.evidence, healthy)
	s.feedback.learn(l)
	if why, ok := s.explained.after(l, m, s.params.Analysis); ok {
		s.detector.Rebaseline(why)
	}
}

// excludedRun says what an excluded run shows, and lets it count for nothing.
func (s *state) excludedRun(e event) finding.Assessment {
	said := runReport(e.statements)
	ev := s.detector.Judge(*e.run, gait.Prior{})
	a := finding.Assessment{
		Run: e.run.Run, Verdict: finding.VerdictKeep, Evidence: ev, Pain: said.Summary(),
		Alert: finding.Alert{Level: rules.Asymmetry(&ev), Suppressed: finding.SuppressedExcluded},
	}
	if ev.BaselineRuns < s.params.Analysis.LearningRuns {
		a.Verdict = finding.VerdictLearning
	}
	return a
}
