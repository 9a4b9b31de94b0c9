package finding

import (
	"fmt"
	"slices"

	"gaitkeeper/gait"
)

// ReplyKind is what one tap on a link in a message says. Every answer is one
// under its own name; the others are below.
type ReplyKind string

// The replies that are more or less than an answer.
const (
	ReplyNoPain  = ReplyKind(gait.AnswerNoPain)
	ReplyALittle = ReplyKind(gait.AnswerALittle)
	ReplyHurts   = ReplyKind(gait.AnswerHurts)
	// ReplyNewGear is a strap or shoes that are new: which of them is asked.
	ReplyNewGear ReplyKind = "new-gear"
	// Those of a morning stand for the pain of a spot on the morning after its run.
	ReplyMorningCalm ReplyKind = "morning-calm" // 0 or 1
	ReplyMorningTwo  ReplyKind = "morning-two"
	ReplyMorningBad  ReplyKind = "morning-bad" // 3 or more
	// These say of a spot whether it is one tender spot; who has not felt for it is
	// told how, and asked again.
	ReplyOneSpot ReplyKind = "one-spot"
	ReplyNoSpot  ReplyKind = "no-spot"
	ReplyNotFelt ReplyKind = "not-felt"
	// These say whether it is at the front of the hip.
	ReplyFront    ReplyKind = "front-of-hip"
	ReplyNotFront ReplyKind = "not-front-of-hip"
	// These say whether it kept getting worse in the run.
	ReplyWorse    ReplyKind = "got-worse"
	ReplyNotWorse ReplyKind = "did-not-get-worse"
	// ReplyNotSo takes back what was read in a note or text.
	ReplyNotSo ReplyKind = "not-so"
)

// ReplyKinds returns every reply.
func ReplyKinds() []ReplyKind {
	kinds := []ReplyKind{
		ReplyNewGear, ReplyMorningCalm, ReplyMorningTwo, ReplyMorningBad,
		ReplyOneSpot, ReplyNoSpot, ReplyNotFelt, ReplyFront, ReplyNotFront, ReplyWorse, ReplyNotWorse, ReplyNotSo,
	}
	for _, k := range gait.AnswerKinds() {
		kinds = append(kinds, ReplyKind(k))
	}
	return kinds
}

// ParseReply reads the name of a reply.
func ParseReply(s string) (ReplyKind, error) {
	if k := ReplyKind(s); slices.Contains(ReplyKinds(), k) {
		return k, nil
	}
	return "", fmt.Errorf("no reply is called %q", s)
}

// Answer returns the answer that the reply is; false where it is none.
func (k ReplyKind) Answer() (gait.AnswerKind, bool) {
	kind, err := gait.ParseAnswer(string(k))
	return kind, err == nil
}

// Choices are the replies between which the page behind the link asks; none
// where the link says all.
func (k ReplyKind) Choices() []ReplyKind {
	switch k {
	case ReplyNewGear:
		return []ReplyKind{ReplyKind(gait.AnswerNewStrap), ReplyKind(gait.AnswerNewShoes)}
	case ReplyNotFelt:
		return []ReplyKind{ReplyOneSpot, ReplyNoSpot}
	default:
		return nil
	}
}

// Daily reports whether the reply is about the day on which it is given, so that
// the link in one message can say it on several days.
func (k ReplyKind) Daily() bool {
	return k == ReplyKind(gait.AnswerWalkingFine) || k == ReplyKind(gait.AnswerStillHurts)
}

// Morning returns the pain that the reply tells of the next morning; unknown for
// a reply about the run itself. Of 0 and 1 the worse is taken.
func (k ReplyKind) Morning() gait.Score {
	var s gait.Score
	switch k {
	case ReplyMorningCalm:
		s, _ = gait.Exactly(1)
	case ReplyMorningTwo:
		s, _ = gait.Exactly(2)
	case ReplyMorningBad:
		s, _ = gait.AtLeastScore(3)
	}
	return s
}

