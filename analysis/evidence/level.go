package evidence

import "math"

// level is what is believed of the runner's balance, in percent: an anchor that
// stays, a wander around it that is forgotten in some weeks, and the size of a
// shift, jointly normal. It is the state of a Kalman filter.
type level struct {
	anchor, wander, size float64    // means
	cov                  covariance // percent squared
}

// covariance holds the variances of anchor, wander and size, and what each pair
// shares.
type covariance struct{ aa, ww, ss, aw, as, ws float64 }

// mean is the balance to be expected without the shift, variance how unsure it is.
func (l *level) mean() float64     { return l.anchor + l.wander }
func (l *level) variance() float64 { return l.cov.aa + 2*l.cov.aw + l.cov.ww }

// drift moves the level on: of the wander a share is kept and new comes in.
func (l *level) drift(kept, wander, anchor float64) {
	l.wander *= kept
	c := &l.cov
	c.ww = kept*kept*c.ww + (1-kept*kept)*wander
	c.aw *= kept
	c.ws *= kept
	c.aa += anchor
}

// with returns the level with a share of the shift taken into the anchor.
func (l *level) with(share float64) level {
	c := l.cov
	return level{anchor: l.anchor + share*l.size, wander: l.wander, cov: covariance{
		aa: c.aa + 2*share*c.as + share*share*c.ss, ww: c.ww, aw: c.aw + share*c.ws,
	}}
}

// without returns the level alone, the shift forgotten.
func (l *level) without() level { return l.with(0) }

// observe returns how likely the balance is where the given share of the shift is
// in it, how far the strap is believed to have sat badly then, and the level after
// it. A run is noisy as usual, or the strap sits badly and it is much noisier, with
// the chance slip; the level follows the mixture of both, so that such a run moves it little.
func (l *level) observe(balance, share, noise, slip float64) (like, slipped float64, next level) {
	c := &l.cov
	ca, cw, cs := c.aa+c.aw+share*c.as, c.aw+c.ww+share*c.ws, c.as+c.ws+share*c.ss
	off, variance := balance-l.anchor-l.wander-share*l.size, ca+cw+share*cs
	good, bad := 1/(variance+noise), 1/(variance+noise*slipFactor*slipFactor)
	goodLike := (1 - slip) * density(off, good)
	badLike := slip * density(off, bad)
	like = goodLike + badLike + impossible
	p := goodLike / like
	gain := p*good + (1-p)*bad
	between := off * (good - bad)
	shrink := gain - p*(1-p)*between*between
	return like, badLike / like, level{
		l.anchor + ca*gain*off, l.wander + cw*gain*off, l.size + cs*gain*off,
		covariance{
			c.aa - ca*ca*shrink, c.ww - cw*cw*shrink, c.ss - cs*cs*shrink,
			c.aw - ca*cw*shrink, c.as - ca*cs*shrink, c.ws - cw*cs*shrink,
		},
	}
}

// impossible keeps the likelihood of a balance that cannot be from vanishing.
const impossible = 1e-200

// density of a normal distribution, by the inverse of its variance.
func density(off, inverse float64) float64 {
	return math.Exp(-off*off*inverse/2) * math.Sqrt(inverse/(2*math.Pi))
}

// collapse joins several levels into one with their common mean and variance.
type collapse struct {
	weight, anchor, wander, size float64
	cov                          covariance // second moments
}

func (c *collapse) add(weight float64, l *level) {
	c.weight += weight
	a := l.anchor - 50
	c.anchor += weight * a
	c.wander += weight * l.wander
	c.size += weight * l.size
	c.cov.aa += weight * (l.cov.aa + a*a)
	c.cov.ww += weight * (l.cov.ww + l.wander*l.wander)
	c.cov.ss += weight * (l.cov.ss + l.size*l.size)
	c.cov.aw += weight * (l.cov.aw + a*l.wander)
	c.cov.as += weight * (l.cov.as + a*l.size)
	c.cov.ws += weight * (l.cov.ws + l.wander*l.size)
}

func (c *collapse) level() level {
	f := 1 / c.weight
	a, w, s := c.anchor*f, c.wander*f, c.size*f
	return level{50 + a, w, s, covariance{
		c.cov.aa*f - a*a, c.cov.ww*f - w*w, c.cov.ss*f - s*s,
		c.cov.aw*f - a*w, c.cov.as*f - a*s, c.cov.ws*f - w*s,
	}}
}
