package daemon

import "runtime/debug"

// relaxedGC is how much the heap may grow while files are taken in before it is
// cleaned, in percent: a sixth less work, for some 20 MiB more at the peak.
const relaxedGC = 300

// idleGC is how much the heap may grow before it is cleaned while the daemon
// runs, in percent: it makes little garbage, and memory counts for more.
const idleGC = 50

// relaxGC lets garbage lie while files are taken in; the returned function goes
// back to normal.
func relaxGC() (done func()) {
	before := debug.SetGCPercent(relaxedGC)
	return func() { debug.SetGCPercent(before) }
}

// softLimit is how much memory an import may hold, in bytes, before garbage is
// cleaned more often than relaxedGC would: with decades of runs to fold the
// growth that is allowed by share would be a lot.
const softLimit = 110 << 20

// limitMemory keeps memory near softLimit; the returned function goes back to normal.
func limitMemory() (done func()) {
	before := debug.SetMemoryLimit(softLimit)
	return func() { debug.SetMemoryLimit(before) }
}

// tidy gives what a fold left behind back to the system: the daemon is idle for
// most of its life, and nothing else would press it to.
func (a *App) tidy() {
	a.seasons.mu.Lock()
	fresh := a.seasons.fresh
	a.seasons.fresh = false
	a.seasons.mu.Unlock()
	if fresh {
		debug.FreeOSMemory()
	}
}
