package analysis

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// leaves lets the run show a shift of so many points, with a band of one point.
func (r storyRun) leaves(level gait.Level, short gait.Side, points float64) storyRun {
	r.shift(level, short)
	return r.stands(points, short)
}

// stands puts the balance of the run so many points away from 50, whatever its
// level.
func (r storyRun) stands(points float64, short gait.Side) storyRun {
	e, ok := r.fake.evidence[r.id]
	if !ok {
		e = quiet()
	}
	e.Baseline, e.Band = 50, 1
	if e.Balance = gait.Percent(50 + points); short == gait.Left {
		e.Balance = gait.Percent(50 - points)
	}
	e.Shift = gait.Points(e.Balance - e.Baseline)
	r.fake.evidence[r.id] = e
	return r
}

// speaks tells whether the run says anything by itself.
func (r storyRun) speaks() bool {
	a := r.assessed().Alert
	return a.Level.Above(gait.LevelNone) && a.Suppressed == finding.NotSuppressed
}

func TestOneNoPainSilencesTheNextWarningOfTheSameShift(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).leaves(gait.LevelAsk, gait.Left, 1.5).answers(gait.AnswerNoPain)
	next := s.day(2).run(8).leaves(gait.LevelWarn, gait.Left, 1.7)
	a := next.wants("the next warning", finding.VerdictKeep, "KEEP-ANSWERED", "-MOD-MEASURED", "-PT-UNEXPLAINED")
	if want := (finding.Alert{Level: gait.LevelWarn, Suppressed: finding.SuppressedAnswered}); a.Alert != want || a.Evidence.Level != gait.LevelWarn {
		t.Errorf("got %+v, want the level as it is and silence: %+v", a.Alert, want)
	}
	if f := a.Reasons[0]; f.How != finding.How(gait.AnswerNoPain) || f.Date.Day() != 2 {
		t.Errorf("does not say what was answered, and when: %+v", f)
	}
	if e := s.episodes(2); len(e) != 1 || e[0].ClosedBy != finding.ClosedAnswered {
		t.Errorf("the same shift opens another episode: %+v", e)
	}
}

func TestOneNoPainHoldsForSomeRuns(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).leaves(gait.LevelAsk, gait.Left, 1.5).answers(gait.AnswerNoPain)
	var spoke []int
	for i := range 12 {
		if s.day(2+2*i).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).speaks() {
			spoke = append(spoke, i)
		}
	}
	if len(spoke) == 0 || spoke[0] != gait.DefaultParams().Analysis.Refractory {
		t.Errorf("spoke in runs %v after the answer", spoke)
	}
}

func TestTwoNoPainEndTheQuestionsAboutAShift(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).leaves(gait.LevelAsk, gait.Left, 1.5).answers(gait.AnswerNoPain)
	s.day(2).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).answers(gait.AnswerNoPain)
	for d := 4; d < 60; d += 2 {
		if s.day(d).run(8).leaves(gait.LevelWarn, gait.Left, 1.6).speaks() {
			t.Fatalf("a third question about the same shift on day %d", d)
		}
	}
}

func TestAReasonEndsTheQuestionsAboutAShift(t *testing.T) {
	for _, why := range []gait.AnswerKind{gait.AnswerNotALimp, gait.AnswerNewStrap, gait.AnswerNewShoes, gait.AnswerOnPurpose} {
		s := usualRuns(t)
		s.day(0).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).answers(why)
		for d := 2; d < 40; d += 2 {
			if s.day(d).run(8).leaves(gait.LevelWarn, gait.Left, 1.6).speaks() {
				t.Errorf("%s: asked again on day %d", why, d)
				break
			}
		}
	}
}

