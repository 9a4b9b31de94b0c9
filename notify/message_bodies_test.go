package notify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
)

// contents are those of one message of each kind and colour.
func contents(t *testing.T) map[string]notify.Content {
	t.Helper()
	all := map[string]notify.Content{
		"alert_question":      question(t),
		"alert_warn":          warning(t),
		"alert_form_question": formQuestion(t),
		"alert_stop":          stop(t),
		"escalate_measured":   unexplained(t),
		"escalate_modify":     modify(t),
		"reminder":            warning(t),
		"follow_up":           stop(t),
		"follow_up_last":      stop(t),
		"resolved_measured":   warning(t),
		"resolved_pain":       stop(t),
		"morning":             morning(t),
		"digest":              digest(t),
		"alert_walking":       walkingUneven(),
		"test":                {Decision: alert.Test(monday())},
		"alert_links":         signed(question(t)),
		"alert_stop_links":    signed(stop(t)),
		"escalate_links":      signed(hurtWithoutAPlace(t)),
		"morning_links":       signed(morning(t)),
		"follow_up_links":     signed(stop(t)),
		"alert_red_flag":      redFlag(t),
		"alert_deep_spot":     asking(t, finding.AskDeepSpot),
		"way_back":            back(t),
		"ignored_stop":        ignored(t),
		"digest_stop":         digestOfAStop(t),
	}
	edit := func(name string, kind alert.MessageKind, why alert.Why, day int) {
		c := all[name]
		c.Decision.Kind, c.Decision.Why, c.Decision.Day = kind, why, day
		all[name] = c
	}
	edit("reminder", alert.MessageReminder, alert.WhyUnanswered, 0)
	edit("follow_up", alert.MessageFollowUp, alert.WhyStopStands, 3)
	edit("follow_up_links", alert.MessageFollowUp, alert.WhyStopStands, 3)
	edit("follow_up_last", alert.MessageFollowUp, alert.WhyStopStands, 14)
	edit("resolved_measured", alert.MessageResolved, alert.WhyNormalAgain, 0)
	edit("resolved_pain", alert.MessageResolved, alert.WhySettled, 0)
	return all
}

const runID = gait.RunID("0123abcd00000000")

// content is what every message begins with: a run of eight kilometres.
func content(t *testing.T, level gait.Level, verdict finding.Verdict) notify.Content {
	t.Helper()
	run := gait.Run{
		ID: runID, Start: time.Date(2026, 5, 5, 6, 12, 0, 0, time.UTC), Duration: 45 * time.Minute,
		Distance: 8120, Context: gait.Road,
	}
	return notify.Content{
		Decision: alert.Decision{Why: alert.WhyOpened, Notice: alert.Notice{
			Kind: alert.MessageAlert, Key: "alert:x", Episode: "x", Run: runID, Level: level, Verdict: verdict, At: day(1),
		}},
		Runner: "Ada", Zone: zone(t, "Europe/Berlin"), Run: &run,
		Assessment: &finding.Assessment{Run: runID, Verdict: verdict, Evidence: unmeasured()},
	}
}

func unmeasured() gait.Evidence {
	return gait.Evidence{
		Level: gait.LevelNone, Balance: gait.Unknown[gait.Percent](), Baseline: gait.Unknown[gait.Percent](),
		Shift: gait.Unknown[gait.Points](), Band: gait.Unknown[gait.Points](),
		StanceDifference: gait.Unknown[gait.Milliseconds](),
		Form:             gait.Form{Level: gait.LevelNone}, Quality: gait.Quality{Balance: gait.BalanceNone},
	}
}

func shifted(level gait.Level) gait.Evidence {
	e := unmeasured()
	e.Level, e.Chart, e.ShortSide = level, gait.ChartConfirmed, gait.Left
	e.Balance, e.Baseline, e.Shift, e.Band = 49.1, 50.2, -1.1, 0.6
	e.StanceDifference, e.BaselineRuns = 11.6, 20
	e.Quality.Balance = gait.BalanceOK
	return e
}

