package notify

import (
	"cmp"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// staleResolve is the time after which it is not news any more that a trouble
// is over.
const staleResolve = 14 * 24 * time.Hour

// Decide returns what should be said now of the runner's troubles: at most one
// message an episode. During a pause that is nothing; after it, only what still
// stands is said.
func Decide(s Situation) []Decision {
	if s.paused() {
		return nil
	}
	all := toldOf(s)
	var decisions []Decision
	for _, e := range inOrder(s.Episodes) {
		d := s.about(s.caughtUp(e, all), all)
		if d.Kind == "" {
			continue
		}
		d.Episode, d.Thread, d.At = e.Key, all[e.Key].thread(), s.Now
		decisions = append(decisions, d)
	}
	return decisions
}

// about returns what to say of one episode; without a kind there is nothing.
func (s Situation) about(e gait.Episode, all map[string]told) Decision {
	if !e.Closed.IsZero() {
		return s.resolve(e, all[e.Key])
	}
	if d := s.tell(e, all); d.Kind != "" {
		return d
	}
	if d := s.followUp(e, all[e.Key]); d.Kind != "" {
		return d
	}
	return s.remind(e, all[e.Key])
}

// tell says the gravest step that is news; of equals the newest.
func (s Situation) tell(e gait.Episode, all map[string]told) Decision {
	var d Decision
	for i, st := range e.Steps {
		why, _ := s.news(e, i, all)
		if why == "" || lighter(st, d) {
			continue
		}
		d = Decision{
			Kind: gait.MessageEscalate, Why: why, Run: st.Run, Entry: st.Entry,
			Level: st.Level, Verdict: st.Verdict, SeeProfessional: st.SeeProfessional,
		}
		if why == WhyOpened || why == WhyAgain {
			d.Kind = gait.MessageAlert
		}
		d.SeeProfessional = d.SeeProfessional || s.sentSilently(e, all[e.Key])
		d.Key = key(d.Kind, e.Key, d.Run, d.Level, d.Verdict, professionalWord(d.SeeProfessional, all[e.Key]))
	}
	return d
}

// sentSilently tells whether a step sent the runner to a professional and no
// message has said so yet, because the reminder was to say it.
func (s Situation) sentSilently(e gait.Episode, t told) bool {
	_, ever := t.professional()
	return !ever && len(t) > 0 && slices.ContainsFunc(e.Steps, func(st gait.Step) bool {
		return st.SeeProfessional && st.Suppressed == gait.NotSuppressed
	})
}

// lighter tells whether a step asks for less caution than what is about to be
// said.
func lighter(st gait.Step, d Decision) bool {
	if d.Kind == "" {
		return false
	}
	return cmp.Or(
		graver(d.Verdict, st.Verdict), louder(d.Level, st.Level), graverFlag(d.SeeProfessional, st.SeeProfessional),
	) > 0
}

func graver(a, b gait.Verdict) int { return graverFlag(a.Graver(b), b.Graver(a)) }

func louder(a, b gait.Level) int { return graverFlag(a.Louder(b), b.Louder(a)) }

func graverFlag(a, b bool) int {
	switch {
	case a && !b:
		return 1
	case b && !a:
		return -1
	default:
		return 0
	}
}

// professionalWord tells the first sending to a professional from the ones
// that repeat it.
func professionalWord(see bool, t told) string {
	if !see {
		return "-"
	}
	if at, ever := t.professional(); ever {
		return "professional-again-after-" + at.UTC().Format(time.DateOnly)
	}
	return "professional"
}

// news tells why step i of an episode should be told; where it should not, why
// not.
func (s Situation) news(e gait.Episode, i int, all map[string]told) (Why, gait.Suppression) {
	st := e.Steps[i]
	why := s.why(e, st, all[e.Key])
	switch {
	case st.Suppressed != gait.NotSuppressed:
		return "", st.Suppressed
	case why == "":
		return "", gait.SuppressedRefractory
	case s.tooOld(st):
		return "", gait.SuppressedTooOld
	case st.Verdict == gait.VerdictStop && s.lowered(e):
		return "", gait.NotSuppressed
	case st.Entry != 0 && !st.Verdict.Graver(s.shown(e, i, all)):
		return "", gait.SuppressedToldOnEntry
	default:
		return why, gait.NotSuppressed
	}
}

// why compares a step with what was told of its episode.
func (s Situation) why(e gait.Episode, st gait.Step, all told) Why {
	t := all.alerts()
	at, ever := all.professional()
	professional := st.SeeProfessional && (!ever || st.At.Sub(at) >= s.Settings.RepeatProfessional)
	speaks := st.Level.Louder(gait.LevelNone)
	switch {
	case len(t) == 0 && (speaks || professional):
		return WhyOpened
	case len(t) == 0:
		return ""
	case st.Verdict.Graver(t.verdict(e)) || st.Level.Louder(t.level()):
		return WhyGraver
	case professional && (s.reminderComes(e, all) || !ever && s.saidAhead(st, all)):
		return "" // the reminder says it
	case professional:
		return WhyProfessional
	case speaks && st.Entry == 0 && st.At.After(all[len(all)-1].At):
		return WhyAgain
	default:
		return ""
	}
}

// saidAhead tells whether a run sends to a professional as the reminder has
// announced: it says where to go should the next run look the same.
func (s Situation) saidAhead(st gait.Step, all told) bool {
	return st.Entry == 0 && slices.ContainsFunc(all.of(gait.MessageReminder), func(n gait.Notice) bool {
		return st.At.Sub(n.At) < s.Settings.RepeatProfessional
	})
}

// shown returns the gravest verdict the runner had before step i of the
// episode: told of any trouble that is open, or shown when an earlier entry was
// confirmed.
func (s Situation) shown(e gait.Episode, i int, all map[string]told) gait.Verdict {
	var v gait.Verdict
	for _, o := range s.Episodes {
		if o.Closed.IsZero() {
			v = gravest(v, all[o.Key].alerts().verdict(o))
		}
	}
	for _, st := range e.Steps[:i] {
		if st.Entry != 0 {
			v = gravest(v, eased(st.Verdict, st.At, e))
		}
	}
	return v
}

// eased returns a verdict of an earlier moment as it stands beside the
// episode's present stop: a stop from before it has eased in between, so that
// the present one is news.
func eased(v gait.Verdict, at time.Time, e gait.Episode) gait.Verdict {
	if v == gait.VerdictStop && at.Before(e.StopSince) {
		return gait.VerdictModify
	}
	return v
}

func gravest(a, b gait.Verdict) gait.Verdict {
	if b.Graver(a) {
		return b
	}
	return a
}

// resolve says that a trouble is over, where more than a question was told of
// it and the runner does not know it from his own answer.
func (s Situation) resolve(e gait.Episode, t told) Decision {
	alerts := t.alerts()
	question := !alerts.verdict(e).Graver(gait.VerdictAsk) && !alerts.level().Louder(gait.LevelAsk)
	stale := s.Now.Sub(e.Closed) > max(s.Settings.MaxAge, staleResolve)
	said := t.of(gait.MessageResolved)
	told := len(said) > 0 && !said[len(said)-1].At.Before(alerts[len(alerts)-1].At)
	if question || stale || e.ClosedBy == gait.ClosedAnswered || told {
		return Decision{}
	}
	d := Decision{
		Kind: gait.MessageResolved, Why: WhySettled, Run: alerts[len(alerts)-1].Run,
		Level: gait.LevelNone, Verdict: gait.VerdictKeep,
		Key: key(gait.MessageResolved, e.Key, alerts[0].Run),
	}
	if len(said) > 0 { // a late word has opened the trouble again
		d.Key = key(gait.MessageResolved, e.Key, alerts[0].Run, len(said)+1)
	}
	if e.ClosedBy == gait.ClosedNormal {
		d.Why = WhyNormalAgain
	}
	if n := len(e.Steps); n > 0 {
		d.Entry = e.Steps[n-1].Entry // it names the place
	}
	return d
}

// lowered tells whether the runner's entries have eased the episode's stop
// before it could be told.
func (s Situation) lowered(e gait.Episode) bool {
	own := s.Standing.Episode != nil && s.Standing.Episode.Key == e.Key
	return own && s.Standing.Verdict != gait.VerdictStop
}

// remind says once more that a measured warning stands, where the runner has
// not said a word since the last telling. A stop is not reminded of: it has its
// own days.
func (s Situation) remind(e gait.Episode, t told) Decision {
	if !s.reminderComes(e, t) {
		return Decision{}
	}
	alerts := t.alerts()
	last := alerts[len(alerts)-1]
	if s.Now.Sub(last.At) < s.Settings.RemindAfter {
		return Decision{}
	}
	return Decision{
		Kind: gait.MessageReminder, Why: WhyUnanswered, Run: last.Run, Level: gait.LevelWarn, Verdict: last.Verdict,
		SeeProfessional: s.sentSilently(e, t),
		Key:             key(gait.MessageReminder, e.Key, last.Run, gait.LevelWarn),
	}
}

// reminderComes tells whether a told warning will be reminded of, now or later,
// unless the runner says a word before.
func (s Situation) reminderComes(e gait.Episode, t told) bool {
	alerts := t.alerts()
	measured := slices.ContainsFunc(e.Steps, func(st gait.Step) bool { return st.Entry == 0 && st.Level == gait.LevelWarn })
	if !measured || alerts.level() != gait.LevelWarn || e.Stop || s.Settings.RemindAfter <= 0 || len(t.of(gait.MessageReminder)) > 0 {
		return false
	}
	return !s.spoken(e, t, alerts[len(alerts)-1].At)
}

// spoken tells whether the runner said anything since a moment, or about the
// runs of the episode at any time.
func (s Situation) spoken(e gait.Episode, t told, since time.Time) bool {
	about := map[gait.RunID]bool{}
	for _, st := range e.Steps {
		about[st.Run] = true
	}
	for _, n := range t {
		about[n.Run] = true
	}
	said := func(run gait.RunID, recorded time.Time) bool {
		return run != "" && about[run] || !recorded.Before(since)
	}
	return slices.ContainsFunc(s.Answers, func(a gait.Answer) bool { return said(a.Run, a.Recorded) }) ||
		slices.ContainsFunc(s.Pain, func(p gait.Pain) bool { return said(p.Run, p.Recorded) })
}
