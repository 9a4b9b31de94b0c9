package notify

import (
	"fmt"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// digestBody tells of the week: runs, pains, the runner's normal, and what
// stands.
func digestBody(c Content) mailBody {
	w := c.Week
	if w == nil {
		w = &Week{From: gait.Unknown[gait.Percent](), To: gait.Unknown[gait.Percent]()}
	}
	sum := words.NumberOf(len(w.Runs), "run")
	if len(w.Runs) > 0 {
		sum += ", " + distance(w.Distance, c.Miles)
	}
	l := mailBody{Title: "Your week: " + sum}
	l.Lead = append([]string{c.weekLine(*w, sum)}, c.asOfNow()...)
	l.Short = sentences(append([]string{words.Capital(sum) + "."}, l.Lead[1:]...))
	l.add(c.wayBack())
	var pains []string
	for _, p := range w.Pain {
		pains = append(pains, p.At.In(c.zone()).Format("Mon 2 January")+": "+painLine(p))
	}
	l.add(section{Heading: "What you said", List: pains})
	l.add(c.runsSection(*w))
	if b := w.baseline(); b != "" {
		l.add(section{Heading: "Your normal", Lines: []string{b}, Chart: true})
	}
	if change := c.Standing.Verdict.MoreSevere(finding.VerdictKeep) && c.Standing.Verdict != finding.VerdictStop; change && c.Standing.Plan == nil {
		quiet := []finding.Rule{finding.KeepQuiet, finding.KeepClear, finding.Learning}
		l.add(section{Heading: "As of now", List: append(c.texts(c.Standing.Reasons, quiet...), c.texts(c.Standing.Advice)...)})
	}
	var notes []string
	for _, n := range c.Notes {
		notes = append(notes, n.Text)
	}
	l.add(section{Heading: "About gaitkeeper itself", List: notes})
	return l
}

func (c Content) weekLine(w Week, sum string) string {
	line := words.Capital(sum)
	if w.Usual > 0 {
		line += fmt.Sprintf("; in the four weeks before, %s a week", distance(w.Usual, c.Miles))
	}
	return line + "."
}

// asOfNow says where the runner stands: a stop in one line.
func (c Content) asOfNow() []string {
	if c.Standing.Verdict != finding.VerdictStop {
		return append([]string{words.Verdict(c.Standing.Verdict)}, c.whom()...)
	}
	since := ""
	if !c.Standing.Since.IsZero() {
		since = c.words().Date(c.Standing.Since)
	}
	return append([]string{words.NoRunningNow(c.place(), since)}, c.whom()...)
}

// runsSection lists the runs. A stop is told of above, and not of each run again.
func (c Content) runsSection(w Week) section {
	s := section{Heading: "Runs"}
	for _, r := range w.Runs {
		row := []string{r.Start.In(c.zone()).Format("Mon 2 January"), distance(r.Distance, c.Miles)}
		if r.Verdict != finding.VerdictStop {
			row = append(row, words.VerdictName(r.Verdict))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// painLine is a diary entry in a list.
func painLine(p gait.Pain) string {
	s := words.Place(p.Side, p.Site)
	if p.Worst.Known() {
		s += fmt.Sprintf(", %v of 10 at worst", p.Worst)
	}
	if p.Morning.Known() {
		s += fmt.Sprintf(", %v the next morning", p.Morning)
	}
	if p.Note != "" {
		s += ", “" + p.Note + "”"
	}
	return s
}
