package alert_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Each story tells what happens, and what the runner hears of it.
func TestStories(t *testing.T) {
	stories := map[string]func(*story){
		"nothing happens": func(s *story) {
			s.run("r1", 0).at(0).silent()
		},
		"a question, then a warning, one reminder, and the all-clear": func(s *story) {
			s.run("r1", 0).episode("r1", asks("r1", 0)).at(0.1).says("alert r1 ask/ask")
			s.run("r2", 2).episode("r1", asks("r1", 0), warns("r2", 2)).at(2.1).says("escalate r2 warn/modify")
			s.at(5).silent()
			s.at(5.2).says("reminder r2 warn/modify")
			s.at(30).silent()
			s.closed("r1", 30, finding.ClosedNormal).at(30.1).says("resolved r2 none/keep")
			s.at(31).silent()
		},
		"a question alone is not reminded of and ends in silence": func(s *story) {
			s.run("r1", 0).episode("r1", asks("r1", 0)).at(0.1).says("alert r1 ask/ask")
			s.at(9).silent()
			s.closed("r1", 10, finding.ClosedNormal).at(10.1).silent()
		},
		"a warning that the runner answers is not reminded of": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.pain(gait.Pain{Run: "r1"}, 1).at(5).silent()
		},
		"a warning about a run that had an answer before is not reminded of": func(s *story) {
			s.run("r1", 0).pain(gait.Pain{Run: "r1"}, 0.05)
			s.episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify").at(5).silent()
		},
		"an answer about an old run does not stop the reminder": func(s *story) {
			s.run("r0", -9).pain(gait.Pain{Run: "r0"}, -9)
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.at(4).says("reminder r1 warn/modify")
		},
		"an episode that the runner's answer ends needs no message": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.closed("r1", 0.5, finding.ClosedAnswered).at(0.6).silent()
		},
		"a stop is asked about on days 3, 7 and 14, then there is silence": func(s *story) {
			s.run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.at(3).silent()
			s.at(3.2).says("follow_up r1 warn/stop")
			s.at(7).silent()
			s.at(7.2).says("follow_up r1 warn/stop")
			s.at(14.2).says("follow_up r1 warn/stop")
			s.at(60).silent()
		},
		"a stop that has eased is not asked about; when it settles there is one line": func(s *story) {
			s.run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.s.Standing.Verdict = finding.VerdictModify
			s.at(4).silent()
			s.closed("r1", 9, finding.ClosedSettled).at(9.1).says("resolved r1 none/keep")
		},
		"a stop that came back is asked about again from its new day": func(s *story) {
			s.run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.at(3.2).says("follow_up r1 warn/stop")
			s.episode("r1", enters(1, "r1", 0, finding.VerdictStop), enters(2, "r1", 6, finding.VerdictStop))
			s.s.Episodes[0].StopSince = day(6)
			s.at(6.1).says("escalate r1 warn/stop")
			s.at(9).silent()
			s.at(9.2).says("follow_up r1 warn/stop")
		},
		"a stop is never reminded of, only followed up": func(s *story) {
			s.s.Settings.RemindAfter = time.Hour
			s.run("r1", 0).episode("r1", warns("r1", 0), enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.at(1).silent()
		},
		"an answer that makes it graver is told": func(s *story) {
			s.run("r1", 0).episode("r1", asks("r1", 0)).at(0.1).says("alert r1 ask/ask")
			s.episode("r1", asks("r1", 0), enters(1, "r1", 0.5, finding.VerdictStop)).at(0.6).says("escalate r1 warn/stop")
		},
		"an entry that only repeats what was told is confirmed on the spot": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.episode("r1", warns("r1", 0), seePro(enters(1, "r1", 0.5, finding.VerdictModify))).at(0.6).silent()
		},
		"an entry about something lighter than an open stop is confirmed on the spot": func(s *story) {
			s.run("r1", 0).episode("knee", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.episode("shin", enters(2, "r1", 1, finding.VerdictModify)).at(1.1).silent()
			s.suppressed("r1", finding.NotSuppressed) // told it was, about the knee
		},
		"a minor news waits for the digest": func(s *story) {
			s.run("r1", 0).episode("r1", minor(enters(1, "r1", 0, finding.VerdictModify))).at(0.1).silent()
			s.suppressed("r1", finding.SuppressedMinor)
		},
		"it is time for a professional: told when it is, and again after four weeks": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.run("r2", 2).episode("r1", warns("r1", 0), seePro(warns("r2", 2))).at(2.1).says("escalate r2 warn/modify")
			s.at(6).silent() // which has said more than a reminder could
			s.run("r4", 31).episode("r1", warns("r1", 0), seePro(warns("r2", 2)), seePro(warns("r4", 31)))
			s.at(31.1).says("escalate r4 warn/modify")
		},
		"it is time for a professional after the reminder: told of the run that shows it": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.at(3.2).says("reminder r1 warn/modify")
			s.run("r2", 5).episode("r1", warns("r1", 0), seePro(warns("r2", 5))).at(5.1).says("escalate r2 warn/modify")
			s.closed("r1", 12, finding.ClosedNormal).at(12.1).says("resolved r2 none/keep")
		},
		"a run against a stop that made it worse is told at once, and not more than weekly": func(s *story) {
			worse := func(id int64, run gait.RunID, d float64) finding.Sign {
				sign := seePro(enters(id, run, d, finding.VerdictStop))
				sign.Ignored = true
				return sign
			}
			s.run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.run("r2", 1).episode("r1", enters(1, "r1", 0, finding.VerdictStop), worse(2, "r2", 1)).at(1.1).says("escalate r2 warn/stop")
			s.run("r3", 2.9).episode("r1", enters(1, "r1", 0, finding.VerdictStop), worse(2, "r2", 1), worse(3, "r3", 2.9)).at(3).silent()
			s.s.Notices = append(s.s.Notices, alert.Notice{Key: "follow_up:x", Kind: alert.MessageFollowUp, Episode: "r1", Run: "r1", At: day(7.5)})
			s.run("r4", 8.2).episode("r1", enters(1, "r1", 0, finding.VerdictStop), worse(2, "r2", 1), worse(3, "r3", 2.9), worse(4, "r4", 8.2))
			s.at(8.3).says("escalate r4 warn/stop")
		},
		"an entry that sends to a professional after the reminder is told": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.at(3.2).says("reminder r1 warn/modify")
			s.episode("r1", warns("r1", 0), seePro(enters(1, "r1", 4, finding.VerdictStop))).at(4.1).says("escalate r1 warn/stop")
		},
		"a warning of the other side is told again, without a second reminder": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.at(4).says("reminder r1 warn/modify")
			s.run("r8", 14).episode("r1", warns("r1", 0), otherSide(warns("r8", 14))).at(14.1).says("alert r8 warn/modify")
			s.at(30).silent()
		},
		"a first import of three hundred old runs says nothing": func(s *story) {
			for i := range 300 {
				id := gait.RunID(fmt.Sprint("r", i))
				s.run(id, -400+float64(i))
				if i%30 == 0 {
					s.episode(string(id), warns(id, -400+float64(i)), enters(int64(i), id, -399+float64(i), finding.VerdictStop))
					s.closed(string(id), -395+float64(i), finding.ClosedNormal)
				}
			}
			s.at(0).silent()
		},
		"the old runs of an import were not told, although the newest of them is": func(s *story) {
			s.run("r1", -10).run("r2", -6).run("r3", -1).run("r4", 1)
			s.episode("r1", warns("r1", -10)).shows("r2", gait.LevelWarn, finding.VerdictModify).shows("r3", gait.LevelWarn, finding.VerdictModify)
			s.at(0).says("alert r3 warn/modify").shows("r4", gait.LevelWarn, finding.VerdictModify).at(1.1).silent()
			s.suppressed("r1", finding.SuppressedTooOld).suppressed("r2", finding.SuppressedTooOld)
			s.suppressed("r3", finding.NotSuppressed).suppressed("r4", finding.SuppressedRefractory)
			s.at(40).suppressed("r4", finding.SuppressedRefractory)
		},
		"an old episode that still stands says nothing either, now or later": func(s *story) {
			s.run("r1", -10).episode("r1", warns("r1", -10)).at(0).silent().at(5).silent()
			s.suppressed("r1", finding.SuppressedTooOld)
			s.closed("r1", 6, finding.ClosedNormal).at(6.1).silent()
		},
		"a warning that a pause has swallowed is told of the run that shows it still": func(s *story) {
			s.pausedUntil(5).run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).silent()
			s.run("r2", 4).shows("r2", gait.LevelWarn, finding.VerdictModify).at(5).says("alert r2 warn/modify")
			s.run("r3", 6).shows("r3", gait.LevelWarn, finding.VerdictModify).at(6.1).silent()
			s.at(8.2).says("reminder r3 warn/modify").at(30).silent()
			s.closed("r1", 30, finding.ClosedNormal).at(30.1).says("resolved r2 none/keep")
		},
		"a warning from a watch that is emptied once a week grows out of the question": func(s *story) {
			s.run("r1", 0).episode("r1", asks("r1", 0)).at(0.1).says("alert r1 ask/ask")
			s.run("r2", 2).run("r3", 5).episode("r1", asks("r1", 0), warns("r2", 2))
			s.shows("r3", gait.LevelWarn, finding.VerdictModify).at(7).says("escalate r3 warn/modify").at(9).silent()
		},
		"an old warning is not told of a run that shows nothing, or of an old one": func(s *story) {
			s.run("r1", -10).episode("r1", warns("r1", -10))
			s.run("r2", -4).shows("r2", gait.LevelWarn, finding.VerdictModify)
			s.run("r3", -1).shows("r3", gait.LevelNone, finding.VerdictKeep).at(0).silent()
		},
		"an old stop from a text is no news beside quiet runs": func(s *story) {
			s.pain(gait.Pain{ID: 1, Run: "r1", FromText: gait.TextSource{Text: gait.TextDescription}}, -10).run("r1", -10).episode("r1", enters(1, "r1", -10, finding.VerdictStop))
			s.run("r2", -1).shows("r2", gait.LevelNone, finding.VerdictStop).at(0).silent()
		},
		"an old warning beside an old stop is not told of a quiet run": func(s *story) {
			s.pain(gait.Pain{ID: 1, Run: "r1", FromText: gait.TextSource{Text: gait.TextDescription}}, -10).run("r1", -10).episode("r1", warns("r1", -10), enters(1, "r1", -9, finding.VerdictStop))
			s.run("r2", -1).shows("r2", gait.LevelNone, finding.VerdictStop).at(0).silent()
		},
		"an old stop from a text is no news beside a run that is asked about": func(s *story) {
			s.pain(gait.Pain{ID: 1, Run: "r1", FromText: gait.TextSource{Text: gait.TextDescription}}, -10).run("r1", -10).episode("r1", enters(1, "r1", -10, finding.VerdictStop))
			s.run("r2", -1).shows("r2", gait.LevelAsk, finding.VerdictStop).at(0).silent()
		},
		"an old warning is not told of a run that shows no more than the question did": func(s *story) {
			s.run("r1", 0).episode("r1", asks("r1", 0)).at(0.1).says("alert r1 ask/ask")
			s.run("r2", 2).run("r3", 5).episode("r1", asks("r1", 0), warns("r2", 2))
			s.shows("r3", gait.LevelAsk, finding.VerdictAsk).at(7).silent()
		},
		"a run that was asked about lately is not told in the place of another": func(s *story) {
			s.run("r1", 0).episode("r1", asks("r1", 0)).at(0.1).says("alert r1 ask/ask")
			s.run("r2", 2).shows("r2", gait.LevelAsk, finding.VerdictAsk).at(5).silent()
		},
		"a trouble that a late word opens again has an all-clear of its own": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.closed("r1", 2, finding.ClosedNormal).at(2.1).says("resolved r1 none/keep")
			s.episode("r1", warns("r1", 0), enters(1, "r1", 2.5, finding.VerdictStop)).at(2.6).says("escalate r1 warn/stop")
			s.closed("r1", 9, finding.ClosedSettled).at(9.1).says("resolved r1 none/keep").at(12).silent()
		},
		"a run of three days ago may still alert, an older one may not": func(s *story) {
			s.run("r1", -2.9).episode("r1", warns("r1", -2.9)).at(0).says("alert r1 warn/modify")
			s.run("r2", -3.1).episode("r2", warns("r2", -3.1)).at(0).silent()
		},
		"many signs at once are one message, the gravest": func(s *story) {
			s.run("r1", 0).run("r2", 1).run("r3", 2)
			s.episode("r1", asks("r1", 0), warns("r2", 1), enters(1, "r3", 2, finding.VerdictStop)).at(2.1)
			s.says("alert r3 warn/stop")
		},
		"a lighter step after a grave one does not hide it": func(s *story) {
			s.run("r1", 0).run("r2", 1)
			s.episode("r1", warns("r1", 0), asks("r2", 1)).at(1.1).says("alert r1 warn/modify")
		},
		"two troubles are two messages": func(s *story) {
			s.run("r1", 0).run("r2", 1)
			s.episode("r1", warns("r1", 0)).episode("r2", warns("r2", 1)).at(1.1)
			s.says("alert r1 warn/modify", "alert r2 warn/modify")
		},
		"what opened and closed before it could be told stays untold": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).closed("r1", 1, finding.ClosedAnswered).at(1.1).silent()
			s.suppressed("r1", finding.SuppressedAnswered)
		},
		"a run that arrives late moves the episode's beginning: nothing is told twice": func(s *story) {
			s.run("r5", 0).episode("r5", warns("r5", 0)).at(0.1).says("alert r5 warn/modify")
			s.run("r4", -1).drop("r5").episode("r4", asks("r4", -1), warns("r5", 0)).at(0.5).silent()
			s.at(4).says("reminder r5 warn/modify")
			s.closed("r4", 5, finding.ClosedNormal).at(5.1).says("resolved r5 none/keep")
		},
		"a run that arrives late takes the step of the one that was told": func(s *story) {
			s.run("r5", 0).episode("r5", warns("r5", 0)).at(0.1).says("alert r5 warn/modify")
			s.run("r4", -1).drop("r5").episode("r4", warns("r4", -1)).at(0.5).silent()
			s.suppressed("r4", finding.SuppressedRefractory)
		},
		"an entry that was removed does not silence another one on a rest day": func(s *story) {
			s.episode("pain-1", enters(1, "", 0, finding.VerdictStop)).at(0.1).says("alert  warn/stop")
			s.drop("pain-1").episode("pain-2", enters(2, "", 5, finding.VerdictStop)).at(5.1).says("alert  warn/stop")
		},
		"a late run does not hide that it has grown graver": func(s *story) {
			s.run("r5", 0).episode("r5", asks("r5", 0)).at(0.1).says("alert r5 ask/ask")
			s.run("r4", -1).drop("r5").episode("r4", asks("r4", -1), warns("r5", 0)).at(0.5).says("escalate r5 warn/modify")
		},
		"during a pause nothing is said, after it only what still stands": func(s *story) {
			s.pausedUntil(2).run("r1", 0).run("r2", 1)
			s.episode("r1", warns("r1", 0)).at(0.1).silent().suppressed("r1", finding.SuppressedPaused)
			s.closed("r1", 0.5, finding.ClosedNormal)
			s.episode("r2", asks("r2", 1), warns("r2", 1)).at(1.5).silent()
			s.at(2).says("alert r2 warn/modify")
		},
		"after a long pause there is one follow-up and no reminder": func(s *story) {
			s.run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.pausedUntil(20).at(3.5).silent().at(7.5).silent().at(14.5).silent()
			s.at(20).says("follow_up r1 warn/stop").at(40).silent()
		},
		"a stop entered in a long pause is asked about after it": func(s *story) {
			s.pausedUntil(5).run("r1", 0.9).pain(gait.Pain{ID: 1, Run: "r1"}, 1)
			s.episode("r1", enters(1, "r1", 1, finding.VerdictStop)).at(4.5).silent()
			s.at(5).says("follow_up r1 warn/stop").at(7.9).silent().at(8.2).says("follow_up r1 warn/stop")
		},
		"one that was read from an old text is not": func(s *story) {
			s.run("r1", 0.9).pain(gait.Pain{ID: 1, Run: "r1", FromText: gait.TextSource{Text: gait.TextDescription}}, 1)
			s.episode("r1", enters(1, "r1", 1, finding.VerdictStop)).at(5).silent().at(20).silent()
		},
		"another message on its day leaves the question how it went a day later": func(s *story) {
			s.run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(0.1).says("alert r1 warn/stop")
			s.run("r2", 3.1).episode("r1", enters(1, "r1", 0, finding.VerdictStop), seePro(warns("r2", 3.1)))
			s.s.Standing.Verdict = finding.VerdictStop
			s.at(3.2).says("escalate r2 warn/modify").at(4.1).silent()
			s.at(4.3).says("follow_up r1 warn/stop").at(7.2).says("follow_up r1 warn/stop")
		},
		"a stop that eased while paused is not told as a stop": func(s *story) {
			s.pausedUntil(2).run("r1", 0).episode("r1", enters(1, "r1", 0, finding.VerdictStop)).at(1).silent()
			s.s.Standing.Verdict = finding.VerdictModify
			s.at(2).silent()
		},
		"an all-clear that comes weeks late is no news": func(s *story) {
			s.run("r1", 0).episode("r1", warns("r1", 0)).at(0.1).says("alert r1 warn/modify")
			s.closed("r1", 5, finding.ClosedNormal).at(20).silent()
		},
		"quiet hours delay the delivery, not the decision": func(s *story) {
			s.run("r1", 0.4).episode("r1", warns("r1", 0.4)).at(0.5).suppressed("r1", finding.SuppressedQuietHours)
			s.says("alert r1 warn/modify").suppressed("r1", finding.NotSuppressed)
		},
	}
	for name, tell := range stories {
		t.Run(name, func(t *testing.T) { tell(newStory(t)) })
	}
}

