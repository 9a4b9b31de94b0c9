package words

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Measured says what was measured on a run, in sentences. A side is named only
// where left and right were measured apart.
func Measured(e gait.Evidence) []string {
	var s []string
	if e.Level != gait.LevelNone && e.Level != "" && (e.ShortSide == gait.Left || e.ShortSide == gait.Right) {
		s = append(s, Shift(finding.ShiftOf(&e)))
		if f := balanceFigures(e); f != "" {
			s = append(s, f)
		}
	} else if e.Quality.Balance == gait.BalanceOK && gait.Known(e.Balance) && e.BaselineRuns > 0 {
		s = append(s, "Your ground contact balance was within what is usual for you.")
	}
	if e.Form.Level != gait.LevelNone && len(e.Form.What) > 0 {
		s = append(s, Form(e.Form))
	}
	if e.Quality.Balance == gait.BalanceSuspectSensor && e.Quality.Reason != "" {
		s = append(s, "Check your strap or pod: "+strings.TrimSuffix(e.Quality.Reason, ".")+".")
	}
	return s
}

func balanceFigures(e gait.Evidence) string {
	if !gait.Known(e.Balance) || !gait.Known(e.Baseline) {
		return ""
	}
	s := fmt.Sprintf("Ground contact balance: %s. Your normal: %s", Balance(e.Balance), Balance(e.Baseline))
	// A normal just left is known less surely: a band that holds the odd run
	// too would contradict what is said of it.
	odd := e.Level.Above(gait.LevelNone) && math.Abs(float64(e.Shift)) <= float64(e.Band)
	if gait.Known(e.Band) && e.Band > 0 && !odd {
		s += fmt.Sprintf(", usually within %.1f points of it", float64(e.Band))
	}
	if e.BaselineRuns > 0 {
		s += fmt.Sprintf(" (over your last %s)", NumberOf(e.BaselineRuns, "run"))
	}
	return s + "."
}

// Balance prints both feet's shares of the ground contact.
func Balance(left gait.Percent) string {
	return fmt.Sprintf("%.1f %% left / %.1f %% right", float64(left), 100-float64(left))
}

// Shift says what was measured of left and right, in words a runner can weigh:
// "You spent a little less time than usual on your left foot (12 ms, about
// twice your usual variation)."
func Shift(s finding.Shift) string {
	if s.Short != gait.Left && s.Short != gait.Right {
		return "The balance between your feet was not your usual one."
	}
	text := fmt.Sprintf("ou spent %s time than usual on your %s foot", less(s.Spreads), s.Short)
	switch {
	case s.Onset > 0:
		return fmt.Sprintf("From minute %d on, y%s.", int(math.Round(s.Onset.Minutes())), text)
	case s.Felt == gait.FeltAtFirst:
		return "At first, y" + text + ". Later in the run it wore off."
	case s.Felt == gait.FeltDownhill:
		return "Downhill, y" + text + "."
	case s.Felt == gait.FeltFast:
		return "When you ran faster, y" + text + "."
	}
	return "Y" + text + variation(s) + "."
}

// less says how much less, in the runner's usual variation.
func less(spreads float64) string {
	switch {
	case spreads > 0 && spreads < 3:
		return "a little less"
	case spreads >= 5:
		return "clearly less"
	default:
		return "less"
	}
}

// variation puts the size beside the runner's own usual variation. Milliseconds
// alone tell nobody whether that is much, and below the usual variation they
// tell nothing.
func variation(s finding.Shift) string {
	if s.Spreads <= 0 {
		return ""
	}
	text := fmt.Sprintf("about %.0f times your usual variation", s.Spreads)
	switch {
	case s.Spreads < 0.75:
		return " (within your usual variation)"
	case s.Spreads < 1.25:
		text = "about as much as your usual variation"
	case s.Spreads < 1.75:
		text = "about one and a half times your usual variation"
	case s.Spreads < 2.5:
		text = "about twice your usual variation"
	}
	if s.Shorter >= 1 {
		text = fmt.Sprintf("%.0f ms, %s", float64(s.Shorter), text)
	}
	return " (" + text + ")"
}

// shifted says what was measured, once: after that, what is open about it. It is
// empty where that stands elsewhere.
func (t *teller) shifted(s finding.Shift) string {
	switch {
	case t.beside:
		return ""
	case t.shift:
		return "It is not clear yet what is behind it."
	}
	t.shift = true
	return Shift(s)
}

