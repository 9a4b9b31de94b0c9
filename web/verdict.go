package web

import "gaitkeeper/gait"

// look is how a verdict is shown: never by colour alone.
type look struct {
	// Class names the colour in the style sheet.
	Class string
	// Symbol stands before the words; a screen reader passes it over.
	Symbol string
	// Short says it in a word or two, for lists; Headline in a sentence.
	Short, Headline string
}

// verdictLook returns the look of a verdict: {{(verdict .Verdict).Short}}.
func verdictLook(v gait.Verdict) look {
	switch v {
	case gait.VerdictStop:
		return look{"stop", "■", "stop", "Stop running for now"}
	case gait.VerdictModify:
		return look{"modify", "◆", "change something", "Run, but change something"}
	case gait.VerdictAsk:
		return look{"ask", "?", "a question", "A question for you"}
	case gait.VerdictLearning:
		return look{"learning", "…", "learning", "Still learning what is normal for you"}
	default:
		return look{"keep", "✓", "keep running", "Keep running"}
	}
}
