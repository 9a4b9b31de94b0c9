package analysis

import (
	"cmp"
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// event is one thing that happened on a runner's time line. Exactly one of run,
// entry and answer is set.
type event struct {
	at time.Time
	// run is a run with all that was ever said of it, in the order in which it
	// was said.
	run        *gait.Measures
	statements []statement
	// excluded means that the run counts for nothing.
	excluded bool
	// entry is a rest-day entry.
	entry *gait.Pain
	// answer is one that counts from the moment it is given.
	answer *gait.Answer
}

// statement is one entry or answer about a run.
type statement struct {
	recorded time.Time
	entry    *gait.Pain
	answer   *gait.Answer
}

func (w statement) id() int64 {
	if w.entry != nil {
		return w.entry.ID
	}
	return w.answer.ID
}

// timeline sorts a history into events. What is said of a run stands with the
// run, however late it is said; an entry about a run that is not there stands
// at its own moment.
func timeline(h gait.History) []event {
	events := make([]event, 0, len(h.Runs)+len(h.Pain))
	runs := make(map[gait.RunID]*event, len(h.Runs))
	for i := range h.Runs {
		events = append(events, event{at: h.Runs[i].Start, run: &h.Runs[i], excluded: h.Excluded[h.Runs[i].Run]})
	}
	slices.SortFunc(events, inTime)
	for i := range events {
		runs[events[i].run.Run] = &events[i]
	}
	mornings := lastOfDay(events, h)
	var others []event
	for i := range h.Pain {
		p := &h.Pain[i]
		if run, ok := runs[p.Run]; ok && !p.RestDay() {
			run.statements = append(run.statements, statement{recorded: p.Recorded, entry: p})
			continue
		}
		if rest := restDay(*p, mornings, h.Zone); rest != nil {
			others = append(others, event{at: rest.At, entry: rest})
		}
	}
	for i := range h.Answers {
		a := &h.Answers[i]
		run, ok := runs[a.Run]
		switch {
		case a.Kind.OfTheDay():
			at := a.Recorded
			if ok && at.Before(end(run.run)) {
				at = end(run.run)
			}
			others = append(others, event{at: at, answer: a})
		case ok:
			run.statements = append(run.statements, statement{recorded: a.Recorded, answer: a})
		}
	}
	for i := range events {
		slices.SortFunc(events[i].statements, byStatement)
	}
	events = append(events, others...)
	slices.SortFunc(events, inTime)
	return events
}

func end(m *gait.Measures) time.Time { return m.Start.Add(m.Duration) }

// restDay returns a rest-day entry without its morning number, which belongs to
// the last run of the day before; nil where nothing else was said. Without such
// a run the morning counts as the day's own number.
func restDay(p gait.Pain, mornings map[int]*event, zone *time.Location) *gait.Pain {
	if !p.Morning.Known() {
		return &p
	}
	run, ok := mornings[rules.Day(p.At, zone)-1]
	if !ok {
		p.Worst, p.Morning = p.Worst.Worse(p.Morning), gait.Score{}
		return &p
	}
	run.statements = append(run.statements, statement{recorded: p.Recorded, entry: &gait.Pain{
		ID: p.ID, Run: run.run.Run, At: p.At, Recorded: p.Recorded, Site: p.Site, Side: p.Side, Morning: p.Morning,
	}})
	p.Morning = gait.Score{}
	rest := p
	rest.Site, rest.Side, rest.Note = gait.NoSite, gait.NoSide, ""
	if rest == (gait.Pain{ID: p.ID, At: p.At, Recorded: p.Recorded, Run: p.Run}) {
		return nil
	}
	return &p
}

// lastOfDay finds the last run that counts on each day.
func lastOfDay(runs []event, h gait.History) map[int]*event {
	last := make(map[int]*event, len(runs))
	for i := range runs {
		if !h.Excluded[runs[i].run.Run] {
			last[rules.Day(runs[i].at, h.Zone)] = &runs[i]
		}
	}
	return last
}

// inTime orders events; of those at the same moment a run comes first, then the
// diary, then answers.
func inTime(a, b event) int {
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.id(), b.id()))
}

func (e event) rank() int {
	switch {
	case e.run != nil:
		return 0
	case e.entry != nil:
		return 1
	default:
		return 2
	}
}

func (e event) id() int64 {
	switch {
	case e.entry != nil:
		return e.entry.ID
	case e.answer != nil:
		return e.answer.ID
	default:
		return 0
	}
}

// byStatement orders what was said of a run; of words at the same moment the diary
// comes first.
func byStatement(a, b statement) int {
	rank := func(w statement) int {
		if w.entry != nil {
			return 0
		}
		return 1
	}
	return cmp.Or(a.recorded.Compare(b.recorded), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.id(), b.id()))
}

// until returns what was known of a history at a moment.
func until(h gait.History, t time.Time) gait.History {
	h.Runs = slices.DeleteFunc(slices.Clone(h.Runs), func(m gait.Measures) bool { return end(&m).After(t) })
	h.Pain = slices.DeleteFunc(slices.Clone(h.Pain), func(p gait.Pain) bool { return p.At.After(t) || p.Recorded.After(t) })
	h.Walks = slices.DeleteFunc(slices.Clone(h.Walks), func(w gait.Walk) bool { return w.Start.Add(w.Length).After(t) })
	h.Answers = slices.DeleteFunc(slices.Clone(h.Answers), func(a gait.Answer) bool { return a.Recorded.After(t) })
	return h
}

// newest returns the last moment at which anything was known of a history.
func newest(h gait.History) time.Time {
	var last time.Time
	see := func(t time.Time) {
		if t.After(last) {
			last = t
		}
	}
	for i := range h.Runs {
		see(end(&h.Runs[i]))
	}
	for _, p := range h.Pain {
		see(p.At)
		see(p.Recorded)
	}
	for _, a := range h.Answers {
		see(a.Recorded)
	}
	return last
}
