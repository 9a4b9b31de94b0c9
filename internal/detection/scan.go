package main

import (
	"math"
	"sync"
	"time"

	"gonum.org/v1/gonum/mat"
)

// scanned is what the fixed scan inside a run found.
type scanned struct {
	// loudness is the largest change in standard errors for minutes that spread
	// by 1 point; spread is theirs as the run shows it.
	loudness, spread float64
	sign             float64
	onset            time.Duration
}

const (
	// scanHurst is the memory of the minutes the scan assumes, scanEdge the
	// number of minutes before and after a change.
	scanHurst = 0.73
	scanEdge  = 4
)

// whitening is the inverse covariance of n minutes, made once for each n.
type whitening struct {
	mu   sync.Mutex
	by   map[int]*mat.SymDense
	ones map[int]*mat.VecDense // the row sums
}

func newWhitening() *whitening {
	return &whitening{by: map[int]*mat.SymDense{}, ones: map[int]*mat.VecDense{}}
}

func (w *whitening) of(n int) (precision *mat.SymDense, rows *mat.VecDense) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p, ok := w.by[n]; ok {
		return p, w.ones[n]
	}
	covariance := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			covariance.SetSym(i, j, fractional(j-i, scanHurst))
		}
	}
	var chol mat.Cholesky
	p, one, sums := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil), mat.NewVecDense(n, nil)
	if chol.Factorize(covariance) {
		_ = chol.InverseTo(p)
	}
	for i := range n {
		one.SetVec(i, 1)
	}
	sums.MulVec(p, one)
	w.by[n], w.ones[n] = p, sums
	return p, sums
}

// scan looks, in the balance of the minutes around these seconds, for the change between two means that generalised least squares
// finds clearest.
func (w *whitening) scan(minutes []float64, seconds []int32) scanned {
	n := len(minutes)
	if n < 2*scanEdge {
		return scanned{}
	}
	precision, rows := w.of(n)
	y, py := mat.NewVecDense(n, minutes), mat.NewVecDense(n, nil)
	py.MulVec(precision, y)
	all, ally := mat.Sum(rows), mat.Sum(py)
	out := scanned{spread: robustSpread(minutes)}
	ss, so, sy := mat.Sum(precision), all, ally // of the minutes from k on, k = 0
	for k := 1; k <= n-scanEdge; k++ {
		ss -= precision.At(k-1, k-1)
		for j := k; j < n; j++ {
			ss -= 2 * precision.At(k-1, j)
		}
		so, sy = so-rows.AtVec(k-1), sy-py.AtVec(k-1)
		information := ss - so*so/all
		if k < scanEdge || information <= 0 {
			continue
		}
		if z := (sy - so*ally/all) / math.Sqrt(information); math.Abs(z) > out.loudness {
			out.loudness, out.sign = math.Abs(z), math.Copysign(1, z)
			out.onset = time.Duration(seconds[k]-30) * time.Second
		}
	}
	return out
}

// robustSpread is the spread of the minutes, from their successive differences,
// which a change in the middle does not widen.
func robustSpread(v []float64) float64 {
	d := make([]float64, 0, len(v))
	for i := 1; i < len(v); i++ {
		d = append(d, math.Abs(v[i]-v[i-1]))
	}
	// a difference of neighbours has the variance 2(1 - fractional(1)) of a minute
	return 1.4826 * middle(d) / math.Sqrt(2*(1-fractional(1, scanHurst)))
}
