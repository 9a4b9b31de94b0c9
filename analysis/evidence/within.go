package evidence

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// hurst says how slowly the minutes of a run forget: their means over longer
// stretches keep a spread of n^(hurst-1). 0.73 to 0.8 in real runs.
const hurst = 0.75

// longest is the number of minutes looked at one by one; longer runs are
// looked at in pairs, fours and so on.
const longest = 90

// edge is the number of minutes before and after a change that it needs.
const edge = 4

// benignSpread is the spread of changes in the middle of a run that mean
// nothing, in points; benignShare the share of runs that have one.
const (
	benignSpread = 0.4
	benignShare  = 0.5
)

// noiseRuns is how many minutes the runner's usual spread counts for beside
// the run's own minutes.
const noiseMinutes = 30

// kernel is the inverse covariance of n minutes of fractional noise with unit
// spread, with what the scan needs of it.
type kernel struct {
	inverse *mat.SymDense
	// tail[k] is the sum over the corner from k on: a step against itself.
	tail []float64
}

func newKernel(n int) *kernel {
	power := func(k int) float64 { return math.Pow(math.Abs(float64(k)), 2*hurst) }
	covariance := make([]float64, n)
	for lag := range n {
		covariance[lag] = (power(lag+1) - 2*power(lag) + power(lag-1)) / 2
	}
	c := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			c.SetSym(i, j, covariance[j-i])
		}
	}
	var chol mat.Cholesky
	chol.Factorize(c)
	k := &kernel{inverse: mat.NewSymDense(n, nil), tail: make([]float64, n+1)}
	if err := chol.InverseTo(k.inverse); err != nil {
		panic("evidence: covariance of fractional noise is singular") // cannot be: it is positive definite for every n
	}
	for i := n - 1; i >= 0; i-- {
		row := k.inverse.At(i, i)
		for j := i + 1; j < n; j++ {
			row += 2 * k.inverse.At(i, j)
		}
		k.tail[i] = k.tail[i+1] + row
	}
	return k
}

// series is a run minute by minute: the balance and what may move it beside
// the runner's gait.
type series struct {
	second        []float64
	balance       []float64
	speed, grade  []float64 // against the run's own mean
	slide         float64   // usual slide from start to end, points
	slideVariance float64
	slopes        [2]float64 // variance of the slopes of speed and grade
	noise         float64    // usual spread of a minute
}

// change is what the scan of a run found.
type change struct {
	left, right float64 // Bayes factors for a change towards either side
	size        float64 // points, the likeliest
	onset       float64 // seconds from the start
	spread      float64 // the run's own spread of a minute, without the slide
	slid        float64 // its slide from start to end
}

// columns is the number of things that move the balance of a run without
// being a change: its mean, the slide, speed and grade.
const columns = 4

// scan looks for a change in the middle of a run. The minutes are fractional
// noise around a mean, with the runner's slide and the effects of speed and
// hills taken out as far as they fit; a change of any size the runner may have
// is weighed against none and against one that means nothing.
func scan(s *series, k *kernel) change {
	n := len(s.balance)
	design := s.design()
	y := mat.NewVecDense(n, nil)
	for i, b := range s.balance {
		y.SetVec(i, b-50-s.slide*design[1][i])
	}
	var ay mat.VecDense
	ay.MulVec(k.inverse, y)
	ax := [columns]*mat.VecDense{}
	for c := range columns {
		ax[c] = &mat.VecDense{}
		ax[c].MulVec(k.inverse, mat.NewVecDense(n, design[c]))
	}
	gram := mat.NewSymDense(columns, nil)
	xy := mat.NewVecDense(columns, nil)
	for c := range columns {
		for e := c; e < columns; e++ {
			gram.SetSym(c, e, mat.Dot(ax[c], mat.NewVecDense(n, design[e])))
		}
		xy.SetVec(c, mat.Dot(ax[c], y))
	}
	v := s.noise * s.noise
	for c, prior := range [columns]float64{1e4, s.slideVariance, s.slopes[0], s.slopes[1]} {
		gram.SetSym(c, c, gram.At(c, c)+v/prior)
	}
	var chol mat.Cholesky
	if !chol.Factorize(gram) {
		return change{}
	}
	var fit mat.VecDense
	_ = chol.SolveVecTo(&fit, xy)
	rest := mat.Dot(y, &ay) - mat.Dot(xy, &fit)
	found := change{spread: math.Sqrt(max(rest, 0) / float64(n)), slid: s.slide + fit.AtVec(1)}
	s.weigh(&found, k, &ay, ax, &chol, &fit, rest)
	return found
}

// design returns the columns: ones, time from -1/2 to 1/2, speed and grade.
func (s *series) design() [columns][]float64 {
	n := len(s.balance)
	ones, time := make([]float64, n), make([]float64, n)
	for i := range n {
		ones[i] = 1
		time[i] = float64(i)/float64(n-1) - 0.5
	}
	return [columns][]float64{ones, time, s.speed, s.grade}
}

// weigh fills in the Bayes factors: for every minute a change may begin with
// and every size, the likelihood of the run with the noise's spread integrated
// out.
func (s *series) weigh(found *change, k *kernel, ay *mat.VecDense, ax [columns]*mat.VecDense, chol *mat.Cholesky, fit *mat.VecDense, rest float64) {
	n := len(s.balance)
	base := noiseMinutes*s.noise*s.noise + max(rest, 0)
	power := -float64(noiseMinutes+n) / 2
	like := func(size, a, b float64) float64 {
		return math.Exp(power * math.Log(max(base-2*size*a+size*size*b, base*1e-3)/base))
	}
	var tailY float64
	tailX, solved := mat.NewVecDense(columns, nil), mat.NewVecDense(columns, nil)
	var harmless, best float64
	for i := n - 1; i >= edge; i-- {
		tailY += ay.AtVec(i)
		for c := range columns {
			tailX.SetVec(c, tailX.AtVec(c)+ax[c].AtVec(i))
		}
		if i > n-edge {
			continue
		}
		_ = chol.SolveVecTo(solved, tailX)
		a := tailY - mat.Dot(tailX, fit)
		b := k.tail[i] - mat.Dot(tailX, solved)
		left, right := 0.0, 0.0
		for _, size := range sizes {
			left += like(-size, a, b) / float64(2*len(sizes))
			right += like(size, a, b) / float64(2*len(sizes))
		}
		harmless += benignLike(like, a, b)
		found.left += left
		found.right += right
		if left+right > best {
			best, found.size = left+right, a/b
			found.onset = (s.second[i-1] + s.second[i]) / 2
		}
	}
	places := float64(n - 2*edge + 1)
	none := 1 - benignShare + benignShare*harmless/places
	found.left /= places * none
	found.right /= places * none
}

// benign are the sizes of changes that mean nothing, in points.
var benign = [...]float64{0.25, 0.5, 0.75, 1, 1.5, 2}

// benignLike is the likelihood of a change that means nothing.
func benignLike(like func(size, a, b float64) float64, a, b float64) float64 {
	sum, weights := 0.0, 0.0
	for _, size := range benign {
		w := math.Exp(-size * size / (2 * benignSpread * benignSpread))
		sum += w * (like(size, a, b) + like(-size, a, b))
		weights += 2 * w
	}
	return sum / weights
}
