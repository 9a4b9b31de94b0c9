package evidence

// frequency is how often something happens in this runner's runs. It is learned
// from what was usual over runners: a gamma prior that counts for so many runs.
type frequency struct{ seen, runs float64 }

// share is that of the next run, where over runners it is the usual one.
func (f *frequency) share(usual, counts float64) float64 {
	return (counts*usual + f.seen) / (counts + f.runs)
}

// learn takes in how far it is believed of a run; of the runs before it some is
// forgotten.
func (f *frequency) learn(believed, kept float64) {
	f.seen, f.runs = f.seen*kept+believed, f.runs*kept+1
}

const (
	// slipRuns is how many runs the usual share of slips counts for, slipMemory how
	// much of what was learned is kept from run to run.
	slipRuns, slipMemory = 30, 0.99
	// swapRuns and swapMemory are the same for changes of the strap.
	swapRuns, swapMemory = 25, 0.995
)

// swaps is how often this runner's strap reads otherwise from some run on, and
// nothing announces it: another strap of the same make, firmware, a new way to wear
// it. It is learned from the stories that have become the normal.
type swaps [straplike]frequency

// swapSpreads are what the two kinds do, in points; swapShares how many of them
// are of which.
var (
	swapSpreads = [straplike]float64{0.5, 1.2}
	swapShares  = [straplike]float64{0.75, 0.25}
)

func swapVariances() (v [straplike]float64) {
	for k, spread := range swapSpreads {
		v[k] = spread * spread
	}
	return v
}

// rates are the chances of each kind in the next run, where over runners there is
// one in so many.
func (w *swaps) rates(every float64) (r [straplike]float64) {
	for k, share := range swapShares {
		r[k] = w[k].share(share/every, swapRuns)
	}
	return r
}

// learn takes in what has become the normal with a run.
func (w *swaps) learn(all beliefs) {
	for k := range w {
		settled := 0.0
		for i := range all {
			settled += all[i].weight * all[i].settled[k]
		}
		w[k].learn(settled, swapMemory)
	}
}

// slipped is how far it is believed that the strap sat badly in the run, had
// nothing begun.
func (all beliefs) slipped() float64 {
	sum := 0.0
	for i := range all {
		sum += all[i].weight * all[i].slipped
	}
	return sum
}
