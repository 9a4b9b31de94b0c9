package main

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/analysis"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

// limpingHistory is the subject's season up to the onset and so many runs with a
// step of the given size.
func (s *study) limpingHistory(subject *subject, size gait.Points, runs int, k *maker) []look {
	c := step(size)
	var all []look
	subject.limping(c.at(subject), runs, k, func(history []look) bool {
		all = history
		return false
	})
	return all
}

// entry is what the runner says of a run an hour after it.
func entry(id int64, l *look, side gait.Side, worst int) gait.Pain {
	end := l.Start.Add(l.Duration)
	score, _ := gait.Exactly(worst)
	return gait.Pain{ID: id, Run: l.Run, At: end, Recorded: end.Add(time.Hour), Site: gait.Knee, Side: side, Worst: score}
}

// painful counts what became of runners with pain: of the limping ones and, with
// the same pain, of the healthy ones.
type painful struct{ runners, stopped, healthyStopped int }

// painReported lets runners with a step of 1.5 points report pain 3 on the spared
// side, and counts who is told to stop within two runs.
func (s *study) painReported() painful {
	var sum painful
	for _, p := range each(s.runners/2, s.progress, func(i int) painful {
		k := s.maker()
		subject := newSubject(painSeeds.at(i), firstLimp+20, k)
		limping := s.limpingHistory(subject, 1.5, 2, k)
		p := painful{runners: 1}
		if s.stopped(limping, subject) {
			p.stopped = 1
		}
		if s.stopped(subject.looks[:len(limping)], subject) {
			p.healthyStopped = 1
		}
		return p
	}) {
		sum.runners, sum.stopped, sum.healthyStopped = sum.runners+p.runners, sum.stopped+p.stopped, sum.healthyStopped+p.healthyStopped
	}
	return sum
}

// stopped tells whether the verdict is stop in one of the runs from the onset on,
// with pain 3 reported in each of them.
func (s *study) stopped(looks []look, subject *subject) bool {
	h := history(looks)
	for i := subject.onset; i < len(looks); i++ {
		h.Pain = append(h.Pain, entry(int64(i), &looks[i], subject.side, 3))
	}
	return slices.ContainsFunc(analysis.Replay(h, s.params).Assessments[subject.onset:], func(a finding.Assessment) bool {
		return a.Verdict == finding.VerdictStop
	})
}

// denied counts the runners whose limp was asked about twice, and those who were
// asked a third time although they had said twice that nothing hurts: about the
// shift that was there all along, or about another one: a change inside a run, or
// one away from the normal that the limp has become.
type denied struct{ twice, again, other int }

// painDenied lets runners with a lasting step of 2 points answer "no pain" to the
// first two questions. They keep their strap: another one may add a shift of its
// own.
func (s *study) painDenied() denied {
	var sum denied
	for _, d := range each(s.runners/2, s.progress, func(i int) denied {
		k := s.maker()
		r := strapped(painSeeds.at(i))
		r.Strap.SwapChance, r.Strap.DyingChance = 0, 0
		subject := season(r, firstLimp+30, k)
		h := history(s.limpingHistory(subject, deniedStep, 20, k))
		for n := range 3 {
			asked, ok := s.question(h, subject, n)
			switch {
			case !ok:
				return denied{twice: n / 2}
			case n == 2 && asked.same:
				return denied{twice: 1, again: 1}
			case n == 2:
				return denied{twice: 1, other: 1}
			}
			h.Answers = append(h.Answers, gait.Answer{
				ID: int64(n + 1), Run: asked.run.Run, Kind: gait.AnswerNoPain, Recorded: asked.run.Start.Add(asked.run.Duration + time.Hour),
			})
		}
		return denied{}
	}) {
		sum.twice, sum.again, sum.other = sum.twice+d.twice, sum.again+d.again, sum.other+d.other
	}
	return sum
}

// deniedStep is the step of those who say that nothing hurts, in points.
const deniedStep = 2

// question is an alert that nothing holds back: the run it asks about, and
// whether it means the shift away from the normal before the limp.
type question struct {
	run  gait.Measures
	same bool
}

// question returns the first about the subject's side that was not answered yet.
func (s *study) question(h gait.History, subject *subject, answered int) (question, bool) {
	fold := analysis.Replay(h, s.params)
	_, silent := alert.Simulate(alert.Situation{
		Episodes: fold.Episodes, Pain: h.Pain, Answers: h.Answers, Settings: alert.DefaultSettings(),
	})
	assessments := alert.SetSuppressions(fold.Assessments, silent)
	for i, a := range assessments {
		late := answered == 0 || h.Runs[i].Start.After(h.Answers[answered-1].Recorded)
		if i >= subject.onset && late && a.Alert.Sends() && a.Evidence.Level.Above(gait.LevelNone) && a.Evidence.ShortSide == subject.side {
			followed := math.Abs(float64(normalBefore(assessments, i) - normalBefore(assessments, subject.onset)))
			return question{h.Runs[i], a.Evidence.Chart != gait.ChartWithinRun && followed < deniedStep/2}, true
		}
	}
	return question{}, false
}

