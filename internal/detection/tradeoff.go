package main

import (
	"fmt"
	"math"
)

// tradeOff prints what is found at other limits: so many healthy runs flagged, so
// many limps, for all methods on the same runners.
func (a *abroad) tradeOff() string {
	groups := []string{asBelieved, unlikeAll}
	heading := []string{"flagged of 100 healthy runs"}
	for _, group := range groups {
		for _, l := range a.limits[group] {
			heading = append(heading, group+": "+l.name)
		}
	}
	var t table
	t.row(heading...)
	for _, per100 := range []float64{4, 2, 1, 0.5, 0.25} {
		row := []string{fmt.Sprint(per100)}
		for _, group := range groups {
			for method := range a.limits[group] {
				row = append(row, a.foundAt(group, method, per100))
			}
		}
		t.row(row...)
	}
	return t.String()
}

// foundAt is what a method finds that flags so many of 100 healthy runs of a group.
func (a *abroad) foundAt(group string, method int, per100 float64) string {
	loudness := func(r reading) float64 {
		if method == 0 {
			return r.odds
		}
		return r.ask
	}
	var here []stranger
	runs := 0.0
	for i := range a.people {
		if p := &a.people[i]; a.in(group)(p) {
			here = append(here, *p)
			for _, has := range p.balance {
				if has {
					runs++
				}
			}
		}
	}
	least := asMany(here, method, loudness, per100/100*runs)
	out := ""
	for _, cell := range []int{0, 1, 6} {
		var s share
		for i := range here {
			loud := false
			for _, r := range here[i].limping[cell][method] {
				loud = loud || loudness(r) >= least && !math.IsInf(loudness(r), -1)
			}
			s.add(loud)
		}
		if out != "" {
			out += " / "
		}
		out += chance(s.value())
	}
	return out
}
