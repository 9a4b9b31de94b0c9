package daemon

import (
	"bytes"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

// shownDays is how far back the season's chart looks.
const shownDays = 120

// chartRenderer draws the season's chart for messages, and gathers it for the page.
type chartRenderer struct {
	season *season
	zone   *time.Location
}

// Season returns the season's chart as a PNG with the given run marked, and the
// same in words. Both are empty where no run has a balance.
func (p chartRenderer) Season(run gait.RunID) (png []byte, alt string, err error) {
	picture := p.picture(run)
	if len(picture.Points) == 0 {
		return nil, "", nil
	}
	var out bytes.Buffer
	if err := chart.Draw(&out, picture, chart.PNG, chart.MailSize(), chart.Light); err != nil {
		return nil, "", err
	}
	return out.Bytes(), picture.Alt(), nil
}

// picture gathers the last months, counted back from the marked run or, where
// none is marked, from the newest.
func (p chartRenderer) picture(marked gait.RunID) chart.Season {
	runs := p.season.runs
	if len(runs) == 0 {
		return chart.Season{Title: "Ground contact balance, run by run", Zone: p.zone}
	}
	end := runs[len(runs)-1].End()
	if run, ok := p.season.run(marked); ok {
		end = run.End()
	}
	return p.between(end.AddDate(0, 0, -shownDays), end, marked)
}

// between gathers the runs of a time, with the given one marked.
func (p chartRenderer) between(begin, end time.Time, marked gait.RunID) chart.Season {
	s := chart.Season{Title: "Ground contact balance, run by run", Zone: p.zone}
	var sensor gait.Sensor
	for _, run := range p.season.runs {
		if run.Excluded || run.Start.Before(begin) || run.Start.After(end) {
			continue
		}
		assessment, ok := p.season.fold.Assessment(run.ID)
		e := assessment.Evidence
		if !ok || !gait.Known(e.Balance) {
			continue
		}
		s.Points = append(s.Points, chart.Point{
			Time: run.Start, Balance: e.Balance, Baseline: e.Baseline, Band: e.Band, Level: e.Level, Marked: run.ID == marked,
		})
		if len(s.Points) > 1 && run.Sensor != sensor {
			s.Changes = append(s.Changes, chart.Change{Time: run.Start})
		}
		sensor = run.Sensor
	}
	for _, entry := range p.season.history.Pain {
		if entry.Worst.AtLeast(1) && entry.At.After(begin) && !entry.At.After(end.AddDate(0, 0, 1)) {
			s.Pain = append(s.Pain, chart.Pain{Time: entry.At, Worst: entry.Worst.Low()})
		}
	}
	return s
}
