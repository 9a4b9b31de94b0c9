package rules

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// stopped is a runner whose stop of day 0 has fallen on day 3: the way back is
// due. The usual run is 8 km.
func stopped(t *testing.T) *world {
	w := newWorld(t)
	w.run(0, w.pain("left knee 3, sharp"))
	w.rest(2, w.pain("left knee 1"))
	w.rest(3, w.pain("left knee 0"))
	return w
}

// ran runs a distance in km on a day, with one entry.
func (w *world) ran(day int, km float64, entry string) Outcome {
	w.measures.Distance = gait.Metres(km * 1000)
	return w.told(day, entry)
}

func step(o Outcome) int {
	if f := o.Next.Plan.Facts(); f != nil {
		return f.Step
	}
	return 0
}

func TestTheWayBack(t *testing.T) {
	w := stopped(t)
	if p := w.c.Before.Plan; p.Step != 1 || p.Usual != 8000 {
		t.Fatalf("begins at %+v", p)
	}
	for _, next := range []struct {
		day   int
		km    float64
		entry string
		step  int
	}{
		{8, 4, "left knee 1, morning 0", 3},
		{9, 4, "left knee 1, morning 0", 3},  // without a day between
		{11, 4.5, "left knee 2", 3},          // a morning nobody has spoken of
		{13, 6, "left knee 1, morning 1", 5}, // the next run says that it was calm
		{16, 8, "0, morning 0", 0},
	} {
		o := w.ran(next.day, next.km, next.entry)
		if got := step(o); got != next.step {
			t.Errorf("day %d: step %d, want %d (%+v)", next.day, got, next.step, o.Next.Plan)
		}
	}
}

func TestWalkingIsTheFirstStep(t *testing.T) {
	w := stopped(t)
	if o := w.tap(5, gait.AnswerWalkingFine); step(o) != 2 || o.how(finding.Return) != finding.HowStep {
		t.Errorf("step %d, %v", step(o), o.Advice)
	}
}

func TestARunFarBeyondItsStepIsNamed(t *testing.T) {
	w := stopped(t)
	o := w.ran(8, 10, "left knee 1, morning 0")
	f, _ := o.fact(finding.Return)
	if f.How != finding.HowBeyond || f.Distance != 10000 || f.Usual != 4000 || !o.asks(finding.AskMorning) || step(o) != 3 {
		t.Errorf("it goes well: its step is done, and no more: %+v, step %d", f, step(o))
	}
	w = stopped(t)
	if o := w.ran(8, 10, "left knee 4, morning 0"); step(o) != 2 || o.Next.Plan.Repeats != 1 {
		t.Errorf("it hurts: the step is repeated: %+v", o.Next.Plan)
	}
	w = stopped(t)
	if o := w.ran(8, 4.7, "left knee 1, morning 0"); o.how(finding.Return) == finding.HowBeyond || step(o) != 3 {
		t.Errorf("a fifth more is within: step %d", step(o))
	}
}

func TestAPainRepeatsTheStep(t *testing.T) {
	w := stopped(t)
	if o := w.ran(8, 4, "left knee 3, morning 0"); step(o) != 2 || o.Professional {
		t.Errorf("step %d, professional %v", step(o), o.Professional)
	}
	if o := w.ran(10, 4, "left knee 3, morning 2"); step(o) != 2 || !o.has(finding.PTReturns) {
		t.Errorf("twice: step %d, %v", step(o), o.names())
	}
}

func TestSilenceIsNoStep(t *testing.T) {
	w := stopped(t)
	if o := w.ran(8, 4, ""); step(o) != 1 {
		t.Errorf("step %d", step(o))
	}
}

func TestThePlanIsSkippedByAnAnswer(t *testing.T) {
	w := stopped(t)
	if o := w.tap(5, gait.AnswerOwnPlan); step(o) != 0 || o.has(finding.ModStanding) {
		t.Errorf("step %d, %v", step(o), o.names())
	}
	if o := w.look(8); step(o) != 0 {
		t.Error("it came back")
	}
}

func TestANewStopEndsThePlan(t *testing.T) {
	w := stopped(t)
	if o := w.ran(8, 4, "left knee 5, sharp"); step(o) != 0 || o.Verdict != finding.VerdictStop {
		t.Errorf("step %d, %s", step(o), o.Verdict)
	}
}

func TestAPauseWithPainBeforeItIsFollowedByThePlan(t *testing.T) {
	w := newWorld(t)
	w.run(0, w.pain("left knee 4"))
	if o := w.look(10); step(o) != 0 {
		t.Error("ten days are no pause")
	}
	if o := w.look(20); step(o) != 1 {
		t.Errorf("after twenty days: step %d", step(o))
	}
	if o := w.ran(20, 4, "left knee 1, morning 0"); step(o) != 3 {
		t.Errorf("the run after it is held against it: step %d", step(o))
	}
	w = newWorld(t)
	if o := w.look(30); step(o) != 0 {
		t.Error("a holiday of a healthy runner")
	}
}
