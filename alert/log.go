package alert

import (
	"slices"
	"time"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

// log is what was said of one episode, oldest first.
type log []Notice

// logs finds the notices of each episode. A notice names its episode by key.
// Where a run that arrived late has given the episode another key, the notice
// belongs to the episode that holds its run, or within whose time the run lies:
// the same trouble is never said twice.
func (s Situation) logs() map[string]log {
	byKey := make(map[string]log, len(s.Episodes))
	for _, e := range s.Episodes {
		byKey[e.Key] = nil
	}
	for _, n := range slices.SortedStableFunc(slices.Values(s.Notices), func(a, b Notice) int { return a.At.Compare(b.At) }) {
		k := n.Episode
		if _, known := byKey[k]; !known && k != "" {
			k = s.successor(n)
		}
		if k != "" {
			byKey[k] = append(byKey[k], n)
		}
	}
	return byKey
}

// successor returns the key of the episode that took over a notice whose own
// episode is gone, or nothing.
func (s Situation) successor(n Notice) string {
	for _, e := range s.Episodes {
		if n.Run != "" && slices.ContainsFunc(e.Signs, func(sign finding.Sign) bool { return sign.Run == n.Run && (sign.Measured || sign.Entry != 0) }) {
			return e.Key
		}
	}
	at := n.At
	if end, ok := s.RunEnds[n.Run]; ok {
		at = end
	}
	for _, e := range s.Episodes {
		if !at.Before(e.Opened) && (e.Closed.IsZero() || !at.After(e.Closed)) {
			return e.Key
		}
	}
	return ""
}

// alerts returns the notices that said of the trouble itself.
func (l log) alerts() log { return l.of(MessageAlert, MessageEscalate) }

func (l log) of(kinds ...MessageKind) log {
	var some log
	for _, n := range l {
		if slices.Contains(kinds, n.Kind) {
			some = append(some, n)
		}
	}
	return some
}

// professional returns when the runner was last sent to a professional.
func (l log) professional() (at time.Time, ever bool) {
	for _, n := range l {
		if n.SeeProfessional {
			at, ever = n.At, true
		}
	}
	return at, ever
}

// last is when the last message was sent; zero where there was none.
func (l log) last() time.Time {
	if len(l) == 0 {
		return time.Time{}
	}
	return l[len(l)-1].At
}

// knowledge is what the runner knows of an episode: what was said in messages,
// and what was shown when an entry was made. Level and verdict are the most serious.
type knowledge struct {
	level                gait.Level
	verdict              finding.Verdict
	side                 gait.Side
	urgent, professional bool
}

func (k *knowledge) learn(l gait.Level, v finding.Verdict) {
	if l.Above(k.level) {
		k.level = l
	}
	if v.MoreSevere(k.verdict) {
		k.verdict = v
	}
}

// known returns what the runner knew of the episode before sign i became known;
// before the first one, what messages said.
func (s Situation) known(e finding.Episode, i int, l log) (k knowledge) {
	alerts := l.alerts()
	for _, n := range alerts {
		k.learn(n.Level, eased(n.Verdict, n.At, e))
	}
	for j, sign := range e.Signs {
		said := slices.ContainsFunc(alerts, func(n Notice) bool {
			return n.Run == sign.Run && n.Verdict == sign.Verdict && n.Level == sign.Level
		})
		if said && sign.Measured && sign.Side != gait.NoSide {
			k.side = sign.Side
		}
		shown := j < i && sign.Entry != 0 && !sign.Minor // what runners enter or write themselves is no news to them
		if shown {
			k.learn(sign.Level, eased(sign.Verdict, sign.At, e))
		}
		k.urgent = k.urgent || (said || shown) && sign.Urgent
		k.professional = k.professional || shown && sign.SeeProfessional
	}
	return k
}

// eased returns a verdict of an earlier time as it stands beside the episode's
// present stop: a stop from before it has eased in between, so that the present
// one is news.
func eased(v finding.Verdict, at time.Time, e finding.Episode) finding.Verdict {
	if v == finding.VerdictStop && at.Before(e.StopSince) {
		return finding.VerdictModify
	}
	return v
}
