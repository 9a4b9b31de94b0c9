package notify

import (
	"gaitkeeper/alert"
	"gaitkeeper/words"
)

// healthBody tells how gaitkeeper itself is doing: what is so, what to do
// next, and that no second message follows.
func healthBody(c Content) mailBody {
	n := c.Decision.Note
	if c.Decision.Why == alert.WhyWellAgain {
		return recoveredBody(c)
	}
	l := mailBody{Title: words.UnwellTitle(n), Short: n.Text}
	l.add(section{Heading: "What happened", Lines: []string{n.Text}})
	l.add(section{Heading: "What to do", Lines: []string{n.Next}})
	l.add(section{Lines: []string{words.Once(n.Unwell)}})
	return l
}

// recoveredBody says in a line that something works again.
func recoveredBody(c Content) mailBody {
	n := c.Decision.Note
	line := c.words().Recovered(n)
	l := mailBody{Title: words.RecoveredTitle(n), Short: line}
	l.add(section{Lines: []string{line}})
	return l
}
