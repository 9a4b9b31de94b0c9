package web

import (
	"fmt"
	"slices"
	"strings"

	"gaitkeeper/api"
	"gaitkeeper/gait"
)

// Onset is when a change inside the run began: "25:20", or empty.
func (p runPage) Onset() string {
	if p.Asymmetry.OnsetS == 0 {
		return ""
	}
	return minutes(p.Asymmetry.OnsetS)
}

// Unasked are the questions that the sentence does not ask.
func (p runPage) Unasked() []string {
	asked := strings.ToLower(p.Sentence)
	return slices.DeleteFunc(slices.Clone(p.Questions), func(q string) bool { return strings.Contains(asked, strings.ToLower(q)) })
}

// Further is what stands behind the verdict but for what the sentence says.
func (p runPage) Further() api.Standing {
	return api.Standing{Reasons: p.Reasons[min(1, len(p.Reasons)):], Advice: p.Advice}
}

// minutes writes seconds as minutes and seconds, and hours where there are any.
func minutes(s int) string {
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// signalWords names the signals of a run in a runner's words.
func signalWords(signals string) string {
	words := strings.Fields(signals)
	for i, w := range words {
		switch w {
		case "speed":
			words[i] = "pace"
		case "altitude":
			words[i] = "height"
		case "stance_time":
			words[i] = "ground contact time"
		case "stance_time_balance":
			words[i] = "ground contact balance (left/right)"
		default:
			words[i] = strings.ReplaceAll(w, "_", " ")
		}
	}
	return strings.Join(words, ", ")
}

// sourceWords names a source as its owner does.
func sourceWords(source any) string {
	switch name := fmt.Sprint(source); gait.SourceName(name) {
	case gait.SourceFIT:
		return "FIT files"
	case gait.SourceIntervals:
		return "intervals.icu"
	case gait.SourceStrava:
		return "Strava"
	case gait.SourceAppleHealth:
		return "Apple Health"
	default:
		return name
	}
}

// levelWords says how loud something speaks.
func levelWords(l gait.Level) string {
	switch l {
	case gait.LevelWarn:
		return "a warning"
	case gait.LevelAsk:
		return "a question"
	default:
		return "as usual"
	}
}

// qualityWords says how far the balance of a run can be trusted.
func qualityWords(q gait.BalanceQuality) string {
	switch q {
	case gait.BalanceOK:
		return "good"
	case gait.BalanceNone:
		return "no left/right signal"
	case gait.BalanceTooShort:
		return "too short to judge"
	case gait.BalanceSuspectSensor:
		return "check your strap"
	default:
		return string(q)
	}
}
