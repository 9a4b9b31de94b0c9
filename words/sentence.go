package words

import (
	"strings"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Sentence sums up a run in a few plain words: the most serious reason, a
// question before a claim, and what to do. It is no diagnosis.
func (w Words) Sentence(a finding.Assessment) string {
	reasons := w.Reasons(a.Reasons)
	if len(reasons) == 0 {
		return "You took this run out: it counts for nothing."
	}
	said := []string{reasons[0].Text}
	if n := Asks(a); n > 0 {
		said = append(said, Question(a.Questions[0]))
	}
	return strings.Join(append(said, next(a)...), " ")
}

// Asks is how many of an assessment's questions [Words.Sentence] asks itself.
func Asks(a finding.Assessment) int {
	if len(a.Questions) == 0 || len(a.Reasons) == 0 {
		return 0
	}
	switch a.Reasons[0].Rule {
	case finding.AskMeasured, finding.ModMeasured, finding.ModBone, finding.ModAfter, finding.ModRest, finding.ModGrew:
		return 1
	default:
		return 0
	}
}

// Verdict says a verdict in a sentence.
func Verdict(v finding.Verdict) string {
	switch v {
	case finding.VerdictStop:
		return "Stop running for now. That is a pause, not the end of training."
	case finding.VerdictModify:
		return "You can keep running, with a few changes for now."
	case finding.VerdictAsk:
		return "For now nothing changes: this is a question, not a finding."
	case finding.VerdictLearning:
		return "Keep running. Your own normal is still being learned."
	default:
		return "Keep running."
	}
}

// What to do, in one line.
const (
	noRunning    = "No running for now; anything that does not hurt is fine."
	takeItEasier = "Take it a little easier, and see how the next run and the morning after feel."
	runAsAlways  = "Run as you always do."
)

// SeeDoctor sends the runner to a doctor at once.
const SeeDoctor = "See a doctor today."

// Whom says whom to see; empty where nobody need be seen.
func Whom(urgent, professional bool) string {
	switch {
	case urgent:
		return SeeDoctor
	case professional:
		return "It is time to see " + Professional + "."
	default:
		return ""
	}
}

// next says what to do about it, in one or two short sentences.
func next(a finding.Assessment) []string {
	if a.Reasons[0].Note != "" { // nothing follows from a run that counts for nothing
		return nil
	}
	var todo []string
	switch a.Verdict {
	case finding.VerdictStop:
		todo = append(todo, noRunning)
	case finding.VerdictModify:
		todo = append(todo, takeItEasier)
	case finding.VerdictAsk:
		todo = append(todo, "If not, say so and carry on.")
	case finding.VerdictLearning:
		todo = append(todo, runAsAlways)
	default:
		todo = append(todo, carryOn(a.Reasons[0].Rule)...)
	}
	switch {
	case a.Urgent:
		todo = append(todo, SeeDoctor)
	case a.SeeProfessional:
		todo = append(todo, Capital(Professional)+" should take a look.")
	}
	if a.Evidence.Quality.Balance == gait.BalanceSuspectSensor && !a.Verdict.MoreSevere(finding.VerdictKeep) {
		todo = append(todo, "Check your strap before the next run: its data do not look like a leg's.")
	}
	return todo
}

func carryOn(first finding.Rule) []string {
	switch first {
	case finding.Ill, finding.KeepSore:
		return nil
	case finding.KeepWarmsUp, finding.KeepLow, finding.Watch:
		return []string{"Carry on, and keep an eye on it."}
	default:
		return []string{"Carry on as planned."}
	}
}
