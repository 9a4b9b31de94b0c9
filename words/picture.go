package words

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gaitkeeper/gait"
)

// SeasonFacts are what a picture of many runs shows.
type SeasonFacts struct {
	// Runs are in it; of them, so many speak with a question and with a warning.
	Runs, Asks, Warns int
	First, Last       time.Time
	// About is the time of the run that the picture is about, Evidence what was measured
	// on it.
	About    time.Time
	Evidence gait.Evidence
	// Worst is the worst pain, of 10, noted at WorstAt; 0 is none.
	Worst   int
	WorstAt time.Time
}

// Season says what a picture of many runs shows, for those who cannot see it.
func (w Words) Season(f SeasonFacts) string {
	if f.Runs == 0 {
		return NoRunsYet + "."
	}
	text := fmt.Sprintf("Left foot's share of ground contact in one run of %s", w.DateAndYear(f.First))
	if f.Runs > 1 {
		text = fmt.Sprintf("Left foot's share of ground contact in %d runs from %s to %s", f.Runs, w.DateAndYear(f.First), w.DateAndYear(f.Last))
		var loud []string
		if f.Asks > 0 {
			loud = append(loud, fmt.Sprintf("%d with a question", f.Asks))
		}
		if f.Warns > 0 {
			loud = append(loud, fmt.Sprintf("%d with a warning", f.Warns))
		}
		if len(loud) > 0 {
			text += ", " + List(loud)
		}
	}
	text += fmt.Sprintf(". The run of %s %s", w.Date(f.About), against(f.Evidence))
	if f.Worst > 0 {
		text += fmt.Sprintf("; the worst pain noted was %d of 10 on %s", f.Worst, w.Date(f.WorstAt))
	}
	return text + "."
}

// Course says what a picture of one run shows: its steady minutes, whose balance the
// evidence holds. Where that changed at a moment, the evidence is of the part after it,
// and before is the balance up to then.
func Course(e gait.Evidence, onset time.Duration, before gait.Percent) string {
	switch {
	case !gait.Known(e.Balance):
		return "The course of the run; it has no left/right signal."
	case onset > 0 && gait.Known(before):
		return fmt.Sprintf("Left foot's share of ground contact minute by minute: %.1f %% until %s minutes, %.1f %% from then on. The second part %s.",
			float64(before), Clock(onset), float64(e.Balance), against(e))
	default:
		return fmt.Sprintf("Left foot's share of ground contact in the steady minutes of the run, which %s.", against(e))
	}
}

// WalkWeeks says what a picture of everyday walks shows: over so many weeks, and in the
// last of them that has enough walks for a share, in percent; nil where none has.
func (w Words) WalkWeeks(weeks int, last *gait.WalkWeek) string {
	if last == nil {
		return "Not enough walks in any week yet."
	}
	text := fmt.Sprintf("Uneven walks in %d weeks. In the week from %s, %.0f of 100 walks were uneven",
		weeks, last.Start.In(w.zone()).Format("2 January 2006"), 100*float64(last.Uneven)/float64(last.Walks))
	if last.Usual > 0 {
		text += fmt.Sprintf("; %.0f of 100 are usual", 100*last.Usual)
	}
	return text + "."
}

// PainCourse says the numbers of a place's entries, day by day.
func (w Words) PainCourse(place string, pains []gait.Pain) string {
	var said []string
	for _, p := range pains {
		said = append(said, p.At.In(w.zone()).Format("Mon 2 Jan 2006")+": "+strings.Join(Scores(p), ", "))
	}
	return place + ". " + strings.Join(said, "; ") + "."
}

// Clock writes a time from the start of a run as minutes and seconds: "25:20".
func Clock(d time.Duration) string {
	s := int(math.Round(d.Seconds()))
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// against says where a balance lies against the runner's normal. A run that was warned of
// is not called normal.
func against(e gait.Evidence) string {
	balance, normal, band := float64(e.Balance), float64(e.Baseline), float64(e.Band)
	switch shift := balance - normal; {
	case !gait.Known(e.Balance):
		return "has no left/right signal"
	case !(e.Baseline > 0) || !gait.Known(e.Band): // not known, or not set
		return fmt.Sprintf("lies at %.1f %%; the runner's normal is still being learned", balance)
	case math.Abs(shift) <= band && !e.Level.Above(gait.LevelNone):
		return fmt.Sprintf("lies at %.1f %%, within the runner's normal of %.1f ± %.1f", balance, normal, band)
	case shift < 0:
		return fmt.Sprintf("lies at %.1f %%, %.1f points below the runner's normal of %.1f: the left foot was spared", balance, -shift, normal)
	default:
		return fmt.Sprintf("lies at %.1f %%, %.1f points above the runner's normal of %.1f: the right foot was spared", balance, shift, normal)
	}
}
