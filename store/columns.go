package store

import (
	"encoding/binary"
	"math"
)

// column is one figure of a row of type T.
type column[T any] struct {
	// scale is the number of steps in a unit: 1000 for metres kept to the
	// millimetre.
	scale float64
	// steady means that the figure grows at an even rate: what is kept is how much
	// each difference differs from the one before it.
	steady bool
	field  func(*T) *float64
}

// The forms of a column. A column whose values do not all lie on the steps of
// its scale is kept exact, bit by bit.
const (
	formAbsent byte = iota
	formSteps
	formExact
)

// appendColumn packs one figure of all rows.
func appendColumn[T any](b []byte, rows []T, c column[T]) []byte {
	form := len(b)
	if !anyKnown(rows, c) {
		return append(b, formAbsent)
	}
	b = append(b, formSteps)
	var was predictor
	for i := range rows {
		v := *c.field(&rows[i])
		if math.IsNaN(v) {
			b = append(b, codeGap)
			continue
		}
		step, ok := stepOf(v, c.scale)
		if !ok {
			return appendExact(b[:form], rows, c)
		}
		b = binary.AppendVarint(b, codeOf(step-was.next(c.steady)))
		was.saw(step)
	}
	return b
}

func anyKnown[T any](rows []T, c column[T]) bool {
	for i := range rows {
		if !math.IsNaN(*c.field(&rows[i])) {
			return true
		}
	}
	return false
}

// stepOf returns the step of a scale that v lies on. Values within a thousandth
// of a step count as on it: that is the noise of arithmetic on what a watch
// wrote with the same number of steps. Numbers so large that their own noise is
// of that size are on none.
func stepOf(v, scale float64) (int64, bool) {
	scaled := v * scale
	rounded := math.RoundToEven(scaled)
	return int64(rounded), math.Abs(scaled-rounded) <= 1e-3 && math.Abs(scaled) < 1<<40
}

func appendExact[T any](b []byte, rows []T, c column[T]) []byte {
	b = append(b, formExact)
	for i := range rows {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(*c.field(&rows[i])))
	}
	return b
}

// codeGap, a byte as a varint, stands where nothing was measured. Differences from 0 upwards move up
// by one to make room for it.
const codeGap = 0

func codeOf(difference int64) int64 {
	if difference >= 0 {
		return difference + 1
	}
	return difference
}

func differenceOf(code int64) int64 {
	if code > 0 {
		return code - 1
	}
	return code
}

// predictor says what the next step of a column is likely to be.
type predictor struct{ last, rise int64 }

func (p *predictor) next(steady bool) int64 {
	if steady {
		return p.last + p.rise
	}
	return p.last
}

func (p *predictor) saw(step int64) { p.last, p.rise = step, step-p.last }

// readColumn is the inverse of appendColumn.
func readColumn[T any](u *unpacker, rows []T, c column[T]) {
	form := u.byte()
	if form > formExact {
		u.fail()
	}
	var was predictor
	for i := range rows {
		v := math.NaN()
		switch form {
		case formSteps:
			if code := u.int(); code != codeGap {
				was.saw(was.next(c.steady) + differenceOf(code))
				v = float64(was.last) / c.scale
			}
		case formExact:
			v = u.float()
		}
		if u.err != nil {
			return
		}
		*c.field(&rows[i]) = v
	}
}

// appendInts packs whole numbers, each as its difference from the one before.
func appendInts[T any](b []byte, rows []T, field func(*T) *int32) []byte {
	var last int64
	for i := range rows {
		v := int64(*field(&rows[i]))
		b = binary.AppendVarint(b, v-last)
		last = v
	}
	return b
}

// readInts is the inverse of appendInts.
func readInts[T any](u *unpacker, rows []T, field func(*T) *int32) {
	var last int64
	for i := range rows {
		last += u.int()
		if last < math.MinInt32 || last > math.MaxInt32 {
			u.fail()
		}
		if u.err != nil {
			return
		}
		*field(&rows[i]) = int32(last) //nolint:gosec // in range, as was checked
	}
}

// unpacker reads a payload. After the first fault it returns zeros and err
// says so.
type unpacker struct {
	rest []byte
	err  error
}

func (u *unpacker) fail() {
	if u.err == nil {
		u.err = errDamaged
	}
	u.rest = nil
}

// take returns the next n bytes.
func (u *unpacker) take(n uint64) []byte {
	if n > uint64(len(u.rest)) {
		u.fail()
		return nil
	}
	taken := u.rest[:n]
	u.rest = u.rest[n:]
	return taken
}

func (u *unpacker) byte() byte {
	if b := u.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (u *unpacker) uint() uint64 {
	v, n := binary.Uvarint(u.rest)
	if n <= 0 {
		u.fail()
		return 0
	}
	u.rest = u.rest[n:]
	return v
}

func (u *unpacker) int() int64 {
	v, n := binary.Varint(u.rest)
	if n <= 0 {
		u.fail()
		return 0
	}
	u.rest = u.rest[n:]
	return v
}

// narrow reads a whole number that must fit in T.
func narrow[T ~uint16 | ~uint32](u *unpacker) T {
	v := u.uint()
	if v > uint64(^T(0)) {
		u.fail()
	}
	return T(v)
}

func (u *unpacker) float() float64 {
	if b := u.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

func (u *unpacker) text() string { return string(u.take(u.uint())) }

// count reads a number of rows, each of which takes a byte at the least.
func (u *unpacker) count() int {
	n := u.uint()
	if n > uint64(len(u.rest)) {
		u.fail()
		return 0
	}
	return int(n) //nolint:gosec // in range, as was checked
}

// end returns the first fault, or one if something is left over.
func (u *unpacker) end() error {
	if len(u.rest) > 0 {
		u.fail()
	}
	return u.err
}
