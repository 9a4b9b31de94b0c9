package analysis

import (
	"fmt"
	"hash/fnv"

	"gaitkeeper/gait"
)

// MethodOf names the measurement that [Measure] takes with the given
// parameters: figures of another one are taken again from the samples.
func MethodOf(p gait.AnalysisParams) int {
	h := fnv.New32a()
	fmt.Fprint(h, Method, p.Measurement()) // a hash takes everything
	return int(h.Sum32())
}
