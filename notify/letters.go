package notify

import (
	"fmt"
	"strings"
	"time"

	"gaitkeeper/alert"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// alertLetter tells of a trouble that is new or has grown: the runner's own
// words, what was measured, the question, then what it means and what to do.
func alertLetter(c Content) letter {
	d := c.Decision
	reasons, advice, questions := c.ground()
	evidence := measured(c.evidence())
	l := letter{Title: alertTitle(c), Short: short(c, questions)}
	l.add(section{Lines: c.quotes()})
	if !c.RestDay {
		l.add(section{Heading: "What was measured", Lines: append(c.runLine(), evidence...), Chart: true})
	}
	l.add(section{Heading: "The question", Lines: questions})
	l.add(c.verdictSection(reasons))
	l.add(section{Heading: "What to do next", List: c.texts(advice)})
	if d.Verdict == gait.VerdictStop {
		l.add(c.endSection(advice))
	}
	l.add(c.whoToAsk())
	l.add(c.answerSection(reasons))
	return l
}

func alertTitle(c Content) string {
	at := ""
	if p := c.place(); p != "" {
		at = ": " + p
	}
	e := c.evidence()
	switch d := c.Decision; {
	case d.Verdict == gait.VerdictStop && c.urgent():
		return "Stop running and see a doctor today" + at
	case d.Verdict == gait.VerdictStop && d.Why == alert.WhyProfessional:
		return "Still no running, and time to see a physical therapist" + at
	case d.Verdict == gait.VerdictStop:
		return "Stop running for now" + at
	case d.SeeProfessional && at == "" && e.ShortSide != gait.NoSide:
		return capital(string(e.ShortSide)) + " foot still spared: time to see a physical therapist"
	case d.SeeProfessional && (d.Why == alert.WhyProfessional || at != ""):
		return "Time to see a physical therapist" + at
	case at != "" && d.Verdict == gait.VerdictModify:
		return "Change your training for now" + at
	case d.Level == gait.LevelWarn && c.sided() && e.ShortSide != gait.NoSide:
		return capital(string(e.ShortSide)) + " foot on the ground for less time than usual"
	case e.Level == gait.LevelNone && e.Form.Level != gait.LevelNone && e.Form.Level != "":
		return "Your running form was unusual" + c.onDay() + ": did anything hurt?"
	default:
		return "Did anything hurt" + c.onDay() + "?"
	}
}

// short is the message in a sentence or two, for a push message.
func short(c Content, questions []string) string {
	var s []string
	s = append(s, firstOf(c.quotes())...)
	if len(s) == 0 {
		s = append(s, firstOf(measured(c.evidence()))...)
	}
	switch c.Decision.Verdict {
	case gait.VerdictStop, gait.VerdictModify:
		s = append(s, words.Verdict(c.Decision.Verdict))
	}
	if c.Decision.SeeProfessional {
		s = append(s, "It is time to see "+professional+".")
	}
	if c.Decision.Verdict != gait.VerdictStop {
		s = append(s, firstOf(questions)...)
	}
	return sentences(s)
}

// ahead tells where to go should the trouble stay: no further message does.
const ahead = "If your next run looks the same, it is time to see " + professional + ": do not wait for another message."

// reminderLetter says once more that a measured warning stands unanswered.
func reminderLetter(c Content) letter {
	reasons, _, questions := c.ground()
	if len(questions) == 0 {
		questions = []string{"Did anything hurt?"}
	}
	l := letter{Title: "Still open: did anything hurt" + c.onDay() + "?", Short: short(c, questions)}
	l.add(section{
		Heading: "What was measured", Lines: append(c.runLine(), measured(c.evidence())...), Chart: true,
	})
	l.add(section{Heading: "The question", Lines: append(questions,
		"One word is enough, and “nothing hurt” is as good an answer as any. This is the only reminder.")})
	if c.Decision.SeeProfessional {
		l.add(section{Heading: "What it means", Lines: []string{"By now it is time to see " + professional + "."}, List: c.sending()})
	} else {
		l.add(section{Heading: "What to do next", Lines: []string{ahead}})
	}
	l.add(c.answerSection(reasons))
	return l
}

// sending returns what the rules say that send to a professional.
func (c Content) sending() []string {
	var sends []gait.Fact
	for _, f := range c.Standing.Reasons {
		if strings.HasPrefix(string(f.Rule), "PT-") {
			sends = append(sends, f)
		}
	}
	return c.texts(sends)
}

// followUpLetter asks how a stopped trouble is.
func followUpLetter(c Content) letter {
	d := c.Decision
	what := c.place()
	if what == "" {
		what = "it"
	}
	l := letter{Title: fmt.Sprintf("Day %d (%s): how %s %s?", d.Day, c.weekday(), verb(what, "is", "are"), the(what))}
	l.Short = fmt.Sprintf("How %s %s when you walk and in daily life? The advice to stop still stands.", verb(what, "is", "are"), the(what))
	lines := []string{fmt.Sprintf("How %s %s when you walk and in daily life, and did you sleep well?", verb(what, "is", "are"), the(what))}
	if d.Day >= alert.FollowUpDays()[len(alert.FollowUpDays())-1] {
		lines = append(lines, "This is the last time you are asked; the page keeps the advice until your entries lift it.")
	}
	l.add(section{Lines: c.quotes()})
	l.add(section{Heading: "The question", Lines: lines})
	l.add(section{Heading: "What it means", Lines: []string{"The advice to stop running still stands."}})
	l.add(c.endSection(c.Standing.Advice))
	l.add(section{Heading: "Meanwhile", List: c.texts(c.Standing.Advice)})
	l.add(c.whoToAsk())
	l.add(section{Heading: "How to answer", Commands: append(c.walkingCommands(), c.answers(gait.AnswerSeenProfessional)...)})
	return l
}

// resolvedLetter says in one line that a trouble is over.
func resolvedLetter(c Content) letter {
	line := "It has settled. Carry on."
	if c.Decision.Why == alert.WhyNormalAgain {
		line = "Your last runs were back within what is usual for you. It has settled: carry on."
	} else if p := c.place(); p != "" {
		line = fmt.Sprintf("%s %s settled. Carry on.", capital(the(p)), verb(p, "has", "have"))
	}
	l := letter{Title: "Settled, carry on", Short: line}
	l.add(section{Lines: []string{line}})
	return l
}

// morningLetter asks how a sore spot feels on the morning after.
func morningLetter(c Content) letter {
	p := c.Standing.Morning
	if p == nil {
		p = &gait.Pain{}
	}
	what := gait.Place(p.Side, p.Site)
	if what == "" {
		what = "it"
	}
	l := letter{Title: fmt.Sprintf("How %s %s this %s morning?", verb(what, "is", "are"), the(what), c.weekday())}
	l.Short = fmt.Sprintf("How %s %s feel this %s morning, from 0 to 10? The next morning tells more than the run.", verb(what, "does", "do"), the(what), c.weekday())
	l.add(section{Lines: []string{said(*p)}})
	l.add(section{Heading: "The question", Lines: []string{
		fmt.Sprintf("How %s %s feel this %s morning, from 0 (nothing) to 10?", verb(what, "does", "do"), the(what), c.weekday()),
		"The next morning tells more than the run itself.",
	}})
	where := "--at " + c.Decision.At.In(c.zone()).Format(time.DateOnly)
	if p.Run != "" {
		where = "--run " + shortID(p.Run)
	}
	l.add(section{Heading: "How to answer", Commands: []command{
		{"gaitkeeper pain add " + where + spot(*p) + " --morning NUMBER", "the pain this morning, 0 to 10"},
	}})
	return l
}

// weekday names the day of the decision: a message that had to wait says which day
// it asks about.
func (c Content) weekday() string { return c.Decision.At.In(c.zone()).Format("Monday") }

// testLetter proves that a channel works.
func testLetter() letter {
	line := "This channel works: gaitkeeper's messages will arrive like this one."
	l := letter{Title: "Test message from gaitkeeper", Short: line}
	l.add(section{Lines: []string{line, "You need not do anything."}})
	return l
}

func (l *letter) add(s section) {
	if len(s.Lines)+len(s.List)+len(s.Commands)+len(s.Rows) > 0 || s.Chart {
		l.Sections = append(l.Sections, s)
	}
}
