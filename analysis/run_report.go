package analysis

import (
	"slices"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// runReport takes the words about one run together. An answer that tells less than
// the diary adds nothing to it; "nothing hurts" gives way to a pain of the diary,
// and is the number of a place of which only the morning was told. An answer
// cannot be removed, only taken back by a later one.
func runReport(statements []statement) rules.RunReport {
	var s rules.RunReport
	statements = takenBack(statements)
	var painful, painless []gait.Pain
	for _, w := range statements {
		switch {
		case w.answer != nil:
			s.Answers = append(s.Answers, w.answer.Kind)
			if w.answer.Kind == gait.AnswerNoPain {
				painless = append(painless, gait.Pain{Worst: exactly(0), Recorded: w.recorded})
			}
		case w.entry.NoPain() && !gait.ReadSigns(w.entry.Note).Danger():
			painless = append(painless, *w.entry)
			s.Entries++
		default:
			painful = append(painful, *w.entry)
			s.Entries++
		}
	}
	for _, w := range statements {
		if e, ok := painEntry(w, painful); ok {
			painful = append(painful, e)
		}
	}
	s.Reports = rules.Join(painful)
	if len(painless) > 0 && !slices.ContainsFunc(s.Reports, rules.Report.Hurts) {
		s.NoPain = &rules.Join(painless)[0]
		for i := range s.Reports { // of which only the morning was told
			s.Reports[i].Worst = s.Reports[i].Worst.Worse(s.NoPain.Worst)
		}
	}
	return s
}

// takenBack leaves out the answers that a later one corrects: of those on whether
// it was a limp the last counts, and of those on how much it hurt, among which
// "no pain" is also an entry of the diary.
func takenBack(statements []statement) []statement {
	var left []statement
	for i, w := range statements {
		about := w.corrects()
		corrected := w.answer != nil && about != "" && slices.ContainsFunc(statements[i+1:], func(later statement) bool { return later.corrects() == about })
		if !corrected {
			left = append(left, w)
		}
	}
	return left
}

// corrects names what the statement takes back earlier answers about; empty is nothing.
func (w statement) corrects() string {
	switch {
	case w.answer == nil && w.entry.NoPain():
		return "pain"
	case w.answer == nil:
		return ""
	}
	switch w.answer.Kind {
	case gait.AnswerLimp, gait.AnswerNotALimp:
		return "limp"
	case gait.AnswerNoPain, gait.AnswerALittle, gait.AnswerHurts:
		return "pain"
	default:
		return ""
	}
}

// painEntry turns an answer about pain into an entry without a place, where the
// diary does not say as much.
func painEntry(w statement, diary []gait.Pain) (gait.Pain, bool) {
	if w.answer == nil {
		return gait.Pain{}, false
	}
	least := func(n int) bool {
		return slices.ContainsFunc(diary, func(p gait.Pain) bool {
			return p.Worst.Worse(p.Start).Worse(p.End).AtLeast(n)
		})
	}
	e := gait.Pain{Recorded: w.recorded}
	switch w.answer.Kind {
	case gait.AnswerALittle:
		e.Worst = exactly(2)
		return e, !least(1)
	case gait.AnswerHurts:
		e.Worst, _ = gait.AtLeastScore(3)
		return e, !least(3)
	case gait.AnswerLimp:
		e.Limping = gait.Yes
		return e, true
	default:
		return e, false
	}
}

func exactly(n int) gait.Score {
	s, _ := gait.Exactly(n)
	return s
}

// healthy reports whether the run may teach what is normal for the runner. A
// moderate pain keeps it out while it is news, or the figures speak beside it; one
// that is unchanged does not: without it the normal would stand still for weeks,
// and its slow drift be taken for a limp.
func (s *state) healthy(l runView, at time.Time) bool {
	p := s.params.Pain
	return !l.Gave(gait.AnswerIll) && !slices.ContainsFunc(l.Reports, func(r rules.Report) bool {
		course := s.places[r.Spot()]
		asEver := !course.News(r, at, p) && (!figures(l.evidence) || !course.Recent(r, at, p))
		return r.Worst.AtLeast(p.StableFrom) && !asEver || r.Limping == gait.Yes || r.Medication == gait.Yes
	})
}
