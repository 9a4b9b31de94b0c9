package notify

import (
	"slices"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// ask returns the one question of a message, and the taps: first those that
// answer it. A question that no link answers is left to the page.
func (c Content) ask() (text string, taps []replyLink) {
	switch k := c.Decision.Kind; {
	case c.Decision.Why == alert.WhyWalking:
		return words.Question(finding.Question{Ask: finding.AskHurt}), []replyLink{c.today()}
	case k == alert.MessageMorning:
		return c.askMorning()
	case k == alert.MessageFollowUp, k == alert.MessageDigest && c.Standing.Verdict == finding.VerdictStop:
		return c.askOfStop(c.howIsWalking(), nil)
	case k == alert.MessageDigest:
		i := slices.IndexFunc(c.Standing.Questions, func(q finding.Question) bool { return q.Ask == finding.AskHowNow })
		if i < 0 || c.about() == "" {
			return "", nil
		}
		return words.Question(c.Standing.Questions[i]), c.answersTo(c.Standing.Questions[i])
	case k == alert.MessageAlert, k == alert.MessageEscalate, k == alert.MessageReminder:
		return c.askOfTrouble()
	default:
		return "", nil
	}
}

// askOfTrouble asks about a trouble that is new, has grown or waits for a word.
func (c Content) askOfTrouble() (text string, taps []replyLink) {
	q, asks := c.open()
	if asks {
		text, taps = words.Question(q), c.answersTo(q)
	}
	switch {
	case c.Decision.Verdict == finding.VerdictStop && asks:
		return c.askOfStop(text, taps)
	case c.Decision.Verdict == finding.VerdictStop:
		return c.askOfStop(c.howTomorrow(), nil)
	case c.RestDay && !asks:
		text, taps = words.HowByNow, []replyLink{c.today()}
	}
	taps = append(taps, c.furtherTaps()...)
	if c.about() != "" && c.Standing.Plan != nil {
		taps = append(taps, says(gait.AnswerOwnPlan, gait.AnswerUnsure)...)
	}
	if text == "" && len(taps) > 0 {
		text = words.AnotherReason
		if c.evidence().ShortSide == gait.NoSide {
			text = words.AnythingToAdd
		}
	}
	return text, once(taps)
}

// howTomorrow asks, as a stop is told, for what ends it.
func (c Content) howTomorrow() string {
	switch {
	case finding.NeedsDoctor(c.ground()):
		return words.HasSeen
	case finding.StopReplies(c.ground())[0] == finding.ReplyKind(gait.AnswerNotALimp):
		return words.WereYouLimping
	default:
		return words.WalkingTomorrow
	}
}

// askOfStop asks about a stop: taps end it, or say that it stands. What answers the
// question comes first, one of it, because a push message shows three.
func (c Content) askOfStop(text string, answers []replyLink) (string, []replyLink) {
	if c.about() == "" {
		return text, once(append([]replyLink{c.today()}, c.furtherTaps()...))
	}
	var stop []replyLink
	for _, k := range finding.StopReplies(c.ground()) {
		stop = append(stop, replyLink{kind: k})
	}
	n := min(1, len(answers))
	return text, once(slices.Concat(answers[:n], stop, answers[n:], c.furtherTaps(), says(gait.AnswerUnsure)))
}

// once leaves out taps that stand further ahead.
func once(taps []replyLink) []replyLink {
	var left []replyLink
	for _, t := range taps {
		if !slices.ContainsFunc(left, func(o replyLink) bool { return o.kind == t.kind && o.path == t.path && o.open == t.open }) {
			left = append(left, t)
		}
	}
	return left
}

// open returns the first question behind the decision that the runner has not
// answered yet and that a link answers.
func (c Content) open() (finding.Question, bool) {
	for _, q := range c.questions() {
		if !c.answered(q) && len(c.answersTo(q)) > 0 {
			return q, true
		}
	}
	switch {
	case c.unplaced():
		return finding.Question{Ask: finding.AskHowBad}, true
	case c.Decision.Kind == alert.MessageReminder && !c.spoke():
		return finding.Question{Ask: finding.AskHurt}, true
	}
	return finding.Question{}, false
}

// spoke reports whether the runner has said of the run whether it hurt.
func (c Content) spoke() bool {
	return len(c.Said) > 0 || slices.ContainsFunc(c.Answers, func(a gait.Answer) bool { return !a.Kind.OfTheDay() && a.Kind != gait.AnswerUnsure })
}

// answered reports whether what the runner said answers a question.
func (c Content) answered(q finding.Question) bool {
	said := func(is func(gait.Pain) bool) bool { return slices.ContainsFunc(c.Said, is) }
	gave := func(kinds ...gait.AnswerKind) bool {
		return slices.ContainsFunc(c.Answers, func(a gait.Answer) bool { return slices.Contains(kinds, a.Kind) })
	}
	at := func(p gait.Pain) bool { return q.Site == gait.NoSite || p.Site == q.Site && p.Side == q.Side }
	switch q.Ask {
	case finding.AskHurt:
		return c.spoke()
	case finding.AskHowBad:
		return said(func(p gait.Pain) bool { return p.Site != gait.NoSite && p.Worst.Known() })
	case finding.AskFavouring:
		return gave(gait.AnswerLimp, gait.AnswerNotALimp) || said(func(p gait.Pain) bool { return at(p) && p.Limping != gait.Unsaid })
	case finding.AskDeepSpot:
		return said(func(p gait.Pain) bool { return at(p) && p.Focal != gait.Unsaid })
	case finding.AskFrontOfHip:
		return said(func(p gait.Pain) bool { return at(p) && p.FrontOfHip != gait.Unsaid })
	case finding.AskCutBack:
		return gave(gait.AnswerCutBack, gait.AnswerOtherReason)
	case finding.AskGrowing:
		return said(func(p gait.Pain) bool { return at(p) && p.Worsening != gait.Unsaid })
	case finding.AskMorning, finding.AskGone:
		return said(func(p gait.Pain) bool { return at(p) && p.Morning.Known() })
	case finding.AskOnPurpose:
		return gave(gait.AnswerOnPurpose)
	default:
		return false
	}
}

// unplaced reports whether the runner said that it hurts, and no more.
func (c Content) unplaced() bool {
	placed := slices.ContainsFunc(c.Said, func(p gait.Pain) bool { return p.Site != gait.NoSite })
	return !placed && !c.RestDay && slices.ContainsFunc(c.Answers, func(a gait.Answer) bool { return a.Kind == gait.AnswerHurts })
}

// howIsWalking asks about a stop that stands.
func (c Content) howIsWalking() string {
	if finding.NeedsDoctor(c.ground()) {
		return words.HasSeen
	}
	return words.HowIsWalking(c.spot())
}

// askMorning asks for the pain on the morning after. A spot whose place the
// runner never named is asked about on the page.
func (c Content) askMorning() (string, []replyLink) {
	p := c.Standing.Morning
	if p == nil {
		p = &gait.Pain{}
	}
	text := words.MorningNumber(c.weekday(), p.Spot())
	if p.Run == "" {
		return text, nil
	}
	return text, c.answersTo(finding.Question{Ask: finding.AskMorning, Spot: p.Spot()})
}
