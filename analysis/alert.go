package analysis

import (
	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// severity returns how loud an outcome speaks: a warning for a stop and for an
// asymmetry at warn, a question for the verdict ask and for a modify that was
// not there before.
func severity(o rules.Outcome, asymmetry gait.Level, before current) gait.Level {
	switch {
	case o.Verdict == gait.VerdictStop || asymmetry == gait.LevelWarn:
		return gait.LevelWarn
	case o.Verdict == gait.VerdictAsk || newlyModify(o, before):
		return gait.LevelAsk
	default:
		return gait.LevelNone
	}
}

// newlyModify tells whether the outcome asks for a change that was not asked
// for before. A change that was too small for a message was not asked for.
func newlyModify(o rules.Outcome, before current) bool {
	asked := before.verdict.MoreSevere(gait.VerdictAsk) && (!before.minor || o.Minor)
	return o.Verdict == gait.VerdictModify && !asked
}
