package notify

import (
	"slices"
	"strings"

	"gaitkeeper/gait"
)

// texts returns the sentences of facts beside what was measured, without those of
// the given rules and without how a stop ends, which has a place of its own.
func (c Content) texts(facts []gait.Fact, without ...gait.Rule) []string {
	told := slices.DeleteFunc(slices.Clone(facts), func(f gait.Fact) bool { return f.Rule == gait.Return || slices.Contains(without, f.Rule) })
	return texts(c.words().Beside(told))
}

func texts(reasons []gait.Reason) []string {
	var s []string
	for _, r := range reasons {
		s = append(s, r.Text)
	}
	return s
}

func has(reasons []gait.Fact, rule gait.Rule) bool {
	return slices.ContainsFunc(reasons, func(f gait.Fact) bool { return f.Rule == rule })
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
