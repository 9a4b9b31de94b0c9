// Package rules holds the clinical rules of running through pain: pure
// functions from what is known at one moment (a [Case]) to what the runner
// should do (an [Outcome]).
//
// Every rule is a small function named after itself, and stands in one table in
// the order in which docs/rules.md describes them: [Judge] runs the table from
// the top. All rules that match are reasons, the verdict is the most serious of
// them, and a runner who should see a professional should at least modify.
//
// What the runner did not say is unknown: it never counts as pain, and never as
// its absence. A number taken with painkillers never counts as better.
package rules
