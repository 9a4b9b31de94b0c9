package evidence

// swaps is how often this runner's strap reads otherwise from some run on, and
// nothing announces it: another strap of the same make, firmware, a new way to wear
// it. The rate of each kind is learned (Poisson, with a gamma prior), from the
// stories that have become the normal.
type swaps struct {
	seen [straplike]float64
	runs float64
}

// swapSpreads are what the two kinds do, in points; swapShares how many of them
// are of which.
var (
	swapSpreads = [straplike]float64{0.5, 1.2}
	swapShares  = [straplike]float64{0.75, 0.25}
)

const (
	// swapRuns is how many runs the usual rate counts for.
	swapRuns = 25
	// swapMemory is how much of what was learned is kept from run to run.
	swapMemory = 0.995
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
		r[k] = (swapRuns*share/every + w.seen[k]) / (swapRuns + w.runs)
	}
	return r
}

// learn takes in what has become the normal with a run.
func (w *swaps) learn(all beliefs) {
	w.runs = w.runs*swapMemory + 1
	for k := range w.seen {
		w.seen[k] *= swapMemory
		for i := range all {
			w.seen[k] += all[i].weight * all[i].settled[k]
		}
	}
}
