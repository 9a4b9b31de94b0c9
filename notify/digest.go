package notify

import (
	"fmt"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// digestLetter tells of the week: runs, pains, the runner's normal, and what
// stands.
func digestLetter(c Content) letter {
	w := c.Week
	if w == nil {
		w = &Week{From: gait.Unknown[gait.Percent](), To: gait.Unknown[gait.Percent]()}
	}
	sum := count(len(w.Runs), "run")
	if len(w.Runs) > 0 {
		sum += ", " + distance(w.Distance, c.Miles)
	}
	l := letter{Title: "Your week: " + sum}
	l.Short = sentences([]string{capital(sum) + ".", "As of now: " + c.Decision.Verdict.Words() + "."})
	l.add(c.runsSection(*w, sum))
	var pains []string
	for _, p := range w.Pain {
		pains = append(pains, p.At.In(c.zone()).Format("Mon 2 January")+": "+painLine(p))
	}
	l.add(section{Heading: "What you said", List: pains})
	if b := w.baseline(); b != "" {
		l.add(section{Heading: "Your normal", Lines: []string{b}, Chart: true})
	}
	standing := []string{words.Verdict(c.Decision.Verdict)}
	if c.Standing.SeeProfessional {
		standing = append(standing, "It is time to see "+professional+".")
	}
	quiet := []gait.Rule{gait.KeepQuiet, gait.KeepClear, gait.Learning}
	l.add(section{Heading: "As of now", Lines: standing, List: append(c.texts(c.Standing.Reasons, quiet...), texts(c.words().Reasons(c.Standing.Advice))...)})
	var notes []string
	for _, n := range c.Notes {
		notes = append(notes, n.Text)
	}
	l.add(section{Heading: "About gaitkeeper itself", List: notes})
	return l
}

func (c Content) runsSection(w Week, sum string) section {
	line := capital(sum)
	if w.Usual > 0 {
		line += fmt.Sprintf("; in the four weeks before, %s a week", distance(w.Usual, c.Miles))
	}
	s := section{Heading: "Runs", Lines: []string{line + "."}}
	for _, r := range w.Runs {
		s.Rows = append(s.Rows, []string{
			r.Start.In(c.zone()).Format("Mon 2 January"), distance(r.Distance, c.Miles), r.Verdict.Words(),
		})
	}
	return s
}

// painLine is a diary entry in a list.
func painLine(p gait.Pain) string {
	s := gait.Place(p.Side, p.Site)
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
