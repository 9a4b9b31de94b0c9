// Command detection is the benchmark of the detector. It makes runners with every
// nuisance of real data (slips, slides, lost contact, new and dying straps, hills,
// treadmill, intervals, walking breaks), lets gaitkeeper and what runners use
// today look at them, and prints how often each cries wolf and how soon it finds
// a limp. `make detection` runs it whole and writes the tables into
// docs/detection.md; `make detection-short` takes the main table on fewer runners
// and fails where it falls behind the committed one. Every figure is the same
// for the same code: all chance comes from seeds, and limits come from other
// seeds than figures.
//
// Events are alerts: a flagged run whose side was not flagged in the six runs
// before. Shares of limps found count any run from the limp's onset on that
// is flagged, whatever was alerted before; the row "no limp at all" tells how many
// would have been by chance. Runners without a strap are left to an arm of their
// own, and a limp begins with a run that has the strap on.
package main
