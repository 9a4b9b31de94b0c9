package evidence

import (
	"maps"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Clone returns a detector that has learned the same and learns on by itself. It
// holds nothing that can be worked out again.
func (d *Detector) Clone() *Detector {
	c := *d
	c.beliefs, c.spare, c.ahead, c.kernels = d.beliefs.clone(), nil, nil, map[int]*kernel{}
	c.adjust = d.adjust.clone()
	c.straps.away = maps.Clone(d.straps.away) // what was believed of a strap that is off stays as it is
	return &c
}

func (all beliefs) clone() beliefs {
	c := slices.Clone(all)
	for i := range c {
		c[i].begun = slices.Clone(c[i].begun)
	}
	return c
}

func (a *adjustment) clone() *adjustment {
	c := *a
	c.information = mat.NewSymDense(effects, nil)
	c.information.CopySym(a.information)
	c.weighted = mat.VecDenseCopyOf(a.weighted)
	return &c
}