func question(t *testing.T) notify.Content {
	c := content(t, gait.LevelAsk, finding.VerdictAsk)
	c.Assessment.Evidence = shifted(gait.LevelAsk)
	c.Assessment.Evidence.Chart, c.Assessment.Evidence.Onset = gait.ChartWithinRun, 34*time.Minute
	c.Assessment.Questions = []finding.Question{{Ask: finding.AskHurt}}
	c.Assessment.Reasons = []finding.Fact{{Rule: finding.AskMeasured}}
	return c
}

func warning(t *testing.T) notify.Content {
	c := content(t, gait.LevelWarn, finding.VerdictModify)
	c.Assessment.Evidence = shifted(gait.LevelWarn)
	c.Assessment.Questions = []finding.Question{{Ask: finding.AskHurt}}
	c.Assessment.Reasons = []finding.Fact{{Rule: finding.ModMeasured}}
	c.Assessment.Advice = []finding.Fact{{Rule: finding.LessVolume, Distance: 24000, Usual: 32000}, {Rule: finding.WarmUp}}
	return c
}

func unexplained(t *testing.T) notify.Content {
	c := warning(t)
	c.Decision.Kind, c.Decision.Why, c.Decision.SeeProfessional = alert.MessageEscalate, alert.WhyProfessional, true
	c.Assessment.SeeProfessional = true
	c.Assessment.Reasons = append(c.Assessment.Reasons, finding.Fact{Rule: finding.PTUnexplained, Count: 2, Of: 3})
	return c
}

func formQuestion(t *testing.T) notify.Content {
	c := content(t, gait.LevelAsk, finding.VerdictAsk)
	c.Assessment.Evidence.Form = gait.Form{Level: gait.LevelAsk, What: []gait.Feature{
		gait.FeatureCadence, gait.FeatureStanceTime, gait.FeatureWalkBreaks,
	}, Readings: []gait.FormReading{
		{Feature: gait.FeatureCadence, Change: -4.3}, {Feature: gait.FeatureStanceTime, Change: 9.2}, {Feature: gait.FeatureWalkBreaks, Change: 6},
	}}
	c.Assessment.Questions = []finding.Question{{Ask: finding.AskHurt}}
	return c
}

func stop(t *testing.T) notify.Content {
	c := content(t, gait.LevelWarn, finding.VerdictStop)
	c.Decision.Entry = 3
	c.Assessment.Evidence = shifted(gait.LevelWarn)
	c.Said = []gait.Pain{{
		ID: 3, Run: runID, Site: gait.Achilles, Side: gait.Left, Worst: score(t, 7), Start: score(t, 2), End: score(t, 7),
		Kind: gait.Tight, Worsening: gait.Yes, Note: "pulled more and more on the way home",
	}}
	tendon := gait.Spot{Site: gait.Achilles, Side: gait.Left}
	c.Assessment.Pain = finding.PainSummary{Answered: true, Worst: score(t, 7), Side: gait.Left, Site: gait.Achilles, Entries: 1}
	c.Assessment.Reasons = []finding.Fact{
		{Rule: finding.StopLimp, How: finding.HowMeasured, Spot: tendon, Worst: score(t, 7)},
		{Rule: finding.StopWorse, Spot: tendon, Worst: score(t, 7), Start: score(t, 2), End: score(t, 7)},
		{Rule: finding.StopHigh, Spot: tendon, Worst: score(t, 7), Limit: 6},
	}
	c.Assessment.Advice = []finding.Fact{{Rule: finding.KeepBusy}, {Rule: finding.Return, Days: 2, Limit: 1}}
	c.Standing = finding.Standing{Verdict: finding.VerdictStop, Reasons: c.Assessment.Reasons, Advice: c.Assessment.Advice}
	c.Decision.Entry = 0
	return c
}