// formWays says in what the form has changed: "4 steps a minute fewer". Of a feature
// whose size is not known it says only that it has.
func formWays(f gait.Form) []string {
	var ways []string
	for _, what := range f.What {
		if at := slices.IndexFunc(f.Readings, func(r gait.FormReading) bool { return r.Feature == what }); at >= 0 {
			ways = append(ways, change(f.Readings[at]))
		} else {
			ways = append(ways, FeatureName(what)+" unlike your habit")
		}
	}
	return ways
}

// change says by how much the feature has changed.
func change(r gait.FormReading) string {
	either := func(more, less string) string {
		if r.Change < 0 {
			return less
		}
		return more
	}
	size := math.Abs(r.Change)
	switch r.Feature {
	case gait.FeatureCadence:
		return fmt.Sprintf("%.0f steps a minute %s at the same speed", size, either("more", "fewer"))
	case gait.FeatureStanceTime:
		return fmt.Sprintf("%.0f ms %s on the ground with each step", size, either("longer", "shorter"))
	case gait.FeatureVerticalOscillation:
		return fmt.Sprintf("%.0f mm %s bounce with each step", size, either("more", "less"))
	case gait.FeatureWalkBreaks:
		return fmt.Sprintf("%.0f %% %s of the time walked", size, either("more", "less"))
	case gait.FeaturePaceFade:
		return fmt.Sprintf("a pace that falls by %.0f %% %s towards the end", size, either("more", "less"))
	case gait.FeaturePace:
		return fmt.Sprintf("%.0f %% %s", size, either("faster", "slower"))
	default:
		return FeatureName(r.Feature) + " unlike your habit"
	}
}

// whole prints a figure without decimals; one that rounds to nothing has no sign.
func whole(v float64) string { return fmt.Sprintf("%.0f", math.Round(v)+0) }

// reading sets the run beside the habit: "cadence: 163 steps a minute; 167 is usual
// for such a run, give or take 2".
func reading(r gait.FormReading) string {
	beside := func(name, unit string) string {
		return fmt.Sprintf("%s: %s %s; %s is usual for you in such a run, give or take %s", name, whole(r.Value), unit, whole(r.Usual), whole(r.Spread))
	}
	switch r.Feature {
	case gait.FeatureCadence:
		return beside("cadence", "steps a minute")
	case gait.FeatureStanceTime:
		return beside("time on the ground with each step", "ms")
	case gait.FeatureVerticalOscillation:
		return beside("bounce with each step", "mm")
	case gait.FeatureWalkBreaks:
		return beside("share of the time walked", "%")
	case gait.FeaturePaceFade:
		return beside("loss of pace from the first third to the last", "%")
	case gait.FeaturePace:
		off := gait.FormReading{Feature: gait.FeaturePace, Change: r.Value - r.Usual}
		than := change(off) + " than"
		if math.Round(off.Change) == 0 {
			than = "as"
		}
		return fmt.Sprintf("pace: %s is usual for you in such a run, give or take %.0f %%", than, r.Spread)
	default:
		return beside(string(r.Feature), "")
	}
}

// walking says what the phone in the pocket noticed: never a side, never an injury.
func (t *teller) walking(f *finding.Fact) string {
	switch f.Rule {
	case finding.AskWalk:
		return t.Uneven(f.Walking) + " " + OtherCauses
	case finding.WalkFine:
		return fmt.Sprintf("Your phone agrees: your walks of the last %d days look as before.", f.Days)
	default:
		return ""
	}
}

// OtherCauses are those of uneven walks beside pain.
const OtherCauses = "That can have many causes: other shoes, a bag or a child on the arm, another phone or pocket, a brace, a pregnancy, or something that hurts."

// Uneven says since when the walks have been uneven, and how many of them are.
func (w Words) Uneven(s gait.Walking) string {
	text := fmt.Sprintf("Your walking has been uneven since %s.", w.since(s.Since))
	if s.Walks > 0 {
		text += fmt.Sprintf(" In the last seven days, %.0f of your %d walks were uneven; %s usual for you.",
			s.Share*float64(s.Walks), s.Walks, fewOf(s.Usual*float64(s.Walks)))
	}
	return text
}

// since names a day of the last week or so by its weekday, too.
func (w Words) since(day time.Time) string {
	return day.In(w.zone()).Format("Monday, 2 January")
}

func fewOf(n float64) string {
	if n < 1.5 {
		return "one is"
	}
	return fmt.Sprintf("%.0f are", n)
}
