package rules

import (
	"strings"

	"gaitkeeper/gait"
)

// Sentence says of a run what a physiotherapist would say to the runner: the
// gravest reason in plain words, a question before a claim, and what to do. It
// is no diagnosis.
func Sentence(a gait.Assessment) string {
	if len(a.Reasons) == 0 {
		return "You took this run out: it counts for nothing."
	}
	first := a.Reasons[0]
	said := closed(first.Text)
	if asks(first.Rule) && len(a.Questions) > 0 {
		said = question(said, a.Questions[0])
	}
	return strings.Join(append([]string{said}, next(first.Rule, a)...), " ")
}

// asks tells whether a rule is more of a question than a claim.
func asks(r gait.Rule) bool {
	switch r {
	case gait.AskMeasured, gait.ModMeasured, gait.ModBone, gait.ModAfter, gait.ModRest, gait.ModGrew:
		return true
	default:
		return false
	}
}

// question joins what was seen and the question about it: one sentence where
// that reads well.
func question(seen, asked string) string {
	body := strings.TrimSuffix(seen, ".")
	if strings.ContainsAny(body, ".:") {
		return seen + " " + asked
	}
	return body + ": " + strings.ToLower(asked[:1]) + asked[1:]
}

func closed(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

// next says what to do about it, in one or two short sentences.
func next(first gait.Rule, a gait.Assessment) []string {
	var todo []string
	switch a.Verdict {
	case gait.VerdictStop:
		todo = append(todo, "Leave running be for now; whatever does not hurt is fine.")
	case gait.VerdictModify:
		todo = append(todo, "Take it a little easier, and see how the next run and the morning after it feel.")
	case gait.VerdictAsk:
		todo = append(todo, "If not, say so and carry on.")
	case gait.VerdictLearning:
		todo = append(todo, "Run as you always do.")
	default:
		todo = append(todo, carryOn(first)...)
	}
	switch {
	case a.Urgent:
		todo = append(todo, "Please let a doctor look at it today.")
	case a.SeeProfessional:
		todo = append(todo, "Somebody who works with runners, a physical therapist, should have a look at it.")
	}
	if a.Evidence.Quality.Balance == gait.BalanceSuspectSensor && !a.Verdict.Graver(gait.VerdictKeep) {
		todo = append(todo, "Check your strap before the next run: its figures do not look like a leg's.")
	}
	return todo
}

func carryOn(first gait.Rule) []string {
	switch first {
	case gait.Ill:
		return nil
	case gait.KeepWarmsUp, gait.KeepLow, gait.Watch:
		return []string{"Carry on, and keep an eye on it."}
	case gait.KeepSore:
		return nil
	default:
		return []string{"Carry on as planned."}
	}
}
