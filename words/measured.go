package words

import (
	"fmt"
	"math"
	"strings"

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
	if f := formSentence(e); f != "" {
		s = append(s, f)
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

func formSentence(e gait.Evidence) string {
	if e.Form.Level == gait.LevelNone || len(e.Form.What) == 0 {
		return ""
	}
	if text := Form(e.Form); text != "" {
		return text
	}
	var s []string
	for _, f := range e.Form.What {
		switch f {
		case gait.FeatureCadence:
			s = append(s, "your cadence was not your usual one")
		case gait.FeatureStanceTime:
			s = append(s, stanceTime(e.StanceTimeShift))
		case gait.FeatureWalkBreaks:
			s = append(s, "you walked more than you usually do")
		case gait.FeaturePaceFade:
			s = append(s, "your pace faded more than it usually does")
		default:
			s = append(s, "your form was not your usual one")
		}
	}
	return "On this run " + List(s) + "."
}

func stanceTime(shift gait.Milliseconds) string {
	ms := math.Round(float64(shift))
	switch {
	case !gait.Known(shift) || ms == 0:
		return "your steps spent an unusual time on the ground"
	case ms > 0:
		return fmt.Sprintf("your steps were on the ground %.0f ms longer than usual", ms)
	default:
		return fmt.Sprintf("your steps were on the ground %.0f ms less than usual", -ms)
	}
}
