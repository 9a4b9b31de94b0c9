package gait

// Form says whether the running form differs from the runner's habit, and in
// what.
type Form struct {
	Level Level     `json:"level"`
	What  []Feature `json:"what"`
	// LogOdds is the natural log of the odds that a limp, or what looks like
	// one, has changed the form; what was known beforehand is in it.
	LogOdds float64 `json:"log_odds"`
	// ByPain tells that the level was only reached because a new pain was known
	// beforehand.
	ByPain bool `json:"-"`
	// Runs is how many runs the change has lasted, this run counted.
	Runs int `json:"-"`
	// Readings is what was looked at.
	Readings []FormReading `json:"-"`
}

// FormReading is one feature of a run beside the runner's habit of it, in the
// feature's own unit: steps a minute, ms, mm, or hundredths. The pace is a
// hundred times the natural log of the speed in m/s.
type FormReading struct {
	Feature Feature
	Value   float64
	// Usual is what was expected at the run's speed, slope and length and with
	// its device, Spread the standard deviation of the runner's runs around it.
	Usual, Spread float64
	// Change is what the runs since the change began say of its size, where there
	// is one.
	Change float64
}
