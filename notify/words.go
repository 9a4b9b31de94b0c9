package notify

import (
	"slices"

	"gaitkeeper/finding"
)

// texts returns the sentences of facts beside what was measured, without those of
// the given rules and without how a stop ends, which has a place of its own.
func (c Content) texts(facts []finding.Fact, without ...finding.Rule) []string {
	told := slices.DeleteFunc(slices.Clone(facts), func(f finding.Fact) bool { return f.Rule == finding.Return || slices.Contains(without, f.Rule) })
	return texts(c.words().Beside(told))
}

func texts(reasons []finding.Reason) []string {
	var s []string
	for _, r := range reasons {
		s = append(s, r.Text)
	}
	return s
}

func has(reasons []finding.Fact, rule finding.Rule) bool {
	return slices.ContainsFunc(reasons, func(f finding.Fact) bool { return f.Rule == rule })
}
