package gait

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Score is a pain number on the 0 to 10 numeric rating scale, as far as it is
// known. The zero value is unknown: it is neither at least one nor at most
// nine, so a rule that asks can never take silence for an answer.
type Score struct {
	low, high int8
	said      bool
}

// MaxScore is the upper end of the scale: the worst pain imaginable.
const MaxScore = 10

// Exactly returns the score n, which must lie within 0 and 10.
func Exactly(n int) (Score, error) {
	if n < 0 || n > MaxScore {
		return Score{}, fmt.Errorf("%d is not on the scale of 0 to %d", n, MaxScore)
	}
	return Score{int8(n), int8(n), true}, nil
}

// AtLeastScore returns a score known to be n or more while its number is not:
// what "it hurts" says.
func AtLeastScore(n int) (Score, error) {
	s, err := Exactly(n)
	s.high = MaxScore
	return s, err
}

// Known reports whether anything was said.
func (s Score) Known() bool { return s.said }

// Number returns the score where it is known exactly.
func (s Score) Number() (n int, exact bool) { return int(s.low), s.said && s.low == s.high }

// Low returns the least the score can be: 0 where nothing was said.
func (s Score) Low() int { return int(s.low) }

// AtLeast reports whether the score is surely n or more.
func (s Score) AtLeast(n int) bool { return s.said && int(s.low) >= n }

// AtMost reports whether the score is surely n or less.
func (s Score) AtMost(n int) bool { return s.said && int(s.high) <= n }

// Worse returns the worse of two scores; an unknown one gives way.
func (s Score) Worse(o Score) Score {
	switch {
	case !o.said:
		return s
	case !s.said || o.low > s.low || (o.low == s.low && o.high > s.high):
		return o
	default:
		return s
	}
}

// String prints 4, "3 or more", or "unknown".
func (s Score) String() string {
	switch {
	case !s.said:
		return "unknown"
	case s.low == s.high:
		return strconv.Itoa(int(s.low))
	default:
		return fmt.Sprintf("%d or more", s.low)
	}
}

// Typed is the score as a form's field has it: 4, "3+" for 3 or more, empty for
// unknown.
func (s Score) Typed() string {
	if !s.said {
		return ""
	}
	typed := strconv.Itoa(int(s.low))
	if s.low < s.high {
		typed += "+"
	}
	return typed
}

// MarshalJSON writes the number, null where nothing was said, and the lower
// end where only that is known.
func (s Score) MarshalJSON() ([]byte, error) {
	if !s.said {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(s.low), 10), nil
}

// UnmarshalJSON reads a number or null.
func (s *Score) UnmarshalJSON(b []byte) error {
	var n *int
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	if n == nil {
		*s = Score{}
		return nil
	}
	var err error
	*s, err = Exactly(*n)
	return err
}

// YesNo is the answer to a question, which may never have been asked: the zero
// value is unknown.
type YesNo int8

// The answers.
const (
	Unsaid YesNo = iota
	No
	Yes
)

// MarshalJSON writes true, false or null.
func (y YesNo) MarshalJSON() ([]byte, error) {
	return []byte([...]string{Unsaid: "null", No: "false", Yes: "true"}[y]), nil
}
