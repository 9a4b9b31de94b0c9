package alert_test

import (
	"testing"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// What waits is not sent once the runner has answered it; what tells to stop, or
// where to go, is.
func TestWhatWasAnsweredWhileItWaited(t *testing.T) {
	message := func(kind alert.MessageKind, verdict finding.Verdict) alert.Message {
		return alert.Message{Key: "m", Kind: kind, Run: "r1", Verdict: verdict, Created: day(1)}
	}
	question := message(alert.MessageAlert, finding.VerdictAsk)
	morning, followUp := message(alert.MessageMorning, finding.VerdictModify), message(alert.MessageFollowUp, finding.VerdictStop)
	for name, c := range map[string]struct {
		message alert.Message
		said    func(*story)
		want    bool
	}{
		"nothing was said":    {question, func(*story) {}, false},
		"an entry":            {question, func(s *story) { s.pain(gait.Pain{Run: "r1"}, 1.1) }, true},
		"an answer":           {question, func(s *story) { s.s.Answers = []gait.Answer{{Run: "r1", Recorded: day(1.1)}} }, true},
		"an answer before it": {question, func(s *story) { s.s.Answers = []gait.Answer{{Run: "r1", Recorded: day(0.9)}} }, false},
		"about another run":   {question, func(s *story) { s.pain(gait.Pain{Run: "r0"}, 1.1) }, false},
		"in a text on another page": {question, func(s *story) {
			s.pain(gait.Pain{Run: "r1", FromText: gait.TextSource{Text: gait.TextDescription}}, 1.1)
		}, false},
		"a reminder": {message(alert.MessageReminder, finding.VerdictModify), func(s *story) { s.pain(gait.Pain{Run: "r1"}, 1.1) }, true},
		"a stop":     {message(alert.MessageAlert, finding.VerdictStop), func(s *story) { s.pain(gait.Pain{Run: "r1"}, 1.1) }, false},
		"time for a professional": {question, func(s *story) {
			s.pain(gait.Pain{Run: "r1"}, 1.1).s.Notices = []alert.Notice{{Key: "m", SeeProfessional: true}}
		}, false},
		"the morning, and it was told": {morning, func(s *story) { s.pain(gait.Pain{Run: "r1", Morning: score(t, 1)}, 1.1) }, true},
		"the morning, another word":    {morning, func(s *story) { s.pain(gait.Pain{Run: "r1"}, 1.1) }, false},
		"how it went, and it was told": {followUp, func(s *story) { s.pain(gait.Pain{Site: gait.Knee, Worst: score(t, 1)}, 1.1) }, true},
		"how it went, a run's word":    {followUp, func(s *story) { s.pain(gait.Pain{Run: "r1"}, 1.1) }, false},
		"the all-clear":                {message(alert.MessageResolved, finding.VerdictKeep), func(s *story) { s.pain(gait.Pain{Run: "r1"}, 1.1) }, false},
	} {
		s := newStory(t).at(2)
		c.said(s)
		if got := alert.Answered(s.s, c.message); got != c.want {
			t.Errorf("%s: answered %v", name, got)
		}
	}
}