func modify(t *testing.T) notify.Content {
	c := content(t, gait.LevelAsk, finding.VerdictModify)
	c.Decision.Kind, c.Decision.Why, c.Decision.SeeProfessional = alert.MessageEscalate, alert.WhyProfessional, true
	c.Decision.Entry = 5
	c.RestDay = true
	c.Said = []gait.Pain{{ID: 5, At: day(1), Site: gait.Shin, Side: gait.Both, Worst: score(t, 3), Focal: gait.Yes, Mood: gait.Yes}}
	shins := gait.Spot{Site: gait.Shin, Side: gait.Both}
	c.Standing = finding.Standing{
		Verdict: finding.VerdictModify, SeeProfessional: true,
		Reasons: []finding.Fact{{Rule: finding.PTLife, Spot: shins, What: []finding.What{finding.LifeMood}}},
		Advice:  []finding.Fact{{Rule: finding.Flatter, Spot: shins}},
	}
	return c
}

func morning(t *testing.T) notify.Content {
	c := content(t, gait.LevelAsk, finding.VerdictModify)
	c.Decision.Kind, c.Decision.Why = alert.MessageMorning, alert.WhySoreSpot
	c.PublicURL = "https://gait.example"
	c.Standing.Morning = &gait.Pain{ID: 3, Run: runID, Site: gait.Knee, Side: gait.Right, Worst: score(t, 4)}
	return c
}

// signed returns a content whose replies have addresses that say what they are.
func signed(c notify.Content) notify.Content {
	c.PublicURL = "https://gait.example"
	c.Sign = func(r finding.Reply) string {
		return strings.TrimRight(fmt.Sprintf("%s/answer/%s.%s.%s.%s", c.PublicURL, r.Run, r.Kind, r.Site, r.Side), ".")
	}
	return c
}

func hurtWithoutAPlace(t *testing.T) notify.Content {
	c := question(t)
	c.Decision.Kind, c.Decision.Why, c.Decision.Verdict = alert.MessageEscalate, alert.WhyGraver, finding.VerdictStop
	c.Assessment.Verdict = finding.VerdictStop
	c.Assessment.Questions = []finding.Question{{Ask: finding.AskHowBad}}
	c.Answers = []gait.Answer{{Run: runID, Kind: gait.AnswerHurts}}
	return c
}

func digest(t *testing.T) notify.Content {
	c := content(t, gait.LevelNone, finding.VerdictKeep)
	c.Decision.Kind, c.Decision.Run, c.Run, c.Assessment = alert.MessageDigest, "", nil, nil
	c.PublicURL = "https://gait.example"
	c.Standing = finding.Standing{Verdict: finding.VerdictKeep, Reasons: []finding.Fact{{Rule: finding.Watch, Spot: gait.Spot{Site: gait.Knee, Side: gait.Right}}}}
	c.Week = &notify.Week{
		Runs: []notify.WeekRun{
			{Start: day(-5), Distance: 8120, Verdict: finding.VerdictKeep},
			{Start: day(-3), Distance: 12400, Verdict: finding.VerdictAsk},
			{Start: day(-1), Distance: gait.Unknown[gait.Metres](), Verdict: finding.VerdictKeep},
		},
		Distance: 20520, Usual: 31000, From: 50.2, To: 50.1,
		Pain: []gait.Pain{{At: day(-3), Site: gait.Knee, Side: gait.Right, Worst: score(t, 1), Note: "only downhill"}},
	}
	return c
}

// redFlag is a calf that is swollen and warm.
func redFlag(t *testing.T) notify.Content {
	c := signed(content(t, gait.LevelWarn, finding.VerdictStop))
	calf := gait.Spot{Site: gait.Calf, Side: gait.Left}
	c.Decision.SeeProfessional = true
	c.Said = []gait.Pain{{
		ID: 6, Run: runID, Site: gait.Calf, Side: gait.Left, Worst: score(t, 6), Swelling: gait.Yes, Hot: gait.Yes,
	}}
	c.Assessment.SeeProfessional, c.Assessment.Urgent = true, true
	c.Assessment.Reasons = []finding.Fact{
		{Rule: finding.RedFlag, Spot: calf, What: []finding.What{finding.SignCalf}},
		{Rule: finding.StopHigh, Spot: calf, Worst: score(t, 6), Limit: 6},
	}
	return c
}

