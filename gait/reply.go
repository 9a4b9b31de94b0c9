package gait

import (
	"fmt"
	"slices"
)

// ReplyKind is what one tap on a link in a message says.
type ReplyKind string

// The replies. Those of a run stand for answers, those of a morning for the
// pain of a sore spot on the morning after its run.
const (
	ReplyNoPain  ReplyKind = "no-pain"
	ReplyALittle ReplyKind = "a-little"
	ReplyHurts   ReplyKind = "hurts"
	// ReplyNewGear is a strap or shoes that are new: which of them is asked.
	ReplyNewGear     ReplyKind = "new-gear"
	ReplyMorningCalm ReplyKind = "morning-calm" // 0 or 1
	ReplyMorningTwo  ReplyKind = "morning-two"
	ReplyMorningBad  ReplyKind = "morning-bad" // 3 or more
)

// ReplyKinds returns every reply.
func ReplyKinds() []ReplyKind {
	return []ReplyKind{
		ReplyNoPain, ReplyALittle, ReplyHurts, ReplyNewGear, ReplyMorningCalm, ReplyMorningTwo, ReplyMorningBad,
	}
}

// ParseReply reads the name of a reply.
func ParseReply(s string) (ReplyKind, error) {
	if k := ReplyKind(s); slices.Contains(ReplyKinds(), k) {
		return k, nil
	}
	return "", fmt.Errorf("reply %q is none of %v", s, ReplyKinds())
}

// Answers returns the answers of which the reply is one; none for a morning.
func (k ReplyKind) Answers() []AnswerKind {
	switch k {
	case ReplyNoPain:
		return []AnswerKind{AnswerNoPain}
	case ReplyALittle:
		return []AnswerKind{AnswerALittle}
	case ReplyHurts:
		return []AnswerKind{AnswerHurts}
	case ReplyNewGear:
		return []AnswerKind{AnswerNewStrap, AnswerNewShoes}
	default:
		return nil
	}
}

// Morning returns the pain that the reply tells of the next morning; unknown
// for a reply about the run itself. Of 0 and 1 the graver is taken.
func (k ReplyKind) Morning() Score {
	var s Score
	switch k {
	case ReplyMorningCalm:
		s, _ = Exactly(1)
	case ReplyMorningTwo:
		s, _ = Exactly(2)
	case ReplyMorningBad:
		s, _ = AtLeastScore(3)
	}
	return s
}

// Reply is a reply about one run.
type Reply struct {
	Run  RunID
	Kind ReplyKind
	// Site and Side are the sore spot that a morning is about.
	Site Site
	Side Side
}
