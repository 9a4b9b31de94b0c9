package evidence

import "gaitkeeper/gait"

// straps is what is known of the sensors the runner wears. Each has its own
// level, so that a change of strap is not taken for a change of the runner.
type straps struct {
	now gait.Sensor
	// away is what was believed with each sensor when it was worn last.
	away map[gait.Sensor]segment
	// doubtful is the number of runs for which the strap is under suspicion.
	doubtful int
}

// segment is what was believed when a sensor was taken off.
type segment struct {
	beliefs beliefs
	runs    int
}

const (
	// doubtfulRuns is for how many runs after a fault of the sensor the strap
	// may have been replaced, doubtfulRate the chance of that a run.
	doubtfulRuns = 3
	doubtfulRate = 0.1
	// loosely is the chance that a strap which lost contact also sits badly.
	loosely = 0.4
	// otherMake is how many times farther than two straps of one maker two sensors
	// of different makers stand apart: 1.7 points were measured between a strap and
	// a pair of pods on one runner.
	otherMake = 2.5
)

// doubt puts the strap under suspicion.
func (t *straps) doubt() { t.doubtful = doubtfulRuns }

// worn is the sensor of the run: the one before where the run names none.
func (t *straps) worn(m gait.Measures) gait.Sensor {
	if m.Sensor == (gait.Sensor{}) {
		return t.now
	}
	return m.Sensor
}

// changed reports whether the run was measured by another sensor than the one
// before it.
func (t *straps) changed(m gait.Measures) bool {
	return t.now != (gait.Sensor{}) && t.worn(m) != t.now
}

// start returns what is believed before the run: as after the run before, or
// with another sensor what was believed of it when it was worn last, or with
// room for a new one.
func (t *straps) start(d *Detector, m gait.Measures) beliefs {
	if !t.changed(m) {
		return d.beliefs
	}
	if known, ok := t.away[t.worn(m)]; ok {
		drift := anchorDrift*float64(d.runs-known.runs) + usualWander*usualWander
		return known.beliefs.widened(min(drift, sensorVariance))
	}
	if t.worn(m).Manufacturer != t.now.Manufacturer {
		return d.beliefs.widened(sensorVariance * otherMake * otherMake)
	}
	return d.beliefs.widened(sensorVariance)
}

// wear books the sensor of a run that is being learned.
func (t *straps) wear(d *Detector, s *sight) {
	if s.newSensor {
		t.away[t.now] = segment{d.beliefs.widened(0), d.runs}
	}
	t.now = t.worn(s.m)
	t.doubtful = max(t.doubtful-1, 0)
	if s.unsteady {
		t.doubt()
	}
}
