package gait

import (
	"errors"
	"fmt"
)

// ErrNotFound is wrapped by errors that say that something named does not exist.
var ErrNotFound = errors.New("there is no such thing")

// Refused is an input that contradicts itself or reality. Nothing was changed.
type Refused struct{ error }

// Refuse returns err as a fault of the input.
func Refuse(err error) error { return Refused{err} }

// Refusef returns a [Refused] with a text of its own.
func Refusef(format string, args ...any) error { return Refused{fmt.Errorf(format, args...)} }

// Unwrap returns the reason.
func (r Refused) Unwrap() error { return r.error }
