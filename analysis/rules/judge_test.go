package rules

import (
	"slices"
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestReasonsAreGravestFirstAndThenAsInTheTable(t *testing.T) {
	w := newWorld(t)
	w.c.Races = append(w.c.Races, on(9))
	o := w.run(0, w.pain("left knee 3, start 0, end 3, mood"), w.pain("right shin 3, start 3, end 3, focal"), w.pain("left hip 7"))
	want := []finding.Rule{
		finding.StopBone, finding.StopHigh, finding.ModGrew, finding.ModStable, finding.ModNew, finding.ModNew,
		finding.PTLife, finding.PTGoal,
	}
	if got := o.names(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if o.Verdict != finding.VerdictStop || !o.Professional {
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
	c := Case{Params: gait.DefaultParams()}
	if r.calm(10) || r.doesNotFade() || r.fades() || c.settled(siteReport{r, nil}) || c.unsettled(siteReport{r, nil}) || r.rise() != 0 {
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

func TestAPlaceWithZeroIsNoPain(t *testing.T) {
	w := newWorld(t)
	if o := w.run(0, w.pain("left knee 0")); !o.has(finding.KeepClear) || o.has(finding.Watch) {
		t.Errorf("%v", o.names())
	}
}
