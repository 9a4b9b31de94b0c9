package gait

import (
	"fmt"
	"strings"
)

// Side is the side of the body. The zero value means that no side is known.
type Side string

// The sides. Both is a case of its own: a pain on both sides leaves the
// stance time balance where it is.
const (
	NoSide Side = ""
	Left   Side = "left"
	Right  Side = "right"
	Both   Side = "both"
)

// Opposite returns the other side of left and right, and s itself otherwise.
func (s Side) Opposite() Side {
	switch s {
	case Left:
		return Right
	case Right:
		return Left
	default:
		return s
	}
}

// Spot is a part of the body with its side: where a pain is followed from run to
// run. Both sides hurting is a spot of its own, and so is a pain whose place the
// runner has not named (the zero value).
type Spot struct {
	Site Site
	Side Side
}

// ParseSide reads left, right or both.
func ParseSide(s string) (Side, error) {
	switch side := Side(s); side {
	case Left, Right, Both:
		return side, nil
	default:
		return NoSide, fmt.Errorf("side %q is not one of left, right, both", s)
	}
}

// listed names all words of a kind, for an error.
func listed[T ~string](all []T) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = string(one)
	}
	return strings.Join(names, ", ")
}
