package analysis

import (
	"strconv"
	"time"

	"gaitkeeper/analysis/rules"
	"gaitkeeper/gait"
)

// moment names an event: the moment it stands at, when the runner told of it or
// the run ended, the run, the entry or answer (0 where the run's own figures
// speak), and the key an episode would have that it opens.
type moment struct {
	at, told time.Time
	run      gait.RunID
	entry    int64
	key      string
}

func entryKey(id int64) string { return "pain-" + strconv.FormatInt(id, 10) }

func wordKey(w word) string {
	if w.entry != nil {
		return entryKey(w.entry.ID)
	}
	return "answer-" + strconv.FormatInt(w.answer.ID, 10)
}

// happening is an event as the episodes see it.
type happening struct {
	moment
	level        gait.Level
	verdict      gait.Verdict
	professional bool
	urgent       bool
	minor        bool
	// side is the spared side; figures that the run's own figures speak,
	// explained that the runner has met them with an answer.
	side      gait.Side
	figures   bool
	explained bool
}

func (s *state) happening(o rules.Outcome, asymmetry gait.Level, m moment) happening {
	return happening{
		moment: m, level: loudness(o, asymmetry, s.current), verdict: o.Verdict,
		professional: o.Professional, urgent: o.Urgent, minor: o.Minor,
	}
}

// silent tells whether the event is nothing to tell of.
func (h happening) silent() bool {
	return h.minor && h.level != gait.LevelWarn || h.figures && h.explained && !h.verdict.Graver(gait.VerdictKeep)
}

// episodes follows the troubles, one at a time.
type episodes struct {
	all        []gait.Episode
	refractory int
	repeat     time.Duration
	// fired is what the open episode has spoken of so far; asked is the last
	// that any episode has spoken of because of a run's figures.
	fired, asked fired
	// measured tells that the figures of the open episode are not back to
	// normal; normal counts the normal runs in a row; formOnly that the balance
	// had no part in it.
	measured, formOnly bool
	normal             int
	closing            gait.Closing
	// longView is when LONG-VIEW was said in it.
	longView time.Time
}

// fired is what an episode has spoken of.
type fired struct {
	level   gait.Level
	verdict gait.Verdict
	side    gait.Side
	urgent  bool
	// runs is the number of runs since.
	runs int
	// professional is when it last sent to one, professionalAt at which verdict.
	professional   time.Time
	professionalAt gait.Verdict
}

// open returns the open episode, or nil.
func (es *episodes) open() *gait.Episode {
	if n := len(es.all); n > 0 && es.all[n-1].Closed.IsZero() {
		return &es.all[n-1]
	}
	return nil
}

// observe opens an episode, or adds a step to the open one where it grows
// graver. It tells whether that is worth a message of its own: where a measured
// warning lasts until a professional is due, its reminder says so.
func (es *episodes) observe(h happening) bool {
	e := es.open()
	if e == nil {
		if !h.verdict.Graver(gait.VerdictKeep) && !h.level.Louder(gait.LevelNone) || h.silent() && !h.minor {
			return false
		}
		es.all = append(es.all, gait.Episode{Key: h.key, Opened: h.at, Measured: h.figures && h.entry == 0})
		es.fired, es.measured, es.normal, es.longView, es.closing = fired{}, false, 0, time.Time{}, gait.ClosedNot
		e = es.open()
		if es.askedLately(h) {
			es.fired.level, es.fired.verdict, es.fired.side = h.level, h.verdict, h.side
		}
	}
	if h.verdict == gait.VerdictStop && (!e.Stop || es.fired.verdict != gait.VerdictStop) {
		e.Stop, e.StopSince = true, h.at
	}
	defer es.lower(h)
	if h.silent() || !es.graver(h) {
		return false
	}
	aloud := es.louder(h) || !h.figures || h.entry != 0 || es.fired.level != gait.LevelWarn || e.Stop
	e.Steps = append(e.Steps, gait.Step{
		At: h.told, Run: h.run, Entry: h.entry, Level: h.level, Verdict: h.verdict, SeeProfessional: h.professional,
	})
	es.fire(h)
	return aloud
}

