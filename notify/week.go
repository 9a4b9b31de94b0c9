package notify

import (
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/words"

	"gaitkeeper/gait"
)

// Week is what a digest tells of.
type Week struct {
	Runs     []WeekRun
	Distance gait.Metres
	// Usual is the mean weekly distance of the four weeks before; 0 where there
	// was none.
	Usual gait.Metres
	// Pain are the week's entries, the minor ones included.
	Pain []gait.Pain
	// From and To are the runner's normal balance at the first and last run of
	// the week; unknown where there is none.
	From, To gait.Percent
}

// WeekRun is one run of the week.
type WeekRun struct {
	Start    time.Time
	Distance gait.Metres
	Verdict  finding.Verdict
}

// NewWeek gathers the week of a digest. Runs need no samples; excluded ones are
// left out.
func NewWeek(d alert.Decision, runs []gait.Run, assessments []finding.Assessment, pain []gait.Pain) Week {
	w := Week{From: gait.Unknown[gait.Percent](), To: gait.Unknown[gait.Percent]()}
	of := make(map[gait.RunID]finding.Assessment, len(assessments))
	for _, a := range assessments {
		of[a.Run] = a
	}
	sorted := slices.Clone(runs)
	slices.SortFunc(sorted, func(a, b gait.Run) int { return a.Start.Compare(b.Start) })
	before := d.From.AddDate(0, 0, -28)
	for _, r := range sorted {
		switch {
		case r.Excluded || r.End().After(d.To) || !r.End().After(before):
		case !r.End().After(d.From):
			w.Usual += known(r.Distance) / 4
		default:
			w.add(r, of[r.ID])
		}
	}
	for _, p := range pain {
		if p.At.After(d.From) && !p.At.After(d.To) && !p.NoPain() {
			w.Pain = append(w.Pain, p)
		}
	}
	return w
}

func (w *Week) add(r gait.Run, a finding.Assessment) {
	w.Runs = append(w.Runs, WeekRun{Start: r.Start, Distance: r.Distance, Verdict: a.Verdict})
	w.Distance += known(r.Distance)
	if a.Run == "" || a.Evidence.BaselineRuns == 0 || !gait.Known(a.Evidence.Baseline) {
		return
	}
	if !gait.Known(w.From) {
		w.From = a.Evidence.Baseline
	}
	w.To = a.Evidence.Baseline
}

// baseline says where the runner's normal is, and whether it has moved.
func (w Week) baseline() string {
	if !gait.Known(w.To) {
		return ""
	}
	return words.Normal(w.From, w.To)
}

func known(m gait.Metres) gait.Metres {
	if !gait.Known(m) {
		return 0
	}
	return m
}
