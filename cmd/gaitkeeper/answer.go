package main

import (
	"fmt"
	"strings"

	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// answerCmd is `gaitkeeper answer RUN ANSWER`.
type answerCmd struct {
	Ref    string `arg:"" name:"run" help:"The run: an id, a prefix of one, or latest (also: whatever gaitkeeper asks about at present)."`
	Answer string `arg:"" enum:"no-pain,a-little,hurts,limp,not-a-limp,new-strap,new-shoes,on-purpose,unsure,ill,cleared,seen-professional,walking-fine,still-hurts,own-plan" help:"One of those above."`
}

// Help says what each answer means.
func (*answerCmd) Help() string {
	var help strings.Builder
	help.WriteString("The answers:\n\n")
	for _, k := range gait.AnswerKinds() {
		fmt.Fprintf(&help, "  %-18s %s\n", k, words.Meaning(k))
	}
	return help.String()
}

// Run records the answer and shows what it changes.
func (c *answerCmd) Run(p *program) error {
	kind, err := gait.ParseAnswer(c.Answer)
	if err != nil {
		return gait.Refuse(err)
	}
	return p.with(func(app *daemon.App) error {
		before, err := app.Standing(p.ctx)
		if err != nil {
			return err
		}
		run, told, err := app.Answer(p.ctx, c.Ref, kind)
		if err != nil {
			return err
		}
		day := ""
		if kind.OfTheDay() {
			day = "today, with "
		}
		p.printf("noted for %sthe run of %s (%s): %s\n", day, run.Start.In(app.Zone()).Format(gait.MinuteLayout), run.ID, words.Meaning(kind))
		p.printf("%s\n", app.Words().Did(finding.ReplyKind(kind), before, told))
		if kind == gait.AnswerNoPain {
			if err := p.printOutweighed(app, gait.NothingHurt(run.ID)); err != nil {
				return err
			}
		}
		p.printStanding(app.Words().Standing(told))
		return nil
	})
}
