package daemon

import (
	"bytes"
	"time"

	"gaitkeeper/chart"
	"gaitkeeper/gait"
)

// shownDays is how far back the season's chart looks.
const shownDays = 120

// Season returns the season's chart as a PNG with the given run marked, and the
// same in words. Both are empty where no run has a balance.
func (s *season) Season(run gait.RunID, dark bool) (png []byte, alt string, err error) {
	picture := s.picture(run)
	if picture.Empty() {
		return nil, "", nil
	}
	theme := chart.Light
	if dark {
		theme = chart.Dark
	}
	var out bytes.Buffer
	if err := chart.Draw(&out, picture, chart.PNG, chart.MailSize(), theme); err != nil {
		return nil, "", err
	}
	return out.Bytes(), picture.Alt(), nil
}

// ofDays gathers the last days, counted back from the newest run, with the distance of
// each week; all runs where days is 0.
func (s *season) ofDays(days int, miles bool) chart.Season {
	runs := s.runs
	if len(runs) == 0 {
		return s.picture("")
	}
	end := runs[len(runs)-1].End()
	begin := runs[0].Start
	if days > 0 {
		begin = end.AddDate(0, 0, -days)
	}
	c := s.between(begin, end, "")
	c.Miles = miles
	c.Weeks = s.weeks(monday(begin.In(s.history.Zone)), end)
	return c
}

// weeks returns how far was run in each week from a Monday on. A first week of which the
// picture shows only a part is whole.
func (s *season) weeks(from, end time.Time) []chart.Week {
	runs := s.counted(from, end.Add(time.Second))
	var weeks []chart.Week
	for week := from; !week.After(end); week = week.AddDate(0, 0, 7) {
		next := week.AddDate(0, 0, 7)
		n := 0
		for n < len(runs) && runs[n].Start.Before(next) {
			n++
		}
		weeks = append(weeks, chart.Week{Start: week, Distance: gait.Metres(distanceOf(runs[:n]))})
		runs = runs[n:]
	}
	return weeks
}

// picture gathers the last months, counted back from the marked run or, where
// none is marked, from the newest.
func (s *season) picture(marked gait.RunID) chart.Season {
	runs := s.runs
	if len(runs) == 0 {
		return chart.Season{Title: "Ground contact balance, run by run", Zone: s.history.Zone}
	}
	end := runs[len(runs)-1].End()
	if run, ok := s.run(marked); ok {
		end = run.End()
	}
	return s.between(end.AddDate(0, 0, -shownDays), end, marked)
}

// between gathers the runs of a time, with the given one marked.
func (s *season) between(begin, end time.Time, marked gait.RunID) chart.Season {
	c := chart.Season{Title: "Ground contact balance, run by run", Zone: s.history.Zone}
	var sensor gait.Sensor
	for _, run := range s.runs {
		if run.Excluded || run.Start.Before(begin) || run.Start.After(end) {
			continue
		}
		assessment, ok := s.fold.Assessment(run.ID)
		e := assessment.Evidence
		if !ok || !gait.Known(e.Balance) {
			continue
		}
		c.Points = append(c.Points, chart.Point{
			Time: run.Start, Balance: e.Balance, Baseline: e.Baseline, Band: e.Band, Level: e.Level, Marked: run.ID == marked,
			Run: run.ID, Distance: run.Distance,
		})
		if len(c.Points) > 1 && run.Sensor != sensor {
			c.Changes = append(c.Changes, chart.Change{Time: run.Start, Label: newName(run.Sensor, sensor)})
		}
		sensor = run.Sensor
	}
	for _, entry := range s.history.Pain {
		if entry.Worst.AtLeast(1) && entry.At.After(begin) && !entry.At.After(end.AddDate(0, 0, 1)) {
			c.Pain = append(c.Pain, chart.Pain{Time: entry.At, Worst: entry.Worst.Low()})
		}
	}
	return c
}

// newName names a sensor that is another kind than the one before; empty for the same
// kind.
func newName(now, before gait.Sensor) string {
	if now.Name() == before.Name() {
		return ""
	}
	return now.Name()
}