// The follow-up comes at the same hour on the wall, also over a clock change.
func TestFollowUpOverAClockChange(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	s := newStory(t)
	s.s.Zone = berlin
	told := time.Date(2026, 3, 27, 9, 0, 0, 0, berlin)
	s.s.RunEnds["r1"] = told
	s.episode("r1", finding.Sign{At: told, Run: "r1", Entry: 1, Level: gait.LevelWarn, Verdict: finding.VerdictStop})
	s.s.Now = told
	s.says("alert r1 warn/stop")
	s.s.Now = time.Date(2026, 3, 30, 8, 59, 0, 0, berlin)
	s.silent()
	s.s.Now = time.Date(2026, 3, 30, 9, 0, 0, 0, berlin)
	s.says("follow_up r1 warn/stop")
}

func TestReasons(t *testing.T) {
	s := newStory(t).run("r1", 0).run("r2", 2)
	why := func(want alert.Why) {
		t.Helper()
		got := alert.Decide(s.s)
		if len(got) != 1 || got[0].Why != want {
			t.Fatalf("decisions %+v, want one because of %q", got, want)
		}
		s.record(got[0])
	}
	s.episode("r1", asks("r1", 0)).at(0.1)
	why(alert.WhyOpened)
	s.episode("r1", asks("r1", 0), warns("r2", 2)).at(2.1)
	why(alert.WhyGraver)
	s.at(6)
	why(alert.WhyUnanswered)
	s.run("r3", 36).episode("r1", asks("r1", 0), warns("r2", 2), seePro(warns("r3", 36))).at(36.2)
	why(alert.WhyProfessional)
	s.closed("r1", 37, finding.ClosedNormal).at(37.1)
	why(alert.WhyNormalAgain)
	s.episode("shin", enters(1, "r3", 38, finding.VerdictStop)).at(38.1)
	why(alert.WhyOpened)
	s.at(42)
	why(alert.WhyStopStands)
	s.closed("shin", 43, finding.ClosedSettled).at(43)
	why(alert.WhySettled)
}

