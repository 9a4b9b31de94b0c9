package store

import (
	"errors"
	"testing"
	"time"

	"gaitkeeper/gait"
)

func TestPainComesBackWhole(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	entry := fullPain(run.ID)
	entry.ID = 1
	entry.FromText = gait.TextSource{Source: gait.SourceStrava, Key: "42", Text: gait.TextPrivateNote}
	complete(t, entry)
	got, err := s.AddPain(ctx, entry)
	check(t, err)
	same(t, "entry", got, entry)
	diary, err := s.ListPain(ctx)
	check(t, err)
	same(t, "diary", diary, []gait.Pain{entry})
	h, err := s.History(ctx)
	check(t, err)
	same(t, "history", h.Pain, diary)
}

// Unset is not zero, and "3 or more" is not 3.
func TestPainKeepsWhatIsUnknown(t *testing.T) {
	s, ctx := open(t), t.Context()
	for name, score := range map[string]gait.Score{
		"unknown": {}, "0": exactly(0), "10": exactly(10), "0 or more": atLeast(0), "10 or more": atLeast(10), "7 or more": atLeast(7),
	} {
		for _, flag := range []gait.YesNo{gait.Unsaid, gait.No, gait.Yes} {
			want := gait.Pain{At: day(0), Site: gait.Knee, Kind: gait.Ache, Morning: score, Night: flag}
			got, err := s.AddPain(ctx, want)
			check(t, err)
			want.ID = got.ID
			same(t, name, got, want)
		}
	}
}

func TestPainOfARunIsAboutItsEnd(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	got, err := s.AddPain(ctx, gait.Pain{Run: run.ID, Worst: exactly(0)})
	check(t, err)
	if !got.At.Equal(run.End()) {
		t.Errorf("the entry is about %v, want the run's end %v", got.At, run.End())
	}
}

func TestDiaryIsOldestFirst(t *testing.T) {
	s, ctx := open(t), t.Context()
	zone := time.FixedZone("", 7200)
	for _, d := range []int{3, 1, 2} {
		_, err := s.AddPain(ctx, gait.Pain{At: day(d).In(zone), Worst: exactly(0)})
		check(t, err)
	}
	diary, err := s.ListPain(ctx)
	check(t, err)
	for i, p := range diary {
		if want := day(i + 1); p.At != want {
			t.Errorf("entry %d is about %v, want %v", i, p.At, want)
		}
	}
}

func TestAddPainRefuses(t *testing.T) {
	s, ctx := open(t), t.Context()
	_, err := s.AddPain(ctx, gait.Pain{At: day(0), Side: gait.Left})
	refuses(t, err, "where does it hurt")
	_, err = s.AddPain(ctx, gait.Pain{Run: "nobody", Worst: exactly(0)})
	if !errors.Is(err, ErrNoRun) {
		t.Errorf("%v, want %v", err, ErrNoRun)
	}
	if n := count(t, s, "pain"); n != 0 {
		t.Errorf("%d entries were stored", n)
	}
}

func TestRemovePainNeverReusesItsNumber(t *testing.T) {
	s, ctx := open(t), t.Context()
	entry := gait.Pain{At: day(0), Worst: exactly(0)}
	first, err := s.AddPain(ctx, entry)
	check(t, err)
	check(t, s.RemovePain(ctx, first.ID))
	if err := s.RemovePain(ctx, first.ID); !errors.Is(err, ErrNoPain) {
		t.Errorf("%v, want %v", err, ErrNoPain)
	}
	second, err := s.AddPain(ctx, entry)
	check(t, err)
	if second.ID == first.ID {
		t.Error("the number was used again")
	}
}

func TestAnswers(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	var want []gait.Answer
	for i, kind := range gait.AnswerKinds() {
		a := gait.Answer{Run: run.ID, Kind: kind, Recorded: day(i)}
		got, err := s.AddAnswer(ctx, a)
		check(t, err)
		a.ID = got.ID
		same(t, "answer", got, a)
		want = append(want, a)
	}
	open, err := s.AddAnswer(ctx, gait.Answer{Kind: gait.AnswerCleared, Recorded: day(50).Add(1234567)})
	check(t, err)
	got, err := s.Answers(ctx)
	check(t, err)
	same(t, "answers", got, append(want, open))
	h, err := s.History(ctx)
	check(t, err)
	same(t, "history", h.Answers, got)

	_, err = s.AddAnswer(ctx, gait.Answer{Run: run.ID, Kind: "perhaps"})
	refuses(t, err, "perhaps")
	if _, err = s.AddAnswer(ctx, gait.Answer{Run: "nobody", Kind: gait.AnswerIll}); !errors.Is(err, ErrNoRun) {
		t.Errorf("%v, want %v", err, ErrNoRun)
	}
}

// A run that the runner wrote about is not deleted by accident.
func TestDiaryHoldsItsRun(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	_, err := s.AddPain(ctx, fullPain(run.ID))
	check(t, err)
	if _, err := s.writer.Exec(`DELETE FROM runs`); err == nil {
		t.Error("the run is gone and its diary in the air")
	}
}
