package daemon

import "runtime/debug"

// hurriedGC is how much the heap may grow while files are taken in before it is
// cleaned, in percent: a sixth less work, for some 20 MiB more at the peak.
const hurriedGC = 300

// idleGC is how much the heap may grow before it is cleaned while the daemon
// runs, in percent: it makes little garbage, and memory counts for more.
const idleGC = 50

// hurry lets garbage lie while files are taken in; the returned function goes
// back to normal.
func hurry() (done func()) {
	before := debug.SetGCPercent(hurriedGC)
	return func() { debug.SetGCPercent(before) }
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
