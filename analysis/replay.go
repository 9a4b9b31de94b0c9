package analysis

import (
	"slices"
	"time"

	"gaitkeeper/analysis/evidence"
	"gaitkeeper/gait"
)

// detector says of a run's figures whether they have left what is normal for
// the runner: Judge changes nothing, Learn and Rebaseline do.
type detector interface {
	Judge(m gait.Measures, prior gait.Prior) gait.Evidence
	Learn(m gait.Measures, e gait.Evidence, healthy bool)
	Rebaseline(why gait.AnswerKind)
}

// Fold is one runner's history, folded oldest to newest.
type Fold struct {
	// Assessments are in the order of the runs' starts, one for each run,
	// excluded ones too.
	Assessments []gait.Assessment
	// Episodes are in the order in which they opened, as of the last event of
	// the history; only the last can be open.
	Episodes []gait.Episode

	history     gait.History
	params      gait.Params
	newDetector func() detector
	newest      time.Time
	index       map[gait.RunID]int
	end         state
}

// Replay folds a history with the given parameters: each run sees only what
// happened before it and what the runner said of it. The order of the slices in
// h does not matter, and h is not changed.
func Replay(h gait.History, p gait.Params) *Fold {
	return replay(h, p, func() detector { return evidence.New(p.Analysis) })
}

func replay(h gait.History, p gait.Params, newDetector func() detector) *Fold {
	h.Races = slices.SortedFunc(slices.Values(h.Races), time.Time.Compare)
	s := newState(h, p, newDetector())
	f := &Fold{
		Assessments: make([]gait.Assessment, 0, len(h.Runs)),
		history:     h, params: p, newDetector: newDetector, newest: newest(h), index: make(map[gait.RunID]int, len(h.Runs)),
	}
	for _, e := range timeline(h) {
		switch {
		case e.run != nil && h.Excluded[e.run.Run]:
			f.add(s.excludedRun(e))
		case e.run != nil:
			f.add(s.run(e))
		case e.entry != nil:
			s.restDay(e)
		default:
			s.answer(e)
		}
	}
	f.Episodes, f.end = s.episodes.all, s
	return f
}

func (f *Fold) add(a gait.Assessment) {
	f.index[a.Run] = len(f.Assessments)
	f.Assessments = append(f.Assessments, a)
}

// Assessment returns what the fold says of one run.
func (f *Fold) Assessment(id gait.RunID) (gait.Assessment, bool) {
	i, ok := f.index[id]
	if !ok {
		return gait.Assessment{}, false
	}
	return f.Assessments[i], true
}