// askedLately tells whether a question that opens an episode was asked of the
// same side a few runs ago, in an episode that has ended since: then it stays
// silent, until it grows louder. A warning always speaks.
func (es *episodes) askedLately(h happening) bool {
	return h.figures && h.entry == 0 && h.level == gait.LevelAsk && !h.level.Louder(es.asked.level) &&
		h.side == es.asked.side && es.asked.runs < es.refractory
}

// graver tells whether the event is graver than what the episode has spoken of:
// louder, or for a professional. The same trouble does not speak again because
// it lasts.
func (es *episodes) graver(h happening) bool { return es.louder(h) || es.sends(h) }

// louder tells whether the event speaks louder than the episode has: a louder
// level, a graver verdict, newly urgent, or of the other side.
func (es *episodes) louder(h happening) bool {
	f := es.fired
	loud := h.level.Louder(gait.LevelNone)
	flipped := loud && h.figures && h.side != f.side && h.side != gait.NoSide && f.side != gait.NoSide
	return h.level.Louder(f.level) || h.verdict.Graver(f.verdict) || h.urgent && !f.urgent || flipped
}

// sends tells whether "see a professional" is to be said: once an episode,
// again when it worsens or after some weeks.
func (es *episodes) sends(h happening) bool {
	f := es.fired
	return h.professional && (f.professional.IsZero() || h.verdict.Graver(f.professionalAt) || h.at.Sub(f.professional) >= es.repeat)
}

// fire notes what the episode speaks of.
func (es *episodes) fire(h happening) {
	if es.sends(h) {
		es.fired.professional, es.fired.professionalAt = h.at, h.verdict
	}
	if h.level.Louder(es.fired.level) {
		es.fired.level = h.level
	}
	if h.verdict.Graver(es.fired.verdict) {
		es.fired.verdict = h.verdict
	}
	if h.figures && h.side != gait.NoSide {
		es.fired.side = h.side
	}
	es.fired.urgent = es.fired.urgent || h.urgent
	if h.figures && h.entry == 0 {
		es.asked = fired{level: h.level, side: h.side}
	}
	if es.longView.IsZero() && h.verdict.Graver(gait.VerdictAsk) {
		es.longView = h.at
	}
}

// lower notes that a stop has fallen, so that the next one is news again.
func (es *episodes) lower(h happening) {
	if es.fired.verdict == gait.VerdictStop && h.verdict != gait.VerdictStop {
		es.fired.verdict = h.verdict
	}
}

func (es *episodes) longViewSaid() bool { return es.open() != nil && !es.longView.IsZero() }

// ran follows the figures of the open episode after a run: normal runs in a row
// end its measured part, and so does the runner's explanation.
func (es *episodes) ran(l look, enough int) {
	es.asked.runs++
	if es.open() == nil {
		return
	}
	shifted := rules.Asymmetry(&l.evidence).Louder(gait.LevelNone)
	_, named := l.Reason()
	switch {
	case named && es.measured, figures(l.evidence) && l.explained():
		es.measured, es.normal, es.closing = false, 0, gait.ClosedAnswered
	case figures(l.evidence):
		es.formOnly = !shifted && (es.formOnly || !es.measured)
		es.measured, es.normal = true, 0
	case l.Hurts():
		es.normal = 0
	case l.evidence.Quality.Balance == gait.BalanceOK || es.formOnly:
		es.normal++
		if es.measured && es.normal >= enough {
			es.measured, es.closing = false, gait.ClosedNormal
		}
	}
}

// settle closes the open episode once nothing of it is left: by what ended its
// last part.
func (es *episodes) settle(pain bool, o rules.Outcome, at time.Time) {
	e := es.open()
	if e != nil && !pain && !es.measured && !o.Verdict.Graver(gait.VerdictKeep) {
		e.Closed, e.ClosedBy = at, gait.ClosedSettled
		if es.closing != gait.ClosedNot {
			e.ClosedBy = es.closing
		}
	}
	es.closing = gait.ClosedNot
}
