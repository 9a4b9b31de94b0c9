package main

import (
	"fmt"
	"strings"

	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// printStanding shows the verdict as of now on the spot: what, why, what next.
func (p *program) printStanding(s api.Standing) {
	p.printf("\n")
	p.printHeadline(s.Verdict, s.SeeProfessional, s.Urgent)
	p.printReasons("Why", s.Reasons)
	p.printReasons("What next", s.Advice)
	p.printPlan(s.Plan)
	for _, q := range s.Questions {
		p.printf("Question: %s\n", q)
	}
	if s.Verdict == finding.VerdictStop {
		p.printf("\n%s\n", words.NotMedical)
	}
}

// printPlan shows the way back, a line a step.
func (p *program) printPlan(plan *api.Plan) {
	if plan == nil {
		return
	}
	p.printf("The way back, step %d of %d:\n", plan.Step, plan.Of)
	for _, step := range plan.Steps {
		p.printf("  %-5s %s\n", step.State, step.Do)
	}
	p.printf("  To go your own way: gaitkeeper answer latest own-plan\n")
}

// printWeek shows this week's running beside what is advised, or usual.
func (p *program) printWeek(w api.Week, app *daemon.App) {
	length := func(m float64) string { return app.Words().Distance(gait.Metres(m)) }
	switch {
	case w.AdvisedM != nil && *w.AdvisedM > 0:
		p.printf("This week: %s, of about %s\n", length(w.DistanceM), length(*w.AdvisedM))
	case w.DistanceM > 0 || w.UsualM > 0:
		p.printf("This week: %s; %s is usual\n", length(w.DistanceM), length(w.UsualM))
	}
}

func (p *program) printReasons(title string, reasons []finding.Reason) {
	if len(reasons) == 0 {
		return
	}
	p.printf("%s:\n", title)
	for _, r := range reasons {
		p.printf("  %-14s %s\n", r.Rule, r.Text)
	}
}

// printHeadline shows a verdict, coloured on a terminal.
func (p *program) printHeadline(v finding.Verdict, professional, urgent bool) {
	fmt.Fprintln(p.stdout, p.look.verdict(v, headline(v, professional, urgent)))
}

func headline(v finding.Verdict, professional, urgent bool) string {
	verdict := fmt.Sprintf("Verdict: %s", strings.ToUpper(string(v)))
	switch {
	case professional && urgent:
		return verdict + ", and see a doctor today"
	case professional:
		return verdict + ", and see " + words.Professional
	default:
		return verdict
	}
}
