package ingest

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"gaitkeeper/gait"
)

// Report says what a sync did.
type Report struct {
	// New is the number of runs that were not there before.
	New int
	// Better is the number of runs whose recording gave way to a better one of
	// the same activity; Same the number of recordings that brought nothing new.
	Better int
	Same   int
	// Walks is the number of everyday walks read, those that were here too.
	Walks int
	// Known is the number of files that were seen before.
	Known int
	// Skipped counts what is not a run or not in a format that is read, by its
	// kind: "cycling", "settings", "GPX (not FIT)".
	Skipped map[string]int
	// Failed are the offers that could not be read, wholly or in part, in the
	// order of their paths.
	Failed []Failure
	// Waiting is the number of files that are still being copied; QuietIn is
	// how long until the last of them may be looked at again.
	Waiting int
	QuietIn time.Duration
	// Wait is set where the source asked for a pause, as at a limit of requests;
	// the rest comes after that.
	Wait Wait
	// Unused counts the runs by what their recordings hold and nothing was made of.
	Unused map[string]int
	// Gone is the number of places that no longer have a run they had.
	Gone int
	// Unread are the tags about pain that could not be understood.
	Unread []gait.UnreadTag
	// Misdated are the runs that were taken although their clock is wrong,
	// without samples.
	Misdated []gait.Run
}

// Add takes the report of another source, or of another part of a sync, into r.
func (r *Report) Add(o Report) {
	r.New, r.Better, r.Same, r.Walks, r.Known = r.New+o.New, r.Better+o.Better, r.Same+o.Same, r.Walks+o.Walks, r.Known+o.Known
	for kind, n := range o.Skipped {
		more(&r.Skipped, kind, n)
	}
	for name, n := range o.Unused {
		more(&r.Unused, name, n)
	}
	if o.Wait.Until.After(r.Wait.Until) {
		r.Wait = o.Wait
	}
	r.Failed = append(r.Failed, o.Failed...)
	r.Waiting, r.QuietIn, r.Gone = r.Waiting+o.Waiting, max(r.QuietIn, o.QuietIn), r.Gone+o.Gone
	r.Unread, r.Misdated = append(r.Unread, o.Unread...), append(r.Misdated, o.Misdated...)
}

// count adds what an offer held.
func (r *Report) count(name string, c Content) {
	r.Walks += len(c.Walks)
	if c.Known {
		r.Known++
	}
	for _, run := range c.Runs {
		for _, name := range run.Unused {
			more(&r.Unused, name, 1)
		}
	}
	for _, kind := range c.Skipped {
		more(&r.Skipped, kind, 1)
	}
	if c.Broken != "" && !c.Reported {
		r.Failed = append(r.Failed, Failure{name, c.Broken, len(c.Runs)})
	}
}

func more(counts *map[string]int, name string, n int) {
	if *counts == nil {
		*counts = map[string]int{}
	}
	(*counts)[name] += n
}

// Failure is an offer that could not be read, wholly or in part.
type Failure struct {
	Path string
	// Reason is one line in plain words.
	Reason string
	// Kept is the number of runs that were taken nevertheless.
	Kept int
}

// String is the line to print: path and reason. A name with an end of line in it
// stays one line.
func (f Failure) String() string {
	return strings.NewReplacer("\n", "\uFFFD", "\r", "\uFFFD").Replace(f.Path) + ": " + f.Reason
}

// tally keeps the report and the progress of one sync.
type tally struct {
	mu       sync.Mutex
	report   Report
	progress Progress
	// ahead is what the source has not handed over yet, flying what is handed over
	// and not dealt with yet, in bytes.
	ahead, flying int64
	tell          func(Progress) // may be nil
}

// expect takes over what the source knows to be ahead. What it handed over is
// still to be dealt with.
func (t *tally) expect(o Item) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress.Total = max(t.progress.Total, o.Total)
	t.flying += o.Weight
	t.progress.Left = o.Left + t.flying
	t.ahead = o.Left
}

// advance counts an offer as dealt with.
func (t *tally) advance(o Item) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress.Done++
	t.flying -= o.Weight
	t.progress.Left = t.ahead + t.flying
	if o.Read != nil {
		t.progress.Read += o.Weight
	}
	if t.tell != nil {
		t.tell(t.progress)
	}
}

// note counts an offer that is not to be read.
func (t *tally) note(o Item) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &t.report
	switch {
	case o.Known:
		r.Known++
	case o.Skipped != "":
		more(&r.Skipped, o.Skipped, 1)
	case o.Failed != "":
		r.Failed = append(r.Failed, Failure{Path: o.Name, Reason: o.Failed})
	case o.Wait > 0:
		r.Waiting++
		r.QuietIn = max(r.QuietIn, o.Wait)
	}
}

// add adds what was saved to the report.
func (t *tally) add(brought Report) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.report.Add(brought)
}

// done returns the report with its failures in order.
func (t *tally) done() Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	slices.SortStableFunc(t.report.Failed, func(a, b Failure) int { return cmp.Compare(a.Path, b.Path) })
	return t.report
}
