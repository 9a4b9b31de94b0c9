package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"gaitkeeper/api"
	"gaitkeeper/daemon"
	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

type backtestCmd struct {
	JSON bool     `help:"Print one JSON object per line."`
	Set  []string `placeholder:"KEY=VALUE" help:"Another threshold, as in the config: analysis.min_blocks=10. May be repeated."`
}

// Run replays the history and shows which runs would have alerted, and beside
// the thresholds in force where others are given.
func (c *backtestCmd) Run(p *program) error {
	set := map[string]string{}
	for _, s := range c.Set {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return gait.Refusef("--set %s: say KEY=VALUE", s)
		}
		set[key] = value
	}
	return p.with(func(app *daemon.App) error {
		if len(set) > 0 && !c.JSON {
			return p.compare(app, set)
		}
		runs, err := app.Backtest(p.ctx, set)
		if err != nil {
			return err
		}
		if c.JSON {
			return p.printJSON(runs)
		}
		count := map[finding.Verdict]int{}
		var alerts []api.Run
		for _, r := range runs {
			count[r.Verdict]++
			if r.Alert.Sends() {
				alerts = append(alerts, r)
			}
		}
		p.printf("%d runs: %d keep, %d ask, %d modify, %d stop, %d learning; %d would have sent a message\n", len(runs),
			count[finding.VerdictKeep], count[finding.VerdictAsk], count[finding.VerdictModify], count[finding.VerdictStop],
			count[finding.VerdictLearning], len(alerts))
		if len(alerts) == 0 {
			return nil
		}
		return p.printRuns(alerts, app)
	})
}

func (p *program) compare(app *daemon.App, set map[string]string) error {
	c, err := app.Compare(p.ctx, set)
	if err != nil {
		return err
	}
	p.printf("Of %d runs in the last year, this many would have sent a message:\n  thresholds in force: %d\n  thresholds given:    %d\n", c.Year, c.Present, c.Given)
	if len(c.Differ) == 0 {
		p.printf("No run differs.\n")
		return nil
	}
	p.printf("\nRuns that differ, in force and given:\n")
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RUN\tSTART\tVERDICT\tALERT\tVERDICT\tALERT")
	for _, d := range c.Differ {
		fmt.Fprintf(w, "%.8s\t%s\t%s\t%s\t%s\t%s\n", d.Present.ID, d.Present.Start.In(app.Zone()).Format(gait.MinuteLayout),
			verdict(d.Present), message(d.Present.Alert), verdict(d.Given), message(d.Given.Alert))
	}
	return w.Flush()
}
