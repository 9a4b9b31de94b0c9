package main

import (
	"fmt"
	"text/tabwriter"

	"gaitkeeper/daemon"
	"gaitkeeper/words"
)

// lookBack prints what the years look like, after an import that brought many
// runs.
func (p *program) lookBack(app *daemon.App) error {
	l, due, err := app.LookBack(p.ctx)
	if err != nil || !due {
		return err
	}
	p.printf("\n%s\n", words.History(l))
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, c := range l.Changes {
		fmt.Fprintf(w, "  %s\t%s\t%s\tgaitkeeper explain %.8s\n", app.Words().DateAndYear(c.Start), words.Changed(c), words.Lasted(c), c.Run)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, paragraph := range app.Words().AfterHistory(l) {
		p.printf("%s\n", paragraph)
	}
	return nil
}
