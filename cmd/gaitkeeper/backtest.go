package main

import (
	"strings"

	"gaitkeeper/daemon"
	"gaitkeeper/gait"
)

// backtestCmd is `gaitkeeper backtest`.
type backtestCmd struct {
	JSON bool     `help:"Print one JSON object a line."`
	Set  []string `placeholder:"KEY=VALUE" help:"Another threshold, as in the config: analysis.min_blocks=10. May be repeated."`
}

// Run replays the history and shows which runs would have alerted.
func (c *backtestCmd) Run(p *program) error {
	set := map[string]string{}
	for _, s := range c.Set {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return usagef("--set %s: say KEY=VALUE", s)
		}
		set[key] = value
	}
	return p.with(func(app *daemon.App) error {
		runs, err := app.Backtest(p.ctx, set)
		if err != nil {
			return err
		}
		if c.JSON {
			return p.printJSON(runs)
		}
		count := map[gait.Verdict]int{}
		var alerts []gait.RunJSON
		for _, r := range runs {
			count[r.Verdict]++
			if r.Alert.Level != gait.LevelNone && r.Alert.Suppressed == gait.NotSuppressed {
				alerts = append(alerts, r)
			}
		}
		p.printf("%d runs: %d keep, %d ask, %d modify, %d stop, %d learning; %d would have sent a message\n", len(runs),
			count[gait.VerdictKeep], count[gait.VerdictAsk], count[gait.VerdictModify], count[gait.VerdictStop],
			count[gait.VerdictLearning], len(alerts))
		if len(alerts) == 0 {
			return nil
		}
		return p.printRuns(alerts, app)
	})
}
