package notify

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// quote is the newest thing that the runner said, with its day where that is
// another than the message's; empty where there is none.
func (c Content) quote() string {
	w := c.newest()
	if w == (Statement{}) {
		return ""
	}
	day := func(t time.Time) string { return t.In(c.zone()).Format(time.DateOnly) }
	run, at := gait.RunID(""), w.recorded()
	if w.Entry != nil {
		run, at = w.Entry.Run, w.Entry.At
	} else if !w.Answer.Kind.OfTheDay() {
		run = w.Answer.Run
	}
	if run != "" && run == c.Decision.Run || day(at) == day(c.Decision.At) {
		at = time.Time{} // the message's own
	}
	who := c.words().YouSaid(at)
	if w.Entry != nil {
		return words.Entry(*w.Entry, who)
	}
	return who + ": “" + words.Meaning(w.Answer.Kind) + "”."
}

// alsoSaid is what else the runner said of the run.
func (c Content) alsoSaid() section {
	s := section{Heading: words.HeadingAlsoSaid}
	for i := range c.Said {
		if w := c.newest(); w.Entry == nil || w.Entry.ID != c.Said[i].ID {
			s.List = append(s.List, words.EntryLine(c.Said[i]))
		}
	}
	return s
}

// runLine says which run the message is about; empty where it is about none.
func (c Content) runLine() string {
	if c.Run == nil || c.RestDay {
		return ""
	}
	return c.words().RunLine(*c.Run)
}

// onDay names the day of the run: " on Tuesday".
func (c Content) onDay() string {
	if c.Run == nil {
		return ""
	}
	return " on " + c.Run.Start.In(c.zone()).Format("Monday")
}

// measuredSection holds what was measured beyond what was said first, and the
// chart.
func (c Content) measuredSection(lead []string) section {
	if e := c.evidence(); !gait.Known(e.Balance) && !e.Form.Level.Above(gait.LevelNone) {
		return section{}
	}
	rest := slices.DeleteFunc(words.Measured(c.evidence()), func(line string) bool { return slices.Contains(lead, line) })
	return section{Heading: words.HeadingWhatWasMeasured, Lines: rest, Chart: true}
}

// endSection says how a stop ends, or which step of the way back is next.
func (c Content) endSection(reasons, advice []finding.Fact) section {
	if has(reasons, finding.RedFlag) {
		advice = []finding.Fact{{Rule: finding.Return, How: finding.HowCleared}}
	}
	s := section{Heading: words.HeadingHowItEnds, Lines: c.of(finding.Return, advice)}
	if c.Decision.Verdict != finding.VerdictStop {
		s.Heading = words.HeadingTheWayBack
	}
	return s
}

// wayBack says which step of the way back is next; empty where there is none.
func (c Content) wayBack() section {
	if c.Standing.Plan == nil {
		return section{}
	}
	return c.endSection(nil, c.Standing.Advice)
}

// evenWalks says that the runner's walks are as before, where a phone measures them.
func (c Content) evenWalks() section {
	return section{Lines: c.of(finding.WalkFine, c.Standing.Advice)}
}

// whoToAsk says when to ask somebody; not where the message says that it is time.
func (c Content) whoToAsk() section {
	if c.Decision.SeeProfessional || !c.Decision.Verdict.MoreSevere(finding.VerdictAsk) {
		return section{}
	}
	return section{Heading: words.HeadingWhenToAsk, Lines: []string{words.WhenToAsk}}
}

// lines leaves out the empty ones.
func lines(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// of returns the sentences of the facts of one rule.
func (c Content) of(rule finding.Rule, facts []finding.Fact) []string {
	return texts(c.words().Reasons(slices.DeleteFunc(slices.Clone(facts), func(f finding.Fact) bool { return f.Rule != rule })))
}

// texts returns the sentences of facts beside what was measured, without those of
// the given rules and without how a stop ends, which has a place of its own.
func (c Content) texts(facts []finding.Fact, without ...finding.Rule) []string {
	some := slices.DeleteFunc(slices.Clone(facts), func(f finding.Fact) bool {
		before := f.Rule == finding.PTGoal && f.How == finding.HowStill
		return f.Rule == finding.Return || before || slices.Contains(without, f.Rule)
	})
	return texts(c.words().Beside(some))
}

func texts(reasons []finding.Reason) []string {
	var s []string
	for _, r := range reasons {
		s = append(s, r.Text)
	}
	return s
}

func has(reasons []finding.Fact, rule finding.Rule) bool {
	return slices.ContainsFunc(reasons, func(f finding.Fact) bool { return f.Rule == rule })
}
