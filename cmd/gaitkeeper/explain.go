package main

import (
	"fmt"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
	"gaitkeeper/words"
)

type explainCmd struct {
	Ref  string `arg:"" name:"run" help:"The run: its ID, the first digits of it, or latest."`
	JSON bool   `help:"Print one JSON object."`
	All  bool   `help:"Show the charts, limits and numbers, too. Output into a pipe always has them."`
}

func (c *explainCmd) Run(p *program) error {
	return p.with(func(app *daemon.App) error {
		e, err := app.Explain(p.ctx, c.Ref)
		if err != nil {
			return err
		}
		if c.JSON {
			return api.NewEncoder(p.stdout).Encode(e)
		}
		p.printExplanation(e, app)
		if p.terminal.shown() && !c.All {
			p.printf("\nEverything behind it: gaitkeeper explain %s --all\n", c.Ref)
			return nil
		}
		p.printNumbers(e)
		return nil
	})
}

func (p *program) printExplanation(e api.Explanation, app *daemon.App) {
	r := e.Run
	p.printf("Run %s, %s\n", r.ID, r.Start.In(app.Zone()).Format("Monday 2 January 2006, 15:04"))
	p.printf("%s %s in %s on %s, from %s; measured: %s\n\n", distance(r.DistanceM, app), app.Units(),
		time.Duration(r.DurationS)*time.Second, r.Context, words.SourceNames(r.Sources), words.SignalNames(e.Signals))
	p.printHeadline(r.Verdict, r.SeeProfessional, e.Urgent)
	p.printf("In short: %s\n", e.Sentence)
	p.printReasons("Why", r.Reasons)
	p.printReasons("What next", e.Advice)
	for _, q := range e.Questions {
		p.printf("Question: %s\n", q)
	}
	for _, entry := range e.Entries {
		p.printf("You entered: %s\n", describe(entry, app.Zone()))
	}
	for _, answer := range e.Answers {
		p.printf("You answered: %s\n", words.Meaning(answer))
	}
	p.printf("Message: %s\n", message(r.Alert))
}

// printNumbers says everything behind the verdict of one run.
func (p *program) printNumbers(e api.Explanation) {
	p.printBalance(e)
	p.printList("Odd about the recording", e.Oddities)
	p.printList("In the recording and not used", e.Quality.Unused)
	p.printList("Compared with your habit", e.FormReadings)
	p.printList("Signs that your gait has changed", e.For)
	p.printList("Signs against it", e.Against)
	p.printList("Corrected before comparing", e.Adjustments)
	p.printList("Not used", e.LeftOut)
	p.printList("Learned from your answers", e.Feedback)
	p.printf("\nNumbers behind it (all of them with --json, or in config.example.toml):\n")
	for _, t := range e.Behind() {
		p.printf("  %-26s %6v %-20s %s\n", t.Key, t.Value, words.Unit(t.Unit, t.Value), t.Meaning)
	}
}

func (p *program) printBalance(e api.Explanation) {
	a := e.Asymmetry
	if a.BalancePct == nil {
		p.printf("\nGround contact balance: %s\n", e.Quality.Reason)
		if e.Normal != "" {
			p.printf("  your normal: %s\n", e.Normal)
		}
		return
	}
	p.printf("\nGround contact balance (left foot's share):\n")
	p.printf("  this run %.2f %%, your normal %s from %d runs, shift %s points: %s\n", *a.BalancePct,
		figure("%.2f %%", a.BaselinePct), e.BaselineRuns, figure("%+.2f", a.ShiftPoints), words.LevelName(a.Level))
	if e.Quality.Sensor != "" {
		p.printf("  measured by: %s\n", e.Quality.Sensor)
	}
	for _, o := range e.Quality.Others {
		p.printf("  also there: %s, %s; each sensor has its own normal, so it was not judged\n", o.Sensor, figure("%.2f %%", o.BalancePct))
	}
	if e.Quality.Balance != gait.BalanceOK {
		p.printf("  quality: %s, %s\n", words.QualityName(e.Quality.Balance), e.Quality.Reason)
	}
	if a.ShortSide != gait.NoSide && a.Level.Above(gait.LevelNone) {
		p.printf("  the %s foot spends less time on the ground\n", a.ShortSide)
	}
	if a.OnsetS > 0 {
		p.printf("  the change began %s into the run\n", time.Duration(a.OnsetS)*time.Second)
	}
	p.printf("  chance that your gait has changed: %s%s\n", words.Chance(a.LogOdds), withoutWords(a.LogOdds, e.PriorLogOdds))
	for _, c := range e.Charts {
		p.printf("  %-40s %6.2f (asks from %.2f, warns from %.2f)\n", words.ChartName(c.Chart)+":", c.Value, c.Ask, c.Warn)
	}
}

// withoutWords says what the chance would be from the figures alone, where that
// is another one.
func withoutWords(all, prior float64) string {
	figures := words.Chance(all - prior)
	if figures == words.Chance(all) {
		return ""
	}
	return fmt.Sprintf(" (%s from the figures alone; the rest is what you said and the length of the run)", figures)
}

func (p *program) printList(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.printf("%s:\n", title)
	for _, l := range lines {
		p.printf("  %s\n", l)
	}
}

func message(a finding.Alert) string {
	switch {
	case a.Level == gait.LevelNone:
		return "none"
	case a.Suppressed != finding.NotSuppressed:
		return words.LevelName(a.Level) + ", not sent: " + words.Silence(a.Suppressed)
	default:
		return words.LevelName(a.Level)
	}
}
