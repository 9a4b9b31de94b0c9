package evidence

import "math"

// longest is the number of minutes looked at one by one; longer runs are
// looked at in pairs, fours and so on.
const longest = 90

// edge is the number of minutes before and after a change that it needs.
const edge = 3

// slowShare is the share of changes inside a run that come slowly.
const slowShare = 0.43

// benignSpread is the spread of changes in the middle of a run that mean
// nothing, in points; benignShare the share of runs that have one.
const (
	benignSpread = 0.2
	benignShare  = 0.5
)

// noiseMinutes is how many minutes the runner's usual spread counts for beside
// the run's own minutes.
const noiseMinutes = 45

// limps are the sizes of a change that would be a limp: mean and spread of two
// bell curves, in points, together about 0.6 to 4; each on both sides.
var limps = [...]struct{ mean, spread float64 }{{1.2, 0.4}, {2.5, 0.9}}

// What moves the balance of a run without being a change of the gait: its
// mean, the slide from start to end, the way back with the road's other side
// up, speed and slope.
const (
	ofMean = iota
	ofSlide
	ofTurn
	bySpeed
	byGrade
	columns
)

// series is a run minute by minute: the balance and what may move it beside
// the runner's gait.
type series struct {
	second  []float64
	balance []float64
	// turn is -1/2 on the way out and 1/2 on the way back, all 0 off the road;
	// speed and grade are against the run's own mean.
	turn, speed, grade []float64
	// usual and variance are what each column does in this runner's runs.
	usual, variance [columns]float64
	// loose is the variance of the mean in a run whose strap sits badly or is
	// another one, looseShare the share of such runs.
	loose, looseShare float64
	noise             float64 // usual spread of a minute
	rough             float64 // how many times wider than elsewhere it is on this ground
	benign            float64 // spread of changes that mean nothing
}

// change is what the scan of a run found.
type change struct {
	changes            // once scanned, left and right are Bayes factors
	size       float64 // points, the likeliest
	onset      float64 // seconds from the start
	spread     float64 // the run's own spread of a minute, without the slide
	calm       float64 // the same without the likeliest change
	slid, turn effect  // what the run alone says of these
}

func (c *change) sides() sides { return sides{c.left, c.right} }

// effect is what one run says of an effect: an estimate and its variance.
type effect struct{ points, variance float64 }

// scan looks for a change in the middle of a run. The minutes are fractional
// noise around a mean, with what the runner's runs do anyway taken out as far
// as it fits; a change of any size a limp may have is weighed against none and
// against one that means nothing. The mean is expected at the runner's normal,
// or anywhere around it where the strap sits badly: so the minutes before a
// change, however few, are held against the runs before as well.
func scan(s *series, k *kernel) change {
	p := project(s, k)
	found, _ := p.explain(freeMean) // how the minutes scatter does not hang on where their mean lies
	near, nearLike := p.explain(s.variance[ofMean])
	far, farLike := p.explain(s.loose)
	share := 1 / (1 + s.looseShare/(1-s.looseShare)*math.Exp(farLike-nearLike))
	near.changes, far.changes = near.times(share), far.times(1-share)
	if found.size, found.onset = far.size, far.onset; near.left+near.right > far.left+far.right {
		found.size, found.onset = near.size, near.onset
	}
	none := near.none + far.none
	found.left, found.right = (near.left+far.left)/none, (near.right+far.right)/none
	return found
}

// freeMean is the variance of a mean that may lie anywhere.
const freeMean = 1e4

// changes are the likelihoods of a change towards either side and of none that
// means anything, against the minutes as they are without one.
type changes struct{ left, right, none float64 }

func (c changes) times(share float64) changes {
	return changes{c.left * share, c.right * share, c.none * share}
}

// projection is a run with the memory of its minutes taken off: what the
// columns have in common with each other, with the balance, and with changes.
type projection struct {
	*series
	kernel *kernel
	square float64 // of the balance
	fit    fit     // without what is expected of the mean
	from   []tail  // changes of one point that begin with each minute
}