func TestWhatStillSpeaksAfterTwoNoPain(t *testing.T) {
	for name, try := range map[string]struct {
		run  func(s *story) storyRun
		want bool
	}{
		"the same shift":      {func(s *story) storyRun { return s.run(8).leaves(gait.LevelWarn, gait.Left, 2.5) }, false},
		"half as large again": {func(s *story) storyRun { return s.run(8).leaves(gait.LevelWarn, gait.Left, 2.2) }, false},
		"one run far out":     {func(s *story) storyRun { return s.run(8).leaves(gait.LevelWarn, gait.Left, 4) }, false},
		"a shift that has doubled": {func(s *story) storyRun {
			s.run(8).leaves(gait.LevelWarn, gait.Left, 4)
			return s.day(6).run(8).leaves(gait.LevelWarn, gait.Left, 4)
		}, true},
		"the other side": {func(s *story) storyRun { return s.run(8).leaves(gait.LevelWarn, gait.Right, 1.5) }, true},
		"a pain beside it": {func(s *story) storyRun {
			return s.run(8).leaves(gait.LevelWarn, gait.Left, 1.5).says(pain(gait.Left, gait.Knee).worst(1))
		}, true},
		"a change within the run": {func(s *story) storyRun { return s.run(8).leaves(gait.LevelWarn, gait.Left, 1).within() }, true},
		"after it had gone":       {func(s *story) storyRun { return s.gone(3, .2).run(8).leaves(gait.LevelWarn, gait.Left, 1.5) }, true},
		"not yet gone":            {func(s *story) storyRun { return s.gone(2, .2).run(8).leaves(gait.LevelWarn, gait.Left, 1.5) }, false},
		"become the normal":       {func(s *story) storyRun { return s.gone(16, 1.5).run(8).leaves(gait.LevelWarn, gait.Left, 1.5) }, true},
		"there, and not noticed":  {func(s *story) storyRun { return s.gone(12, 1.5).run(8).leaves(gait.LevelWarn, gait.Left, 1.5) }, false},
		"with another strap":      {func(s *story) storyRun { return s.run(8).leaves(gait.LevelWarn, gait.Left, 1.5).worn(8, 48.5) }, false},
		"more with another strap": {func(s *story) storyRun {
			s.run(8).leaves(gait.LevelWarn, gait.Left, 2).worn(8, 48.5)
			return s.day(6).run(8).leaves(gait.LevelWarn, gait.Left, 2).worn(8, 48.5)
		}, true},
	} {
		s := usualRuns(t)
		s.day(0).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).worn(7, 50).answers(gait.AnswerNoPain)
		s.day(2).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).worn(7, 50).answers(gait.AnswerNoPain)
		r := try.run(s.day(4))
		if got := r.assessed().Verdict.MoreSevere(finding.VerdictKeep); got != try.want {
			t.Errorf("%s: asks for something %v, %+v", name, got, r.assessed().Alert)
		}
		if s.mirror(); r.assessed().Verdict.MoreSevere(finding.VerdictKeep) != try.want {
			t.Errorf("%s, of the other foot: %+v", name, r.assessed().Alert)
		}
	}
}

func TestWhatIsClearlyMore(t *testing.T) {
	for _, try := range []struct {
		answered, now float64
		want          bool
	}{
		{4, 5.9, false}, {4, 6.2, true}, // half as large again
		{.3, 1.6, false}, {.3, 1.8, true}, // by more than two runs differ
	} {
		s := usualRuns(t)
		s.day(0).run(8).leaves(gait.LevelWarn, gait.Left, try.answered).answers(gait.AnswerNoPain)
		if got := s.day(2).run(8).leaves(gait.LevelWarn, gait.Left, try.now).speaks(); got != try.want {
			t.Errorf("%v points answered, %v now: speaks %v", try.answered, try.now, got)
		}
	}
}

func TestAPainTakesAnEarlierNoPainBack(t *testing.T) {
	s := usualRuns(t)
	s.day(0).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).answers(gait.AnswerNoPain)
	s.day(2).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).answers(gait.AnswerNoPain)
	s.day(4).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).answers(gait.AnswerHurts)
	s.day(6).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).wants("after it hurt", finding.VerdictStop, "MOD-MEASURED", "-KEEP-ANSWERED")
}

