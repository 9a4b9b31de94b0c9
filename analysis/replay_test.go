package analysis

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// anyStory draws a history in which anything may happen.
func anyStory(t *rapid.T) *story {
	s := &story{fake: fakeDetector{evidence: map[gait.RunID]gait.Evidence{}}}
	sides := []gait.Side{gait.NoSide, gait.Left, gait.Right, gait.Both}
	sites := []gait.Site{gait.Shin, gait.Achilles, gait.Knee, gait.Back}
	kinds := append([]gait.PainKind{gait.NoKind, gait.NoKind, gait.NoKind}, gait.PainKinds()...)
	yes := func(name string) gait.YesNo {
		return rapid.SampledFrom([]gait.YesNo{gait.Unsaid, gait.Unsaid, gait.Unsaid, gait.Unsaid, gait.No, gait.Yes}).Draw(t, name)
	}
	draw := func() gait.Pain {
		p := gait.Pain{
			Site: rapid.SampledFrom(sites).Draw(t, "site"), Side: rapid.SampledFrom(sides).Draw(t, "side"),
			Worst: exactly(rapid.IntRange(0, 7).Draw(t, "worst")), Night: yes("night"), Mood: yes("mood"), Medication: yes("medication"),
		}
		if p.Worst.AtLeast(1) {
			p.Kind = rapid.SampledFrom(kinds).Draw(t, "kind")
		}
		if rapid.Bool().Draw(t, "morning known") {
			p.Morning = exactly(rapid.IntRange(0, 4).Draw(t, "morning"))
		}
		return p
	}
	if rapid.Bool().Draw(t, "race") {
		s.h.Races = []time.Time{s.day(rapid.IntRange(0, 90).Draw(t, "race day")).at(0)}
	}
	s.today = 0
	for range rapid.IntRange(1, 14).Draw(t, "runs") {
		r := s.day(s.today + rapid.IntRange(1, 9).Draw(t, "days")).run(rapid.Float64Range(3, 20).Draw(t, "km"))
		r.shift(
			rapid.SampledFrom([]gait.Level{gait.LevelNone, gait.LevelNone, gait.LevelAsk, gait.LevelWarn}).Draw(t, "level"),
			rapid.SampledFrom(sides[1:3]).Draw(t, "short side"))
		for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "entries") {
			r.says(entry{draw()})
		}
		if rapid.IntRange(0, 3).Draw(t, "answers") == 0 {
			r.answers(rapid.SampledFrom(gait.AnswerKinds()).Draw(t, "answer"))
		}
		if rapid.IntRange(0, 3).Draw(t, "rests") == 0 {
			s.rest(entry{draw()})
		}
	}
	return s
}

// same compares with the unknown equal to itself.
func same(want, got any) string {
	if reflect.DeepEqual(want, got) { // far quicker than cmp, which then explains a difference
		return ""
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(gait.Score{}), cmpopts.EquateNaNs(),
		cmp.Comparer(sameFigure[gait.Percent]), cmp.Comparer(sameFigure[gait.Points]), cmp.Comparer(sameFigure[gait.Milliseconds]))
}

func TestNoRunSeesTheFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStory(t)
		whole := s.fold().Assessments
		n := rapid.IntRange(1, len(s.h.Runs)).Draw(t, "kept")
		kept := map[gait.RunID]bool{}
		for _, m := range s.h.Runs[:n] {
			kept[m.Run] = true
		}
		s.h.Runs = s.h.Runs[:n]
		s.h.Answers = slices.DeleteFunc(s.h.Answers, func(a gait.Answer) bool { return !kept[a.Run] })
		s.h.Pain = slices.DeleteFunc(s.h.Pain, func(p gait.Pain) bool { return !p.RestDay() && !kept[p.Run] })
		if diff := same(whole[:n], s.fold().Assessments); diff != "" {
			t.Fatalf("the first %d of %d runs change with the runs after them:\n%s", n, len(whole), diff)
		}
	})
}

func TestOrderOfTheSlicesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStory(t)
		before := s.fold()
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(s.h.Runs), func(i, j int) { s.h.Runs[i], s.h.Runs[j] = s.h.Runs[j], s.h.Runs[i] })
		r.Shuffle(len(s.h.Pain), func(i, j int) { s.h.Pain[i], s.h.Pain[j] = s.h.Pain[j], s.h.Pain[i] })
		r.Shuffle(len(s.h.Answers), func(i, j int) { s.h.Answers[i], s.h.Answers[j] = s.h.Answers[j], s.h.Answers[i] })
		after := s.fold()
		if diff := same(before.Assessments, after.Assessments) + same(before.Episodes, after.Episodes); diff != "" {
			t.Fatal(diff)
		}
	})
}

