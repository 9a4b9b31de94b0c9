package rules

import "gaitkeeper/gait"

// howMuch asks whether anything hurt, or how much where that is all that is
// missing.
func (c *Case) howMuch() string {
	if c.Answered() {
		return howBad
	}
	return "Did anything hurt?"
}

// ASK-MEASURED: a shift at the level of a question, or another form than usual,
// and nobody knows how much it hurts.
func askMeasured(c *Case) match {
	balance := c.asymmetry() == gait.LevelAsk
	if c.rated() || c.Explained() || !balance && !c.form().Louder(gait.LevelNone) {
		return match{}
	}
	var m match
	if balance {
		m = say("%s.", c.shiftWords())
	} else {
		m = say("%s.", c.formWords())
	}
	m = m.asking(c.howMuch())
	if !balance {
		m = m.asking("Did you change it on purpose?")
	}
	return m
}
