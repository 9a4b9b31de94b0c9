package main

import (
	"fmt"
	"strings"

	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

// answerCmd is `gaitkeeper answer RUN ANSWER`.
type answerCmd struct {
	Ref    string `arg:"" name:"run" help:"The run: an id, a prefix of one, or latest (also: whatever gaitkeeper asks about at present)."`
	Answer string `arg:"" enum:"no-pain,a-little,hurts,limp,not-a-limp,new-strap,new-shoes,on-purpose,unsure,ill,cleared,seen-professional" help:"One of those above."`
}

// Help says what each answer means.
func (*answerCmd) Help() string {
	var help strings.Builder
	help.WriteString("The answers:\n\n")
	for _, k := range gait.AnswerKinds() {
		fmt.Fprintf(&help, "  %-18s %s\n", k, k.Meaning())
	}
	return help.String()
}

// Run records the answer and shows what it changes.
func (c *answerCmd) Run(p *program) error {
	kind, err := gait.ParseAnswer(c.Answer)
	if err != nil {
		return usageError{err}
	}
	return p.with(func(app *daemon.App) error {
		stored, told, err := app.Answer(p.ctx, c.Ref, kind)
		if err != nil {
			return err
		}
		p.printf("noted: %s\n", kind)
		if kind == gait.AnswerNoPain {
			if err := p.printOutweighed(app, gait.NothingHurt(stored.Run)); err != nil {
				return err
			}
		}
		p.printStanding(told)
		return nil
	})
}
