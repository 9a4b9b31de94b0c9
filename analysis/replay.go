package analysis

import (
	"time"

	"gaitkeeper/gait"
)

// Fold is one runner's history, folded oldest to newest.
type Fold struct {
	// Assessments are in the order of the runs' starts, one for each run,
	// excluded ones too.
	Assessments []gait.Assessment
	// Episodes are in the order in which they opened, as of the last event of
	// the history; only the last can be open.
	Episodes []gait.Episode

	index map[gait.RunID]int
}

// Replay folds a history with the given parameters.
func Replay(h gait.History, p gait.Params) *Fold {
	f := &Fold{index: map[gait.RunID]int{}}
	return f
}

// Assessment returns what the fold says of one run.
func (f *Fold) Assessment(id gait.RunID) (gait.Assessment, bool) {
	i, ok := f.index[id]
	if !ok {
		return gait.Assessment{}, false
	}
	return f.Assessments[i], true
}

// Standing returns the verdict as of a moment: the runs, entries and answers
// until then, and the rules that time alone moves. Its Morning is the pain to
// ask about on the day of asOf: one of a run on the day before.
func (f *Fold) Standing(asOf time.Time) gait.Standing {
	return gait.Standing{AsOf: asOf, Verdict: gait.VerdictKeep}
}

// EpisodesAt returns the episodes as of a moment: [Fold.Episodes], but for an
// episode that time alone has ended since the last event.
func (f *Fold) EpisodesAt(asOf time.Time) []gait.Episode {
	return f.Episodes
}
