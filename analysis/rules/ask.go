package rules

import "gaitkeeper/gait"

// ASK-MEASURED: a shift at the level of a question, or another form than usual,
// and the runner has not said a word of pain.
func askMeasured(c *Case) match {
	balance := c.asymmetry() == gait.LevelAsk
	if c.Answered() || c.Explained() || !balance && !c.form().Louder(gait.LevelNone) {
		return match{}
	}
	if balance {
		return say("%s.", c.shiftWords()).asking("Did anything hurt?")
	}
	return say("Not as usual for you: %s.", c.formWords()).asking("Did anything hurt?", "Did you change it on purpose?")
}