// Messages about one trouble hang together.
func TestThread(t *testing.T) {
	s := newStory(t).run("r1", 0).episode("r1", asks("r1", 0)).at(0.1)
	first := alert.Decide(s.s)[0]
	if first.Thread != "" {
		t.Errorf("the first message hangs on %q", first.Thread)
	}
	s.record(first)
	s.episode("r1", asks("r1", 0), warns("r1", 1)).at(1.1)
	if second := alert.Decide(s.s)[0]; second.Thread != first.Key {
		t.Errorf("thread = %q, want %q", second.Thread, first.Key)
	}
}

// Whatever happens in whatever order: a decision recorded is never taken again,
// at most one is taken an episode, and the same situation gives the same keys.
func TestNothingIsSaidTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story{s: alert.Situation{Zone: time.UTC, RunEnds: map[gait.RunID]time.Time{}, Settings: alert.DefaultSettings()}}
		verdicts := []finding.Verdict{finding.VerdictAsk, finding.VerdictModify, finding.VerdictStop}
		levels := []gait.Level{gait.LevelAsk, gait.LevelWarn}
		var signs []finding.Sign
		at := 0.0
		for range rapid.IntRange(1, 12).Draw(t, "days") {
			at += rapid.Float64Range(0, 4).Draw(t, "later")
			run := gait.RunID(fmt.Sprint("r", len(signs)))
			s.run(run, at)
			signs = append(signs, finding.Sign{
				At: day(at), Run: run, Entry: rapid.Int64Range(0, 1).Draw(t, "entry"),
				Level: rapid.SampledFrom(levels).Draw(t, "level"), Verdict: rapid.SampledFrom(verdicts).Draw(t, "verdict"),
				SeeProfessional: rapid.Bool().Draw(t, "professional"),
			})
			first := 0
			if rapid.Bool().Draw(t, "late run moves the key") {
				first = rapid.IntRange(0, len(signs)-1).Draw(t, "first")
			}
			s.s.Episodes = nil
			s.episode(string(signs[first].Run), signs...)
			s.at(at + rapid.Float64Range(0, 2).Draw(t, "decided after"))
			once, twice := alert.Decide(s.s), alert.Decide(s.s)
			if d := cmp.Diff(once, twice, cmp.AllowUnexported(time.Location{})); d != "" {
				t.Fatalf("not the same twice: %s", d)
			}
			if len(once) > 1 {
				t.Fatalf("%d messages about one trouble", len(once))
			}
			for _, d := range once {
				for _, n := range s.s.Notices {
					if n.Key == d.Key {
						t.Fatalf("%s is said again", d.Key)
					}
				}
				s.record(d)
			}
			if again := alert.Decide(s.s); len(again) > 0 {
				t.Fatalf("after %v was recorded, %v", once, again)
			}
		}
	})
}
