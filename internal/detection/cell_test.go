package main

import (
	"math"
	"testing"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
)

func quietStudy(runners int) *study {
	p := gait.DefaultParams()
	return &study{
		params: p, methods: []method{gaitkeeper(p), fromEven()}, cells: []cell{step(3), midRun(2.5, 0.5)}, runners: runners, fitEvery: 20,
		progress: func(int, int) {},
	}
}

func TestALimpSharesItsHealthyPast(t *testing.T) {
	s := quietStudy(1)
	subject := newSubject(7, firstLimp+6, s.maker())
	looks := s.limpingHistory(subject, 2, 5, s.maker())
	if len(looks) != subject.onset+5 || !looks[subject.onset].strapped() {
		t.Fatalf("%d runs, onset %d", len(looks), subject.onset)
	}
	for i, l := range looks {
		healthy, limping := subject.looks[i], l
		if i < subject.onset != (healthy.shown == limping.shown || math.IsNaN(healthy.shown)) && limping.strapped() {
			t.Errorf("run %d: shows %.2f, healthy %.2f", i, limping.shown, healthy.shown)
		}
		want := -2.0
		if subject.side == gait.Right {
			want = 2
		}
		if got := limping.shown - healthy.shown; i >= subject.onset && limping.strapped() && math.Abs(got-want) > 0.4 {
			t.Errorf("run %d moved by %.2f points", i, got)
		}
	}
}

func TestSearchCountsFromTheOnset(t *testing.T) {
	half := 20 * time.Minute
	history := make([]look, 5)
	for i := range history {
		history[i].Duration = time.Hour
		history[i].truth = simulate.Truth{Onset: half}
	}
	readings := loud(9, 9, 0, -2, -3)
	for i := range readings {
		readings[i].warn = readings[i].ask
	}
	readings[3].onset = half + 15*time.Second
	f := limit{"", 2, 3}.search(readings, history, &subject{onset: 2, side: gait.Right})
	want := found{asked: 2, warned: 3, side: true, onset: 15 * time.Second, within: true, limped: 80 * time.Minute, judged: true}
	if f != want {
		t.Errorf("found %+v, want %+v", f, want)
	}
}

func TestFiguresAreTheSameForTheSameCode(t *testing.T) {
	first := report{study: quietStudy(2)}
	first.people = first.study.figures()
	second := report{study: quietStudy(2)}
	second.people = second.study.figures()
	row := func(r *report) string { return r.shapesTable() + r.strataTable() }
	if row(&first) != row(&second) {
		t.Errorf("%s\nand then\n%s", row(&first), row(&second))
	}
	if first.files() == 0 || first.altered() != 0 {
		t.Errorf("%d of %d runs came out of their file with other figures", first.altered(), first.files())
	}
}

func TestClaimsOfASideAreFound(t *testing.T) {
	left := finding.Shift{Short: gait.Left}
	for name, try := range map[string]struct {
		a    finding.Assessment
		want bool
	}{
		"the form":    {finding.Assessment{Reasons: []finding.Fact{{Rule: finding.AskMeasured, How: finding.HowForm}}}, false},
		"a foot":      {finding.Assessment{Reasons: []finding.Fact{{Rule: finding.AskMeasured, Shift: left}}}, true},
		"a limp":      {finding.Assessment{Advice: []finding.Fact{{Rule: finding.Return, How: finding.HowMeasured}}}, true},
		"a question":  {finding.Assessment{Questions: []finding.Question{{Ask: finding.AskFavouring, Spot: gait.Spot{Site: gait.Knee, Side: gait.Left}}}}, true},
		"the balance": {finding.Assessment{Evidence: gait.Evidence{ShortSide: gait.Left}}, true},
	} {
		if claimsSide(&try.a) != try.want {
			t.Errorf("%s: %v", name, !try.want)
		}
	}
}

func TestTheScanFindsAChange(t *testing.T) {
	minutes, seconds := make([]float64, 40), make([]int32, 40)
	for i := range minutes {
		minutes[i], seconds[i] = 50+0.2*math.Sin(float64(i)), int32(330+60*i)
		if i >= 25 {
			minutes[i] -= 2
		}
	}
	got := newWhitening().scan(minutes, seconds)
	if got.sign != -1 || got.onset != 1800*time.Second || got.loudness < 3.5 {
		t.Errorf("%+v", got)
	}
}
