package evidence

import (
	"math"

	"gaitkeeper/gait"
)

// longest is the number of minutes looked at one by one; longer runs are
// looked at in pairs, fours and so on.
const longest = 90

// noiseMinutes is how many minutes the runner's usual spread counts for beside
// the run's own minutes.
const noiseMinutes = 45

// What moves the balance of a run without being a change of the gait: its
// mean, the slide from start to end, what its beginning does and loses again,
// the way back with the road's other side up, speed and slope.
const (
	ofMean = iota
	ofSlide
	ofStart
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
	// start falls from 1 at the end of the warm-up to nothing.
	start []float64
	// turn is -1/2 on the way out and 1/2 on the way back, all 0 off the road;
	// speed and grade are against the run's own mean.
	turn, speed, grade []float64
	// downhill and fast are how far each minute is that, from 0 to 1.
	downhill, fast []float64
	// usual and variance are what each column does in this runner's runs.
	usual, variance [columns]float64
	// loose is the variance of the mean in a run whose strap sits badly or is
	// another one, looseShare the share of such runs.
	loose, looseShare float64
	noise             float64 // usual spread of a minute
	rough             float64 // how many times wider than elsewhere it is on this ground
	harmless          [harms]harm
}

// change is what the scan of a run found.
type change struct {
	left, right float64 // Bayes factors of a change that spares that foot
	size        float64 // points, the likeliest
	onset       float64 // seconds from the start; 0 where it was there then, and ended
	felt        gait.Felt
	spread      float64        // the run's own spread of a minute, without the slide
	calm        float64        // the same without the likeliest change
	harm        [harms]float64 // how far each kind of harmless change is believed, were there no limp
	// what the run alone says of these
	slid, start, turn effect
}

func (c *change) sides() sides { return sides{c.left, c.right} }

// effect is what one run says of an effect: an estimate and its variance.
type effect struct{ points, variance float64 }

// scan looks for a change in the middle of a run. The minutes are fractional
// noise around a mean, with what the runner's runs do anyway taken out as far as
// it fits; a change of any size a limp may have is weighed against none and
// against one that means nothing. The mean is expected at the runner's normal,
// or anywhere around it where the strap sits badly: so the minutes before a
// change, however few, are compared with the runs before as well.
func scan(s *series, k *kernel) change {
	p := project(s, k)
	found, _ := p.explain(freeMean) // how the minutes scatter does not depend on where their mean lies
	near, nearLike := p.explain(s.variance[ofMean])
	far, farLike := p.explain(s.loose)
	share := 1 / (1 + s.looseShare/(1-s.looseShare)*math.Exp(farLike-nearLike))
	p.weigh(&near, share)
	p.weigh(&far, 1-share)
	louder := &near
	if far.left+far.right > near.left+near.right {
		louder = &far
	}
	found.size, found.onset, found.felt, found.calm = louder.size, louder.onset, louder.felt, found.calmBut(louder)
	none := 0.0
	for i := range found.harm {
		found.harm[i] = near.harm[i] + far.harm[i]
		none += found.harm[i]
	}
	for i := range found.harm {
		found.harm[i] /= none
	}
	found.left, found.right = (near.left+far.left)/none, (near.right+far.right)/none
	return found.change
}

// freeMean is the variance of a mean that may lie anywhere.
const freeMean = 1e4

// leastShare is the share of runs below which their mean is not looked for there.
const leastShare = 0.03

// projection is a run with the memory of its minutes taken off: what the
// columns have in common with each other, with the balance, and with changes.
type projection struct {
	*series
	kernel *kernel
	square float64 // of the balance
	fit    fit     // without what is expected of the mean
	shapes []shape // the changes that a limp may be
}

// explained is a run with a mean that is expected within some bounds.
type explained struct {
	change
	fit  fit
	rest float64 // sum of squares without a change
	// likeliest is the change that is believed most.
	likeliest shape
}

