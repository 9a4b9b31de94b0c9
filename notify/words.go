package notify

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// maxNote is how many characters of a note a message quotes.
const maxNote = 160

// painSentence puts a diary entry into a sentence that begins with who said it when, the
// runner's own words first.
func painSentence(p gait.Pain, who string) string {
	if note := quoted(p.Note); note != "" {
		who += " " + note
	}
	if p.NoPain() {
		return who + ": no pain."
	}
	facts := []string{}
	add := func(known bool, format string, args ...any) {
		if known {
			facts = append(facts, fmt.Sprintf(format, args...))
		}
	}
	add(p.Site != gait.NoSite, "%s", gait.Place(p.Side, p.Site))
	add(p.Kind != gait.NoKind, "%s", p.Kind.Words())
	if p.RestDay() {
		add(p.Worst.Known(), "%v of 10 in walking and daily life", p.Worst)
	} else {
		add(p.Worst.Known(), "%v of 10 at worst", p.Worst)
	}
	add(p.Start.Known(), "%v at the start", p.Start)
	add(p.End.Known(), "%v at the end", p.End)
	add(p.Morning.Known(), "%v the next morning", p.Morning)
	return who + ": " + strings.Join(append(facts, p.Complaints()...), ", ") + "."
}

func quoted(note string) string {
	note = strings.TrimSpace(note)
	if r := []rune(note); len(r) > maxNote {
		note = strings.TrimSpace(string(r[:maxNote])) + "…"
	}
	if note == "" {
		return ""
	}
	return "“" + note + "”"
}

// measured says what was measured on a run, in sentences. A side is named only
// where left and right were measured apart.
func measured(e gait.Evidence) []string {
	var s []string
	if e.Level != gait.LevelNone && e.Level != "" && (e.ShortSide == gait.Left || e.ShortSide == gait.Right) {
		s = append(s, words.Shift(gait.ShiftOf(&e)))
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
	s := fmt.Sprintf("Ground contact balance: %s. Your normal: %s", balance(e.Balance), balance(e.Baseline))
	// A normal just left is known less surely: a band that holds the odd run
	// too would contradict what is said of it.
	odd := e.Level.Above(gait.LevelNone) && math.Abs(float64(e.Shift)) <= float64(e.Band)
	if gait.Known(e.Band) && e.Band > 0 && !odd {
		s += fmt.Sprintf(", usually within %.1f points of it", float64(e.Band))
	}
	if e.BaselineRuns > 0 {
		s += fmt.Sprintf(" (over your last %s)", count(e.BaselineRuns, "run"))
	}
	return s + "."
}

// balance prints both feet's shares of the ground contact.
func balance(left gait.Percent) string {
	return fmt.Sprintf("%.1f %% left / %.1f %% right", float64(left), 100-float64(left))
}

func formSentence(e gait.Evidence) string {
	if e.Form.Level == gait.LevelNone || len(e.Form.What) == 0 {
		return ""
	}
	if text := words.Form(e.Form); text != "" {
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
	return "On this run " + join(s) + "."
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

// texts returns the sentences of facts beside what was measured, without those of
// the given rules and without how a stop ends, which has a place of its own.
func (c Content) texts(facts []gait.Fact, without ...gait.Rule) []string {
	told := slices.DeleteFunc(slices.Clone(facts), func(f gait.Fact) bool { return f.Rule == gait.Return || slices.Contains(without, f.Rule) })
	return texts(c.words().Beside(told))
}

func texts(reasons []gait.Reason) []string {
	var s []string
	for _, r := range reasons {
		s = append(s, r.Text)
	}
	return s
}

func has(reasons []gait.Fact, rule gait.Rule) bool {
	return slices.ContainsFunc(reasons, func(f gait.Fact) bool { return f.Rule == rule })
}

func join(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}

func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
