package evidence

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// hurst says how slowly the minutes of a run forget: their means over longer
// stretches keep a spread of n^(hurst-1). 0.73 to 0.8 in real runs.
const hurst = 0.78

// growth is in how many minutes a change that comes slowly is there in full; in
// a run that is looked at in pairs of minutes, in so many pairs.
const growth = 10

// kernel is the inverse covariance of n minutes of fractional noise with unit
// spread, with what the scan needs of it.
type kernel struct {
	rows [][]float64 // of the inverse
	// sudden[k] is a change of one point that is there from k on, against itself;
	// slow[k] one that grows from k on, even[k] one that grows until k.
	sudden, slow, even []float64
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
	k := &kernel{sudden: make([]float64, n+1), slow: make([]float64, n+1), even: make([]float64, n+1)}
	for i := range n {
		row := make([]float64, n)
		for j := range row {
			row[j] = c.At(i, j)
		}
		k.rows = append(k.rows, row)
	}
	k.square()
	k.ones, k.time = k.times(make([]float64, n), ones(n)), k.times(make([]float64, n), along(n))
	return k
}

// square fills in the changes against themselves. One that grows is the mean of
// sudden ones that begin minute after minute.
func (k *kernel) square() {
	n := len(k.rows)
	corner := make([][]float64, n+growth) // sums over the rows and columns from i and j on
	for i := range corner {
		corner[i] = make([]float64, n+growth)
	}
	for i := n - 1; i >= 0; i-- {
		for j := n - 1; j >= 0; j-- {
			corner[i][j] = k.rows[i][j] + corner[i+1][j] + corner[i][j+1] - corner[i+1][j+1]
		}
	}
	sum := 0.0 // over the corners before row and column i
	for i := range n {
		k.even[i] = sum / float64(max(1, i*i))
		sum += corner[i][i]
		for j := range i {
			sum += corner[i][j] + corner[j][i]
		}
		k.sudden[i] = corner[i][i]
		for _, row := range corner[i : i+growth] {
			for _, sum := range row[i : i+growth] {
				k.slow[i] += sum / (growth * growth)
			}
		}
	}
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
