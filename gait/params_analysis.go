package gait

// AnalysisParams are the numbers of the measurement and of the detector.
type AnalysisParams struct {
	WarmUp        float64
	CadenceMin    float64
	CadenceMax    float64
	SpeedMin      float64
	StanceMin     float64
	StanceMax     float64
	GradeMax      float64
	AfterStop     float64
	BalanceMax    float64
	FrozenSeconds float64
	LostPoints    float64
	BlockSeconds  int
	MinBlocks     int
	LearningRuns  int

	AskLogOdds   float64
	WarnLogOdds  float64
	PainRoom     float64
	ShiftEvery   float64
	WithinEvery  float64
	StrapEvery   float64
	RunNoise     float64
	Wander       float64
	WanderRuns   float64
	SlipShare    float64
	SlipFactor   float64
	SensorOffset float64
	SensorJump   float64
	ShiftRuns    int
	RampRuns     int
	SpeedSlope   float64

	Refractory int
	NormalRuns int
}

func (p *AnalysisParams) table() []Parameter {
	return append(p.measureTable(), p.detectorTable()...)
}

const (
	ours      = "ours, a design choice"
	ourFigure = "measured on real runs of a few runners"
)

func (p *AnalysisParams) measureTable() []Parameter {
	n, f := section("analysis").count, section("analysis").figure
	return []Parameter{
		f("warm_up", &p.WarmUp, 300, 0, 1800, "s", "the first part of a run, kept out of the blocks", ours),
		f("cadence_min", &p.CadenceMin, 130, 80, 200, "steps/min", "slower steps are walking", ours),
		f("cadence_max", &p.CadenceMax, 220, 180, 300, "steps/min", "faster steps are a fault of the sensor", ours),
		f("speed_min", &p.SpeedMin, 1.5, 0.5, 4, "m/s", "slower is walking", ours),
		f("stance_min", &p.StanceMin, 150, 80, 250, "ms", "shorter stance times are a fault of the sensor", ours),
		f("stance_max", &p.StanceMax, 400, 250, 700, "ms", "longer stance times are walking", ours),
		f("grade_max", &p.GradeMax, 10, 1, 40, "%", "steeper seconds are not used", ours),
		f("after_stop", &p.AfterStop, 15, 0, 120, "s", "not used after a stop or a walk: the strap still shows old values", ours),
		f("balance_max", &p.BalanceMax, 9, 2, 20, "points", "a balance farther from 50 is the sensor, not a leg", "99 of 100 runners live within 4 points of even, and a plain limp is 3 to 5"),
		f("frozen_seconds", &p.FrozenSeconds, 120, 20, 600, "s", "a balance that stands still so long is stale", ours),
		f("lost_points", &p.LostPoints, 2.5, 1, 10, "points", "minutes that leave the run's balance by more and come back are lost contact", ourFigure),
		n("block_seconds", &p.BlockSeconds, 40, 10, 60, "s", "good seconds that make a minute count", ours),
		n("min_blocks", &p.MinBlocks, 8, 3, 60, "min", "steady minutes a run needs to be judged", ours),
	}
}

func (p *AnalysisParams) detectorTable() []Parameter {
	n, f := section("analysis").count, section("analysis").figure
	return []Parameter{
		n("learning_runs", &p.LearningRuns, 3, 1, 20, "runs", "runs before anything is said of the balance", "Ahamed et al. 2019: a baseline steadies after 4 to 5 runs"),
		f("ask", &p.AskLogOdds, -2.7, -10, 20, LogOdds, "a question is asked from this chance on, of the balance or of the running form", ours),
		f("warn", &p.WarnLogOdds, -1.3, -10, 20, LogOdds, "a warning is given from this chance on", ours),
		f("pain_room", &p.PainRoom, 1.5, 0, 5, LogOdds, "the most by which pain lowers both", ours),
		f("shift_every", &p.ShiftEvery, 400, 10, 10000, "runs", "one run in so many begins an injury", "Garmin-RUNSAFE: 1,820 injuries in 588,071 sessions"),
		f("within_every", &p.WithinEvery, 130, 10, 10000, "runs", "one run in so many sees a shift begin in its middle", ours),
		f("strap_every", &p.StrapEvery, 250, 10, 10000, "runs", "from one run in so many on the strap reads otherwise, and nothing tells", ours),
		f("run_noise", &p.RunNoise, 0.36, 0.05, 2, "points", "usual spread of the balance from run to run, before the runner's own is known", ourFigure),
		f("wander", &p.Wander, 0.40, 0.01, 2, "points", "usual spread of the normal's slow wander", ourFigure),
		f("wander_runs", &p.WanderRuns, 20, 2, 200, "runs", "runs in which the wander is forgotten", ourFigure),
		f("slip_share", &p.SlipShare, 0.03, 0.001, 0.3, "share", "runs in which the strap sits badly", ourFigure),
		f("slip_factor", &p.SlipFactor, 4, 1.5, 10, "times", "how much wider such a run spreads", ourFigure),
		f("sensor_offset", &p.SensorOffset, 0.7, 0.1, 3, "points", "spread between two sensors on the same runner", ours),
		f("sensor_jump", &p.SensorJump, 6, 2, 15, "points", "a run farther from the runner's normal is the sensor", ours),
		n("shift_runs", &p.ShiftRuns, 16, 5, 40, "runs", "a shift that has lasted so long unexplained is the new normal", ours),
		n("ramp_runs", &p.RampRuns, 14, 2, 30, "runs", "length of a shift that comes slowly", ours),
		f("speed_slope", &p.SpeedSlope, 0.5, 0.05, 5, "points per m/s", "spread of the effect of speed over runners", ours),
		n("refractory_runs", &p.Refractory, 7, 1, 50, "runs", "runs for which the same side is not asked about again", ours),
		n("normal_runs", &p.NormalRuns, 3, 1, 20, "runs", "normal runs that end a measured episode", ours),
	}
}