// mirrored returns episodes with the sides of their signs swapped.
func mirrored(episodes []finding.Episode) []finding.Episode {
	episodes = slices.Clone(episodes)
	for i := range episodes {
		e := &episodes[i]
		e.Signs = slices.Clone(e.Signs)
		for j := range e.Signs {
			e.Signs[j].Side = e.Signs[j].Side.Opposite()
		}
	}
	return episodes
}

func TestAMirrorFlipsTheSideAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStory(t)
		before := s.fold()
		for i := range s.h.Pain {
			s.h.Pain[i].Side = s.h.Pain[i].Side.Opposite()
		}
		for id, e := range s.fake.evidence {
			e.ShortSide = e.ShortSide.Opposite()
			s.fake.evidence[id] = e
		}
		after := s.fold()
		for i := range after.Assessments {
			mirror(&after.Assessments[i])
		}
		if diff := same(before.Assessments, after.Assessments) + same(before.Episodes, mirrored(after.Episodes)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func mirror(a *finding.Assessment) {
	a.Evidence.ShortSide, a.Pain.Side = a.Evidence.ShortSide.Opposite(), a.Pain.Side.Opposite()
	for i := range a.Feedback {
		a.Feedback[i].Side = a.Feedback[i].Side.Opposite()
	}
	for _, facts := range [][]finding.Fact{a.Reasons, a.Advice} {
		for i := range facts {
			f := &facts[i]
			f.Side, f.Shift.Short = f.Side.Opposite(), f.Shift.Short.Opposite()
		}
	}
	for i := range a.Questions {
		a.Questions[i].Side = a.Questions[i].Side.Opposite()
	}
}

func TestStandingOfThePastKnowsNothingLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStory(t)
		asOf := s.day(rapid.IntRange(0, s.today).Draw(t, "as of")).at(23)
		past := s.fold().Standing(asOf)
		s.h = until(s.h, asOf)
		if diff := same(past, s.fold().Standing(asOf)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAStoryHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStory(t)
		f := s.fold()
		for i, a := range f.Assessments {
			if a.SeeProfessional && !a.Verdict.MoreSevere(finding.VerdictAsk) {
				t.Fatalf("run %d: see a professional, and %s", i, a.Verdict)
			}
			if len(a.Reasons) == 0 {
				t.Fatalf("run %d: %s without a reason", i, a.Verdict)
			}
		}
		for i, e := range f.Episodes {
			if e.Closed.IsZero() && i < len(f.Episodes)-1 {
				t.Fatalf("episode %d is open while another has opened", i)
			}
			if !e.Closed.IsZero() && (e.Closed.Before(e.Opened) || e.ClosedBy == finding.ClosedNot) {
				t.Fatalf("episode %d: %+v", i, e)
			}
		}
		st := f.Standing(s.at(23))
		if len(st.Reasons) == 0 {
			t.Fatalf("%s without a reason", st.Verdict)
		}
		if st.Verdict.MoreSevere(finding.VerdictKeep) && st.Episode == nil {
			t.Fatalf("%s without an episode", st.Verdict)
		}
	})
}

func TestExcludedRunsCountForNothing(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(30).shift(gait.LevelWarn, gait.Left).says(pain(gait.Left, gait.Shin).worst(8).focal())
	s.h.Excluded = map[gait.RunID]bool{r.id: true}
	a := r.assessed()
	if a.Verdict != finding.VerdictKeep || a.Alert != (finding.Alert{Level: gait.LevelWarn, Suppressed: finding.SuppressedExcluded}) {
		t.Errorf("%s %+v", a.Verdict, a.Alert)
	}
	if a.Evidence.Level != gait.LevelWarn {
		t.Error("its figures are not shown")
	}
	if slices.Contains(append(s.fake.learned, s.fake.kept...), r.id) {
		t.Error("it has been learned from")
	}
	next := s.day(2).run(8)
	next.wants("the run after it", finding.VerdictKeep, "KEEP-QUIET")
	if st := s.stands(2); st.Verdict != finding.VerdictKeep || st.Episode != nil || st.Run != next.id {
		t.Errorf("%+v", st)
	}
	if p := s.fake.priors[next.id]; p.LogOdds != 0 {
		t.Error("it is part of the load")
	}
}

