package alert_test

import (
	"testing"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// What was asked for a day that has passed is dropped where it has become
// senseless: the next morning has its question, the stop is over.
func TestOutlived(t *testing.T) {
	for name, c := range map[string]struct {
		kind alert.MessageKind
		at   float64 // the message is of noon on day 3
		then func(*story)
		want bool
	}{
		"a morning, on its day":               {alert.MessageMorning, 3.4, nil, false},
		"a morning, the next day":             {alert.MessageMorning, 4.2, nil, false},
		"a morning, after the next one":       {alert.MessageMorning, 4.2, func(s *story) { s.note(alert.MessageMorning, "", 4) }, true},
		"a morning, two days on":              {alert.MessageMorning, 4.6, nil, true},
		"a follow-up, two days on":            {alert.MessageFollowUp, 5, nil, false},
		"a follow-up, after the next one":     {alert.MessageFollowUp, 7, func(s *story) { s.note(alert.MessageFollowUp, "pain-2", 7) }, true},
		"a follow-up, another asked about":    {alert.MessageFollowUp, 7, func(s *story) { s.note(alert.MessageFollowUp, "pain-9", 7) }, false},
		"a follow-up, the stop is over":       {alert.MessageFollowUp, 4, func(s *story) { s.closed("pain-2", 4, finding.ClosedSettled) }, true},
		"a follow-up, the episode is no more": {alert.MessageFollowUp, 4, func(s *story) { s.drop("pain-2") }, true},
		"a warning, weeks later":              {alert.MessageAlert, 20, nil, false},
	} {
		s := stoppedShin(t).note(c.kind, map[bool]string{true: "pain-2"}[c.kind != alert.MessageMorning], 3)
		m := alert.Message{Key: s.s.Notices[len(s.s.Notices)-1].Key, Kind: c.kind, Created: day(3), Verdict: finding.VerdictStop}
		if s.at(c.at); c.then != nil {
			c.then(s)
		}
		if got := alert.Outlived(s.s, m); got != c.want {
			t.Errorf("%s: outlived %v", name, got)
		}
	}
}

// stoppedShin is a story in which an entry about a shin made a stop that was told.
func stoppedShin(t *testing.T) *story {
	t.Helper()
	s := newStory(t).run("r1", -3)
	s.pain(gait.Pain{ID: 1, Run: "r1", Site: gait.Achilles, Worst: score(t, 3)}, -3)
	s.pain(gait.Pain{ID: 2, Site: gait.Shin, Side: gait.Left, Worst: score(t, 3), Night: gait.Yes}, 0)
	return s.episode("pain-2", enters(2, "r1", 0, finding.VerdictStop)).note(alert.MessageAlert, "pain-2", 0)
}

// note records that a message was decided.
func (st *story) note(kind alert.MessageKind, episode string, d float64) *story {
	st.s.Notices = append(st.s.Notices, alert.Notice{
		Key: string(kind) + day(d).String(), Kind: kind, Episode: episode, Verdict: finding.VerdictStop, At: day(d),
	})
	return st
}

// An entry on a rest day answers the follow-up that waits only where it is about
// its place.
func TestAFollowUpIsAnsweredByItsOwnPlace(t *testing.T) {
	for name, c := range map[string]struct {
		entry gait.Pain
		want  bool
	}{
		"its place":             {gait.Pain{Site: gait.Shin, Side: gait.Left}, true},
		"its place, no side":    {gait.Pain{Site: gait.Shin}, true},
		"both sides":            {gait.Pain{Site: gait.Shin, Side: gait.Both}, true},
		"no place":              {gait.Pain{}, true},
		"the other side":        {gait.Pain{Site: gait.Shin, Side: gait.Right}, false},
		"another place":         {gait.Pain{Site: gait.Knee, Side: gait.Left}, false},
		"that of an old run":    {gait.Pain{Site: gait.Achilles}, false},
		"its place, about runs": {gait.Pain{Site: gait.Shin, Side: gait.Left, Run: "r1"}, false},
	} {
		s := stoppedShin(t).note(alert.MessageFollowUp, "pain-2", 3)
		m := alert.Message{Key: s.s.Notices[1].Key, Kind: alert.MessageFollowUp, Created: day(3), Run: "r1", Verdict: finding.VerdictStop}
		c.entry.Worst = score(t, 1)
		s.at(4).pain(c.entry, 3.5)
		if got := alert.Answered(s.s, m); got != c.want {
			t.Errorf("%s: answered %v", name, got)
		}
	}
}

// A follow-up that was held up counts the days.
func TestAFollowUpCountsItsDays(t *testing.T) {
	for at, want := range map[float64]int{3.1: 3, 5.1: 5} {
		decisions := alert.Decide(stoppedShin(t).at(at).s)
		if len(decisions) != 1 || decisions[0].Day != want {
			t.Errorf("day %v: %+v, want one of day %d", at, decisions, want)
		}
	}
}
