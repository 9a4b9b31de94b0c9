package web

import "gaitkeeper/finding"

// badge is how a verdict is shown: never by colour alone.
type badge struct {
	// Class names the colour in the style sheet.
	Class string
	// Symbol stands before the words; a screen reader passes it over.
	Symbol string
	// Headline says it in a sentence.
	Headline string
}

// badgeOf returns the badge of a verdict: {{(verdict .Verdict).Headline}}.
func badgeOf(v finding.Verdict) badge {
	switch v {
	case finding.VerdictStop:
		return badge{"stop", "■", "Stop running for now"}
	case finding.VerdictModify:
		return badge{"modify", "◆", "Run, but change something"}
	case finding.VerdictAsk:
		return badge{"ask", "?", "A question for you"}
	case finding.VerdictLearning:
		return badge{"learning", "…", "Still learning what is normal for you"}
	default:
		return badge{"keep", "✓", "Keep running"}
	}
}
