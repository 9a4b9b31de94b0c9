package rules

import (
	"slices"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// RunReport is what the runner said of one run, or of one rest day, taken together.
type RunReport struct {
	// Reports are what was said of each place that was named.
	Reports []Report
	// NoPain is the word that nothing hurts anywhere; nil without it.
	NoPain *Report
	// Answers are what was answered to a question or a warning.
	Answers []gait.AnswerKind
	// Entries is the number of diary entries.
	Entries int
	// Earlier is the answer about an earlier run that meets what this one
	// shows, because it is the same shift; zero without one.
	Earlier Reason
	// Accepted is the side of a shift that "nothing hurts", said twice, has made
	// the runner's normal, and that this run still shows; none without one.
	Accepted gait.Side
}

// Gave reports whether the runner gave one of the answers.
func (s RunReport) Gave(kinds ...gait.AnswerKind) bool {
	return slices.ContainsFunc(s.Answers, func(k gait.AnswerKind) bool { return slices.Contains(kinds, k) })
}

// Answered reports whether the runner said anything of pain.
func (s RunReport) Answered() bool {
	return s.NoPain != nil || slices.ContainsFunc(s.Reports, Report.Says)
}

// reported reports whether the runner said anything of how the run was, or of a
// morning after it that hurt.
func (s RunReport) reported() bool {
	aches := slices.ContainsFunc(s.Reports, func(r Report) bool { return r.Morning.AtLeast(1) })
	return s.Answered() || aches || s.Gave(gait.AnswerIll)
}

// rated reports whether the runner said how much it hurt, be it not at all, or
// that it was a limp: another flag or a kind of pain without a number leaves that
// open.
func (s RunReport) rated() bool {
	return s.NoPain != nil || slices.ContainsFunc(s.Reports, func(r Report) bool { return r.Worst.Known() || r.Limping == gait.Yes })
}

// Hurts reports whether a pain was reported.
func (s RunReport) Hurts() bool { return slices.ContainsFunc(s.Reports, Report.Hurts) }

// Painless reports whether the runner said that nothing hurt.
func (s RunReport) Painless() bool { return s.Answered() && !s.Hurts() }

// Reason returns the answer that names another reason than pain for a change of
// the figures.
func (s RunReport) Reason() (gait.AnswerKind, bool) {
	for _, k := range s.Answers {
		if k.Explains() && k != gait.AnswerNoPain {
			return k, true
		}
	}
	return "", false
}

// Explained reports whether the runner named a reason for a change of the
// figures, or was ill, or has met the same change with an answer before.
func (s RunReport) Explained() bool {
	_, reason := s.Reason()
	return reason || s.Gave(gait.AnswerIll) || s.Earlier.Kind != ""
}

// Summary is the worst of what was said.
func (s RunReport) Summary() finding.PainSummary {
	sum := finding.PainSummary{Answered: s.Answered(), Entries: s.Entries, RedFlags: s.redFlags()}
	if s.NoPain != nil {
		sum.Worst = s.NoPain.Worst
	}
	for i, r := range s.Reports {
		if worst := sum.Worst.Worse(r.Worst); i == 0 || worst != sum.Worst {
			sum.Worst, sum.Site, sum.Side = worst, r.Site, r.Side
		}
	}
	return sum
}

// redFlags names the flags that call for a doctor and were answered with yes.
func (s RunReport) redFlags() []string {
	var names []string
	for _, r := range s.Reports {
		for _, f := range r.Flags() {
			if f.Red && *f.Answer == gait.Yes && !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	return names
}
