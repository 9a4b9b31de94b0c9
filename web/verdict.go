package web

import "gaitkeeper/gait"

// look is how a verdict is shown: never by colour alone.
type look struct {
	// Class names the colour in the style sheet.
	Class string
	// Symbol stands before the words; a screen reader passes it over.
	Symbol string
	// Headline says it in a sentence.
	Headline string
}

// verdictLook returns the look of a verdict: {{(verdict .Verdict).Headline}}.
func verdictLook(v gait.Verdict) look {
	switch v {
	case gait.VerdictStop:
		return look{"stop", "■", "Stop running for now"}
	case gait.VerdictModify:
		return look{"modify", "◆", "Run, but change something"}
	case gait.VerdictAsk:
		return look{"ask", "?", "A question for you"}
	case gait.VerdictLearning:
		return look{"learning", "…", "Still learning what is normal for you"}
	default:
		return look{"keep", "✓", "Keep running"}
	}
}
