package evidence

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestLikelihoodOfARunByWhatIsExpectedOfItsMean: two expectations of a run's mean
// are weighed as its minutes' whole covariance says.
func TestLikelihoodOfARunByWhatIsExpectedOfItsMean(t *testing.T) {
	const n = 20
	r := rand.New(rand.NewPCG(1, 1))
	s := &series{noise: 0.4, variance: [columns]float64{0, 0.3, 0.05, 0.05, 0.2, 0.01}}
	s.usual[ofMean] = 50
	for i := range n {
		s.second, s.balance = append(s.second, float64(60*i)), append(s.balance, 50.6+0.4*r.NormFloat64())
		s.start = append(s.start, math.Exp(-float64(i)/10))
		s.turn, s.speed, s.grade = append(s.turn, float64(i/10)-0.5), append(s.speed, 0.2*r.NormFloat64()), append(s.grade, r.NormFloat64())
	}
	p := project(s, newKernel(n))
	_, near := p.explain(0.1)
	_, far := p.explain(2)
	if got, want := near-far, whole(s, 0.1)-whole(s, 2); math.Abs(got-want) > 1e-6 {
		t.Errorf("the log likelihoods differ by %.6f, by the whole covariance by %.6f", got, want)
	}
}

// whole is the log likelihood of the run's minutes, its noise's spread integrated
// out, by their covariance with everything that may move them in it.
func whole(s *series, variance float64) float64 {
	n := len(s.balance)
	variances := s.variance
	variances[ofMean] = variance
	power := func(k int) float64 { return math.Pow(math.Abs(float64(k)), 2*hurst) }
	covariance := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			v := (power(j-i+1) - 2*power(j-i) + power(j-i-1)) / 2
			for c, column := range [columns][]float64{ones(n), along(n), s.start, s.turn, s.speed, s.grade} {
				v += variances[c] * column[i] * column[j] / (s.noise * s.noise)
			}
			covariance.SetSym(i, j, v)
		}
	}
	y := mat.NewVecDense(n, nil)
	for i, b := range s.balance {
		y.SetVec(i, b-s.usual[ofMean])
	}
	var chol mat.Cholesky
	var solved mat.VecDense
	chol.Factorize(covariance)
	_ = chol.SolveVecTo(&solved, y)
	return -(chol.LogDet() + (noiseMinutes+float64(n))*math.Log(noiseMinutes*s.noise*s.noise+mat.Dot(y, &solved))) / 2
}