// calmBut is the spread of the minutes without the likeliest change of another
// explanation.
func (e *explained) calmBut(o *explained) float64 {
	t := &o.likeliest
	if t.square == 0 {
		return e.spread
	}
	a, b := t.y-dot(t.x[:], e.fit.points[:]), t.square-e.fit.quadratic(&t.x)
	return e.spread * math.Sqrt(max(0, 1-a*a/b/e.rest))
}

func project(s *series, k *kernel) *projection {
	n := len(s.balance)
	design := [columns][]float64{ones(n), along(n), s.start, s.turn, s.speed, s.grade}
	room := make([]float64, (columns-1)*n)
	y := room[:n]
	for i, b := range s.balance {
		y[i] = b
		for c, usual := range s.usual {
			y[i] -= usual * design[c][i]
		}
	}
	ax := [columns][]float64{k.ones, k.time}
	for c := ofStart; c < columns; c++ {
		ax[c] = k.times(room[(c-1)*n:c*n], design[c])
	}
	ay := k.times(make([]float64, n), y)
	p := &projection{series: s, kernel: k, square: dot(y, ay), shapes: shapes(s, k, ay, ax)}
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

// explain fits the run where the mean is expected with a variance, and returns the
// logarithm of how likely it is then without a change.
func (p *projection) explain(variance float64) (e explained, like float64) {
	n := float64(len(p.balance))
	e.fit = p.fit
	e.fit.gram[ofMean][ofMean] += p.noise * p.noise / variance
	det := e.fit.solve()
	e.rest = max(0, p.square-dot(e.fit.xy[:], e.fit.points[:]))
	e.spread = math.Sqrt(e.rest / n)
	e.slid, e.start, e.turn = e.fit.alone(p.series, ofSlide), e.fit.alone(p.series, ofStart), e.fit.alone(p.series, ofTurn)
	w := p.weight(e.rest)
	return e, -(math.Log(variance*det) + w.minutes*math.Log(w.base)) / 2
}

func (p *projection) weight(rest float64) weight {
	return weight{base: noiseMinutes*p.noise*p.noise + rest, minutes: noiseMinutes + float64(len(p.balance))}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// weigh fills in the changes, of runs that are the given share of all: for every
// shape the likelihood of the run with the size and the noise's spread integrated out.
func (p *projection) weigh(e *explained, share float64) {
	if share < leastShare {
		return
	}
	w := p.weight(e.rest)
	best := 0.0
	for i := range p.shapes {
		s := &p.shapes[i]
		a := s.y - dot(s.x[:], e.fit.points[:])
		b := s.square - e.fit.quadratic(&s.x)
		left, right := 0.0, 0.0
		for _, l := range limps {
			left += l.share / 2 * w.like(a, b, -l.mean, l.spread)
			right += l.share / 2 * w.like(a, b, l.mean, l.spread)
		}
		for j, h := range p.harmless {
			if h.spread > 0 {
				e.harm[j] += share * s.share * h.share * w.like(a, b, 0, h.spread)
			}
		}
		e.left += share * s.share * left
		e.right += share * s.share * right
		if s.share*(left+right) > best {
			best, e.size = s.share*(left+right), a/b
			e.likeliest, e.onset, e.felt = *s, s.onset, s.felt
		}
	}
	e.harm[0] += share * p.harmless[0].share
}

// weight is what a change in a run is weighed with: the sum of squares without
// one and the minutes that speak for the noise's spread.
type weight struct{ base, minutes float64 }

// like is how much more likely the run is with a change whose size is spread
// around a mean than without one. Over all sizes s it integrates the sum of
// squares base - 2sa + s²b, and with it the noise's spread (Student's t).
func (w weight) like(a, b, mean, spread float64) float64 {
	noise := w.base / w.minutes
	share := 1 + spread*spread*b/noise
	gain := (2*a*mean - b*mean*mean + a*a*spread*spread/noise) / share
	rest := max(1-gain/w.base, 1e-3)
	return math.Exp(-(math.Log(share) + w.minutes*math.Log(rest)) / 2)
}
