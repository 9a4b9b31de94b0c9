package analysis

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// allWords are all words of an assessment that a runner may read.
func allWords(a finding.Assessment) string {
	in := words.Words{}.Account(a)
	all := slices.Concat([]string{in.Sentence, in.Normal}, in.For, in.Against, in.FormReadings, in.Feedback, in.Questions, in.Adjustments, in.LeftOut)
	for _, r := range slices.Concat(words.Words{}.Reasons(a.Reasons), in.Advice) {
		all = append(all, r.Text)
	}
	return strings.Join(append(all, a.Evidence.Quality.Reason), "\n")
}

// A runner without a strap, whatever was answered and however the form changes:
// a side or a limp is the runner's own word or none.
func TestWithoutAStrapNoSideIsSpokenOf(t *testing.T) {
	side := regexp.MustCompile(`(?i)\b(left|right|limp\w*)\b`)
	rapid.Check(t, func(t *rapid.T) {
		h := anySeason(t)
		for i := range h.Runs {
			m := &h.Runs[i]
			m.Quality = gait.Quality{Balance: gait.BalanceNone, Reason: "no ground contact balance in this run"}
			m.Signals &^= gait.SignalStanceTimeBalance
			for j := range m.Blocks {
				m.Blocks[j].StanceTimeBalance = gait.Unknown[gait.Percent]()
				if i > 8 {
					m.Blocks[j].Cadence -= 25
				}
			}
		}
		h.Pain = nil
		h.Answers = slices.DeleteFunc(h.Answers, func(a gait.Answer) bool { return a.Kind == gait.AnswerLimp })
		f := Replay(h, gait.DefaultParams())
		for _, a := range f.Assessments {
			if found := side.FindString(allWords(a)); found != "" || a.Evidence.ShortSide != gait.NoSide {
				t.Fatalf("speaks of %q %q:\n%s", found, a.Evidence.ShortSide, allWords(a))
			}
		}
	})
}

func TestAMirroredRunnerIsToldTheSameOfTheOtherSide(t *testing.T) {
	swap := strings.NewReplacer("left", "right", "right", "left", "Left", "Right", "Right", "Left")
	figures := regexp.MustCompile(`[-+]?[0-9]+(\.[0-9]+)?|taken off|added to`)
	rapid.Check(t, func(t *rapid.T) {
		h := anySeason(t)
		before := Replay(h, gait.DefaultParams())
		for i := range h.Runs {
			h.Runs[i].Blocks = slices.Clone(h.Runs[i].Blocks)
			for j, b := range h.Runs[i].Blocks {
				h.Runs[i].Blocks[j].StanceTimeBalance = 100 - b.StanceTimeBalance
			}
		}
		for i := range h.Pain {
			h.Pain[i].Side = h.Pain[i].Side.Opposite()
		}
		after := Replay(h, gait.DefaultParams())
		for i, a := range before.Assessments {
			b := after.Assessments[i]
			if a.Verdict != b.Verdict || a.Alert != b.Alert || a.Evidence.Level != b.Evidence.Level || a.Evidence.Chart != b.Evidence.Chart ||
				a.Evidence.ShortSide != b.Evidence.ShortSide.Opposite() || math.Abs(a.Evidence.LogOdds-b.Evidence.LogOdds) > 1e-6 {
				t.Fatalf("run %d:\n%+v\n%+v", i, a, b)
			}
			was := figures.ReplaceAllString(allWords(a), "#")
			now := figures.ReplaceAllString(swap.Replace(allWords(b)), "#")
			keep := strings.NewReplacer("right-left", "left-right", "right share", "left share", "on the right foot, give", "on the left foot, give", "run for #", "run for #")
			if keep.Replace(was) != keep.Replace(now) {
				t.Fatalf("run %d:\n%s\n\n%s", i, was, now)
			}
		}
		if diff := same(before.Episodes, mirrored(after.Episodes)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// The zone in which a moment is written changes no verdict.
func TestZonesOfMomentsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anySeason(t)
		want := Replay(h, gait.DefaultParams())
		away := time.FixedZone("away", rapid.IntRange(-12, 14).Draw(t, "hours")*3600)
		h.Runs, h.Pain, h.Answers = slices.Clone(h.Runs), slices.Clone(h.Pain), slices.Clone(h.Answers)
		for i := range h.Runs {
			h.Runs[i].Start = h.Runs[i].Start.In(away)
		}
		for i := range h.Pain {
			h.Pain[i].At, h.Pain[i].Recorded = h.Pain[i].At.In(away), h.Pain[i].Recorded.In(away)
		}
		for i := range h.Answers {
			h.Answers[i].Recorded = h.Answers[i].Recorded.In(away)
		}
		got := Replay(h, gait.DefaultParams())
		if diff := same(want.Assessments, got.Assessments) + same(want.Episodes, got.Episodes); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A watch with a wrong clock: the run of next year is there, and says nothing
// before its day, nor costs anything while one waits for it.
func TestARunOfTheFutureWaitsForItsDay(t *testing.T) {
	h := season(200)
	now := h.Runs[199].Start.AddDate(0, 0, 1)
	later := h.Runs[199]
	later.Start = now.AddDate(1, 0, 0)
	later.Run = gait.NewRunID(later.Start)
	counting := &shiftingDetector{run: later.Run}
	f := replay(gait.History{Runs: append(slices.Clone(h.Runs), later)}, gait.DefaultParams(), func() detector { return counting })
	counting.judged = 0
	if st := f.Standing(now); st.Run == later.Run || st.Verdict != finding.VerdictKeep || len(f.EpisodesAt(now)) != 0 {
		t.Errorf("it speaks before its day: %+v", st)
	}
	if counting.judged > 0 {
		t.Errorf("a look at the clock folds %d runs again", counting.judged)
	}
	if st := f.Standing(end(&later)); st.Run != later.Run || st.Verdict != finding.VerdictModify || len(f.EpisodesAt(end(&later))) != 1 {
		t.Errorf("on its day: %+v", st)
	}
}

// shiftingDetector warns of one run.
type shiftingDetector struct {
	countingDetector
	run gait.RunID
}

func (d *shiftingDetector) clone() detector { return d }

func (d *shiftingDetector) Judge(m gait.Measures, p gait.Prior) gait.Evidence {
	e := d.countingDetector.Judge(m, p)
	if m.Run == d.run {
		e.Level, e.ShortSide, e.StanceDifference = gait.LevelWarn, gait.Left, 12
	}
	return e
}
