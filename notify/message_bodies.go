package notify

import (
	"slices"
	"strings"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// alertBody tells of a trouble that is new or has grown: the runner's own
// words, what was measured and what it means, the question; then what to do, how
// it ends, and what is behind it.
func alertBody(c Content) mailBody {
	reasons, advice := c.ground()
	l := mailBody{Title: alertTitle(c), Lead: c.lead(reasons)}
	l.Short = c.short(l.Lead)
	if c.Decision.Verdict == finding.VerdictAsk {
		l.add(section{Lines: []string{words.Verdict(finding.VerdictAsk)}})
	}
	if has(reasons, finding.RedFlag) { // the doctor comes first, and nothing stands beside it
		l.add(c.endSection(reasons, advice))
		return l
	}
	l.add(section{Heading: words.HeadingWhatToDo, List: c.texts(advice)})
	l.add(c.endSection(reasons, advice))
	l.add(c.measuredSection(l.Lead))
	l.add(section{Heading: words.HeadingWhy, List: c.texts(reasons, finding.KeepQuiet, finding.Learning)})
	l.add(c.alsoSaid())
	l.add(c.whoToAsk())
	return l
}

// lead is what a message says first.
func (c Content) lead(reasons []finding.Fact) []string {
	said := lines(c.runLine(), c.quote())
	if c.quote() == "" || c.evidence().Level.Above(gait.LevelNone) {
		said = append(said, c.measured()...)
	}
	if signs := c.of(finding.RedFlag, reasons); len(signs) > 0 { // for which a doctor is due today
		return slices.Concat(said, signs, []string{words.NotUntilThen})
	}
	verdict, serious := "", ""
	if c.Decision.Verdict.MoreSevere(finding.VerdictAsk) {
		verdict = words.Verdict(c.Decision.Verdict)
	}
	if c.Decision.Why == alert.WhyGraver {
		serious = words.MoreSerious
	}
	return append(said, lines(verdict, serious, c.whom())...)
}

// measured says the most important of what was measured, in one sentence or
// none.
func (c Content) measured() []string {
	all := words.Measured(c.evidence())
	return all[:min(1, len(all))]
}

// whom says whom to see, if anybody. The advice stands by until it is taken: a word
// more from the runner does not end it.
func (c Content) whom() string {
	return words.Whom(c.urgent(), c.Decision.SeeProfessional || c.Standing.SeeProfessional)
}

func alertTitle(c Content) string {
	at := ""
	if p := c.spot(); p.Site != gait.NoSite {
		at = ": " + words.Place(p.Side, p.Site)
	}
	reasons, _ := c.ground()
	e, d := c.evidence(), c.Decision
	stop, professional := d.Verdict == finding.VerdictStop, d.SeeProfessional || c.Standing.SeeProfessional
	foot := ""
	if e.Level.Above(gait.LevelNone) && (e.ShortSide == gait.Left || e.ShortSide == gait.Right) {
		foot = words.LessTime(e.ShortSide)
	}
	if at == "" && !stop {
		at = foot
	}
	switch {
	case has(reasons, finding.RedFlag):
		return words.SubjectDoctor + at
	case stop && c.urgent():
		return words.SubjectStopDoctor + at
	case stop && has(reasons, finding.PTIgnored):
		return words.SubjectIgnored + at
	case stop && professional:
		return words.SubjectStopTherapist + at
	case stop:
		return words.SubjectStop + at
	case professional && d.Verdict == finding.VerdictModify && at != foot:
		return words.SubjectTherapistChange + at
	case professional:
		return words.SubjectTherapist + at
	case d.Verdict == finding.VerdictModify && (at != foot || d.Level == gait.LevelWarn):
		return words.SubjectChange + at
	case e.Level == gait.LevelNone && e.Form.Level.Above(gait.LevelNone):
		return words.SubjectForm + c.onDay() + ": " + c.asking("")
	default:
		return words.Capital(c.asking(c.onDay()))
	}
}

// asking is the question as a subject ends with it: "did anything hurt on
// Tuesday?".
func (c Content) asking(day string) string {
	q, asks := c.open()
	if !asks || q.Ask == finding.AskHurt {
		return words.DidAnythingHurt(day)
	}
	text, _, _ := strings.Cut(words.Question(q), "?")
	return strings.ToLower(text[:1]) + text[1:] + "?"
}

// short is the message in a few sentences, for a push message.
func (c Content) short(lead []string) string {
	ask, _ := c.ask()
	said := slices.DeleteFunc(slices.Clone(lead), func(s string) bool { return s == c.runLine() })
	return strings.Join(lines(append(said, ask)...), " ")
}

// reminderBody says once more that a measured warning stands unanswered.
func reminderBody(c Content) mailBody {
	l := mailBody{Title: words.SubjectStillOpen + c.asking(c.onDay())}
	l.Lead = append(append(lines(c.runLine()), c.measured()...), lines(c.whom())...)
	l.Short = c.short(l.Lead)
	_, advice := c.ground()
	l.add(section{Lines: []string{words.OnlyReminder}})
	l.add(section{Heading: words.HeadingWhatToDo, List: c.texts(advice)})
	l.add(c.measuredSection(l.Lead))
	return l
}

// followUpBody asks how a stopped trouble is.
func followUpBody(c Content) mailBody {
	d := c.Decision
	l := mailBody{Title: words.HowOnDay(d.Day, c.weekday(), c.spot())}
	l.Lead = lines(c.quote(), words.AdviceStands, c.whom())
	l.Short = c.short(l.Lead)
	if d.Day >= alert.FollowUpDays()[len(alert.FollowUpDays())-1] {
		l.add(section{Lines: []string{words.LastFollowUp}})
	}
	l.add(c.endSection(c.Standing.Reasons, c.Standing.Advice))
	l.add(c.evenWalks())
	return l
}

// resolvedBody says in one line that a trouble is over.
func resolvedBody(c Content) mailBody {
	line := words.Settled(c.spot())
	if c.Decision.Why == alert.WhyNormalAgain {
		line = words.NormalAgain
	}
	l := mailBody{Title: words.SubjectSettled, Short: line, Lead: []string{line}}
	l.add(c.wayBack())
	return l
}

// morningBody asks how a sore spot feels on the morning after.
func morningBody(c Content) mailBody {
	p := c.Standing.Morning
	if p == nil {
		p = &gait.Pain{}
	}
	l := mailBody{Title: words.HowInTheMorning(c.weekday(), p.Spot())}
	l.Lead = []string{words.Entry(*p, c.words().YouSaid(time.Time{}))}
	ask, _ := c.ask()
	l.Short = ask
	l.add(c.wayBack())
	return l
}

// weekday names the day of the decision: a message that had to wait says which day
// it asks about.
func (c Content) weekday() string { return c.Decision.At.In(c.zone()).Format("Monday") }

// walkingBody asks about everyday walks that have become uneven.
func walkingBody(c Content) mailBody {
	l := mailBody{Title: words.Bothering, Lead: []string{c.words().Uneven(c.Standing.Walking)}}
	l.Short = l.Lead[0]
	l.add(section{Lines: []string{words.OtherCauses, words.Verdict(finding.VerdictAsk)}})
	return l
}

// testBody proves that a channel works.
func testBody() mailBody {
	line := words.ChannelWorks
	return mailBody{Title: words.SubjectTest, Short: line, Lead: []string{line, words.NothingToDo}}
}

func (l *mailBody) add(s section) {
	if len(s.Lines)+len(s.List)+len(s.Rows) > 0 || s.Chart {
		l.Sections = append(l.Sections, s)
	}
}
