// Package simulate makes runners that do not exist: seasons of runs with a
// limp whose side, size and onset are known, as [gait.Run] in memory and as FIT
// files. The demo, the tests and the benchmark of the detector live on it.
//
// A [Runner] is a handful of parameters, each with its unit. [NewRunner] draws
// an ordinary road runner whose chest strap always works; [NewRoughRunner]
// draws the same runner with everything that makes real data hard: straps that
// slip, lose contact, die and are replaced, treadmills and trails, intervals
// and walking breaks, gaps in the recording. Every parameter can be set by hand
// afterwards. A [Season] adds limps and makes the runs, each with its [Truth].
//
// The same seed always makes the same season, and a limp draws no random
// numbers: a season with and without its limp differs in nothing else. All
// values are rounded to what a FIT file can hold, so that a run read back from
// its file is the run that was written.
//
// Where the numbers come from: "gauge" is the table of Garmin's manuals that
// says which share of runners has which ground contact balance; "measured" is
// what public recordings of runs with a strap showed; the rest is our choice.
package simulate
