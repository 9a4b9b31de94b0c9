package main

import (
	"fmt"
	"strings"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// printStanding shows the verdict as of now on the spot: what, why, what next.
func (p *program) printStanding(s gait.StandingJSON) {
	p.printf("\n%s\n", headline(s.Verdict, s.SeeProfessional, s.Urgent))
	p.printReasons("Why", s.Reasons)
	p.printReasons("What next", s.Advice)
	for _, q := range s.Questions {
		p.printf("Question: %s\n", q)
	}
	if s.Verdict == gait.VerdictStop {
		p.printf("%s\n", words.NotMedical)
	}
}

func (p *program) printReasons(title string, reasons []gait.Reason) {
	if len(reasons) == 0 {
		return
	}
	p.printf("%s:\n", title)
	for _, r := range reasons {
		p.printf("  %-14s %s\n", r.Rule, r.Text)
	}
}

func headline(v gait.Verdict, professional, urgent bool) string {
	words := fmt.Sprintf("Verdict: %s", strings.ToUpper(string(v)))
	switch {
	case professional && urgent:
		return words + ", and be seen by a doctor or a physical therapist today"
	case professional:
		return words + ", and see a physical therapist who works with runners"
	default:
		return words
	}
}
