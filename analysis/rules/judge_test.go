package rules

import (
	"slices"
	"strings"
	"testing"

	"gaitkeeper/gait"
)

func TestReasonsAreGravestFirstAndThenAsInTheTable(t *testing.T) {
	w := newWorld(t)
	w.c.Races = append(w.c.Races, on(9))
	o := w.run(0, w.pain("left knee 3, start 0, end 3, mood"), w.pain("right shin 3, start 3, end 3, focal"), w.pain("left hip 7"))
	want := []gait.Rule{
		gait.StopBone, gait.StopHigh, gait.ModGrew, gait.ModStable, gait.ModStable, gait.ModNew, gait.ModNew,
		gait.PTLife, gait.PTGoal,
	}
	if got := o.names(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if o.Verdict != gait.VerdictStop || !o.Professional {
		t.Errorf("%s, professional %v", o.Verdict, o.Professional)
	}
}

func TestEntriesOfOnePlaceAreOne(t *testing.T) {
	w := newWorld(t)
	reports := Join([]gait.Pain{
		w.pain("left knee 2, start 1, end 2, no focal, ache"),
		w.pain("right knee 1"),
		w.pain("left knee morning 3, focal"),
		w.pain("left knee 4, start 2, end 1, sharp"),
	})
	if len(reports) != 2 {
		t.Fatalf("%d places", len(reports))
	}
	r := reports[0]
	worst, _ := r.Worst.Number()
	start, _ := r.Start.Number()
	end, _ := r.End.Number()
	morning, _ := r.Morning.Number()
	if worst != 4 || start != 2 || end != 1 || morning != 3 || r.Focal != gait.Yes || !r.Is(gait.Ache) || !r.Is(gait.Sharp) {
		t.Errorf("%+v", r)
	}
}

func TestUnsetIsNotZero(t *testing.T) {
	var r Report
	if r.calm(10) || r.doesNotFade() || r.fades() || r.settled(gait.DefaultParams().Pain) || r.unsettled(gait.DefaultParams().Pain) || r.rise() != 0 {
		t.Error("silence says something")
	}
	w := newWorld(t)
	r = Join([]gait.Pain{w.pain("left knee start 3, end 1")})[0]
	if n, _ := r.Worst.Number(); n != 3 {
		t.Errorf("the worst of start and end is %v", r.Worst)
	}
}

func TestTheWorstOfSeveralPlacesIsShown(t *testing.T) {
	w := newWorld(t)
	for _, entries := range [][]gait.Pain{
		{w.pain("left knee 2"), w.pain("right hip 5"), w.pain("left calf 3")},
		{w.pain("right hip 5"), w.pain("left knee 2")},
	} {
		sum := said(on(0), entries, nil).Summary()
		if n, _ := sum.Worst.Number(); n != 5 || sum.Site != gait.Hip || sum.Side != gait.Right || sum.Entries != len(entries) {
			t.Errorf("%+v", sum)
		}
	}
}

func TestBothSidesAreMentionedOnlyWhereBothHurt(t *testing.T) {
	for entry, want := range map[string]bool{"both knee 3": true, "left knee 3": false, "knee 3": false, "both back 3": false} {
		w := newWorld(t)
		text := w.run(0, w.pain(entry)).text(gait.ModStable)
		if strings.Contains(text, "cannot see that") != want {
			t.Errorf("%s: %q", entry, text)
		}
	}
}

func TestWordsAreTheRunners(t *testing.T) {
	w := newWorld(t)
	if got, want := w.run(0, w.pain("left knee 4, end 4")).text(gait.ModStable), "Left knee: 4 of 10."; got != want {
		t.Errorf("got %q, want %q: a start that nobody entered is not named", got, want)
	}
	w = newWorld(t).shifted(gait.LevelWarn, gait.Left)
	if got := w.run(0, w.pain("left knee 2")).text(gait.StopLimp); !strings.Contains(got, "and your left knee hurt") {
		t.Errorf("got %q", got)
	}
	w = newWorld(t)
	w.evidence.Form = gait.Form{Level: gait.LevelAsk, What: []gait.Feature{gait.FeatureCadence, gait.FeatureStanceTime}}
	if got, want := w.run(0).text(gait.AskMeasured), "Not as usual for you: your cadence and time on the ground with each step."; got != want {
		t.Errorf("got %q", got)
	}
}

func TestTheFormIsSaidWithItsSizes(t *testing.T) {
	w := newWorld(t)
	w.evidence.Form = gait.Form{
		Level: gait.LevelAsk, What: []gait.Feature{gait.FeatureCadence, gait.FeaturePace},
		Looked: []gait.FormReading{{Feature: gait.FeatureCadence, Change: -4.2}, {Feature: gait.FeaturePace, Change: -6}},
	}
	want := "Your running form has changed in 2 ways: 4 steps a minute fewer at the same speed and 6 % slower."
	if got := w.run(0).text(gait.AskMeasured); got != want {
		t.Errorf("got %q", got)
	}
}

func TestAPlaceWithZeroIsNoPain(t *testing.T) {
	w := newWorld(t)
	if o := w.run(0, w.pain("left knee 0")); !o.has(gait.KeepClear) || o.has(gait.Watch) {
		t.Errorf("%v", o.names())
	}
}