// bone is one tender spot on a shin.
func bone(t *testing.T) notify.Content {
	c := signed(content(t, gait.LevelWarn, finding.VerdictStop))
	shin := gait.Spot{Site: gait.Shin, Side: gait.Left}
	c.Said = []gait.Pain{{ID: 6, Run: runID, Site: gait.Shin, Side: gait.Left, Worst: score(t, 3), Focal: gait.Yes}}
	c.Assessment.Reasons = []finding.Fact{{Rule: finding.StopBone, Spot: shin}}
	c.Assessment.Advice = []finding.Fact{{Rule: finding.Return, How: finding.HowCleared, Spot: shin}}
	return c
}

// back is a pain on the second step of the way back.
func back(t *testing.T) notify.Content {
	c := asking(t, finding.AskWalking)
	shin := gait.Spot{Site: gait.Shin, Side: gait.Left}
	c.Standing.Plan = &finding.Plan{Spot: shin, Step: 2, Of: 5, Limit: 3100}
	c.Assessment.Advice = []finding.Fact{
		{Rule: finding.Return, How: finding.HowStep, Spot: shin, Count: 2, Of: 5, Distance: 3100},
		{Rule: finding.KeepBusy, How: finding.HowStill},
	}
	return c
}

// ignored is a run against a stop that has made it worse. What was said of the run
// before is older than the note of today.
func ignored(t *testing.T) notify.Content {
	c := bone(t)
	shin := gait.Spot{Site: gait.Shin, Side: gait.Left}
	c.Decision.Kind, c.Decision.Why, c.Decision.SeeProfessional = alert.MessageEscalate, alert.WhyProfessional, true
	c.Assessment.SeeProfessional = true
	c.Said = []gait.Pain{
		{ID: 8, Run: runID, Site: gait.Shin, Side: gait.Left, Worst: score(t, 5), Recorded: day(1)},
		{ID: 7, Run: runID, Site: gait.Shin, Side: gait.Left, Worst: score(t, 4), Recorded: day(0.9)},
	}
	c.Assessment.Reasons = []finding.Fact{
		{Rule: finding.StopHigh, Spot: shin, Worst: score(t, 5), Limit: 6},
		{Rule: finding.PTIgnored, Spot: shin, Before: score(t, 3), Worst: score(t, 5)},
	}
	c.Assessment.Advice = []finding.Fact{{Rule: finding.Return, Spot: shin, Days: 2, Limit: 1}}
	return c
}

// digestOfAStop is a week in which a stop has stood.
func digestOfAStop(t *testing.T) notify.Content {
	c := signed(digest(t))
	shin := gait.Spot{Site: gait.Shin, Side: gait.Left}
	c.Decision.Verdict = finding.VerdictStop
	c.Standing = finding.Standing{
		Verdict: finding.VerdictStop, Since: day(-12), Run: runID,
		Reasons: []finding.Fact{{Rule: finding.StopWorse, Spot: shin, Found: day(-12)}, {Rule: finding.ModTrend, Spot: shin, Worst: score(t, 4)}},
		Advice:  []finding.Fact{{Rule: finding.CutShort}, {Rule: finding.Return, Spot: shin, Days: 2, Limit: 1}},
	}
	for i := range c.Week.Runs {
		c.Week.Runs[i].Verdict = finding.VerdictStop
	}
	return c
}

// walkingUneven is the question about everyday walks.
func walkingUneven() notify.Content {
	return notify.Content{
		Decision: alert.Decision{Why: alert.WhyWalking, Notice: alert.Notice{
			Kind: alert.MessageAlert, Key: alert.Key(alert.MessageAlert, "walking", "2026-05-02"),
			Level: gait.LevelAsk, Verdict: finding.VerdictAsk, At: monday(),
		}},
		Standing: finding.Standing{Verdict: finding.VerdictAsk, Walking: gait.Walking{
			Level: gait.LevelAsk, Judged: true, Share: 0.25, Usual: 0.04, Walks: 96, Days: 7, Since: monday().AddDate(0, 0, -6), Asked: monday().AddDate(0, 0, -1),
		}},
	}
}
