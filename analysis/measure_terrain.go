package analysis

import (
	"math"

	"gaitkeeper/gait"
)

const (
	// gradeReach is how far the slope looks ahead and back, in metres: far
	// enough to smooth the steps of a barometer.
	gradeReach = 50
	// gradeLeast is the least distance a slope is taken over.
	gradeLeast = 30
	// climbLeast is the least rise that counts as a climb, in metres; smaller
	// ones are the barometer's breath.
	climbLeast = 2
)

// measureAlong sets the distance from the start: the watch's own, or the sum
// of the speed where it has none.
func measureAlong(seconds []second) {
	along := 0.0
	for i := range seconds {
		s := &seconds[i]
		switch {
		case gait.Known(s.Distance):
			along = max(along, float64(s.Distance))
		case gait.Known(s.Speed):
			along += float64(s.Speed) * s.weight
		}
		s.along = along
	}
}

// measureGrade sets the slope in percent: the straight line through the
// heights of the 50 m before and behind. It stays unknown where there are no
// heights, or too little way.
func measureGrade(seconds []second) {
	var n, x, y, xx, xy float64
	base := math.NaN()
	add := func(s *second, sign float64) {
		if !gait.Known(s.Altitude) {
			return
		}
		if math.IsNaN(base) {
			base = float64(s.Altitude)
		}
		h := float64(s.Altitude) - base
		n += sign
		x += sign * s.along
		y += sign * h
		xx += sign * s.along * s.along
		xy += sign * s.along * h
	}
	from, to := 0, 0
	for i := range seconds {
		s := &seconds[i]
		for to < len(seconds) && seconds[to].along <= s.along+gradeReach {
			add(&seconds[to], 1)
			to++
		}
		for seconds[from].along < s.along-gradeReach {
			add(&seconds[from], -1)
			from++
		}
		if n < 3 || seconds[to-1].along-seconds[from].along < gradeLeast {
			continue
		}
		if spread := xx - x*x/n; spread > 1 {
			s.grade = 100 * (xy - x*y/n) / spread
		}
	}
}

// ascent is the climb over the whole run; rises below two metres do not count.
func ascent(seconds []second) gait.Metres {
	low, high := math.NaN(), math.NaN()
	climb, known := 0.0, false
	for i := range seconds {
		h := float64(seconds[i].Altitude)
		if math.IsNaN(h) {
			continue
		}
		if !known {
			low, high, known = h, h, true
		}
		switch {
		case h > high:
			high = h
		case h < high-climbLeast:
			climb += counted(high - low)
			low, high = h, h
		}
		if h < low {
			low, high = h, h
		}
	}
	if !known {
		return gait.Unknown[gait.Metres]()
	}
	return gait.Metres(climb + counted(high-low))
}

func counted(rise float64) float64 {
	if rise < climbLeast {
		return 0
	}
	return rise
}
