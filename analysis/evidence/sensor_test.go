package evidence_test

import (
	"testing"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

// Two sensors on one runner measured 1.7 points apart. A runner who changes from
// one to the other is not asked because of that.
func TestAnotherSensorIsNoLimp(t *testing.T) {
	const before, after, runners = 35, 20, 60
	asked := func(seed uint64, offset float64) bool {
		spoke := false
		r := newRunner(seed)
		d := evidence.New(params)
		for i, m := range r.season(before + after) {
			if i >= before && offset != 0 {
				m.Sensor = gait.Sensor{Manufacturer: gait.MakerStryd}
				for b := range m.Blocks {
					m.Blocks[b].StanceTimeBalance += gait.Percent(offset)
				}
			}
			e := d.Judge(m, gait.Prior{})
			if i >= before && e.Level != gait.LevelNone {
				spoke = true
			}
			d.Learn(m, e, true)
		}
		return spoke
	}
	without, with := 0, 0
	for seed := range uint64(runners) {
		if asked(seed, 0) {
			without += 2
		}
		for _, offset := range []float64{1.7, -1.7} {
			if asked(seed, offset) {
				with++
			}
		}
	}
	if most := without + runners/10; with > most {
		t.Errorf("asked in %d of %d seasons with a change of sensor, in %d without", with, 2*runners, without)
	}
}
