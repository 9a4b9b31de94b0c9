package analysis

import (
	"slices"
	"time"

	"gaitkeeper/analysis/walking"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// detector says of a run's figures whether they have left what is normal for the
// runner: Judge changes nothing, Learn and Rebaseline do. A clone is
// independent.
type detector interface {
	Judge(m gait.Measures, prior gait.Prior) gait.Evidence
	Learn(m gait.Measures, e gait.Evidence, healthy bool)
	Rebaseline(why gait.AnswerKind)
	clone() detector
}

// Fold is one runner's history, folded oldest to newest. It does not change, so
// that many may look at it at once.
type Fold struct {
	// Assessments are in the order of the runs' starts, one for each run,
	// excluded ones too.
	Assessments []finding.Assessment
	// Episodes are in the order in which they opened, as of the last event of
	// the history; only the last can be open.
	Episodes []finding.Episode

	history     gait.History
	params      gait.Params
	newDetector func() detector
	newest      time.Time
	walks       *walking.Course
	index       map[gait.RunID]int
	events      []event
	// checkpoints are states to go on from, oldest first: the first is that before
	// all events, the last that after them.
	checkpoints []checkpoint
}

// Replay folds a history with the given parameters: each run sees only what
// happened before it and what the runner said of it. The order of the slices in
// h does not matter, and h is not changed, now or later.
func Replay(h gait.History, p gait.Params) *Fold {
	return replay(h, p, func() detector { return newLearned(p.Analysis) })
}

func replay(h gait.History, p gait.Params, newDetector func() detector) *Fold {
	f := newFold(h, p, newDetector)
	f.walks = walking.New(h.Walks, h.Zone)
	return f.goOn([]checkpoint{{0, newState(p, newDetector())}}, nil)
}

// newFold is a fold in which nothing has happened yet.
func newFold(h gait.History, p gait.Params, newDetector func() detector) *Fold {
	h.Races = inOrder(h.Races)
	return &Fold{
		Assessments: make([]finding.Assessment, 0, len(h.Runs)), index: make(map[gait.RunID]int, len(h.Runs)),
		history: h, params: p, newDetector: newDetector, newest: newest(h), events: timeline(h),
	}
}

func inOrder(times []time.Time) []time.Time {
	return slices.SortedFunc(slices.Values(times), time.Time.Compare)
}

// goOn folds the events from the last checkpoint on; done are the assessments of the
// runs before it, and maybe more.
func (f *Fold) goOn(checkpoints []checkpoint, done []finding.Assessment) *Fold {
	from := checkpoints[len(checkpoints)-1]
	s := from.state.clone()
	s.history, s.walks = f.history, f.walks
	for i, e := range f.events {
		switch {
		case i < from.event:
			if e.run != nil {
				f.add(done[len(f.Assessments)])
			}
			continue
		case i > from.event && worthMarking(i, len(f.events)):
			checkpoints = append(checkpoints, checkpoint{i, s.clone()})
		}
		switch {
		case e.excluded:
			f.add(s.excludedRun(e))
		case e.run != nil:
			f.add(s.run(e))
		case e.entry != nil:
			s.restDay(e)
		default:
			s.answer(e)
		}
	}
	f.checkpoints, f.Episodes = thin(append(checkpoints, checkpoint{len(f.events), s.clone()}), len(f.events)), s.episodes.all
	return f
}

// Aside judges a run that has no place on the time line, as one whose clock is
// wrong, against what is known of the runner after the last event. It counts for
// nothing, and the fold stays as it is.
func (f *Fold) Aside(m gait.Measures) finding.Assessment {
	e := event{run: &m}
	for i := range f.history.Pain {
		if p := &f.history.Pain[i]; p.Run == m.Run {
			e.statements = append(e.statements, statement{recorded: p.Recorded, entry: p})
		}
	}
	for i := range f.history.Answers {
		if a := &f.history.Answers[i]; a.Run == m.Run {
			e.statements = append(e.statements, statement{recorded: a.Recorded, answer: a})
		}
	}
	slices.SortFunc(e.statements, byStatement)
	s := f.end().clone()
	return s.excludedRun(e)
}

// end is the state after the last event.
func (f *Fold) end() *state { return &f.checkpoints[len(f.checkpoints)-1].state }

func (f *Fold) add(a finding.Assessment) {
	f.index[a.Run] = len(f.Assessments)
	f.Assessments = append(f.Assessments, a)
}

// Assessment returns what the fold says of one run.
func (f *Fold) Assessment(id gait.RunID) (finding.Assessment, bool) {
	i, ok := f.index[id]
	if !ok {
		return finding.Assessment{}, false
	}
	return f.Assessments[i], true
}
