// Package alert decides what to tell the runner, and when.
//
// There is one log: the notices of what was said. [Next] compares an episode
// with it and returns a message, or the reason for silence. The daemon gives it
// the notices in the database; [Simulate] plays the same function over the history
// and writes its own log as it goes, which is what backtest and the thresholds
// page show. So a run's alert means the same everywhere.
//
// The package is pure: it reads no clock, and the same situation gives the same
// decisions. Once a decision is recorded it is not taken again.
package alert
