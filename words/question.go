package words

import (
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Questions puts questions into sentences.
func (w Words) Questions(questions []finding.Question) []string {
	texts := make([]string, len(questions))
	for i, q := range questions {
		texts[i] = Question(q)
	}
	return texts
}

// Questions that stand on their own, too.
const (
	HowThisMorning = "How is it this morning?"
	// HasSeen asks about a stop that waits for a professional.
	HasSeen = "Has a doctor or a physical therapist looked at it?"
	// WhyLess asks whether it was the pain that made the weeks shorter.
	WhyLess = "Did you run less because of the pain?"
	// WhyDifferent asks for a reason for what was measured.
	WhyDifferent = "Why was your stride different?"
)

// Question puts a question into a sentence.
func Question(q finding.Question) string {
	named := q.Site != gait.NoSite
	switch q.Ask {
	case finding.AskHowBad:
		return "How bad was it at its worst, from 0 to 10, and where?"
	case finding.AskFavouring:
		if named {
			return "Were you favouring " + Your(q.Spot) + "?"
		}
		return "Were you favouring one leg?"
	case finding.AskDeepSpot:
		return "Is it one tender spot? Press along the bone of " + Your(q.Spot) + " with a fingertip."
	case finding.AskFrontOfHip:
		return "Is it at the front of the hip?"
	case finding.AskWalking:
		return "Does walking hurt?"
	case finding.AskGrowing:
		return "Did " + Your(q.Spot) + " keep getting worse while you ran?"
	case finding.AskGone:
		return "How much of it is left the next morning? Tell me once you know."
	case finding.AskMorning:
		return HowThisMorning
	case finding.AskOnPurpose:
		return "Did you change it on purpose?"
	case finding.AskCutBack:
		return WhyLess
	case finding.AskRedFlag:
		return "I read this in what you wrote. Is it so?"
	case finding.AskHowNow:
		return "How " + are(q.Spot, "is ", "are ") + Your(q.Spot) + " now?"
	default:
		return "Did anything hurt?"
	}
}
