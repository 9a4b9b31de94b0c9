// Package gait is the domain of gaitkeeper in the field's own words: a run and
// its samples, the figures measured from it, what the detector makes of them, and
// the pain a runner reports. What is concluded from it all is in package finding.
// It holds values and their forms only; it reads no clock, no file and no
// network, and imports the standard library alone.
//
// Names follow the FIT profile (StanceTime, StanceTimeBalance, StepLength).
// Units are part of the types. A figure that is not known is NaN in a
// [Sample] or a [Block] and the zero value of [Score] and [YesNo] elsewhere:
// unknown is never zero.
package gait
