package gait

import (
	"fmt"
	"slices"
	"time"
)

// AnswerKind is what the runner says of a question or a warning.
type AnswerKind string

// The answers of the command `answer`.
const (
	AnswerNoPain           AnswerKind = "no-pain"
	AnswerALittle          AnswerKind = "a-little" // worst 2
	AnswerHurts            AnswerKind = "hurts"    // 3 or more, number unknown
	AnswerLimp             AnswerKind = "limp"
	AnswerNotALimp         AnswerKind = "not-a-limp"
	AnswerNewStrap         AnswerKind = "new-strap"
	AnswerNewShoes         AnswerKind = "new-shoes"
	AnswerOnPurpose        AnswerKind = "on-purpose"
	AnswerUnsure           AnswerKind = "unsure"
	AnswerIll              AnswerKind = "ill"
	AnswerCleared          AnswerKind = "cleared"
	AnswerSeenProfessional AnswerKind = "seen-professional"
	AnswerWalkingFine      AnswerKind = "walking-fine" // walking 0 or 1 and a quiet night
	AnswerStillHurts       AnswerKind = "still-hurts"
	AnswerOwnPlan          AnswerKind = "own-plan"     // comes back without the plan of steps
	AnswerCutBack          AnswerKind = "cut-back"     // ran less because of the pain
	AnswerOtherReason      AnswerKind = "other-reason" // ran less, but not because of the pain
)

// AnswerKinds returns every answer.
func AnswerKinds() []AnswerKind {
	return []AnswerKind{
		AnswerNoPain, AnswerALittle, AnswerHurts, AnswerLimp, AnswerNotALimp, AnswerNewStrap, AnswerNewShoes,
		AnswerOnPurpose, AnswerUnsure, AnswerIll, AnswerCleared, AnswerSeenProfessional,
		AnswerWalkingFine, AnswerStillHurts, AnswerOwnPlan, AnswerCutBack, AnswerOtherReason,
	}
}

// ParseAnswer reads the name of an answer.
func ParseAnswer(s string) (AnswerKind, error) {
	if k := AnswerKind(s); slices.Contains(AnswerKinds(), k) {
		return k, nil
	}
	return "", fmt.Errorf("answer %q is not one of %s", s, listed(AnswerKinds()))
}

// Answer is what the runner said of one run's question or warning.
type Answer struct {
	ID   int64
	Run  RunID
	Kind AnswerKind
	// Recorded is when the runner said it.
	Recorded time.Time
}

// Explains reports whether the answer gives a reason other than pain for a
// change of the balance.
func (k AnswerKind) Explains() bool {
	return slices.Contains([]AnswerKind{AnswerNoPain, AnswerNotALimp, AnswerNewStrap, AnswerNewShoes, AnswerOnPurpose}, k)
}

// OfTheDay reports whether the answer is about the day on which it is given, and
// not about its run.
func (k AnswerKind) OfTheDay() bool {
	return slices.Contains([]AnswerKind{
		AnswerCleared, AnswerSeenProfessional, AnswerWalkingFine, AnswerStillHurts, AnswerOwnPlan, AnswerCutBack, AnswerOtherReason,
	}, k)
}

// OfTheRun reports whether the answer says how a run felt.
func (k AnswerKind) OfTheRun() bool {
	return k == AnswerNoPain || k == AnswerALittle || k == AnswerHurts || k == AnswerLimp
}
