package chart

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// Alt says what the picture shows: which runs, the runner's normal, the marked
// run or the last one against it, and the pain.
func (s Season) Alt() string {
	if len(s.Points) == 0 {
		return "No runs yet."
	}
	var b strings.Builder
	first, last := s.Points[0].Time.In(s.zone()), s.Points[len(s.Points)-1].Time.In(s.zone())
	if len(s.Points) == 1 {
		fmt.Fprintf(&b, "Left foot's share of ground contact in one run of %s", first.Format("2 January 2006"))
	} else {
		fmt.Fprintf(&b, "Left foot's share of ground contact in %d runs from %s to %s",
			len(s.Points), first.Format("2 January 2006"), last.Format("2 January 2006"))
	}
	switch asks, warns := s.count(gait.LevelAsk), s.count(gait.LevelWarn); {
	case len(s.Points) == 1:
	case asks > 0 && warns > 0:
		fmt.Fprintf(&b, ", %d with a question and %d with a warning", asks, warns)
	case asks > 0:
		fmt.Fprintf(&b, ", %d with a question", asks)
	case warns > 0:
		fmt.Fprintf(&b, ", %d with a warning", warns)
	}
	b.WriteString(". ")
	pt := s.subject()
	fmt.Fprintf(&b, "The run of %s ", pt.Time.In(s.zone()).Format("2 January"))
	b.WriteString(pt.against())
	if worst, on := s.worst(); worst > 0 {
		fmt.Fprintf(&b, "; the worst pain noted was %d of 10 on %s", worst, on)
	}
	return b.String() + "."
}

func (s Season) count(level gait.Level) int {
	n := 0
	for _, pt := range s.Points {
		if pt.Level == level {
			n++
		}
	}
	return n
}

// subject is the marked run, or the last one.
func (s Season) subject() Point {
	for _, pt := range s.Points {
		if pt.Marked {
			return pt
		}
	}
	return s.Points[len(s.Points)-1]
}

func (s Season) worst() (worst int, on string) {
	for _, pain := range s.Pain {
		if pain.Worst > worst {
			worst, on = pain.Worst, pain.Time.In(s.zone()).Format("2 January")
		}
	}
	return worst, on
}

// against says where a balance lies against the runner's normal.
func (pt Point) against() string {
	balance, normal, band := float64(pt.Balance), float64(pt.Baseline), float64(pt.Band)
	switch shift := balance - normal; {
	case !gait.Known(pt.Balance):
		return "has no left/right signal"
	case !pt.learned():
		return fmt.Sprintf("lies at %.1f %%; the runner's normal is still being learned", balance)
	case math.Abs(shift) <= band && !pt.Level.Above(gait.LevelNone): // a run that was warned of is not called normal
		return fmt.Sprintf("lies at %.1f %%, within the runner's normal of %.1f ± %.1f", balance, normal, band)
	case shift < 0:
		return fmt.Sprintf("lies at %.1f %%, %.1f points below the runner's normal of %.1f: the left foot was spared", balance, -shift, normal)
	default:
		return fmt.Sprintf("lies at %.1f %%, %.1f points above the runner's normal of %.1f: the right foot was spared", balance, shift, normal)
	}
}

// Alt says what the picture shows: the run's balance against the runner's
// normal, and before and after a change.
func (r Run) Alt() string {
	before, after := r.mean(0, r.Onset), r.mean(r.Onset, math.MaxInt64)
	switch {
	case !gait.Known(after):
		return "The course of the run; it has no left/right signal."
	case r.Onset > 0 && gait.Known(before):
		return fmt.Sprintf("Left foot's share of ground contact minute by minute: %.1f %% until %s minutes, %.1f %% from then on. The second part %s.",
			float64(before), clock(r.Onset), float64(after), r.point(after).against())
	default:
		return fmt.Sprintf("Left foot's share of ground contact in the steady minutes of the run, which %s.", r.point(after).against())
	}
}

func (r Run) point(balance gait.Percent) Point {
	return Point{Balance: balance, Baseline: r.Baseline, Band: r.Band}
}

// Mean is the balance over the whole run; unknown where it has none.
func (r Run) Mean() gait.Percent { return r.mean(0, math.MaxInt64) }

// mean is the balance over a part of the run.
func (r Run) mean(from, to time.Duration) gait.Percent {
	sum, n := 0.0, 0.0
	for _, b := range r.Minutes {
		at := time.Duration(b.Second) * time.Second
		if gait.Known(b.StanceTimeBalance) && at >= from && at < to {
			sum, n = sum+float64(b.StanceTimeBalance), n+1
		}
	}
	return gait.Percent(sum / n) // 0/0 is unknown
}
