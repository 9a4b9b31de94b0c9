package gait

// AnalysisParams are the numbers of the measurement and of the detector.
type AnalysisParams struct {
	WarmUp       float64
	CadenceMin   float64
	CadenceMax   float64
	SpeedMin     float64
	StanceMin    float64
	StanceMax    float64
	GradeMax     float64
	BlockSeconds int
	MinBlocks    int
	BaselineRuns int
	LearningRuns int
	Refractory   int
	NormalRuns   int
}

func (p *AnalysisParams) table() []Parameter {
	n := func(key string, v *int, def, low, high float64, unit, meaning, source string) Parameter {
		return Parameter{"analysis." + key, def, low, high, unit, meaning, source, nil, v}
	}
	f := func(key string, v *float64, def, low, high float64, unit, meaning, source string) Parameter {
		return Parameter{"analysis." + key, def, low, high, unit, meaning, source, v, nil}
	}
	const choice = "ours, a design choice"
	return []Parameter{
		f("warm_up", &p.WarmUp, 300, 0, 1800, "s", "the first part of a run, kept out of the blocks", choice),
		f("cadence_min", &p.CadenceMin, 140, 80, 200, "steps/min", "slower steps are walking", choice),
		f("cadence_max", &p.CadenceMax, 220, 180, 300, "steps/min", "faster steps are a fault of the sensor", choice),
		f("speed_min", &p.SpeedMin, 1.8, 0.5, 4, "m/s", "slower is walking", choice),
		f("stance_min", &p.StanceMin, 150, 80, 250, "ms", "shorter stance times are a fault of the sensor", choice),
		f("stance_max", &p.StanceMax, 400, 250, 700, "ms", "longer stance times are walking", choice),
		f("grade_max", &p.GradeMax, 10, 1, 40, "%", "steeper seconds are left out", choice),
		n("block_seconds", &p.BlockSeconds, 40, 10, 60, "s", "good seconds that make a minute count", choice),
		n("min_blocks", &p.MinBlocks, 8, 3, 60, "min", "steady minutes a run needs to be judged", choice),
		n("baseline_runs", &p.BaselineRuns, 20, 5, 100, "runs", "runs the runner's normal rests on", choice),
		n("learning_runs", &p.LearningRuns, 3, 1, 20, "runs", "runs before anything is said of the balance", "Ahamed et al. 2019: a baseline steadies after 4 to 5 runs"),
		n("refractory_runs", &p.Refractory, 7, 1, 50, "runs", "runs for which the same side is not asked about again", choice),
		n("normal_runs", &p.NormalRuns, 3, 1, 20, "runs", "normal runs that end a measured episode", choice),
	}
}
