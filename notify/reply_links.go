package notify

import (
	"fmt"
	"slices"
	"strings"

	"gaitkeeper/alert"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// replyLink is one thing that the runner can say at once: a button where the page can
// be reached from afar, a command line elsewhere.
type replyLink struct {
	kind finding.ReplyKind // what a signed link says; empty: the link leads to path
	spot gait.Spot
	// open: the page behind the link asks for more.
	open bool
	path string
	// label is the button's, where it is not that of the reply.
	label   string
	command command
}

// action returns the link as a button; false where there is no address for it.
func (c Content) action(t replyLink) (alert.Action, bool) {
	switch {
	case c.PublicURL == "" || c.Sign == nil:
		return alert.Action{}, false
	case t.kind == "":
		return alert.Action{Label: t.label, URL: c.address(t.path)}, true
	}
	a := alert.Action{
		Label: t.label, Post: !t.open && len(t.kind.Choices()) == 0,
		URL: c.Sign(finding.Reply{Run: c.about(), Kind: t.kind, Site: t.spot.Site, Side: t.spot.Side}),
	}
	if a.Label == "" {
		a.Label = words.Button(t.kind)
	}
	return a, true
}

// about is the run that an answer to the message goes to; empty where there is none.
func (c Content) about() gait.RunID {
	switch m := c.Standing.Morning; {
	case c.Decision.Kind == alert.MessageMorning && m != nil:
		return m.Run
	case c.Decision.Run != "":
		return c.Decision.Run
	default:
		return c.Standing.Run
	}
}

// offer gives the message what it asks, with its links.
func (l *mailBody) offer(c Content) {
	var taps []replyLink
	l.Ask, taps = c.ask()
	for _, t := range taps {
		if a, ok := c.action(t); ok {
			l.Actions = append(l.Actions, a)
		} else if cmd := c.commandOf(t); cmd.Line != "" && !slices.Contains(l.Commands, cmd) && len(l.Commands) < maxCommands {
			l.Commands = append(l.Commands, cmd)
		}
	}
	if slices.ContainsFunc(l.Actions, func(a alert.Action) bool { return a.Post }) {
		l.How = words.TapOne
	}
}

// maxCommands is how many command lines anybody reads.
const maxCommands = 6

// commandOf is the command that says as much as a link.
func (c Content) commandOf(t replyLink) command {
	run := "latest"
	if c.about() != "" {
		run = shortID(c.about())
	}
	add := "gaitkeeper pain add --run " + run
	if flags, meaning := words.CommandFlags(t.kind); flags != "" {
		return command{add + siteName(t.spot.Site, t.spot.Side) + " " + flags, meaning}
	}
	kind, _ := t.kind.Answer()
	switch {
	case t.kind == "" || t.kind == finding.ReplyNotFelt:
		return t.command
	case t.kind == finding.ReplyNewGear:
		return command{"gaitkeeper answer " + run + " new-strap", words.CommandGear}
	case t.open:
		return command{add + " --site SITE --worst NUMBER", words.CommandWhere}
	default:
		return command{"gaitkeeper answer " + run + " " + string(kind), words.Meaning(kind)}
	}
}

// says returns taps that say all there is to say.
func says(kinds ...gait.AnswerKind) []replyLink {
	taps := make([]replyLink, len(kinds))
	for i, k := range kinds {
		taps[i] = replyLink{kind: finding.ReplyKind(k)}
	}
	return taps
}

// answersTo returns the taps that answer just one question; none where only the
// page can take the answer.
func (c Content) answersTo(q finding.Question) []replyLink {
	var taps []replyLink
	for _, k := range q.Replies() {
		t := replyLink{kind: k, open: k.Morning().Known() && q.Site == gait.NoSite}
		if _, entry := (finding.Reply{Kind: k}).Entry(); entry || k == finding.ReplyNotFelt {
			t.spot = q.Spot
		}
		if q.Ask == finding.AskHowBad {
			t.open, t.label = true, words.SayWhere
		}
		ofRun := !c.RestDay || q.Ask == finding.AskGone // what came after a run may stand in an entry of the day
		if k.Daily() || c.about() != "" && ofRun {
			taps = append(taps, t)
		}
	}
	if q.Ask == finding.AskRedFlag {
		taps = append(taps, replyLink{path: c.formOf("signs"), label: words.CheckRead, command: command{"gaitkeeper pain list", words.CommandRead}})
	}
	return taps
}

// formOf is the address of the form about what the message quotes, at one of its
// rows.
func (c Content) formOf(row string) string {
	query := ""
	switch {
	case len(c.Said) > 0 && c.newestSaid().ID != 0:
		query = fmt.Sprintf("?entry=%d", c.newestSaid().ID)
	case c.about() != "" && !c.RestDay:
		query = "?run=" + string(c.about())
	}
	return "/pain/new" + query + "#" + row
}

// today leads to the form for a rest day.
func (c Content) today() replyLink {
	return replyLink{path: "/pain/new", label: words.EnterToday, command: c.walkingCommand()}
}

// furtherTaps say what else may be behind a change that was measured, and where
// the runner is by now.
func (c Content) furtherTaps() []replyLink {
	var taps []replyLink
	if !c.RestDay && c.about() != "" {
		switch e := c.evidence(); {
		case e.Level.Above(gait.LevelNone) && e.ShortSide != gait.NoSide:
			taps = append(taps, replyLink{kind: finding.ReplyNewGear})
			if c.spoke() {
				taps = append(taps, says(gait.AnswerNotALimp)...)
			}
		case e.Form.Level.Above(gait.LevelNone):
			taps = append(taps, says(gait.AnswerOnPurpose)...)
		}
	}
	if c.maybeRedFlag() {
		taps = append(taps, c.signs())
	}
	if c.about() != "" && c.Decision.SeeProfessional && !finding.NeedsDoctor(c.ground()) {
		taps = append(taps, says(gait.AnswerSeenProfessional)...)
	}
	return taps
}

// signs leads to the row of the form with the signs for a doctor.
func (c Content) signs() replyLink {
	about := "--run latest"
	for _, p := range c.Said {
		about = "--run " + shortID(p.Run)
		if p.RestDay() {
			about = "--at now"
		}
		about += siteName(p.Site, p.Side)
	}
	return replyLink{
		path: c.formOf("signs"), label: words.SaySigns,
		command: command{"gaitkeeper pain add " + about + " --swelling", words.CommandSigns},
	}
}

// maybeRedFlag reports whether a sign for a doctor may stand behind what the
// runner said: it was bad, came at once, or ended the run, and nobody has asked
// yet.
func (c Content) maybeRedFlag() bool {
	grave := false
	for _, p := range c.Said {
		for _, f := range p.Flags() {
			if f.Red && *f.Answer != gait.Unsaid {
				return false
			}
		}
		grave = grave || p.Worst.AtLeast(redFlagPain) || p.Kind == gait.Sharp
	}
	reasons, _ := c.ground()
	short := slices.ContainsFunc(reasons, func(f finding.Fact) bool { return slices.Contains(f.What, finding.ChangeShort) })
	return len(c.Said) > 0 && (grave || short)
}

// redFlagPain is the pain from which a mail asks for the signs for a doctor.
const redFlagPain = 5

// walkingCommand enters how a stopped trouble feels in walking.
func (c Content) walkingCommand() command {
	spotted := " --site SITE"
	for _, p := range c.Said {
		if p.Site != gait.NoSite {
			spotted = siteName(p.Site, p.Side)
		}
	}
	evenly := ""
	if c.sided() {
		evenly = " --no-limping"
	}
	return command{"gaitkeeper pain add --at now" + spotted + " --worst NUMBER --no-night --no-medication" + evenly, words.CommandWalking}
}

// siteName names a place in the flags of `pain add`.
func siteName(site gait.Site, side gait.Side) (flags string) {
	if site != gait.NoSite {
		flags = " --site " + string(site)
	}
	if side != gait.NoSide {
		flags += " --side " + string(side)
	}
	return flags
}

// shortID is the beginning of a run's ID: enough to name it on a command line.
func shortID(id gait.RunID) string { return strings.TrimSpace(string(id[:min(8, len(id))])) }
