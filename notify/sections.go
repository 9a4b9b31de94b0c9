package notify

import (
	"fmt"
	"strings"

	"gaitkeeper/alert"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// quotes are the runner's own words.
func (c Content) quotes() []string {
	var s []string
	for _, p := range c.Said {
		s = append(s, said(p))
	}
	for _, a := range c.Answers {
		s = append(s, answered(a.Kind))
	}
	return s
}

// runLine says which run the message is about.
func (c Content) runLine() []string {
	if c.Run == nil {
		return nil
	}
	day := c.Run.Start.In(c.zone()).Format("Monday 2 January, 15:04")
	s := fmt.Sprintf("Your run of %s: %s in %d minutes", day, distance(c.Run.Distance, c.Miles), int(c.Run.Duration.Minutes()))
	if c.Run.Context == gait.Treadmill || c.Run.Context == gait.Track || c.Run.Context == gait.Trail {
		s += ", " + string(c.Run.Context)
	}
	return []string{s + "."}
}

// onDay names the day of the run: " on Tuesday".
func (c Content) onDay() string {
	if c.Run == nil {
		return ""
	}
	return " on " + c.Run.Start.In(c.zone()).Format("Monday")
}

// verdictSection says what it means, with every reason that has not been said
// as a measurement above.
func (c Content) verdictSection(reasons []gait.Fact) section {
	lines := []string{words.Verdict(c.Decision.Verdict)}
	if c.Decision.Why == alert.WhyGraver {
		lines = append(lines, "This is more serious than my last message.")
	}
	if c.urgent() {
		lines = append(lines, "See a doctor today.")
	} else if c.Decision.SeeProfessional {
		lines = append(lines, "It is time to see "+professional+".")
	}
	return section{
		Heading: "What it means", Lines: lines,
		List: c.texts(reasons, gait.KeepQuiet, gait.Learning),
	}
}

// endSection says how a stop ends, or which step of the way back is next.
func (c Content) endSection(advice []gait.Fact) section {
	var back []gait.Fact
	for _, f := range advice {
		if f.Rule == gait.Return {
			back = append(back, f)
		}
	}
	return section{Heading: "How it ends", Lines: texts(c.words().Reasons(back))}
}

// whoToAsk says when to ask somebody.
func (c Content) whoToAsk() section {
	switch c.Decision.Verdict {
	case gait.VerdictStop, gait.VerdictModify:
		return section{Heading: "When to ask somebody", Lines: []string{
			"If it grows, has not settled by the next morning, reaches into sleep or daily life, or you are simply not sure: ask " +
				professional + ".",
		}}
	default:
		return section{}
	}
}

// answerSection shows how to answer.
func (c Content) answerSection(reasons []gait.Fact) section {
	s := section{Heading: "How to answer"}
	if c.Decision.Verdict == gait.VerdictStop || c.RestDay {
		s.Commands = c.walkingCommands()
		if has(reasons, gait.StopBone) {
			s.Commands = append(s.Commands, c.answers(gait.AnswerCleared)...)
		}
		s.Commands = append(s.Commands, c.answers(gait.AnswerSeenProfessional)...)
		return s
	}
	more := "what else you can say: new shoes, ill, not sure"
	if c.sided() {
		more = "what else you can say: a limp, new shoes, on purpose, ill, not sure"
	}
	s.Commands = append(c.answers(c.likely()...), command{"gaitkeeper answer --help", more})
	return s
}

// likely are the few answers that matter for the message, as its links would be.
func (c Content) likely() []gait.AnswerKind {
	var kinds []gait.AnswerKind
	said := len(c.Said) > 0 || len(c.Answers) > 0
	sided, form := c.evidence().ShortSide != gait.NoSide, c.evidence().Form.Level.Louder(gait.LevelNone)
	if !said {
		kinds = append(kinds, gait.AnswerNoPain, gait.AnswerALittle, gait.AnswerHurts)
	}
	switch {
	case sided && said:
		kinds = append(kinds, gait.AnswerNotALimp, gait.AnswerNewStrap)
	case sided:
		kinds = append(kinds, gait.AnswerNewStrap)
	case form:
		kinds = append(kinds, gait.AnswerOnPurpose)
	}
	if c.Decision.SeeProfessional {
		kinds = append(kinds, gait.AnswerSeenProfessional)
	}
	return kinds
}

func (c Content) answers(kinds ...gait.AnswerKind) []command {
	run := "latest"
	if c.Decision.Run != "" {
		run = shortID(c.Decision.Run)
	}
	commands := make([]command, len(kinds))
	for i, k := range kinds {
		commands[i] = command{"gaitkeeper answer " + run + " " + string(k), k.Meaning()}
	}
	return commands
}

// walkingCommands enter how a stopped trouble feels in walking.
func (c Content) walkingCommands() []command {
	spotted := " --site SITE"
	for _, p := range c.Said {
		if p.Site != gait.NoSite {
			spotted = spot(p)
		}
	}
	evenly := ""
	if c.sided() {
		evenly = " --no-limping"
	}
	return []command{{
		"gaitkeeper pain add --at now" + spotted + " --worst NUMBER --no-night --no-medication" + evenly,
		"the worst in walking today, 0 to 10; leave out what is not true",
	}}
}

// spot names a place in the flags of `pain add`.
func spot(p gait.Pain) string {
	s := ""
	if p.Site != gait.NoSite {
		s = " --site " + string(p.Site)
	}
	if p.Side != gait.NoSide {
		s += " --side " + string(p.Side)
	}
	return s
}

// shortID is the beginning of a run's ID: enough to name it on a command line.
func shortID(id gait.RunID) string { return string(id[:min(8, len(id))]) }

// the puts a place into a sentence: "your left knee", "both knees".
func the(what string) string {
	if what == "it" || plural(what) {
		return what
	}
	return "your " + what
}

// verb is the form of a verb that fits a place.
func verb(what, one, many string) string {
	if plural(what) {
		return many
	}
	return one
}

func plural(place string) bool { return strings.HasPrefix(place, string(gait.Both)+" ") }

func firstOf(s []string) []string { return s[:min(1, len(s))] }

func sentences(s []string) string { return strings.Join(s, " ") }
