package evidence

// fit is the regression of a run's minutes on the columns.
type fit struct {
	gram    [columns][columns]float64
	inverse [columns][columns]float64
	xy      [columns]float64
	points  [columns]float64 // what each column moves the balance by
}

// solve inverts the matrix, which is positive definite, and returns its
// determinant (Gauss and Jordan).
func (f *fit) solve() (det float64) {
	m := f.gram
	det = 1
	for i := range columns {
		f.inverse[i][i] = 1
	}
	for c := range columns {
		det *= m[c][c]
		p := 1 / m[c][c]
		for j := range columns {
			m[c][j] *= p
			f.inverse[c][j] *= p
		}
		for r := range columns {
			q := m[r][c]
			if r == c || q == 0 {
				continue
			}
			for j := range columns {
				m[r][j] -= q * m[c][j]
				f.inverse[r][j] -= q * f.inverse[c][j]
			}
		}
	}
	for r := range columns {
		f.points[r] = dot(f.inverse[r][:], f.xy[:])
	}
	return det
}

// quadratic is x against itself through the inverse.
func (f *fit) quadratic(x *[columns]float64) float64 {
	sum := 0.0
	for r := range columns {
		sum += x[r] * dot(f.inverse[r][:], x[:])
	}
	return sum
}

// alone is what the run says of an effect without what was known of it before.
func (f *fit) alone(s *series, c int) effect {
	posterior := f.inverse[c][c] * s.noise * s.noise
	info := 1/posterior - 1/s.variance[c]
	if info < 1e-3 {
		return effect{variance: 1e6}
	}
	return effect{s.usual[c] + f.points[c]/(posterior*info), 1 / info}
}
