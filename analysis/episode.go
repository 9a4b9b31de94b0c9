package analysis

import (
	"slices"
	"strconv"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func entryKey(id int64) string { return "pain-" + strconv.FormatInt(id, 10) }

func statementKey(w statement) string {
	if w.entry != nil {
		return entryKey(w.entry.ID)
	}
	return "answer-" + strconv.FormatInt(w.answer.ID, 10)
}

// sign returns what an outcome shows; the caller adds when, where and by whom.
func (s *state) sign(o rules.Outcome, asymmetry gait.Level) finding.Sign {
	return finding.Sign{
		Run: s.lastRun, Index: len(s.runs) - 1, Level: severity(o, asymmetry, s.current), Verdict: o.Verdict,
		SeeProfessional: o.Professional, Urgent: o.Urgent, Minor: o.Minor,
		Ignored: slices.ContainsFunc(o.Findings, func(f rules.Finding) bool { return f.Rule == finding.PTIgnored }),
	}
}

// unremarkable reports whether a sign is too small to open an episode.
func unremarkable(s finding.Sign) bool {
	return !s.Verdict.MoreSevere(finding.VerdictKeep) && !s.Level.Above(gait.LevelNone) || dismissed(s) && !s.Minor
}

// dismissed reports whether a sign is too small to speak of, or was explained.
func dismissed(s finding.Sign) bool {
	return s.Minor && s.Level != gait.LevelWarn || s.Measured && s.Explained && !s.Verdict.MoreSevere(finding.VerdictKeep)
}

// episodes follows the troubles, one at a time.
type episodes struct {
	all []finding.Episode
	// verdict is that of the last sign of the open episode.
	verdict finding.Verdict
	// measured means that the figures of the open episode are not back to normal;
	// normal counts the normal runs in a row; formOnly that the balance had no part
	// in it.
	measured, formOnly bool
	normal             int
	closing            finding.Closing
}

func (es *episodes) open() *finding.Episode {
	if n := len(es.all); n > 0 && es.all[n-1].Closed.IsZero() {
		return &es.all[n-1]
	}
	return nil
}

// observe adds a sign of the moment at to the open episode, or opens one under
// the key.
func (es *episodes) observe(s finding.Sign, at time.Time, key string) {
	e := es.open()
	if e == nil {
		if unremarkable(s) {
			return
		}
		es.all = append(es.all, finding.Episode{Key: key, Opened: at, Measured: s.Measured && s.Entry == 0})
		es.verdict, es.measured, es.normal, es.closing = "", false, 0, finding.ClosedNot
		e = es.open()
	}
	if s.Verdict == finding.VerdictStop && es.verdict != finding.VerdictStop {
		e.Stop, e.StopSince = true, at
	}
	es.verdict = s.Verdict
	e.Signs = append(e.Signs, s)
}

// ran follows the figures of the open episode after a run: normal runs in a row
// end its measured part, and so does the runner's explanation.
func (es *episodes) ran(l runView, enough int) {
	if es.open() == nil {
		return
	}
	shifted := rules.Asymmetry(&l.evidence).Above(gait.LevelNone)
	_, named := l.Reason()
	switch {
	case named && es.measured, figures(l.evidence) && l.explained():
		es.measured, es.normal, es.closing = false, 0, finding.ClosedAnswered
	case figures(l.evidence):
		es.formOnly = !shifted && (es.formOnly || !es.measured)
		es.measured, es.normal = true, 0
	case l.Hurts():
		es.normal = 0
	case l.evidence.Quality.Balance == gait.BalanceOK || es.formOnly:
		es.normal++
		if es.measured && es.normal >= enough {
			es.measured, es.closing = false, finding.ClosedNormal
		}
	}
}

// settle closes the open episode once nothing of it is left: by what ended its
// last part, or else as told.
func (es *episodes) settle(pain bool, o rules.Outcome, at time.Time, by finding.Closing) {
	e := es.open()
	if e != nil && !pain && !es.measured && !o.Verdict.MoreSevere(finding.VerdictKeep) {
		e.Closed, e.ClosedBy = at, by
		if es.closing != finding.ClosedNot {
			e.ClosedBy = es.closing
		}
	}
	es.closing = finding.ClosedNot
}

// severity returns the level of an outcome: a warning for a stop and for an
// asymmetry at warn, a question for the verdict ask and for a modify that was
// not there before.
func severity(o rules.Outcome, asymmetry gait.Level, before current) gait.Level {
	switch {
	case o.Verdict == finding.VerdictStop || asymmetry == gait.LevelWarn:
		return gait.LevelWarn
	case o.Verdict == finding.VerdictAsk || newlyModify(o, before):
		return gait.LevelAsk
	default:
		return gait.LevelNone
	}
}

// newlyModify reports whether the outcome asks for a change that was not asked
// for before. A change that was too small for a message was not asked for.
func newlyModify(o rules.Outcome, before current) bool {
	asked := before.verdict.MoreSevere(finding.VerdictAsk) && (!before.minor || o.Minor)
	return o.Verdict == finding.VerdictModify && !asked
}