// Reply is a reply about one run.
type Reply struct {
	Run  gait.RunID
	Kind ReplyKind
	// Site and Side are the spot that a morning, or what was felt, is about.
	Site gait.Site
	Side gait.Side
}

// Entry returns the entry of the diary that the reply makes; false where it is an
// answer, or leaves a choice.
func (r Reply) Entry() (gait.Pain, bool) {
	p := gait.Pain{Run: r.Run, Site: r.Site, Side: r.Side, Morning: r.Kind.Morning()}
	switch r.Kind {
	case ReplyOneSpot:
		p.Focal = gait.Yes
	case ReplyNoSpot:
		p.Focal = gait.No
	case ReplyFront:
		p.FrontOfHip = gait.Yes
	case ReplyNotFront:
		p.FrontOfHip = gait.No
	case ReplyWorse:
		p.Worsening = gait.Yes
	case ReplyNotWorse:
		p.Worsening = gait.No
	case ReplyNotSo:
		p = p.NotSo()
	default:
		return p, p.Morning.Known()
	}
	return p, true
}

// Replies are the replies that answer the question; none where one word does not
// do.
func (q Question) Replies() []ReplyKind {
	switch q.Ask {
	case AskHurt:
		return []ReplyKind{ReplyNoPain, ReplyALittle, ReplyHurts}
	case AskHowBad:
		return []ReplyKind{ReplyHurts}
	case AskFavouring:
		return []ReplyKind{ReplyKind(gait.AnswerNotALimp), ReplyNewGear, ReplyKind(gait.AnswerLimp)}
	case AskDeepSpot:
		return []ReplyKind{ReplyOneSpot, ReplyNoSpot, ReplyNotFelt}
	case AskWalking, AskHowNow:
		return []ReplyKind{ReplyKind(gait.AnswerWalkingFine), ReplyKind(gait.AnswerStillHurts)}
	case AskFrontOfHip:
		return []ReplyKind{ReplyFront, ReplyNotFront}
	case AskGrowing:
		return []ReplyKind{ReplyWorse, ReplyNotWorse}
	case AskCutBack:
		return []ReplyKind{ReplyKind(gait.AnswerCutBack), ReplyKind(gait.AnswerOtherReason)}
	case AskMorning, AskGone:
		return []ReplyKind{ReplyMorningCalm, ReplyMorningTwo, ReplyMorningBad}
	case AskOnPurpose:
		return []ReplyKind{ReplyKind(gait.AnswerOnPurpose)}
	case AskRedFlag:
		return []ReplyKind{ReplyNotSo}
	default:
		return nil
	}
}

// StopReplies are the replies to a stop with its reasons and advice. "Walking is
// fine" and "it still hurts" are enough for most; what alone ends this one stands
// before them.
func StopReplies(reasons, advice []Fact) []ReplyKind {
	replies := []ReplyKind{ReplyKind(gait.AnswerWalkingFine), ReplyKind(gait.AnswerStillHurts)}
	switch {
	case NeedsDoctor(reasons, advice):
		return append([]ReplyKind{ReplyKind(gait.AnswerCleared)}, replies...)
	case slices.ContainsFunc(slices.Concat(reasons, advice), func(f Fact) bool {
		return f.Rule == StopLimp && f.How != HowSaid || f.Rule == Return && f.How == HowMeasured
	}):
		return append([]ReplyKind{ReplyKind(gait.AnswerNotALimp)}, append(replies, ReplyNewGear)...)
	default:
		return replies
	}
}

// NeedsDoctor reports whether a stop ends by a professional's word alone.
func NeedsDoctor(reasons, advice []Fact) bool {
	return slices.ContainsFunc(slices.Concat(reasons, advice), func(f Fact) bool {
		return f.Rule == RedFlag || f.Rule == StopBone || f.Rule == Return && f.How == HowCleared
	})
}
