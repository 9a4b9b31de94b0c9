package notify

import (
	"cmp"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// told is what was said of one episode, oldest first.
type told []gait.Notice

// toldOf finds the notices of each episode. A notice names its episode by key.
// Where a run that arrived late has given the episode another key, the notice
// belongs to the episode that holds its run, or within whose time the run lies:
// the same trouble is never told twice.
func toldOf(s Situation) map[string]told {
	byKey := make(map[string]told, len(s.Episodes))
	known := make(map[string]bool, len(s.Episodes))
	for _, e := range s.Episodes {
		known[e.Key] = true
	}
	for _, n := range s.Notices {
		if n.Episode == "" {
			continue
		}
		k := n.Episode
		if !known[k] {
			k = heir(s, n)
		}
		if k != "" {
			byKey[k] = append(byKey[k], n)
		}
	}
	for _, t := range byKey {
		slices.SortStableFunc(t, func(a, b gait.Notice) int { return a.At.Compare(b.At) })
	}
	return byKey
}

// heir returns the key of the episode that took over a notice whose own
// episode is gone, or nothing.
func heir(s Situation, n gait.Notice) string {
	for _, e := range s.Episodes {
		if n.Run != "" && slices.ContainsFunc(e.Steps, func(st gait.Step) bool { return st.Run == n.Run }) {
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

// alerts returns the notices that told of the trouble itself.
func (t told) alerts() told { return t.of(gait.MessageAlert, gait.MessageEscalate) }

func (t told) of(kinds ...gait.MessageKind) told {
	var some told
	for _, n := range t {
		if slices.Contains(kinds, n.Kind) {
			some = append(some, n)
		}
	}
	return some
}

// thread is the key of the first message of the episode.
func (t told) thread() string {
	if len(t) == 0 {
		return ""
	}
	return t[0].Key
}

// verdict returns the gravest verdict told of the episode, as it stands by now.
func (t told) verdict(e gait.Episode) gait.Verdict {
	var v gait.Verdict
	for _, n := range t {
		v = gravest(v, eased(n.Verdict, n.At, e))
	}
	return v
}

// level returns the loudest level told.
func (t told) level() gait.Level {
	var l gait.Level
	for _, n := range t {
		if n.Level.Louder(l) {
			l = n.Level
		}
	}
	return l
}

// professional returns when the runner was last sent to a professional.
func (t told) professional() (at time.Time, ever bool) {
	for _, n := range t {
		if n.SeeProfessional {
			at, ever = n.At, true
		}
	}
	return at, ever
}

func inOrder(episodes []gait.Episode) []gait.Episode {
	sorted := slices.Clone(episodes)
	slices.SortStableFunc(sorted, func(a, b gait.Episode) int {
		return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.Key, b.Key))
	})
	return sorted
}
