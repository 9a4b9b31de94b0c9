package notify

import (
	"slices"

	"gaitkeeper/gait"
)

// actions returns what the runner can say from the message by one tap, the
// likeliest first: a push message shows three. There are none without a page
// that the links lead to, and none where a word would not do.
func (c Content) actions() []gait.Action {
	if c.Sign == nil || c.PublicURL == "" {
		return nil
	}
	switch c.Decision.Kind {
	case gait.MessageAlert, gait.MessageEscalate, gait.MessageReminder:
		actions := c.runActions()
		if c.Decision.Verdict == gait.VerdictStop || c.RestDay {
			actions = append(actions, c.todayAction())
		}
		return actions
	case gait.MessageMorning:
		return c.morningActions()
	case gait.MessageFollowUp:
		return []gait.Action{c.todayAction()}
	default:
		return nil
	}
}

// todayAction leads to the form for a rest day: such entries end a stop.
func (c Content) todayAction() gait.Action {
	return gait.Action{Label: "Enter how it feels today", URL: c.address("/pain/new")}
}

// runActions ask whether the run hurt, where nothing was said of it yet, and
// whether what was measured has another reason.
func (c Content) runActions() []gait.Action {
	if c.Decision.Run == "" || c.RestDay {
		return nil
	}
	var actions []gait.Action
	add := func(label string, kind gait.ReplyKind, post bool) {
		url := c.Sign(gait.Reply{Run: c.Decision.Run, Kind: kind})
		actions = append(actions, gait.Action{Label: label, URL: url, Post: post})
	}
	switch {
	case len(c.Said) == 0 && len(c.Answers) == 0:
		add("No pain", gait.ReplyNoPain, true)
		add("A little", gait.ReplyALittle, true)
		add("It hurts", gait.ReplyHurts, true)
	case c.unplaced():
		add("Say where and how bad", gait.ReplyHurts, false)
	}
	if e := c.evidence(); e.ShortSide != gait.NoSide || e.Form.Level.Louder(gait.LevelNone) {
		add("New strap or shoes", gait.ReplyNewGear, false)
	}
	return actions
}

// unplaced tells whether the runner said that it hurts, and no more.
func (c Content) unplaced() bool {
	placed := slices.ContainsFunc(c.Said, func(p gait.Pain) bool { return p.Site != gait.NoSite })
	return !placed && slices.ContainsFunc(c.Answers, func(a gait.Answer) bool { return a.Kind == gait.AnswerHurts })
}

// morningActions ask for the pain on the morning after. A spot whose place the
// runner never named is asked about on the page.
func (c Content) morningActions() []gait.Action {
	p := c.Standing.Morning
	if p == nil || p.Run == "" {
		return nil
	}
	var actions []gait.Action
	for _, a := range []struct {
		label string
		kind  gait.ReplyKind
	}{
		{"0 or 1 of 10", gait.ReplyMorningCalm},
		{"2 of 10", gait.ReplyMorningTwo},
		{"3 or more", gait.ReplyMorningBad},
	} {
		url := c.Sign(gait.Reply{Run: p.Run, Kind: a.kind, Site: p.Site, Side: p.Side})
		actions = append(actions, gait.Action{Label: a.label, URL: url, Post: p.Site != gait.NoSite})
	}
	return actions
}

// offer puts the actions in the place of the commands that say the same; the
// page has all other answers.
func (l *letter) offer(actions []gait.Action) {
	if len(actions) == 0 {
		return
	}
	how := "The page takes your answer."
	if slices.ContainsFunc(actions, func(a gait.Action) bool { return a.Post }) {
		how = "One tap is enough: the page that opens asks once more before it notes anything. It takes all other answers, too."
	}
	i := slices.IndexFunc(l.Sections, func(s section) bool { return len(s.Commands) > 0 })
	if i < 0 {
		l.Sections = append(l.Sections, section{Heading: "How to answer"})
		i = len(l.Sections) - 1
	}
	s := &l.Sections[i]
	s.Commands, s.Actions, s.Lines = nil, actions, append(s.Lines, how)
}
