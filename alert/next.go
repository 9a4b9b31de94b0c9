package alert

import (
	"cmp"
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// Decide returns what to say now: at most one message about each episode, and
// nothing during a pause.
func Decide(s Situation) []Decision {
	if s.Paused() {
		return nil
	}
	logs := s.logs()
	var decisions []Decision
	oldestFirst := func(a, b finding.Episode) int {
		return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.Key, b.Key))
	}
	for _, e := range slices.SortedStableFunc(slices.Values(s.Episodes), oldestFirst) {
		d := s.next(e, logs)
		if d.Kind == "" {
			continue
		}
		d.Episode, d.At = e.Key, s.Now
		if l := logs[e.Key]; len(l) > 0 {
			d.Thread = l[0].Key
		}
		decisions = append(decisions, d)
	}
	return append(decisions, s.walking()...)
}

// next returns what to say now about one episode; without a kind, nothing.
func (s Situation) next(e finding.Episode, logs map[string]log) Decision {
	l := logs[e.Key]
	if !e.Closed.IsZero() {
		return s.resolve(e, l)
	}
	if d, _ := s.alert(e, logs); d.Kind != "" {
		return d
	}
	if d := s.followUp(e, l); d.Kind != "" {
		return d
	}
	return s.remind(e, l)
}

// alert says the most severe sign that is news; of equals the newest. The
// suppression is that of the newest sign.
func (s Situation) alert(e finding.Episode, logs map[string]log) (Decision, finding.Suppression) {
	var d Decision
	var silent finding.Suppression
	for i, sign := range e.Signs {
		if s.tooOld(sign) { // before anything expensive is asked: an episode may last for months
			silent = finding.SuppressedTooOld
			continue
		}
		var why Why
		if why, silent = s.news(e, i, logs); why == "" || lessSevere(sign, d) {
			continue
		}
		d = Decision{Why: why, Entry: sign.Entry, Notice: Notice{
			Kind: MessageEscalate, Run: sign.Run, Level: sign.Level, Verdict: sign.Verdict, SeeProfessional: sign.SeeProfessional,
		}}
		if why == WhyOpened || why == WhyAgain {
			d.Kind = MessageAlert
		}
		d.Key = Key(d.Kind, e.Key, d.Run, d.Level, d.Verdict, professionalWord(d.SeeProfessional, logs[e.Key]))
	}
	return d, silent
}

// lessSevere reports whether a sign asks for less caution than what is about to
// be said.
func lessSevere(sign finding.Sign, d Decision) bool {
	switch {
	case d.Kind == "" || sign.Verdict.MoreSevere(d.Verdict):
		return false
	case d.Verdict.MoreSevere(sign.Verdict):
		return true
	case sign.Level.Above(d.Level) || d.Level.Above(sign.Level):
		return d.Level.Above(sign.Level)
	default:
		return d.SeeProfessional && !sign.SeeProfessional
	}
}

// professionalWord tells the first time a professional is named from the ones
// that repeat it.
func professionalWord(see bool, l log) string {
	if !see {
		return "-"
	}
	if at, ever := l.professional(); ever {
		return "professional-again-after-" + at.UTC().Format(time.DateOnly)
	}
	return "professional"
}

// news tells why sign i of an episode is worth a message; where it is not, why
// not.
func (s Situation) news(e finding.Episode, i int, logs map[string]log) (Why, finding.Suppression) {
	sign, l := e.Signs[i], logs[e.Key]
	switch {
	case sign.Minor && sign.Level != gait.LevelWarn:
		return "", finding.SuppressedMinor
	case sign.Measured && sign.Explained && !sign.Verdict.MoreSevere(finding.VerdictKeep):
		return "", finding.SuppressedAnswered
	case !sign.Measured && sign.Entry == 0: // a run that shows nothing itself
		return "", finding.SuppressedRefractory
	case sign.Verdict == finding.VerdictStop && s.stopLifted(e):
		return "", finding.NotSuppressed
	}
	known := s.known(e, i, l)
	why := s.why(e, sign, known, l)
	switch {
	case why == "":
		return "", finding.SuppressedRefractory
	case sign.Entry != 0 && !sign.Ignored && !sign.Verdict.MoreSevere(s.shown(known, logs)):
		return "", finding.SuppressedAlertedOnEntry
	default:
		return why, finding.NotSuppressed
	}
}

// why compares a sign with what the runner knows of its episode.
func (s Situation) why(e finding.Episode, sign finding.Sign, known knowledge, l log) Why {
	alerts := l.alerts()
	moreSevere := sign.Verdict.MoreSevere(known.verdict) || sign.Level.Above(known.level) || sign.Urgent && !known.urgent
	at, ever := l.professional()
	repeat := s.Settings.RepeatProfessional
	if sign.Ignored {
		repeat = min(repeat, repeatIgnored)
	}
	professional := sign.SeeProfessional && (!ever && !known.professional || ever && sign.At.Sub(at) >= repeat)
	sided := sign.Side != gait.NoSide && known.side != gait.NoSide
	otherSide := sign.Measured && sign.Entry == 0 && sided && sign.Side != known.side
	switch {
	case len(alerts) == 0 && s.askedLately(e, sign):
		return ""
	case len(alerts) == 0 && (moreSevere || professional):
		return WhyOpened
	case moreSevere:
		return WhyGraver
	case professional:
		return WhyProfessional
	case otherSide && sign.At.After(l.last()):
		return WhyAgain
	default:
		return ""
	}
}

// repeatIgnored is the time after which a run against a stop that made it worse
// sends to a professional again.
const repeatIgnored = 7 * 24 * time.Hour

// askedLately reports whether the question of a run was asked about the same side
// a few runs ago, in an episode that has ended since. A warning always speaks.
func (s Situation) askedLately(e finding.Episode, sign finding.Sign) bool {
	if !sign.Measured || sign.Entry != 0 || sign.Level != gait.LevelAsk {
		return false
	}
	for _, n := range slices.Backward(s.Notices) {
		if n.Kind != MessageAlert && n.Kind != MessageEscalate || n.Episode == e.Key {
			continue
		}
		for _, other := range s.Episodes {
			for _, asked := range other.Signs {
				if asked.Run == n.Run && asked.Entry == 0 && asked.Measured {
					return asked.Side == sign.Side && sign.Index-asked.Index < s.Settings.Refractory
				}
			}
		}
	}
	return false
}

// shown returns the most serious verdict that the runner has: known of an episode,
// or said of any other that is open.
func (s Situation) shown(known knowledge, logs map[string]log) finding.Verdict {
	for _, other := range s.Episodes {
		if other.Closed.IsZero() {
			known.learn("", s.known(other, 0, logs[other.Key]).verdict)
		}
	}
	return known.verdict
}

// stopLifted reports whether the runner's entries have lifted the episode's stop
// before it could be said.
func (s Situation) stopLifted(e finding.Episode) bool {
	own := s.Standing.Episode != nil && s.Standing.Episode.Key == e.Key
	return own && s.Standing.Verdict != finding.VerdictStop
}
