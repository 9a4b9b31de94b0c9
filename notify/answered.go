package notify

import (
	"slices"

	"gaitkeeper/gait"
)

// Answered tells whether a message that still waits asks what the runner has said
// since it was written, and was shown what follows: to send it would be to ask
// twice. A message to stop, or to see a professional, is always sent.
func Answered(s Situation, m gait.Message) bool {
	switch m.Kind {
	case gait.MessageAlert, gait.MessageEscalate, gait.MessageReminder:
		return m.Run != "" && m.Verdict != gait.VerdictStop && !s.sendsToProfessional(m) && s.saidSince(m, func(p gait.Pain) bool { return p.Run == m.Run })
	case gait.MessageMorning:
		return s.entered(m, func(p gait.Pain) bool { return p.Morning.Known() })
	case gait.MessageFollowUp:
		return s.entered(m, gait.Pain.RestDay)
	default:
		return false
	}
}

func (s Situation) sendsToProfessional(m gait.Message) bool {
	return slices.ContainsFunc(s.Notices, func(n gait.Notice) bool { return n.Key == m.Key && n.SeeProfessional })
}

// saidSince tells whether the runner has answered about the message's run, or
// made such an entry, since it was written.
func (s Situation) saidSince(m gait.Message, is func(gait.Pain) bool) bool {
	return s.entered(m, is) || slices.ContainsFunc(s.Answers, func(a gait.Answer) bool {
		return a.Run == m.Run && a.Recorded.After(m.Created)
	})
}

// entered tells whether the runner has made such an entry since the message was
// written. One read from a text elsewhere was shown nothing.
func (s Situation) entered(m gait.Message, is func(gait.Pain) bool) bool {
	return slices.ContainsFunc(s.Pain, func(p gait.Pain) bool {
		return p.Told == gait.Told{} && p.Recorded.After(m.Created) && is(p)
	})
}
