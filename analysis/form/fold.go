package form

import (
	"math"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Fold holds the habits of one runner and what the last runs say against them.
// It is not safe for concurrent use.
type Fold struct {
	ask        float64
	habits     []*habit
	onsets     []onset
	sources    []source // that were there before
	last       time.Time
	runs       int
	stood      int // runs that a question has stood
	hypotheses []hypothesis
	ahead      *runView // the run judged last, so that learning it need not look again
}

const (
	// window is in how many of the last runs a change may have begun; one that
	// has lasted longer unexplained is the new habit.
	window = 14
	// longStood is for how many runs a question stands.
	longStood = 7
	// habitRuns is how many runs make a habit.
	habitRuns = 5
	// usualPause and longestPause are the times between two runs, in days.
	usualPause, longestPause = 2, 60
)

// New returns a fold that has seen no run and asks from the given log odds on.
func New(ask float64) *Fold { return &Fold{ask: ask, hypotheses: hypotheses()} }

// runView is one run beside the habits.
type runView struct {
	run      gait.RunID
	start    time.Time
	known    bool
	pauses   float64
	readings []reading
	onsets   []onset
	by       source
	verdict
}

// Judge says whether the form differs from the habit; prior is what was known
// beforehand, in log odds. It changes nothing that a later judgement sees.
func (f *Fold) Judge(m gait.Measures, prior float64) gait.Form {
	f.ahead = f.look(&m)
	return f.describe(f.ahead, prior)
}

// Learn takes the run that was judged into the habits. One that is not healthy
// leaves them as they are, and is evidence of a change all the same.
func (f *Fold) Learn(m gait.Measures, healthy bool) {
	s := f.ahead
	if s == nil || s.run != m.Run || !s.start.Equal(m.Start) {
		s = f.look(&m)
	}
	f.ahead = nil
	if !s.known {
		return
	}
	asked := s.logOdds >= f.ask && f.runs >= habitRuns
	f.onsets, f.last = s.onsets, s.start
	if !slices.Contains(f.sources, s.by) {
		f.sources = append(f.sources, s.by)
	}
	for i := range s.readings {
		r := &s.readings[i]
		if !slices.Contains(f.habits, r.habit) {
			f.habits = append(f.habits, r.habit)
		}
		if healthy {
			f.follow(r)
			r.habit.learn(r, s.pauses, !asked)
		}
	}
	if healthy {
		f.runs++
	}
	f.settle(asked)
}

// settle lets a question that has stood for long without a word end: what it was
// about is the habit from now on.
func (f *Fold) settle(asked bool) {
	if !asked {
		f.stood = max(0, f.stood-1)
		return
	}
	if f.stood++; f.stood >= longStood {
		f.Rebaseline()
	}
}

// follow notes how far the habit goes along with a change that began in any of
// the last runs.
func (f *Fold) follow(r *reading) {
	at := slices.Index(f.habits, r.habit)
	for i := range f.onsets {
		o := &f.onsets[i]
		for s := range shapes {
			for len(o.followed[s]) <= at {
				o.followed[s] = append(o.followed[s], effects{})
			}
			e := &o.followed[s][at]
			unmet := s.at(o.runs) - dot(&r.row, e)
			for j := range e {
				e[j] += r.gain[j] * unmet
			}
		}
	}
}

// Rebaseline takes the present form for the new habit: the runner has explained
// the change.
func (f *Fold) Rebaseline() {
	f.ahead, f.onsets, f.stood = nil, nil, 0
	for _, h := range f.habits {
		h.open()
	}
}

// Clone returns a fold that has learned the same and learns on by itself.
func (f *Fold) Clone() *Fold {
	c := *f
	c.ahead, c.habits, c.onsets, c.sources = nil, make([]*habit, len(f.habits)), cloned(f.onsets), slices.Clip(f.sources)
	for i, h := range f.habits {
		own := *h
		c.habits[i] = &own
	}
	return &c
}

func cloned(onsets []onset) []onset {
	out := slices.Clone(onsets)
	for i := range out {
		for s := range out[i].followed {
			out[i].followed[s] = slices.Clone(out[i].followed[s])
		}
	}
	return out
}

// look puts a run beside the habits.
func (f *Fold) look(m *gait.Measures) *runView {
	s := &runView{run: m.Run, start: m.Start}
	o, known := newObservation(m)
	if s.known = known; !known {
		return s
	}
	s.by, s.pauses = o.by, f.pauses(o.start)
	for t := range features {
		if !math.IsNaN(o.value[t]) {
			s.readings = append(s.readings, f.habit(o.key(t)).read(o.value[t], o.rowOf(t), s.pauses))
		}
	}
	s.onsets = append(cloned(f.onsets), onset{device: len(f.sources) > 0 && !slices.Contains(f.sources, o.by)})
	s.onsets = s.onsets[max(0, len(s.onsets)-window):]
	bouts, badDays := struck(true, s.readings), struck(false, s.readings)
	for i := range s.onsets {
		s.onsets[i].add(s.readings, f.habits)
		s.onsets[i].bouts += bouts
		s.onsets[i].badDays += badDays
	}
	s.verdict = weigh(f.hypotheses, s.onsets)
	return s
}

// habit is the one with the key, a new one where there is none yet.
func (f *Fold) habit(k key) *habit {
	for _, h := range f.habits {
		if h.key == k {
			return h
		}
	}
	return newHabit(k)
}

// pauses is how many usual pauses lie before a run: habits drift on meanwhile.
func (f *Fold) pauses(start time.Time) float64 {
	if f.last.IsZero() {
		return 1
	}
	days := start.Sub(f.last).Hours() / 24
	return max(0.5, min(days, longestPause)/usualPause)
}

// add takes a run into what is known since the onset.
func (o *onset) add(readings []reading, habits []*habit) {
	o.runs++
	for i := range readings {
		r := &readings[i]
		at := slices.Index(habits, r.habit)
		for s := range shapes {
			shown := s.at(o.runs)
			if at >= 0 && at < len(o.followed[s]) {
				shown -= dot(&r.row, &o.followed[s][at])
			}
			o.trace[s][r.habit.key.feature].add(r, shown)
		}
	}
}

// verdict is what the hypotheses come to.
type verdict struct {
	logOdds float64 // of a limp, or what looks like one
	onset   int     // the likeliest beginning
	shape   shape
}

// weigh compares the hypotheses of a limp with all others.
func weigh(hypotheses []hypothesis, onsets []onset) verdict {
	var v verdict
	limp, other, best := 0.0, 1.0, 0.0
	for i := range onsets {
		o := &onsets[i]
		limp += math.Exp(min(most, o.bouts)) / boutsEvery
		other += math.Exp(min(most, o.badDays)) / badDaysEvery
		for n := range hypotheses {
			st := &hypotheses[n]
			for s := range shapes {
				w := o.weight(st, s)
				if !st.limp {
					other += w
					continue
				}
				if limp += w; w > best {
					best, v.onset, v.shape = w, i, s
				}
			}
		}
	}
	v.logOdds = math.Log(limp / other)
	return v
}

// weight is how likely a hypothesis is that begins at the onset, against that nothing
// did.
func (o *onset) weight(st *hypothesis, s shape) float64 {
	share := 1 - st.grows
	if s == ramp {
		share = st.grows
	}
	begins := share / st.every
	if o.device && st.device > 0 {
		begins = share * st.device
	}
	for t := range features {
		if begins == 0 {
			break
		}
		begins *= st.parts[t].factor(o.trace[s][t])
	}
	return begins
}
