// Package evidence is the detector: it learns a runner's normal from the
// figures of past runs and says of the next run how likely it is that its
// balance has shifted. Measures and priors go in, evidence comes out; it reads
// no clock and no file, and the run it judges is never part of the normal it
// is judged against.
package evidence
