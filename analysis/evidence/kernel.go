package evidence

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// hurst says how slowly the minutes of a run forget: their means over longer
// stretches keep a spread of n^(hurst-1). 0.73 to 0.8 in real runs.
const hurst = 0.75

// kernel is the inverse covariance of n minutes of fractional noise with unit
// spread, with what the scan needs of it.
type kernel struct {
	rows [][]float64 // of the inverse
	// tail[k] is the sum over the corner from k on: a step against itself.
	tail []float64
	// ones and time are the inverse times those columns.
	ones, time []float64
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
	if err := chol.InverseTo(c); err != nil {
		panic("evidence: covariance of fractional noise is singular") // cannot be: it is positive definite for every n
	}
	k := &kernel{tail: make([]float64, n+1)}
	for i := range n {
		row := make([]float64, n)
		for j := range row {
			row[j] = c.At(i, j)
		}
		k.rows = append(k.rows, row)
	}
	for i := n - 1; i >= 0; i-- {
		k.tail[i] = k.tail[i+1] + k.rows[i][i]
		for _, v := range k.rows[i][i+1:] {
			k.tail[i] += 2 * v
		}
	}
	k.ones, k.time = k.times(make([]float64, n), ones(n)), k.times(make([]float64, n), along(n))
	return k
}

// times fills out with the inverse times v and returns it.
func (k *kernel) times(out, v []float64) []float64 {
	for i, row := range k.rows {
		sum := 0.0
		for j, r := range row {
			sum += r * v[j]
		}
		out[i] = sum
	}
	return out
}

func ones(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
	}
	return v
}

// along is the time from -1/2 to 1/2.
func along(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i)/float64(n-1) - 0.5
	}
	return v
}
