// Package analysis turns a runner's history into verdicts. It is pure: no file,
// no network, no clock.
//
// [Measure] takes the figures of one run from its samples. [Replay] folds all
// figures, diary entries and answers, oldest to newest, into one
// [finding.Assessment] a run, the episodes of trouble, and what stands at a moment
// ([Fold.Standing]). Nothing else holds a state: a run's verdict is its element
// of the fold, and a run that arrives late simply takes its place. A run is
// judged by what was known before it and by what the runner said of it, never
// by a later run.
package analysis
