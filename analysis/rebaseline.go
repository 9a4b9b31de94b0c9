package analysis

import "gaitkeeper/gait"

// painless follows shifts that the runner met with "no pain".
type painless struct {
	// before tells that the last measured shift was met so; side is its side.
	before bool
	side   gait.Side
	// normal counts the normal runs since: after enough of them a shift is
	// another one.
	normal int
}

// rebaseline tells whether the present level is the runner's new normal: the
// runner named the reason, or met the same shift with "no pain" twice in a row,
// so that there is no third question. A limp is never a normal, whatever the
// reason.
func (p *painless) rebaseline(l look, enough int) (gait.AnswerKind, bool) {
	if why, named := l.Reason(); named {
		*p = painless{}
		return why, !l.limps()
	}
	side, measured := l.evidence.ShortSide, figures(l.evidence)
	switch {
	case l.Hurts():
		*p = painless{}
	case measured && l.Painless() && p.before && side == p.side:
		*p = painless{}
		return gait.AnswerNoPain, true
	case measured && l.Painless():
		*p = painless{before: true, side: side}
	case measured:
		p.normal = 0
	case l.evidence.Quality.Balance == gait.BalanceOK:
		if p.normal++; p.normal >= enough {
			*p = painless{}
		}
	}
	return "", false
}
