package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"gaitkeeper/gait"
)

func TestALinkRecordsOnce(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	use := LinkUse{ID: "a", Used: day(1), Expires: day(15)}
	answer := gait.Answer{Run: run.ID, Kind: gait.AnswerNoPain, Recorded: day(1)}
	for i, want := range []bool{true, false, false} {
		fresh, err := s.AnswerOnce(ctx, use, answer)
		check(t, err)
		if fresh != want {
			t.Errorf("use %d is fresh: %v", i, fresh)
		}
	}
	use.ID = "b"
	entry := gait.Pain{Run: run.ID, Site: gait.Shin, Morning: exactly(2), Recorded: day(1)}
	for i, want := range []bool{true, false} {
		fresh, err := s.PainOnce(ctx, use, entry)
		check(t, err)
		if fresh != want {
			t.Errorf("use %d of the other is fresh: %v", i, fresh)
		}
	}
	answers, err := s.Answers(ctx)
	check(t, err)
	diary, err := s.ListPain(ctx)
	check(t, err)
	if len(answers) != 1 || len(diary) != 1 || !diary[0].At.Equal(run.End()) {
		t.Errorf("stored: %v, %v", answers, diary)
	}
	for id, want := range map[string]time.Time{"a": day(1), "b": day(1), "c": {}} {
		used, err := s.LinkUsed(ctx, id)
		check(t, err)
		if !used.Equal(want) {
			t.Errorf("link %s was used at %v, want %v", id, used, want)
		}
	}
}

// What cannot be recorded does not use its link up.
func TestAFailedUseIsNone(t *testing.T) {
	s, ctx := open(t), t.Context()
	use := LinkUse{ID: "a", Used: day(1), Expires: day(15)}
	if _, err := s.AnswerOnce(ctx, use, gait.Answer{Run: "nobody", Kind: gait.AnswerHurts}); !errors.Is(err, ErrNoRun) {
		t.Errorf("%v, want %v", err, ErrNoRun)
	}
	if _, err := s.PainOnce(ctx, use, gait.Pain{Run: "nobody", Worst: exactly(0)}); !errors.Is(err, ErrNoRun) {
		t.Errorf("%v, want %v", err, ErrNoRun)
	}
	_, err := s.PainOnce(ctx, use, gait.Pain{Run: "nobody"})
	refuses(t, err, "where does it hurt")
	if used, err := s.LinkUsed(ctx, "a"); err != nil || !used.IsZero() {
		t.Errorf("used at %v, %v", used, err)
	}
}

func TestUsedLinksAreForgottenOnceTheyHaveExpired(t *testing.T) {
	s, ctx := open(t), t.Context()
	run := saved(t, s, 0)[0]
	for i, id := range []string{"old", "young"} {
		_, err := s.AnswerOnce(ctx, LinkUse{id, day(1), day(10 + 10*i)}, gait.Answer{Run: run.ID, Kind: gait.AnswerHurts})
		check(t, err)
	}
	check(t, s.Prune(ctx, day(15)))
	for id, want := range map[string]bool{"old": false, "young": true} {
		used, err := s.LinkUsed(ctx, id)
		check(t, err)
		if got := !used.IsZero(); got != want {
			t.Errorf("%s is remembered: %v", id, got)
		}
	}
}

func TestASettingIsMadeOnce(t *testing.T) {
	s, ctx := open(t), t.Context()
	var all sync.WaitGroup
	kept := make([]string, 8)
	for i := range kept {
		all.Go(func() {
			var err error
			if kept[i], err = s.SettingOnce(ctx, "key", fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, k := range kept {
		if k != kept[0] || k == "" {
			t.Errorf("different ones were kept: %v", kept)
		}
	}
}
