package gait

// Clock is how far the time that a recorder wrote can be believed.
type Clock string

// The states of a clock.
const (
	ClockOK     Clock = ""       // nothing speaks against it
	ClockFuture Clock = "future" // the run lies ahead of now
	ClockUnset  Clock = "unset"  // nobody ever set it: the run lies in 1989
	ClockJumped Clock = "jumped" // it jumped in the middle of the run
)

// String is the state as JSON prints it: "ok" where nothing speaks against it.
func (c Clock) String() string {
	if c == ClockOK {
		return "ok"
	}
	return string(c)
}