func TestPriorOfPainAndLoad(t *testing.T) {
	logOdds := func(p float64) float64 { return math.Log(p/(1-p)) - math.Log(.003/.997) }
	for name, try := range map[string]struct {
		km   float64
		says *entry
		want float64
		side gait.Side
	}{
		"silence":            {8, nil, 0, ""},
		"no pain":            {8, ptr(noPain()), 0, ""},
		"pain 2":             {8, ptr(pain(gait.Left, gait.Knee).worst(2)), logOdds(.05), gait.Left},
		"pain 5":             {8, ptr(pain(gait.Right, gait.Knee).worst(5)), logOdds(.2), gait.Right},
		"pain 6":             {8, ptr(pain(gait.NoSide, gait.Knee).worst(6)), logOdds(.4), ""},
		"both sides":         {8, ptr(pain(gait.Both, gait.Knee).worst(6)), 0, ""},
		"the back":           {8, ptr(pain(gait.Left, gait.Back).worst(6)), 0, ""},
		"12 percent longer":  {9, nil, math.Log(1.6), ""},
		"50 percent longer":  {12, nil, math.Log(1.5), ""},
		"three times longer": {24, nil, math.Log(2.3), ""},
		"pain and load":      {24, ptr(pain(gait.Left, gait.Knee).worst(2)), logOdds(.05) + math.Log(2.3), gait.Left},
	} {
		s := usualRuns(t)
		r := s.day(0).run(try.km)
		if try.says != nil {
			r.says(*try.says)
		}
		r.assessed()
		if got := s.fake.priors[r.id]; math.Abs(got.LogOdds-try.want) > 1e-9 || got.Side != try.side {
			t.Errorf("%s: %+v, want %v %q", name, got, try.want, try.side)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestWhatTeachesTheNormal(t *testing.T) {
	for name, try := range map[string]struct {
		say  func(storyRun) storyRun
		want bool
	}{
		"silence":  {func(r storyRun) storyRun { return r }, true},
		"pain 2":   {func(r storyRun) storyRun { return r.says(pain(gait.Left, gait.Knee).worst(2)) }, true},
		"pain 3":   {func(r storyRun) storyRun { return r.says(pain(gait.Left, gait.Knee).worst(3)) }, false},
		"hurts":    {func(r storyRun) storyRun { return r.answers(gait.AnswerHurts) }, false},
		"a little": {func(r storyRun) storyRun { return r.answers(gait.AnswerALittle) }, true},
		"a limp":   {func(r storyRun) storyRun { return r.answers(gait.AnswerLimp) }, false},
		"ill":      {func(r storyRun) storyRun { return r.answers(gait.AnswerIll) }, false},
	} {
		s := usualRuns(t)
		r := try.say(s.day(0).run(8))
		r.assessed()
		if got := slices.Contains(s.fake.learned, r.id); got != try.want {
			t.Errorf("%s: taken into the normal %v", name, got)
		}
	}
}

func TestAnswers(t *testing.T) {
	for kind, want := range map[gait.AnswerKind]struct {
		verdict    finding.Verdict
		rule       string
		rebaseline bool
	}{
		gait.AnswerNoPain:    {finding.VerdictKeep, "KEEP-ANSWERED", false},
		gait.AnswerALittle:   {finding.VerdictStop, "STOP-LIMP", false},
		gait.AnswerHurts:     {finding.VerdictStop, "STOP-LIMP", false},
		gait.AnswerLimp:      {finding.VerdictStop, "STOP-LIMP", false},
		gait.AnswerNotALimp:  {finding.VerdictKeep, "KEEP-ANSWERED", true},
		gait.AnswerNewStrap:  {finding.VerdictKeep, "KEEP-ANSWERED", true},
		gait.AnswerNewShoes:  {finding.VerdictKeep, "KEEP-ANSWERED", true},
		gait.AnswerOnPurpose: {finding.VerdictKeep, "KEEP-ANSWERED", true},
		gait.AnswerUnsure:    {finding.VerdictModify, "PT-UNSURE", false},
		gait.AnswerIll:       {finding.VerdictKeep, "ILL", false},
	} {
		s := usualRuns(t)
		r := s.day(0).run(8).shift(gait.LevelWarn, gait.Left).answers(kind)
		a := r.wants(string(kind), want.verdict, want.rule)
		if a.Alert.Level != gait.LevelWarn {
			t.Errorf("%s: the level describes the run every time: %+v", kind, a.Alert)
		}
		if (len(s.fake.rebaselined) > 0) != want.rebaseline {
			t.Errorf("%s: re-baselined %v", kind, s.fake.rebaselined)
		}
		asks := slices.ContainsFunc(a.Questions, func(q finding.Question) bool { return q.Ask == finding.AskHowBad })
		if asks != (kind == gait.AnswerHurts) {
			t.Errorf("%s: asks %v", kind, a.Questions)
		}
	}
}

func TestAnAnswerAddsNothingToWhatTheDiaryTells(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(5)).answers(gait.AnswerHurts).answers(gait.AnswerNoPain)
	a := r.assessed()
	n, _ := a.Pain.Worst.Number()
	if n != 5 || a.Pain.Site != gait.Knee || a.Pain.Side != gait.Left || a.Pain.Entries != 1 || !a.Pain.Answered {
		t.Errorf("%+v", a.Pain)
	}
	if slices.ContainsFunc(a.Questions, func(q finding.Question) bool { return q.Ask == finding.AskHowBad }) {
		t.Errorf("asks for a number it has: %v", a.Questions)
	}
}

func TestAMorningOnARestDayBelongsToTheRunOfTheDayBefore(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8).says(pain(gait.Left, gait.Knee).worst(2))
	s.day(1).rest(pain(gait.Left, gait.Knee).morning(3))
	r.wants("with the morning of the day after", finding.VerdictModify, "MOD-MORNING")
	if st := s.stands(1); slices.ContainsFunc(st.Reasons, func(r finding.Fact) bool { return r.Rule == finding.ModRest }) {
		t.Error("a morning is no pain of the whole day")
	}
	s = usualRuns(t)
	s.day(0).run(8)
	s.day(1).rest(pain(gait.Left, gait.Knee).worst(4).morning(0))
	s.standsAt(1, finding.VerdictModify, "MOD-REST", "-MOD-MORNING")
	s = usualRuns(t)
	s.day(5).rest(pain(gait.Left, gait.Knee).morning(3))
	wants(t, "no run on the day before", s.stands(5).Verdict, s.stands(5).Reasons, finding.VerdictModify, "MOD-REST")
}

func TestALateEntryStandsWithItsRun(t *testing.T) {
	s := usualRuns(t)
	r := s.day(0).run(8)
	next := s.day(2).run(8)
	p := pain(gait.Left, gait.Knee).worst(4).kind(gait.Sharp).p
	p.ID, p.Run, p.At, p.Recorded = 99, r.id, r.end, s.at(20)
	s.enter(p)
	r.wants("entered two days later", finding.VerdictStop, "STOP-SHARP")
	next.wants("the run after it", finding.VerdictStop, "STOP-SHARP")
	if st := s.fold().Standing(s.at(12)); st.Verdict != finding.VerdictKeep {
		t.Errorf("before it was entered, nobody knew: %s", st.Verdict)
	}
}

func TestTheRealDetectorIsWired(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var h gait.History
	for i := range 34 {
		level := 50.3
		if i >= 30 {
			level -= 2.5
		}
		h.Runs = append(h.Runs, drawn(r, i, level))
	}
	f := Replay(h, gait.DefaultParams())
	for i, a := range f.Assessments[:30] {
		if a.Alert.Level == gait.LevelWarn {
			t.Errorf("run %d is healthy: %+v", i, a.Alert)
		}
	}
	found := slices.ContainsFunc(f.Assessments[30:], func(a finding.Assessment) bool {
		return a.Evidence.Level == gait.LevelWarn && a.Evidence.ShortSide == gait.Left && a.Verdict == finding.VerdictModify
	})
	if !found {
		t.Errorf("a shift of 2.5 points is not warned of: %+v", f.Assessments[30:])
	}
}

// drawn is a run of forty minutes at a balance.
func drawn(r *rand.Rand, day int, balance float64) gait.Measures {
	start := time.Date(2020, 1, 1, 6, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	m := gait.Measures{
		Run: gait.NewRunID(start), Start: start, Duration: 45 * time.Minute, Distance: 8000, Context: gait.Road,
		Signals: gait.SignalStanceTimeBalance | gait.SignalStanceTime | gait.SignalCadence | gait.SignalSpeed,
		Quality: gait.Quality{Balance: gait.BalanceOK},
	}
	balance += 0.3 * r.NormFloat64()
	for i := range 40 {
		m.Blocks = append(m.Blocks, gait.Block{
			Second: int32(330 + 60*i), Kept: 60, Speed: gait.MetresPerSecond(2.9 + .1*r.NormFloat64()),
			Cadence: gait.StepsPerMinute(168 + r.NormFloat64()), StanceTime: gait.Milliseconds(250 + 3*r.NormFloat64()),
			StanceTimeBalance: gait.Percent(balance + .35*r.NormFloat64()),
		})
	}
	return m
}
