package notify_test

import (
	"strings"
	"testing"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// A mail quotes the newest thing that the runner said of the trouble, with its day
// where that is not the mail's, and nothing from before it.
func TestAMailQuotesTheNewestWord(t *testing.T) {
	shin := func(id int64, worst int, d float64) gait.Pain {
		return gait.Pain{ID: id, Site: gait.Shin, Side: gait.Left, Worst: score(t, worst), At: day(d), Recorded: day(d)}
	}
	stop := finding.Sign{At: day(0), Run: "r1", Entry: 2, Level: gait.LevelWarn, Verdict: finding.VerdictStop}
	for name, tt := range map[string]struct {
		pain    []gait.Pain
		answers []gait.Answer
		want    string
	}{
		"the entry that made it": {[]gait.Pain{shin(2, 4, 0)}, nil, "On Monday 4 May you said: left shin, 4 of 10"},
		"a later entry":          {[]gait.Pain{shin(2, 4, 0), shin(3, 5, 2)}, nil, "On Wednesday 6 May you said: left shin, 5 of 10"},
		"a tap of this morning": {
			[]gait.Pain{shin(2, 4, 0), shin(3, 5, 2)},
			[]gait.Answer{{Run: "r1", Kind: gait.AnswerStillHurts, Recorded: day(2.9)}},
			"You said: “it still hurts”.",
		},
		"an entry from before the trouble": {[]gait.Pain{shin(2, 4, 0), shin(1, 7, -9)}, nil, "On Monday 4 May you said: left shin, 4 of 10"},
	} {
		s := newStory(t).at(3.2)
		s.s.Pain, s.s.Answers = tt.pain, tt.answers
		s.s.Episodes = []finding.Episode{{Key: "pain-2", Opened: day(0), Stop: true, StopSince: day(0), Signs: []finding.Sign{stop}}}
		d := alert.Decision{Why: alert.WhyStopStands, Entry: 2, Day: 3, Notice: alert.Notice{
			Kind: alert.MessageFollowUp, Episode: "pain-2", Run: "r1", Verdict: finding.VerdictStop, At: day(2.95),
		}}
		m, err := notify.Compose(notify.NewContent(s.s, d), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(m.Text, tt.want) || strings.Count(m.Text, "you said")+strings.Count(m.Text, "You said") != 1 {
			t.Errorf("%s: the mail does not begin with %q:\n%s", name, tt.want, m.Text)
		}
	}
}
