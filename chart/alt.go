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
	b.WriteString(against(pt.Balance, pt.Baseline, pt.Band))
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
func against(balance, baseline gait.Percent, band gait.Points) string {
	switch shift := float64(balance - baseline); {
	case !gait.Known(balance):
		return "has no left/right signal"
	case !gait.Known(baseline) || !gait.Known(band):
		return fmt.Sprintf("lies at %.1f %%; the runner's normal is still being learned", float64(balance))
	case math.Abs(shift) <= float64(band):
		return fmt.Sprintf("lies at %.1f %%, within the runner's normal of %.1f ± %.1f", float64(balance), float64(baseline), float64(band))
	case shift < 0:
		return fmt.Sprintf("lies at %.1f %%, %.1f points below the runner's normal of %.1f: the left foot was spared", float64(balance), -shift, float64(baseline))
	default:
		return fmt.Sprintf("lies at %.1f %%, %.1f points above the runner's normal of %.1f: the right foot was spared", float64(balance), shift, float64(baseline))
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
			float64(before), clock(r.Onset), float64(after), against(after, r.normal(), r.Band))
	default:
		return fmt.Sprintf("Left foot's share of ground contact in the steady minutes of the run, which %s.", against(after, r.normal(), r.Band))
	}
}

func (r Run) normal() gait.Percent {
	if !r.learned() {
		return gait.Unknown[gait.Percent]()
	}
	return r.Baseline
}

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