// normalBefore is the last normal known before a run.
func normalBefore(assessments []finding.Assessment, run int) gait.Percent {
	for run--; run > 0 && !gait.Known(assessments[run].Evidence.Baseline); {
		run--
	}
	return assessments[run].Evidence.Baseline
}

// kept counts runners who keep a diary as runners do.
type kept struct {
	falselyStopped           int // runners told to stop before they limped
	runners, stopped, warned int // of the limping ones within 4 runs
	healthyRuns              int
	healthyStops, warns      int // healthy runs told to stop, and those measured at warn
}

// diaryKept gives runners with a step of 1.5 points a diary with gaps. One in five
// never says a word; the others write after six runs of ten. Pain is 1.5 for each
// point of the limp, give or take 1; without a limp one run in ten hurts a little,
// on either side.
func (s *study) diaryKept() kept {
	var sum kept
	for _, d := range each(s.runners/2, s.progress, func(i int) kept {
		k := s.maker()
		subject := newSubject(painSeeds.at(i), firstLimp+20, k)
		looks := s.limpingHistory(subject, 1.5, 4, k)
		h := history(looks)
		h.Pain = diary(looks, subject)
		return kept{}.read(analysis.Replay(h, s.params).Assessments, subject.onset)
	}) {
		sum.runners, sum.stopped, sum.warned = sum.runners+d.runners, sum.stopped+d.stopped, sum.warned+d.warned
		sum.falselyStopped += d.falselyStopped
		sum.healthyRuns, sum.healthyStops, sum.warns = sum.healthyRuns+d.healthyRuns, sum.healthyStops+d.healthyStops, sum.warns+d.warns
	}
	return sum
}

// read counts one runner's season, healthy up to the onset.
func (k kept) read(assessments []finding.Assessment, onset int) kept {
	k.runners, k.healthyRuns = 1, onset
	for i, a := range assessments {
		stop, warn := a.Verdict == finding.VerdictStop, a.Evidence.Level == gait.LevelWarn
		switch {
		case i < onset && stop:
			k.healthyStops++
			k.falselyStopped = 1
		case i >= onset && stop:
			k.stopped = 1
		}
		switch {
		case i < onset && warn:
			k.warns++
		case i >= onset && (warn || stop):
			k.warned = 1
		}
	}
	return k
}

// diaryStream keeps the diary's random numbers apart from the runner's.
const diaryStream = 98

func diary(looks []look, s *subject) []gait.Pain {
	rng := random(s.season.Runner.Seed, diaryStream)
	var entries []gait.Pain
	silent := rng.Float64() < 0.2
	for i := range looks {
		l := &looks[i]
		answers, sore, noise, worst, side := rng.Float64() < 0.6, rng.Float64() < 0.1, rng.NormFloat64(), 1+rng.IntN(3), s.side
		if l.truth.Limping {
			worst = min(10, max(0, int(math.Round(1.5*float64(l.truth.Size)+noise))))
		} else if rng.Float64() < 0.5 {
			side = side.Opposite()
		}
		if !silent && answers && (l.truth.Limping || sore) && worst > 0 {
			entries = append(entries, entry(int64(i), l, side, worst))
		}
	}
	return entries
}

// bare counts the runs without a strap, and those in whose words a limp or a side
// appears.
type bare struct{ runs, spoken, forms int }

// withoutStrap takes runners who never wear one; the second half of the season
// they limp.
func (s *study) withoutStrap() bare {
	var sum bare
	for _, b := range each(s.runners/4, s.progress, func(i int) bare {
		r := simulate.NewRoughRunner(wristSeeds.at(i))
		r.Strap.Worn = 0
		k := s.maker()
		limping := simulate.Season{Runner: r, Start: seasonStart(), Runs: 40, Limps: []simulate.Limp{{From: 30, Side: gait.Left, Size: 3}}}
		var looks []look
		for run := range limping.All() {
			looks = append(looks, k.look(run))
		}
		b := bare{runs: len(looks)}
		for j, a := range analysis.Replay(history(looks), s.params).Assessments {
			if claimsSide(&a) {
				b.spoken++
			}
			if j < 30 && a.Evidence.Form.Level != gait.LevelNone {
				b.forms++
			}
		}
		return b
	}) {
		sum.runs, sum.spoken, sum.forms = sum.runs+b.runs, sum.spoken+b.spoken, sum.forms+b.forms
	}
	return sum
}
