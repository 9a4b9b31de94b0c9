package store

import (
	"errors"
	"testing"

	"gaitkeeper/gait"
)

func TestAFormSentTwiceIsOneEntry(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	entry := gait.Pain{Run: run.ID, Site: gait.Knee, Side: gait.Left, Worst: exactly(3), Recorded: day(1)}
	first, err := s.NotePain(ctx, entry, Form{Mark: "a"})
	check(t, err)
	entry.Recorded = day(2)
	second, err := s.NotePain(ctx, entry, Form{Mark: "a"})
	check(t, err)
	same(t, "sent twice", second, first)

	entry.Worst = exactly(4)
	third, err := s.NotePain(ctx, entry, Form{Mark: "a"})
	check(t, err)
	diary, err := s.ListPain(ctx)
	check(t, err)
	same(t, "corrected", diary, []gait.Pain{third})
	if third.ID == first.ID {
		t.Error("another entry has the number of the first")
	}
}

// The page's form may be fetched anew on the way back, with another mark.
func TestTheSameWordsAboutARunAreOneEntry(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	about := gait.Pain{Run: run.ID, Site: gait.Knee, Worst: exactly(3)}
	rest := gait.Pain{At: day(3), Site: gait.Knee, Worst: exactly(3)}
	other := gait.Pain{Run: run.ID, Site: gait.Shin, Worst: exactly(3)}
	for _, c := range []struct {
		entry gait.Pain
		mark  string
		want  int // entries afterwards
	}{{about, "a", 1}, {about, "b", 1}, {other, "c", 2}, {rest, "d", 3}, {rest, "e", 4}} {
		_, err := s.NotePain(ctx, c.entry, Form{Mark: c.mark})
		check(t, err)
		if n := count(t, s, "pain"); n != c.want {
			t.Errorf("after form %s: %d entries, want %d", c.mark, n, c.want)
		}
	}
}

func TestACorrectionTakesThePlaceOfItsEntry(t *testing.T) {
	s, ctx := open(t), t.Context()
	old, err := s.AddPain(ctx, gait.Pain{At: day(0), Site: gait.Knee, Worst: exactly(3)})
	check(t, err)
	better := gait.Pain{At: day(0), Site: gait.Shin, Worst: exactly(3)}
	form := Form{Mark: "a", Corrects: old.ID}
	stored, err := s.NotePain(ctx, better, form)
	check(t, err)
	again, err := s.NotePain(ctx, better, form)
	check(t, err)
	same(t, "sent twice", again, stored)
	diary, err := s.ListPain(ctx)
	check(t, err)
	same(t, "diary", diary, []gait.Pain{stored})

	_, err = s.NotePain(ctx, better, Form{Mark: "b", Corrects: old.ID})
	if !errors.Is(err, ErrNoPain) {
		t.Errorf("an entry that is gone was corrected: %v", err)
	}
	refused := gait.Pain{At: day(0), Site: gait.Shin, Start: exactly(9), Worst: exactly(1)}
	if _, err = s.NotePain(ctx, refused, Form{Corrects: stored.ID}); err == nil {
		t.Error("a faulty correction was taken")
	}
	if n := count(t, s, "pain"); n != 1 {
		t.Errorf("%d entries, want 1", n)
	}
}
