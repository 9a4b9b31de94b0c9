package rules

import (
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// howMuch asks whether anything hurt, or how much where that is all that is
// missing.
func (c *Case) howMuch() finding.Ask {
	if c.Answered() {
		return finding.AskHowBad
	}
	return finding.AskHurt
}

// ASK-MEASURED: a shift at the level of a question, or another form than usual,
// and nobody knows how much it hurts.
func askMeasured(c *Case) match {
	balance := c.asymmetry() == gait.LevelAsk
	if c.rated() || c.Explained() || !balance && !c.form().Above(gait.LevelNone) {
		return match{}
	}
	if balance {
		return found(finding.Fact{Shift: finding.ShiftOf(c.Run)}).asking(c.howMuch())
	}
	f := finding.Fact{How: finding.HowForm, Readings: c.Run.Form.Readings}
	for _, feature := range c.Run.Form.What {
		f.What = append(f.What, finding.What(feature))
	}
	return found(f).asking(c.howMuch(), finding.AskOnPurpose)
}

// Answers are what a tap says of the spots that ASK-SILENT asks about: walking is
// fine, or it still hurts, which is 3 or more as in the answer "it hurts".
func Answers(c Case) []Report {
	var worst gait.Score
	switch c.Tap {
	case gait.AnswerWalkingFine:
		worst, _ = gait.Exactly(1)
	case gait.AnswerStillHurts:
		worst, _ = gait.AtLeastScore(3)
	default:
		return nil
	}
	var reports []Report
	for _, course := range c.Courses {
		if course.silent(c.At, c.Params.Pain) {
			reports = append(reports, Report{Pain: gait.Pain{Site: course.Site, Side: course.Side, Worst: worst, Recorded: c.At}, Entered: c.At})
		}
	}
	return reports
}

// silent is ASK-SILENT: a trouble that nobody has spoken of for so long that all
// it asked for has lapsed. That does not mean that it has settled.
func (c *Case) silent() []Finding {
	var all []Finding
	for _, course := range c.Courses {
		if !c.looks() || !course.silent(c.At, c.Params.Pain) {
			continue
		}
		m := found(finding.Fact{Date: course.past[len(course.past)-1].At, Days: standsDays}).asking(finding.AskHowNow)
		all = append(all, c.finding(finding.AskSilent, m, course.Spot))
	}
	return all
}
