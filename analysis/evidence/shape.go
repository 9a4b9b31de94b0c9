package evidence

import "gaitkeeper/gait"

// The shapes of a change inside a run, with their shares of all; ours. A limp that
// comes or goes evenly does so from the start of the run, one that is felt in places
// only does so downhill or above the runner's usual speed.
const (
	suddenShare, slowShare, evenShare = 0.37, 0.27, 0.16
	feltShare                         = 0.10 // downhill, and as many where it is fast
	// fadeShare is the share of those that have a beginning or an end which are a limp
	// that warms off and not one that begins.
	fadeShare = 0.5
	// edge is the number of minutes before and after a change that it needs.
	edge = 3
	// steep, in percent, and fast, as a share of the usual speed above it, are where a
	// limp that is felt there only is felt in full.
	steep, fast = 1.5, 0.10
)

// shape is one way in which a limp of one point may lie in a run.
type shape struct {
	tail
	square float64 // against itself
	share  float64 // of all changes inside runs
	onset  float64 // seconds from the start; 0 where it was there then
	felt   gait.Felt
}

// shapes are all of them: for every minute a change that begins or ends with it, at
// once, slowly, or evenly from the start on, and the places where alone it is felt.
func shapes(s *series, k *kernel, ay []float64, ax [columns][]float64) []shape {
	n := len(ay)
	from := tails(ay, ax)
	whole := &from[0]
	positions := float64(n - 2*edge + 1)
	out := make([]shape, 0, 6*n)
	add := func(t tail, square, share, onset float64) {
		// what is there from the start and ends where the change begins
		until := tail{y: whole.y - t.y}
		for c := range columns {
			until.x[c] = whole.x[c] - t.x[c]
		}
		out = append(out,
			shape{t, square, share / positions * (1 - fadeShare), onset, ""},
			shape{until, whole.x[ofMean] - 2*t.x[ofMean] + square, share / positions * fadeShare, 0, gait.FeltAtFirst})
	}
	for i := edge; i <= n-edge; i++ {
		begins := (s.second[i-1] + s.second[i]) / 2
		add(from[i], k.sudden[i], suddenShare, begins)
		add(mean(from[i:i+growth]), k.slow[i], slowShare, begins)
		add(mean(from[:i]), k.even[i], evenShare, s.second[i/2])
	}
	for _, part := range []struct {
		felt  gait.Felt
		where []float64
	}{{gait.FeltDownhill, s.downhill}, {gait.FeltFast, s.fast}} {
		where := part.where
		if sum := dot(where, ones(n)); sum < edge || sum > float64(n-edge) {
			continue // felt nowhere or everywhere: no change inside the run
		}
		t := tail{y: dot(where, ay)}
		for c := range columns {
			t.x[c] = dot(where, ax[c])
		}
		out = append(out, shape{t, dot(where, k.times(make([]float64, n), where)), feltShare, 0, part.felt})
	}
	return out
}

// tail is a change of one point that begins with a minute, against the balance
// and against each column.
type tail struct {
	y float64
	x [columns]float64
}

// tails returns the tail from every minute on, and some that are empty.
func tails(ay []float64, ax [columns][]float64) []tail {
	n := len(ay)
	out := make([]tail, n+growth)
	for i := n - 1; i >= 0; i-- {
		out[i].y = out[i+1].y + ay[i]
		for c := range columns {
			out[i].x[c] = out[i+1].x[c] + ax[c][i]
		}
	}
	return out
}

// mean is a change that grows by as much with each of the tails.
func mean(tails []tail) tail {
	var mean tail
	n := float64(len(tails))
	for i := range tails {
		mean.y += tails[i].y / n
		for c := range columns {
			mean.x[c] += tails[i].x[c] / n
		}
	}
	return mean
}
