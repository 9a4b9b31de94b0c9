package gait

import (
	"math"
	"testing"
	"time"
)

func TestRunIDDependsOnTheInstantAlone(t *testing.T) {
	utc := time.Date(2026, 5, 1, 6, 12, 0, 0, time.UTC)
	id := NewRunID(utc)
	if other := NewRunID(utc.In(time.FixedZone("", 7200)).Add(300 * time.Millisecond)); other != id {
		t.Errorf("zone or fraction changes the ID: %s, %s", id, other)
	}
	if NewRunID(utc.Add(time.Second)) == id {
		t.Error("another second has the same ID")
	}
	if len(id) != 16 {
		t.Errorf("ID %q is not 16 digits", id)
	}
}

func TestSignalsOf(t *testing.T) {
	a, b := NewSample(0), NewSample(1)
	if got := SignalsOf([]Sample{a, b}); got != 0 {
		t.Errorf("samples without a value have signals %q", got)
	}
	b.Cadence, b.StanceTimeBalance = 170, 50
	got := SignalsOf([]Sample{a, b})
	if got != SignalCadence|SignalStanceTimeBalance || got.String() != "cadence stance_time_balance" {
		t.Errorf("got %q", got)
	}
	if got.Has(SignalCadence | SignalSpeed) {
		t.Error("has a signal it does not hold")
	}
}

func TestParamsTable(t *testing.T) {
	p := DefaultParams()
	seen := map[string]bool{}
	for _, q := range p.Table() {
		if seen[q.Key] {
			t.Errorf("%s stands twice", q.Key)
		}
		seen[q.Key] = true
		if (q.Int == nil) == (q.Float == nil) {
			t.Errorf("%s points at none or two values", q.Key)
		}
		if q.Meaning == "" || q.Unit == "" {
			t.Errorf("%s lacks its meaning or unit", q.Key)
		}
		if q.Value() != q.Default {
			t.Errorf("%s is %v, its default %v: two rows share one value", q.Key, q.Value(), q.Default)
		}
		if err := q.Set(q.Default); err != nil {
			t.Errorf("%s refuses its own default: %v", q.Key, err)
		}
		if q.Set(q.Max+1) == nil || q.Set(q.Min-1) == nil || q.Set(math.NaN()) == nil {
			t.Errorf("%s takes a value outside its range", q.Key)
		}
	}
}

func TestACountMustBeWhole(t *testing.T) {
	p := DefaultParams()
	q, ok := p.Lookup("pain.high")
	if !ok {
		t.Fatal("pain.high is gone")
	}
	if q.Set(4.5) == nil {
		t.Error("4.5 was taken for a count")
	}
	if err := q.Set(5); err != nil || p.Pain.High != 5 {
		t.Errorf("got %d, %v", p.Pain.High, err)
	}
}
