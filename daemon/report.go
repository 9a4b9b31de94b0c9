package daemon

import (
	"context"
	"io"
	"slices"
	"time"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/chart"

	"gaitkeeper/gait"
	"gaitkeeper/notify"
	"gaitkeeper/web"
)

// WriteReport writes the page for the physical therapist over the last weeks, this
// one included, as one HTML file.
func (a *App) WriteReport(ctx context.Context, w io.Writer, weeks int) error {
	if weeks < 1 || weeks > web.MaxReportWeeks {
		return gait.Refusef("a report covers 1 to %d weeks, not %d", web.MaxReportWeeks, weeks)
	}
	r, err := a.Report(ctx, weeks)
	if err != nil {
		return err
	}
	return web.WriteReport(w, r, a.Zone(), a.miles())
}

// Report gathers the last weeks, this one included. Excluded runs are not in it.
func (a *App) Report(ctx context.Context, weeks int) (web.Report, error) {
	p, err := a.present(ctx)
	if err != nil {
		return web.Report{}, err
	}
	now := p.Now
	r := web.Report{
		Runner: a.runner().Name, From: monday(now.In(a.Zone())).AddDate(0, 0, -7*(weeks-1)), To: now, Standing: p.Standing,
	}
	r.Season = p.between(r.From, now, "")
	r.Walks = chart.Walks{Weeks: p.fold.WalkWeeks(r.From), Zone: a.Zone()}
	r.Runs = p.list(pointers(p.counted(r.From, r.From.AddDate(0, 0, 7*weeks))))
	for i, next := 0, 0; i < weeks; i++ {
		week := web.ReportWeek{Monday: r.From.AddDate(0, 0, 7*i)}
		for ; next < len(r.Runs) && r.Runs[next].Start.Before(week.Monday.AddDate(0, 0, 7)); next++ {
			addLoad(&week, r.Runs[next])
		}
		r.Weeks = append(r.Weeks, week)
	}
	for _, entry := range p.Pain {
		if !entry.At.Before(r.From) && !entry.At.After(now) && !entry.NoPain() {
			r.Pain = append(r.Pain, entry)
		}
	}
	slices.SortStableFunc(r.Pain, func(a, b gait.Pain) int { return a.At.Compare(b.At) })
	for _, n := range p.Notices {
		if !n.At.Before(r.From) && speaksToRunner(n.Kind) {
			r.Asked = append(r.Asked, p.asked(n))
		}
	}
	return r, nil
}

// monday returns the first moment of t's week in t's own zone.
func monday(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
}

// counted returns the runs that began from..to, to left out.
func (s *season) counted(from, to time.Time) []gait.Run {
	var runs []gait.Run
	for _, run := range s.runs {
		if !run.Excluded && !run.Start.Before(from) && run.Start.Before(to) {
			runs = append(runs, run)
		}
	}
	return runs
}

func addLoad(w *web.ReportWeek, run api.Run) {
	w.Runs++
	w.Seconds += run.DurationS
	if run.DistanceM != nil {
		w.Metres, w.Longest = w.Metres+*run.DistanceM, max(w.Longest, *run.DistanceM)
	}
	if run.Pain.Worst.AtLeast(1) {
		w.Painful++
		w.Worst = w.Worst.Worse(run.Pain.Worst)
	}
	if w.Verdict == "" || run.Verdict.MoreSevere(w.Verdict) {
		w.Verdict = run.Verdict
	}
}

// speaksToRunner reports whether a message is about the runner's gait or pain,
// and not a weekly digest or about gaitkeeper itself.
func speaksToRunner(k alert.MessageKind) bool {
	return slices.Contains([]alert.MessageKind{
		alert.MessageAlert, alert.MessageEscalate, alert.MessageReminder, alert.MessageFollowUp, alert.MessageMorning, alert.MessageResolved,
	}, k)
}

// asked joins a message with what the runner said of its run.
func (s *season) asked(n alert.Notice) web.ReportAsked {
	a := web.ReportAsked{At: n.At, Kind: n.Kind, Verdict: n.Verdict}
	run, ok := s.run(n.Run)
	if !ok {
		return a
	}
	a.Run = run.Start
	c := notify.NewContent(alert.Situation{Now: n.At, Pain: s.history.Pain, Answers: s.history.Answers}, alert.Decision{Notice: alert.Notice{Run: n.Run}})
	a.Entries = c.Said
	for _, answer := range c.Answers {
		a.Answers = append(a.Answers, answer.Kind)
	}
	return a
}