// A shift that "nothing hurts", said twice, has made the normal is a limp as soon
// as the spared leg hurts.
func TestAPainInTheSparedLegOfAnAcceptedShift(t *testing.T) {
	left := func(worst int) entry { return pain(gait.Left, gait.Calf).worst(worst) }
	for name, try := range map[string]struct {
		answer gait.AnswerKind
		points float64
		says   entry
		want   bool
	}{
		"the spared calf":      {gait.AnswerNoPain, 1.5, left(3), true},
		"most of it is there":  {gait.AnswerNoPain, 0.9, left(3), true},
		"a little":             {gait.AnswerNoPain, 1.5, left(2), false},
		"the other calf":       {gait.AnswerNoPain, 1.5, pain(gait.Right, gait.Calf).worst(5), false},
		"both calves":          {gait.AnswerNoPain, 1.5, pain(gait.Both, gait.Calf).worst(5), false},
		"no side":              {gait.AnswerNoPain, 1.5, pain(gait.NoSide, gait.Calf).worst(5), false},
		"the back":             {gait.AnswerNoPain, 1.5, pain(gait.Left, gait.Back).worst(5), false},
		"most of it is gone":   {gait.AnswerNoPain, 0.7, left(3), false},
		"it was a new strap":   {gait.AnswerNewStrap, 1.5, left(3), false},
		"it was not a limp":    {gait.AnswerNotALimp, 1.5, left(3), false},
		"the strap slipped":    {gait.AnswerNoPain, 1.5, left(3), false},
		"another strap":        {gait.AnswerNoPain, 0, left(3), true},
		"it was said once":     {gait.AnswerNoPain, 1.5, left(3), false},
		"it has turned around": {gait.AnswerNoPain, -1.5, left(3), false},
	} {
		s := usualRuns(t)
		s.day(0).run(8).leaves(gait.LevelAsk, gait.Left, 1.5).worn(7, 50).answers(try.answer)
		if name != "it was said once" {
			s.day(2).run(8).leaves(gait.LevelWarn, gait.Left, 1.5).worn(7, 50).answers(try.answer)
		}
		r := s.day(12).run(8).stands(try.points, gait.Left).says(try.says)
		switch name {
		case "another strap": // which shows two and a half points more of the left foot
			r.worn(8, 51)
		case "the strap slipped":
			e := s.fake.evidence[r.id]
			e.Quality.Balance = gait.BalanceSuspectSensor
			s.fake.evidence[r.id] = e
		}
		a := r.assessed()
		if got := slices.ContainsFunc(a.Reasons, func(r finding.Fact) bool { return r.Rule == finding.StopLimp }); got != try.want {
			t.Errorf("%s: a limp %v, %v", name, got, a.Reasons)
		}
		if try.want && (a.Alert != finding.Alert{Level: gait.LevelWarn} || a.Reasons[0].How != finding.HowStill) {
			t.Errorf("%s: %+v, %+v", name, a.Alert, a.Reasons[0])
		}
	}
}

// within makes the shift of the run one that began in its middle.
func (r storyRun) within() storyRun {
	e := r.fake.evidence[r.id]
	e.Chart = gait.ChartWithinRun
	r.fake.evidence[r.id] = e
	return r
}

// worn measures the run with a strap, whose normal lies at a balance.
func (r storyRun) worn(serial uint32, normal gait.Percent) storyRun {
	for i := range r.h.Runs {
		if r.h.Runs[i].Run == r.id {
			r.h.Runs[i].Sensor.Serial = serial
		}
	}
	e := r.fake.evidence[r.id]
	e.Baseline, e.Balance = normal, normal+gait.Percent(e.Shift)
	r.fake.evidence[r.id] = e
	return r
}

// mirror tells the same story of the other foot.
func (s *story) mirror() {
	for id, e := range s.fake.evidence {
		e.Balance, e.Baseline, e.Shift, e.ShortSide = 100-e.Balance, 100-e.Baseline, -e.Shift, e.ShortSide.Opposite()
		s.fake.evidence[id] = e
	}
	for i := range s.h.Pain {
		s.h.Pain[i].Side = s.h.Pain[i].Side.Opposite()
	}
}

// gone runs so many quiet runs, with the balance so many points to the left
// foot's sparing side, and turns to the day after them.
func (s *story) gone(runs int, points float64) *story {
	for range runs {
		s.run(8).stands(points, gait.Left)
		s.day(s.today + 2)
	}
	return s
}

// A made runner who says twice that nothing hurts, whoever the runner is.
func TestNoThirdQuestionAboutALastingShift(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 5))
		var h gait.History
		for i := range 56 {
			level := 50.3
			if i >= 30 {
				level -= 1.7
			}
			h.Runs = append(h.Runs, drawn(r, i, level+.3*r.NormFloat64()))
		}
		var asked []int
		for {
			_, runs := playedPast(Replay(h, gait.DefaultParams()), h)
			next := slices.IndexFunc(runs, func(a finding.Assessment) bool {
				answered := slices.ContainsFunc(h.Answers, func(w gait.Answer) bool { return w.Run == a.Run })
				return !answered && a.Alert.Level != gait.LevelNone && a.Alert.Suppressed == finding.NotSuppressed && a.Evidence.ShortSide == gait.Left
			})
			if next < 0 {
				break
			}
			asked = append(asked, next)
			m := h.Runs[next]
			h.Answers = append(h.Answers, gait.Answer{ID: int64(len(asked)), Run: m.Run, Kind: gait.AnswerNoPain, Recorded: end(&m).Add(time.Hour)})
		}
		late := slices.DeleteFunc(asked, func(i int) bool { return i < 30 })
		if len(late) > 2 {
			t.Errorf("runner %d was asked in the runs %v", seed, late)
		}
	}
}