func project(s *series, k *kernel) *projection {
	n := len(s.balance)
	design := [columns][]float64{ones(n), along(n), s.turn, s.speed, s.grade}
	room := make([]float64, (columns-1)*n)
	y := room[:n]
	for i, b := range s.balance {
		y[i] = b
		for c, usual := range s.usual {
			y[i] -= usual * design[c][i]
		}
	}
	ax := [columns][]float64{k.ones, k.time}
	for c := ofTurn; c < columns; c++ {
		ax[c] = k.times(room[(c-1)*n:c*n], design[c])
	}
	ay := k.times(make([]float64, n), y)
	p := &projection{series: s, kernel: k, square: dot(y, ay), from: tails(ay, ax)}
	for c := range columns {
		for e := range c + 1 {
			p.fit.gram[c][e] = dot(ax[c], design[e])
			p.fit.gram[e][c] = p.fit.gram[c][e]
		}
		if c != ofMean {
			p.fit.gram[c][c] += s.noise * s.noise / s.variance[c]
		}
		p.fit.xy[c] = dot(ax[c], y)
	}
	return p
}

// explain returns what is found where the mean is expected with a variance, and
// the logarithm of how likely the run is then without a change.
func (p *projection) explain(variance float64) (found change, like float64) {
	n := float64(len(p.balance))
	f := p.fit
	f.gram[ofMean][ofMean] += p.noise * p.noise / variance
	det := f.solve()
	rest := max(0, p.square-dot(f.xy[:], f.points[:]))
	found = change{spread: math.Sqrt(rest / n)}
	found.calm = found.spread
	found.slid, found.turn = f.alone(p.series, ofSlide), f.alone(p.series, ofTurn)
	w := weight{base: noiseMinutes*p.noise*p.noise + rest, minutes: noiseMinutes + n}
	p.weigh(&found, &f, w, rest)
	return found, -(math.Log(variance*det) + w.minutes*math.Log(w.base)) / 2
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
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

// slow is a change that grows over as many minutes as there are tails: their
// mean.
func slow(tails []tail) tail {
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

// weigh fills in the changes: for every minute a change may begin with,
// at once or slowly, the likelihood of the run with the size and the noise's
// spread integrated out.
func (p *projection) weigh(found *change, f *fit, w weight, rest float64) {
	n := len(p.balance)
	var harmless, best float64
	consider := func(i int, t *tail, square, share float64) {
		a := t.y - dot(t.x[:], f.points[:])
		b := square - f.quadratic(&t.x)
		left, right := 0.0, 0.0
		for _, c := range limps {
			left += w.like(a, b, -c.mean, c.spread) / float64(2*len(limps))
			right += w.like(a, b, c.mean, c.spread) / float64(2*len(limps))
		}
		harmless += share * w.like(a, b, 0, p.benign)
		found.left += share * left
		found.right += share * right
		if share*(left+right) > best {
			best, found.size = share*(left+right), a/b
			found.calm = math.Sqrt(max(0, rest-a*a/b) / float64(n))
			found.onset = (p.second[i-1] + p.second[i]) / 2
		}
	}
	for i := edge; i <= n-edge; i++ {
		growing := slow(p.from[i : i+growth])
		consider(i, &p.from[i], p.kernel.sudden[i], 1-slowShare)
		consider(i, &growing, p.kernel.slow[i], slowShare)
	}
	places := float64(n - 2*edge + 1)
	found.left, found.right = found.left/places, found.right/places
	found.none = 1 - benignShare + benignShare*harmless/places
}

// weight is what a change in a run is weighed with: the sum of squares without
// one and the minutes that speak for the noise's spread.
type weight struct{ base, minutes float64 }

// like is how much likelier the run is with a change whose size is spread
// around a mean than without one. Over all sizes s it integrates the sum of
// squares base - 2sa + s²b, and with it the noise's spread (Student's t).
func (w weight) like(a, b, mean, spread float64) float64 {
	noise := w.base / w.minutes
	share := 1 + spread*spread*b/noise
	gain := (2*a*mean - b*mean*mean + a*a*spread*spread/noise) / share
	rest := max(1-gain/w.base, 1e-3)
	return math.Exp(-(math.Log(share) + w.minutes*math.Log(rest)) / 2)
}
