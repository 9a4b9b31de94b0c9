package form

import (
	"math"
	"slices"

	"gaitkeeper/gait"
)

// describe puts a run beside the habits into the form that is handed out.
func (f *Fold) describe(s *runView, prior float64) gait.Form {
	out := gait.Form{Level: gait.LevelNone, LogOdds: quiet}
	if !s.known {
		return out
	}
	limp := f.limp()
	for i := range s.readings {
		r := &s.readings[i]
		t := r.habit.key.feature
		if r.habit.runs < habitRuns {
			continue
		}
		e := s.onsets[s.onset].trace[s.shape][t].shrunk(&limp.parts[t].size)
		out.Readings = append(out.Readings, gait.FormReading{
			Feature: t.name(), Value: r.value, Usual: r.value - r.off, Spread: math.Sqrt(r.habit.scale.variance()), Change: e,
		})
	}
	if f.runs < habitRuns || len(out.Readings) == 0 {
		return out
	}
	out.LogOdds = max(quiet, min(-quiet, s.logOdds+prior))
	if out.LogOdds < f.ask {
		return out
	}
	f.leaveOut(s, &out)
	out.Level = gait.LevelAsk
	out.Runs = s.onsets[s.onset].runs
	for t := range features {
		tr := s.onsets[s.onset].trace[s.shape][t]
		if p := &limp.parts[t]; tr.a > 0 && p.chance*tr.factor(&p.size) > 1-p.chance {
			out.What = append(out.What, t.name())
		}
	}
	return out
}

// leaveOut takes what the habits have followed of the change out of what is
// usual.
func (f *Fold) leaveOut(s *runView, out *gait.Form) {
	o := &s.onsets[s.onset]
	for i := range out.Readings {
		l := &out.Readings[i]
		for j := range s.readings {
			r := &s.readings[j]
			at := slices.Index(f.habits, r.habit)
			if r.habit.key.feature.name() == l.Feature && at >= 0 && at < len(o.followed[s.shape]) {
				l.Usual -= l.Change * dot(&r.row, &o.followed[s.shape][at])
			}
		}
	}
}

// quiet is the log odds where there is nothing to judge.
const quiet = -20

func (f *Fold) limp() *hypothesis {
	for i := range f.hypotheses {
		if f.hypotheses[i].limp {
			return &f.hypotheses[i]
		}
	}
	return nil
}
